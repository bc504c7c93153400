"""Write requests for an assessor: asked by a PA or their household, answered by a coordinator; assessors' profiles."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.asking import opening, queries
from lms.assessment.asking.events import AssessorAsked, AssessorFound, AssessorRequestEnded
from lms.assessment.asking.models import (
    AssessorProfile,
    AssessorRequest,
    AssessorRequestEnd,
    AssessorRequestUnit,
)
from lms.assessment.asking.queries import RequestView
from lms.assessment.asking.rules import Day, Outcome, Profile, is_address, listed, place_of
from lms.assessment.competence.people import HOUSEHOLD_ROLES, is_coordinator
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

LONGEST = 500
LONGEST_PLACE = 60
MOST_LEARNERS = 200
_THERE = N_("An assessor has been asked for already. Wait for the answer, or take the request back first.")
_OVER = N_("This request has ended. Nothing was changed.")


def ask(
    db: Db,
    *,
    id: UUID,
    learner_id: UUID,
    authority_id: UUID,
    units: Collection[str],
    place: str,
    by: UUID,
    now: datetime,
    days: Collection[Day] = (),
    suits: str = "",
    language: str = "",
    needs: str = "",
) -> UUID:
    """Ask for an assessor for a learner's standards; returns the request, which is `id`.

    When the learner asks, the standards are opened for them by this; when their household does, by the coordinator who
    answers: an employer puts nobody on a course.

    The same `id` again changes nothing. Raises NotFound unless `by` is the learner or of a household they work for
    behind this wall; refused while another request is open, without a standard, and for a place that is an address.
    """
    today = london_day(now)
    home = _speaks_for(db, learner_id, authority_id, by, today)
    if db.get(AssessorRequest, id) is not None:
        if queries.request(db, id).learner_id != learner_id:
            raise NotFound("request")
        return id
    framework = opening.edition_for(db, learner_id, authority_id)
    asked = [unit.code for unit in framework.units if unit.code in set(units)]
    if len(asked) != len(set(units)):
        raise NotFound("unit")
    if not asked:
        raise Refused(N_("Choose at least one standard."))
    where = _place(place)
    before = queries.newest_of(db, learner_id)
    if before is not None and before.outcome is None:
        raise Refused(_THERE)
    if by == learner_id:
        opening.open_for(db, learner_id=learner_id, authority_id=authority_id, framework=framework.code, by=by, now=now)
    turn = db.scalar(select(func.max(AssessorRequest.turn)).where(AssessorRequest.learner_id == learner_id)) or 0
    row = AssessorRequest(
        id=id,
        learner_id=learner_id,
        turn=turn + 1,
        authority_id=authority_id,
        framework=framework.code,
        place=where,
        days=_days(days),
        suits=clean_text(suits, LONGEST),
        language=place_of(clean_text(language, LONGEST_PLACE)),
        needs=clean_text(needs, LONGEST),
        asked_by=by,
        behalf=home,
        asked_at=now,
    )
    if not add_once(db, row):
        raise Refused(_THERE)  # somebody else was first by a moment
    db.add_all(AssessorRequestUnit(request_id=id, unit=unit) for unit in asked)
    db.flush()
    fact = AssessorAsked(
        about=learner_id,
        request_id=id,
        authority_id=authority_id,
        framework=framework.code,
        units=tuple(asked),
    )
    record(db, fact, by=by, now=now, behalf=home)
    return id


def withdraw(db: Db, *, request_id: UUID, by: UUID, now: datetime) -> None:
    """Take a request back; the learner can, and whoever asked while they are of the household. Ended already: nothing.

    An allocation that was made meanwhile stays. Raises NotFound for everybody else.
    """
    asked = _held(db, request_id)
    today = london_day(now)
    home = _speaks_for(db, asked.learner_id, asked.authority_id, by, today)
    if by != asked.learner_id and home != asked.behalf:
        raise NotFound("request")
    _end(db, asked, Outcome.WITHDRAWN, "", by=by, now=now)


def give(
    db: Db,
    *,
    id: UUID,
    request_id: UUID,
    assessor_id: UUID,
    units: Collection[str],
    by: UUID,
    now: datetime,
    until: date | None = None,
) -> UUID:
    """Choose an assessor for some of what was asked for, from today on; returns the allocation.

    With the last of the asked units the request is answered. Of two coordinators who choose at the same moment the
    second is told what the first did. Raises NotFound unless `by` coordinates there, and for a unit not asked for.
    """
    asked = _for_coordinator(db, request_id, by, now)
    if asked.outcome is not None:
        raise Refused(_OVER)
    if not units:
        raise Refused(N_("Choose at least one standard."))
    if not set(units) <= set(asked.units):
        raise NotFound("unit")
    today = london_day(now)
    before = queries.given_for(db, asked, today)
    taken = set(units) - set(queries.still_open_of(asked, before))
    mine = next((one for one in before if one.assessor_id == assessor_id and set(one.units) == set(units)), None)
    if taken and mine is None:
        raise Refused(
            N_("Somebody was given for this meanwhile: %(units)s. Look again."), units=", ".join(sorted(taken))
        )
    given = allocating.allocate_assessor(
        db,
        enrolment_id=_opened(db, asked, by, now),
        assessor_id=assessor_id,
        since=today,
        until=until,
        units=units,
        by=by,
        now=now,
        id=id,
    )
    if mine is not None:
        return given
    fact = AssessorFound(
        about=asked.learner_id,
        request_id=asked.id,
        allocation_id=given,
        assessor_id=assessor_id,
        units=tuple(sorted(units)),
        until=until,
    )
    record(db, fact, by=by, now=now, behalf=asked.authority_id)
    if not queries.still_open_of(asked, queries.given_for(db, asked, today)):
        _end(db, asked, Outcome.GIVEN, "", by=by, now=now)
    return given


def open_asked(db: Db, *, request_id: UUID, by: UUID, now: datetime) -> UUID:
    """Open the standards somebody asked about for the learner, before an assessor is found; returns the enrolment."""
    asked = _for_coordinator(db, request_id, by, now)
    if asked.outcome is not None:
        raise Refused(_OVER)
    return _opened(db, asked, by, now)


def _opened(db: Db, asked: RequestView, by: UUID, now: datetime) -> UUID:
    return opening.open_for(
        db, learner_id=asked.learner_id, authority_id=asked.authority_id, framework=asked.framework, by=by, now=now
    )


def close(db: Db, *, request_id: UUID, words: str, by: UUID, now: datetime) -> None:
    """Be done with a request that is not, or not wholly, answered; those who asked read the words. Ended: nothing."""
    asked = _for_coordinator(db, request_id, by, now)
    said = clean_text(words, LONGEST)
    if not said:
        raise Refused(N_("Write a word to those who asked: what happens next, or whom they can ring."))
    _end(db, asked, Outcome.CLOSED, said, by=by, now=now)


def settle(db: Db, learner_id: UUID, *, by: UUID, now: datetime) -> None:
    """An assessor came by another way: when nothing that was asked for is left, the request is answered."""
    asked = queries.newest_of(db, learner_id)
    if asked is None or asked.outcome is not None:
        return
    if not queries.still_open_of(asked, queries.given_for(db, asked, london_day(now))):
        _end(db, asked, Outcome.GIVEN, "", by=by, now=now)


def _end(db: Db, asked: RequestView, outcome: Outcome, words: str, *, by: UUID, now: datetime) -> None:
    if asked.outcome is not None:
        return
    if add_once(db, AssessorRequestEnd(request_id=asked.id, outcome=outcome, words=words, ended_by=by, at=now)):
        fact = AssessorRequestEnded(about=asked.learner_id, request_id=asked.id, outcome=outcome)
        record(db, fact, by=by, now=now, behalf=asked.authority_id)


def _held(db: Db, request_id: UUID) -> RequestView:
    """A request, held until the end of the transaction, as it is now. Raises NotFound."""
    row = db.get(AssessorRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("request")
    return queries.request(db, request_id)


def _for_coordinator(db: Db, request_id: UUID, by: UUID, now: datetime) -> RequestView:
    asked = _held(db, request_id)
    if not is_coordinator(db, by, asked.authority_id, london_day(now)):
        raise NotFound("request")
    return asked


def _speaks_for(db: Db, learner_id: UUID, authority_id: UUID, by: UUID, today: date) -> UUID | None:
    """The household for which somebody asks; None for the learner themself. Raises NotFound for strangers."""
    if not people.holds(db, learner_id, Role.PA, [authority_id], today):
        raise NotFound("learner")
    if by == learner_id:
        return None
    someone = people.viewer_of(db, by, today)
    homes = someone.organisations(*HOUSEHOLD_ROLES) if someone is not None else frozenset()
    home = people.employer_for(db, learner_id, homes, today) if homes else None
    if home is None or people.organisation(db, home).authority_id != authority_id:
        raise NotFound("learner")
    return home


def _place(text: str) -> str:
    where = clean_text(text, LONGEST_PLACE)
    if not where:
        raise Refused(N_("Write where: the first part of the postcode, such as BS3, or the name of the area."))
    if is_address(where):
        raise Refused(N_("Write only the first part of the postcode, or the area. Not the address."))
    return place_of(where)


def _days(days: Collection[Day]) -> str:
    return " ".join(day.value for day in Day if day in set(days))


def keep_profile(db: Db, *, person_id: UUID, profile: Profile, now: datetime) -> None:
    """Keep what an assessor says of their own time; what they said before is replaced. It is no fact about learners.

    Refused for an address among the places, a number that cannot be, and days in the wrong order.
    """
    if not people.viewer_of(db, person_id, london_day(now)):
        raise NotFound("assessor")
    if any(is_address(place) for place in profile.places):
        raise Refused(N_("Write only the first parts of postcodes, or areas. Not addresses."))
    if profile.most is not None and not 0 <= profile.most <= MOST_LEARNERS:
        raise Refused(N_("Enter a number from 0 to %(most)s."), most=MOST_LEARNERS)
    if profile.away_until is not None and (profile.away_from is None or profile.away_until < profile.away_from):
        raise Refused(N_("Enter the first day you are away, and a last day that is not before it."))
    values = {
        "places": clean_text("\n".join(listed("\n".join(profile.places))), 2000),
        "days": _days(profile.days),
        "languages": clean_text("\n".join(listed("\n".join(profile.languages))), LONGEST),
        "most": profile.most,
        "away_from": profile.away_from,
        "away_until": profile.away_until,
        "changed_at": now,
    }
    row = db.get(AssessorProfile, person_id, with_for_update=True, populate_existing=True)
    if row is None and add_once(db, AssessorProfile(person_id=person_id, **values)):
        return
    row = row or db.get_one(AssessorProfile, person_id, with_for_update=True)
    for name, value in values.items():
        setattr(row, name, value)
    db.flush()
