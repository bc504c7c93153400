"""Take a work back, as far as each single action has a way back and nothing was built on it since."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from lms.assessment import allocating
from lms.assessment.loads import allocations
from lms.core.db import Db
from lms.core.words import N_
from lms.learning import leaving
from lms.learning import queries as learning
from lms.people.areas import queries as areas
from lms.people.areas import services as giving
from lms.programme.bulk.acting.common import LEFT, Action, Asked, Came, OneLine
from lms.programme.bulk.rules import WILL, Judged, wont
from lms.programme.bulk.words import What
from lms.programme.groups import queries as groups
from lms.programme.groups import services as joining

_OTHER = N_("Something else was said since, and that stays.")


def judge(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody for whom it was done and is still so. `helper_id` of a line is what came of it then."""
    return _JUDGE[What(asked.details["what"])](db, asked, lines)


def do(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Take it back for one, by the service that does so singly."""
    match What(asked.details["what"]):
        case What.ENROL:
            leaving.leave(db, enrolment_id=_made(line), by=by, now=asked.now)
        case What.ALLOCATE:
            allocating.end_allocation(db, allocation_id=_made(line), by=by, now=asked.now)
        case What.GROUP:
            joining.end_member(
                db, group_id=asked.id("group"), member_id=_made(line), until=asked.on, by=by, now=asked.now
            )
        case What.AREA:
            back = {line.person_id: _open_area(db, asked, line.before_id)} if line.person_id else {}
            giving.give_areas(db, authority_id=asked.authority_id, areas=back, by=by, now=asked.now)
    return Came()


def _open_area(db: Db, asked: Asked, area_id: UUID | None) -> UUID | None:
    there = {each.id for each in areas.areas_of(db, asked.authority_id) if not each.closed}
    return area_id if area_id in there else None


def _enrolments(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    ids = [_made(line) for line in lines]
    known = {each.id: each for each in learning.enrolments(db, ids) if each.authority_id == asked.authority_id}
    done = learning.studied_in(db, ids)

    def judged(line: OneLine) -> Judged:
        one = known.get(_made(line))
        if one is None or one.ended:
            return wont(LEFT)
        studied = done.get(one.id)
        if studied is not None and studied.last is not None:
            return wont(N_("Has begun to learn. If they should leave all the same, choose “Leave the course”."))
        return WILL

    return {line.place: judged(line) for line in lines}


def _allocations(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    known = allocations(db, [_made(line) for line in lines])

    def judged(line: OneLine) -> Judged:
        one = known.get(_made(line))
        over = one is None or (one.until is not None and one.until <= asked.on)
        return wont(N_("This assessor has ended already.")) if over else WILL

    return {line.place: judged(line) for line in lines}


def _groups(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    inside = groups.open_among(db, asked.id("group"), [line.enrolment_id for line in lines if line.enrolment_id])
    return {
        line.place: WILL
        if line.enrolment_id in inside and inside[line.enrolment_id] == line.helper_id
        else wont(N_("Has left the group already."))
        for line in lines
    }


def _areas(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    held = areas.area_of_people(db, asked.authority_id, [line.person_id for line in lines if line.person_id])
    return {
        line.place: WILL if line.person_id and held.get(line.person_id) == line.helper_id else wont(_OTHER)
        for line in lines
    }


def _made(line: OneLine) -> UUID:
    assert line.helper_id is not None  # only what came of something is taken back
    return line.helper_id


_JUDGE: Mapping[What, Callable[[Db, Asked, Sequence[OneLine]], Mapping[int, Judged]]] = {
    What.ENROL: _enrolments,
    What.ALLOCATE: _allocations,
    What.GROUP: _groups,
    What.AREA: _areas,
}

TAKE_BACK = Action(judge, do)
