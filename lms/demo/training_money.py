"""Employers who ask for training money, and who acts for them: permissions, applications, a bank account."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.locked import Locker
from lms.core.words import Refused
from lms.demo.claim_evidence import prove
from lms.demo.people import Stage, add
from lms.funding.authoring import deciding
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import services as claims
from lms.funding.claims.queries import claim
from lms.funding.employers import applying, bank, services
from lms.funding.employers.answers import Booked, ForWhom, Lives, Step, Wages
from lms.funding.permissions import services as permissions
from lms.funding.permissions.rules import Action, GivenHow
from lms.funding.permissions.words import Deed
from lms.funding.standing import standings
from lms.funding.vocabulary import ClaimantKind, EvidenceKind, Provenance
from lms.people import queries as people
from lms.people.rules import Role

GRANT = "RIVERMERE-GRANT-2026-27"
HERE = "RIVERMERE"
OFFICER = "Peter Ashworth"
SOURCE = "Letter of the grant, 27 March 2026 (invented for this demonstration)"
ADVISERS = (("Nell Okafor", "RIVERMERE-IL", HERE), ("Omar Said", "RIVERMERE-COLLEGE", HERE))


def show(stage: Stage, locker: Locker) -> None:
    """Amina lets somebody act and can accept and send; George ended it; Ellen stopped half way; Stephen waits."""
    for name, place, authority in ADVISERS:
        add(stage, name, Role.ADVISER, place, authority)
    _confirm(stage)
    _give(stage, "Amina Yusuf", "RIVERMERE-IL", ("Aled Price", "Chidi Obi"), days_ago=10)
    _account(stage, locker, "Amina Yusuf", days_ago=10)
    _look(stage, "Nell Okafor", "Amina Yusuf", "Aled Price", days_ago=9)
    prepared = _answer(stage, "Nell Okafor", "Amina Yusuf", "Chidi Obi", _first_aid(), days_ago=3)
    ready = _prepare(stage, "Nell Okafor", prepared, days_ago=3)
    if ready is not None:
        shown = claim(stage.db, ready, within=[stage.organisation_of(HERE)])
        prove(stage, shown, None, "Nell Okafor", kinds=(EvidenceKind.QUOTE, EvidenceKind.EMPLOYER_PROOF))
    ended = _give(
        stage,
        "George Hill",
        "RIVERMERE-COLLEGE",
        ("Beth Warren",),
        days_ago=18,
        by="Carol Bennett",
        how=GivenHow.BY_PHONE,
        note="Said on the telephone with Ellen beside him; Carol Bennett wrote it down the same hour.",
    )
    permissions.withdraw(stage.db, permission_id=ended, by=stage.persons["George Hill"], now=stage.ago(12))
    _answer(stage, "Ellen Hill", "George Hill", "Dean Foster", _first_aid()[:4], days_ago=6)
    moving = _answer(stage, "Stephen Lacey", "Stephen Lacey", "Kelly Marsh", _moving(), days_ago=8)
    waiting = _prepare(stage, "Stephen Lacey", moving, days_ago=8)
    _account(stage, locker, "Stephen Lacey", days_ago=8)
    applying.hold_account(
        stage.db, employer_id=stage.places["Stephen Lacey"], authority_ids=[stage.organisation_of(HERE)]
    )
    if waiting is not None:
        _accept(stage, "Stephen Lacey", waiting, days_ago=7)


def _confirm(stage: Stage) -> None:
    """The figures and days of the grant, as a funding officer confirmed them: until then nobody can send one in."""
    here, now = stage.organisation_of(HERE), stage.ago(30)
    schemes = schemes_for(stage.db, here, on=london_day(now), as_written=True)
    grant = schemes.by_code.get(GRANT)
    for each in standings(grant, schemes.adoption(HERE, GRANT)) if grant is not None else ():
        if each.provenance is not Provenance.OFFICIAL:
            deciding.confirm(
                stage.db,
                once=uuid4(),
                authority_id=here,
                scheme=GRANT,
                key=each.key,
                shown=each.values,
                source=SOURCE,
                until=None,
                by=stage.persons[OFFICER],
                now=now,
            )


Answered = list[tuple[Step, Mapping[str, Any]]]


def _first_aid() -> Answered:
    return [
        (Step.COURSE, {"training": None, "course_name": "First aid at work"}),
        (Step.WAGES, {"wages": Wages.DIRECT_PAYMENT}),
        (Step.HOME, {"lives": Lives.ENGLAND}),
        (Step.FOR_WHOM, {"for_whom": ForWhom.MYSELF}),
        (Step.BOOKED, {"booked": Booked.NO, "starts_on": None}),
        (Step.COSTS, {"course": 15000, "travel": 1200, "cover": 8000}),
    ]


def _moving() -> Answered:
    costs = (Step.COSTS, {"course": 12000, "travel": None, "cover": 9600})
    course = (Step.COURSE, {"training": None, "course_name": "Moving and assisting, one day"})
    return [course, *_first_aid()[1:-1], costs]


def _pa(stage: Stage, employer: str, name: str) -> UUID:
    """A PA of this household by name: somebody else in the town may be called the same."""
    working = people.pas_of(stage.db, [stage.places[employer]], london_day(stage.now))
    return next(pa.id for pa in working if pa.name == name)


def _give(
    stage: Stage,
    employer: str,
    delegate: str,
    workers: tuple[str, ...],
    *,
    days_ago: int,
    by: str = "",
    how: GivenHow = GivenHow.IN_PALMS,
    note: str = "",
) -> UUID:
    permission_id, now = uuid4(), stage.ago(days_ago)
    permissions.give(
        stage.db,
        once=permission_id,
        employer_id=stage.places[employer],
        delegate_id=stage.places[delegate],
        schemes=[GRANT],
        workers=[_pa(stage, employer, name) for name in workers],
        actions=list(Action),
        ends_on=london_day(now) + timedelta(days=365),
        given_how=how,
        note=note,
        by=stage.persons[by or employer],
        now=now,
    )
    return permission_id


def _account(stage: Stage, locker: Locker, employer: str, *, days_ago: int) -> None:
    bank.give(
        stage.db,
        locker,
        once=uuid4(),
        employer_id=stage.places[employer],
        account=bank.account_of(employer, "00-00-01", f"000{len(employer):02}417"),
        own_account=True,
        secret_fits=True,
        by=stage.persons[employer],
        now=stage.ago(days_ago),
    )


def _look(stage: Stage, adviser: str, employer: str, pa: str, *, days_ago: int) -> None:
    permissions.use(
        stage.db,
        person_id=stage.persons[adviser],
        claimant_id=stage.places[employer],
        claimant_kind=ClaimantKind.INDIVIDUAL_EMPLOYER,
        authority_id=stage.organisation_of(HERE),
        action=Action.SEE_TRAINING_RECORD,
        scheme=None,
        learner_ids=[_pa(stage, employer, pa)],
        deed=Deed.RECORD_SEEN,
        now=stage.ago(days_ago),
    )


def _answer(stage: Stage, who: str, employer: str, pa: str, answers: Answered, *, days_ago: int) -> UUID:
    enquiry, by, now = uuid4(), stage.persons[who], stage.ago(days_ago)
    services.begin(stage.db, once=enquiry, employer_id=stage.places[employer], by=by, now=now)
    for step, given in answers:
        about = {**given, "pa_id": _pa(stage, employer, pa)} if step is Step.COURSE else given
        services.answer(stage.db, enquiry_id=enquiry, step=step, given=about, by=by, now=now)
    return enquiry


def _prepare(stage: Stage, who: str, enquiry: UUID, *, days_ago: int) -> UUID | None:
    """The application; None in a year in which the grant takes nothing any more."""
    now = stage.ago(days_ago)
    try:
        return applying.prepare(
            stage.db, enquiry_id=enquiry, scheme=GRANT, claim_id=uuid4(), by=stage.persons[who], now=now
        )
    except Refused:
        return None


def _accept(stage: Stage, employer: str, claim_id: UUID, *, days_ago: int) -> None:
    here = [stage.organisation_of(HERE)]
    claims.accept_terms(
        stage.db,
        claim_id=claim_id,
        within=here,
        by=stage.persons[employer],
        now=stage.ago(days_ago),
        version=claim(stage.db, claim_id, within=here).version,
    )
