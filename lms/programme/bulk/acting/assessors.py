"""For people with something to show at work: share them out among assessors, and let assessors stay longer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment import under_way as practice
from lms.assessment.competence import queries as competence
from lms.assessment.competence.rules import Relation
from lms.assessment.loads import Running, loads_of, running_among
from lms.assessment.standing import assessors_for
from lms.core.db import Db
from lms.core.words import N_
from lms.programme.bulk.acting.common import Action, Asked, Came, OneLine, enrolments_of, without
from lms.programme.bulk.models import BulkLine
from lms.programme.bulk.rules import WILL, Judged, shared_out, wont
from lms.programme.bulk.words import Fate

NONE_FREE = N_("None of the assessors you chose can take this person: full, close to them, or not open to you today.")


def judge_allocate(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody with something left to show and no assessor, with whoever of those chosen has fewest learners.

    Nobody assesses themself or somebody they are close to, and nobody has more than was said. Seven queries, and one
    more for each assessor that was chosen.
    """
    known = enrolments_of(db, asked, lines)
    shows = practice.of_enrolments(db, list(known))
    has = {each.enrolment_id for each in running_among(db, list(known), asked.on)}
    first = {line.place: _why_not(line, known, shows, has) for line in lines}
    open_ = [line for line in lines if first[line.place] is None]
    given = _share(db, asked, open_, {_enrolment(line): known[_enrolment(line)].learner_id for line in open_})

    def judged(line: OneLine) -> Judged:
        cannot = first[line.place]
        if cannot is not None:
            return cannot
        helper = given.get(_enrolment(line))
        return Judged(will=True, helper=helper) if helper else wont(NONE_FREE)

    return {line.place: judged(line) for line in lines}


def _why_not(
    line: OneLine, known: Mapping[UUID, object], shows: Mapping[UUID, object], has: set[UUID]
) -> Judged | None:
    if (cannot := without(line, known)) is not None:  # type: ignore[arg-type]
        return cannot
    every = shows.get(_enrolment(line), ())
    if not every:
        return wont(N_("Has nothing to show at work, so needs no assessor."))
    if all(each.units == each.signed_off for each in every):  # type: ignore[attr-defined]
        return wont(N_("Has everything signed off already."))
    return wont(N_("Has an assessor already.")) if line.enrolment_id in has else None


def _share(db: Db, asked: Asked, lines: Sequence[OneLine], learner: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """Who gets whom. A line that was looked at before keeps its assessor, or has none."""
    able = {each.id for each in assessors_for(db, asked.authority_id, asked.on)}
    chosen = [id for id in map(UUID, asked.details["assessors"]) if id in able]
    loads = dict.fromkeys(chosen, 0) | loads_of(db, chosen, asked.on)
    barred = {(id, enrolment) for id in chosen for enrolment, person in learner.items() if id == person}
    for id in chosen:
        close = competence.ties_of(db, id, set(learner.values()), asked.on)
        barred |= {(id, e) for e, person in learner.items() if close.get(person, Relation.NONE) is not Relation.NONE}
    most = asked.details.get("most")
    foreseen = {_enrolment(line): line.helper_id for line in lines if line.helper_id}
    if foreseen:
        return {
            enrolment: helper
            for enrolment, helper in foreseen.items()
            if helper in loads and (helper, enrolment) not in barred and (most is None or loads[helper] < most)
        }
    promised = Counter(_promised(db, asked.work_id))
    loads = {id: load + promised[id] for id, load in loads.items()}
    return shared_out([_enrolment(line) for line in lines], loads, most=most, barred=barred)


def _promised(db: Db, work_id: UUID) -> dict[UUID, int]:
    """How many of this work are foreseen for each assessor already, and not yet given."""
    wanted = (
        select(BulkLine.helper_id, func.count())
        .where(BulkLine.work_id == work_id, BulkLine.state == Fate.WILL, BulkLine.helper_id.is_not(None))
        .group_by(BulkLine.helper_id)
    )
    return {row[0]: row[1] for row in db.execute(wanted) if row[0]}


def do_allocate(db: Db, asked: Asked, line: OneLine, judged: Judged, by: UUID) -> Came:
    """Give one the assessor foreseen for them, from today on."""
    assert judged.helper is not None
    until = asked.details.get("until")
    return Came(
        allocating.allocate_assessor(
            db,
            enrolment_id=_enrolment(line),
            assessor_id=judged.helper,
            since=asked.on,
            until=asked.day("until") if until else None,
            by=by,
            now=asked.now,
        )
    )


def judge_extend(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody with an assessor whose last day is before the new one. Two queries."""
    known = enrolments_of(db, asked, lines)
    running = running_among(db, list(known), asked.on)

    def judged(line: OneLine) -> Judged:
        if (cannot := without(line, known)) is not None:
            return cannot
        mine = [each for each in running if each.enrolment_id == line.enrolment_id]
        if not mine:
            return wont(N_("Has no assessor today."))
        if _ends_too_soon(asked, mine):
            return WILL
        last = max((each.until for each in mine if each.until), default=None)
        if last is None:
            return wont(N_("Has an assessor without a last day."))
        return wont(N_("Has an assessor up to %(day)s already."), day=last.isoformat())

    return {line.place: judged(line) for line in lines}


def _ends_too_soon(asked: Asked, mine: Sequence[Running]) -> list[Running]:
    """Those that end before the new last day and are not followed by a longer one of the same assessor."""
    until = asked.day("until")
    longer = {(each.assessor_id, each.units) for each in mine if each.until is None or each.until >= until}
    short = {(each.assessor_id, each.units): each for each in mine if each.until is not None and each.until < until}
    return [each for key, each in short.items() if key not in longer and (key[0], ()) not in longer]


def do_extend(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Let each assessor of one go on up to the new last day, for the same units."""
    for each in _ends_too_soon(asked, running_among(db, [_enrolment(line)], asked.on)):
        allocating.allocate_assessor(
            db,
            enrolment_id=each.enrolment_id,
            assessor_id=each.assessor_id,
            since=asked.on,
            until=asked.day("until"),
            units=each.units,
            by=by,
            now=asked.now,
        )
    return Came()


def _enrolment(line: OneLine) -> UUID:
    assert line.enrolment_id is not None  # judged as an enrolment before
    return line.enrolment_id


ALLOCATE = Action(judge_allocate, do_allocate)
EXTEND = Action(judge_extend, do_extend)
