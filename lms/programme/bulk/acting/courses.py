"""For people on a course: remind whoever has the next move, put them into a group, issue a certificate, leave."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lms.assessment import under_way as practice
from lms.certification import services as certificates
from lms.certification.bulk import outcomes
from lms.certification.bulk.choices import BETWEEN
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning import leaving
from lms.people import queries as people
from lms.people import working_for
from lms.people.among import answering
from lms.people.rules import Role
from lms.programme.bulk.acting.common import NOT_ON_ONE, Action, Asked, Came, OneLine, enrolments_of, ids_of, without
from lms.programme.bulk.rules import WILL, Judged, wont
from lms.programme.desk import nudging
from lms.programme.desk.among import lines_of
from lms.programme.desk.lists import Line
from lms.programme.desk.rules import Spell, Who, may_nudge_again
from lms.programme.groups import queries as groups
from lms.programme.groups import services as joining


def judge_remind(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Every enrolment that waits for somebody who can be reminded, and was not within a week. Eight queries."""
    known, ids = enrolments_of(db, asked, lines), [each.enrolment_id for each in lines if each.enrolment_id]
    stands = lines_of(db, asked.authority_id, ids)
    last = nudging.nudged_on(db, ids)
    there = _there(db, asked, lines, ids)

    def judged(line: OneLine) -> Judged:
        if (cannot := without(line, known)) is not None:
            return cannot
        stand = stands.get(_enrolment(line))
        if stand is None or stand.waits_for is None:
            return wont(N_("Waits for nobody."))
        if stand.waits_for is Who.COORDINATOR:
            return wont(N_("Waits for the coordinators, and that is you."))
        on = last.get(_enrolment(line))
        if on is not None and not may_nudge_again(on, asked.on):
            return wont(N_("Was reminded on %(day)s. That is less than a week ago."), day=on.isoformat())
        return WILL if there(stand) else wont(N_("Waits for somebody, and there is nobody who could be reminded."))

    return {line.place: judged(line) for line in lines}


def _there(db: Db, asked: Asked, lines: Sequence[OneLine], ids: Sequence[UUID]):  # type: ignore[no-untyped-def]
    """Says of a standing whether there is somebody who has the move. Five queries for all of them."""
    work = [
        each
        for each in working_for.every_work_of(db, ids_of(lines))
        if each.authority_id == asked.authority_id and Spell(each.since, each.until).holds(asked.on)
    ]
    answer = answering(db, {each.employer_id for each in work}, asked.on)
    at_home = {each.pa_id for each in work if each.employer_id in answer}
    assessed = {
        id
        for id, every in practice.allocations_of(db, ids).items()
        if any(Spell(since, until).holds(asked.on) for _assessor, since, until in every)
    }
    team = any(
        people.count_people_in(db, asked.authority_id, role, asked.on)
        for role in (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
    )

    def there(stand: Line) -> bool:
        match stand.waits_for:
            case Who.SELF:
                return True
            case Who.EMPLOYER:
                return stand.learner_id in at_home
            case Who.ASSESSOR | Who.READER:
                return stand.enrolment_id in assessed
            case Who.REGISTER_TEAM:
                return team
        return False

    return there


def do_remind(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Remind whoever has the next move, in their language, as from the list of those who are stuck."""
    nudging.nudge(db, authority_id=asked.authority_id, enrolment_id=_enrolment(line), by=by, now=asked.now)
    return Came()


def judge_group(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody on a course that fits the group who is not in it. Three queries."""
    known, there = enrolments_of(db, asked, lines), groups.group(db, asked.id("group"), [asked.authority_id])
    inside = groups.open_among(db, there.id, list(known))
    over = there.until is not None and there.until < asked.on

    def judged(line: OneLine) -> Judged:
        if (cannot := without(line, known)) is not None:
            return cannot
        if over or there.since > asked.on:
            return wont(N_("The group is not there today."))
        if there.course is not None and known[_enrolment(line)].course != there.course:
            return wont(N_("The group is for another course."))
        return wont(N_("Is in this group already.")) if line.enrolment_id in inside else WILL

    return {line.place: judged(line) for line in lines}


def do_group(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Put one into the group from today on; out of the group they are moved from, where one was named."""
    id, group = _enrolment(line), asked.id("group")
    joining.add_members(db, group_id=group, enrolment_ids=[id], since=asked.on, by=by, now=asked.now)
    if asked.details.get("out_of"):
        before = asked.id("out_of")
        member = groups.open_among(db, before, [id]).get(id)
        if member is not None:
            joining.end_member(db, group_id=before, member_id=member, until=asked.on, by=by, now=asked.now)
    return Came(groups.open_among(db, group, [id]).get(id))


def judge_leave(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody who is on a course. One query."""
    known = enrolments_of(db, asked, lines)
    return {line.place: without(line, known) or WILL for line in lines}


def do_leave(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Let one leave the course; what they did on it stays."""
    leaving.leave(db, enrolment_id=_enrolment(line), by=by, now=asked.now)
    return Came()


def judge_certify(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody for whom the certificate's rule is met and who does not have it; asked of each, as rules differ."""
    known, (kind, code, about) = enrolments_of(db, asked, lines), asked.details["certificate"].split(BETWEEN)

    def judged(line: OneLine) -> Judged:
        if (cannot := without(line, known)) is not None:
            return cannot
        if known[_enrolment(line)].course != about:
            return wont(NOT_ON_ONE)
        try:
            verdict = certificates.dry_run(db, kind=kind, source_id=_enrolment(line), code=code or None, now=asked.now)
        except (NotFound, Refused) as trouble:
            return wont("", kept=list(outcomes.went_wrong(trouble).why))
        if verdict.already is not None:
            return wont(N_("Has this certificate already."))
        if verdict.missing:
            return wont("", kept=list(outcomes.missing(verdict.missing).why))
        return wont("", kept=list(outcomes.waits(verdict.waits_since).why)) if verdict.waits_since else WILL

    return {line.place: judged(line) for line in lines}


def do_certify(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Issue one's certificate."""
    kind, code, _about = asked.details["certificate"].split(BETWEEN)
    came = certificates.issue(db, kind=kind, source_id=_enrolment(line), code=code or None, by=by, now=asked.now)
    if came.certificate_id is None:
        raise Refused(N_("Something is missing for this certificate now."))
    return Came(came.certificate_id)


def _enrolment(line: OneLine) -> UUID:
    assert line.enrolment_id is not None  # judged as an enrolment before
    return line.enrolment_id


REMIND = Action(judge_remind, do_remind)
GROUP = Action(judge_group, do_group)
LEAVE = Action(judge_leave, do_leave)
CERTIFY = Action(judge_certify, do_certify)
