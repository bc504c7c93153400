"""Assessors of the demonstration: what each may decide on, where and when they can come, and one request that waits."""

from collections.abc import Collection
from datetime import timedelta
from uuid import uuid4

from lms.assessment.asking import outside
from lms.assessment.asking import services as asking
from lms.assessment.asking.opening import open_for
from lms.assessment.asking.outside import Outsider
from lms.assessment.asking.rules import Day, Profile
from lms.assessment.competence import services, ties
from lms.assessment.competence.rules import Basis, Employers, Mark, Policy, Relation, Training
from lms.assessment.content import Frameworks
from lms.core.clock import london_day
from lms.core.shelves import shelf
from lms.demo import cast
from lms.demo.people import Stage, add
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind, Role

STANDARDS = "cc-2025"
_COORDINATOR = {"RIVERMERE": "Carol Bennett", "HARBOURGATE": "Tess Marlow", "DYFFRYN": "Nia Rhys"}
_NURSE = "Registered nurse, 14 years in people's homes, and an award in assessing competence in the work environment."
_NEW = "Eight years as a senior care worker. Attended the standardisation meeting in spring."
_AGENCY = "RIVERMERE-HOMECARE"


def add_assessors(stage: Stage) -> None:
    """What each may decide on, before anybody decides; one who assesses for the authority itself, and an agency."""
    add(stage, "Olu Bankole", Role.ASSESSOR, "RIVERMERE", "RIVERMERE")
    place = people.add_organisation(
        stage.db,
        kind=OrganisationKind.HOME_CARE_AGENCY,
        name="Rivermere Home Care",
        code=_AGENCY,
        nation=Nation.ENGLAND,
        now=stage.ago(200),
    )
    stage.places[_AGENCY] = place
    people.make_agreement(
        stage.db,
        authority_id=stage.places["RIVERMERE"],
        organisation_id=place,
        since=london_day(stage.ago(200)),
    )
    everything = [unit.code for unit in shelf(stage.db, Frameworks).framework(STANDARDS).units]
    _set(stage, "RIVERMERE", Policy(employers=Employers.COUNTERSIGNED, first=5))
    for name, authority in (
        ("Hannah Cole", "RIVERMERE"),
        ("Leila Haddad", "HARBOURGATE"),
        ("Rhodri Llewelyn", "DYFFRYN"),
    ):
        _record(stage, name, authority, everything, _NURSE)
        _mark(stage, name, authority, Mark.EXPERIENCED, "Has assessed the Care Certificate for years.")
    _record(stage, "Olu Bankole", "RIVERMERE", everything[:12], _NURSE)
    _mark(stage, "Olu Bankole", "RIVERMERE", Mark.EXPERIENCED, "Assesses for the authority since 2019.")
    _mark(stage, "Olu Bankole", "RIVERMERE", Mark.COUNTERSIGNS, "Looks at the first decisions of new assessors.")
    _record(stage, "Marcus Webb", "RIVERMERE", everything[:6], _NEW, basis=Basis.EXPERIENCE)
    _record(stage, "Marcus Webb", "RIVERMERE", everything[6:8], _NEW, basis=Basis.STANDARDISATION, days_left=40)
    _train(stage, "Hannah Cole", "Level 3 award in assessing competence in the work environment")
    _train(stage, "Marcus Webb", "Two days at Rivermere College", kind=Training.IN_HOUSE)
    _time(stage, "Hannah Cole", Profile(places=("RM1", "RM2", "Rivermere north"), days=_days("mtw"), most=12))
    _time(stage, "Marcus Webb", Profile(places=("RM3", "RM4"), days=_days("tf"), languages=("English", "Urdu"), most=6))
    away = london_day(stage.now)
    _time(
        stage,
        "Olu Bankole",
        Profile(places=("RM1", "RM3"), most=8, away_from=away, away_until=away + timedelta(days=9)),
    )


def ask(stage: Stage) -> None:
    """An employer asks for her PA; an agency's assessor is invited for one learner; a tie is declared."""
    here, coordinator = stage.places["RIVERMERE"], stage.persons["Carol Bennett"]
    asking.ask(
        stage.db,
        id=uuid4(),
        learner_id=stage.persons["Chidi Obi"],
        authority_id=here,
        units=["CC1", "CC3", "CC5", "CC7", "CC13"],
        place="RM3",
        days=_days("tf"),
        suits="Mornings, but not before ten.",
        language="English",
        needs="Please ring the bell twice and wait. There is an old dog who barks and means no harm.",
        by=stage.persons["Amina Yusuf"],
        now=stage.ago(3),
    )
    ties.declare(
        stage.db,
        person_id=stage.persons["Olu Bankole"],
        learner_id=stage.persons["Chidi Obi"],
        relation=Relation.FRIEND,
        by=coordinator,
        now=stage.ago(2),
    )
    enrolment = open_for(
        stage.db,
        learner_id=stage.persons["Dean Foster"],
        authority_id=here,
        framework=STANDARDS,
        by=coordinator,
        now=stage.ago(2),
    )
    outsider = Outsider(
        name="Wendy Marsh",
        email=cast.email_of("Wendy Marsh", _AGENCY),
        language="en",
        organisation_id=stage.places[_AGENCY],
        learners={enrolment: ("CC5", "CC7")},
        until=london_day(stage.now) + timedelta(days=90),
    )
    outside.invite(stage.db, id=uuid4(), authority_id=here, outsider=outsider, by=coordinator, now=stage.ago(1))


def _set(stage: Stage, authority: str, policy: Policy) -> None:
    services.set_policy(
        stage.db,
        authority_id=stage.places[authority],
        policy=policy,
        by=stage.persons[_COORDINATOR[authority]],
        now=stage.ago(250),
    )


def _record(
    stage: Stage,
    name: str,
    authority: str,
    units: Collection[str],
    words: str,
    *,
    basis: Basis = Basis.QUALIFICATION,
    days_left: int | None = None,
) -> None:
    services.record_competence(
        stage.db,
        person_id=stage.persons[name],
        authority_id=stage.places[authority],
        framework=STANDARDS,
        units=units,
        basis=basis,
        words=words,
        since=london_day(stage.ago(290)),
        until=london_day(stage.now) + timedelta(days=days_left) if days_left else None,
        by=stage.persons[_COORDINATOR[authority]],
        now=stage.ago(250),
    )


def _mark(stage: Stage, name: str, authority: str, mark: Mark, reason: str) -> None:
    services.mark(
        stage.db,
        person_id=stage.persons[name],
        authority_id=stage.places[authority],
        mark=mark,
        reason=reason,
        by=stage.persons[_COORDINATOR[authority]],
        now=stage.ago(250),
    )


def _train(stage: Stage, name: str, words: str, *, kind: Training = Training.AWARD) -> None:
    services.record_training(
        stage.db,
        person_id=stage.persons[name],
        authority_id=stage.places["RIVERMERE"],
        kind=kind,
        words=words,
        done_on=london_day(stage.ago(280)),
        by=stage.persons["Carol Bennett"],
        now=stage.ago(250),
    )


def _time(stage: Stage, name: str, profile: Profile) -> None:
    asking.keep_profile(stage.db, person_id=stage.persons[name], profile=profile, now=stage.ago(100))


def _days(letters: str) -> frozenset[Day]:
    """Days by a letter each: m t w h f s u."""
    return frozenset(day for letter, day in zip("mtwhfsu", Day, strict=True) if letter in letters)
