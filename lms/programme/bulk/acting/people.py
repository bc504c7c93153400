"""For people: invite them, enrol them on a course, say to which area they belong, let their role last longer."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.core.spelling import clean_email, clean_name
from lms.core.words import N_, Refused
from lms.learning import queries as learning
from lms.learning import services as enrolling
from lms.people import invitations
from lms.people import services as people
from lms.people.among import KnownPa, invited_among, known_among
from lms.people.areas import queries as areas
from lms.people.areas import services as giving
from lms.people.rules import Role
from lms.programme.bulk.acting.common import CLOSED, NOBODY, STRANGER, Action, Asked, Came, OneLine, ids_of
from lms.programme.bulk.rules import WILL, Judged, wont

_MAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")
_WITH_NAME = re.compile(r"^\"?(?P<name>[^<>,;\"]*?)\"?[\s,;]*<?(?P<mail>[^@\s<>,;]+@[^@\s<>,;]+)>?$")


def typed(text: str) -> tuple[str, str]:
    """Name and e-mail address of a line such as `Pat Morgan <pat@example.com>`; each is empty where it is not said."""
    found = _WITH_NAME.match(text.strip())
    if found is None:
        return "", ""
    return found["name"].strip(), clean_email(found["mail"]) if _MAIL.match(found["mail"]) else ""


def _known(db: Db, asked: Asked, lines: Sequence[OneLine]) -> dict[UUID, KnownPa]:
    return known_among(db, asked.authority_id, ids_of(lines), asked.on)


def _away(line: OneLine, known: Mapping[UUID, KnownPa]) -> Judged | None:
    """Why nothing is done for somebody: nobody, closed, or no PA here today; None when they are one."""
    if line.person_id is None:
        return wont(NOBODY)
    one = known.get(line.person_id)
    if one is not None and one.closed:
        return wont(CLOSED)
    return wont(STRANGER) if one is None or not one.pa_now else None


def judge_invite(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Whoever has an e-mail address and no way in yet, and was not invited already. Three queries."""
    known = _known(db, asked, lines)
    mails = {each.place: _mail(each, known) for each in lines}
    waiting = invited_among(db, asked.authority_id, {mail for mail in mails.values() if mail}, now=asked.now)

    def judged(line: OneLine) -> Judged:
        if line.person_id is None:
            name, mail = typed(line.given or "")
            if not mail:
                return wont(NOBODY)
            if not name:
                return wont(N_("Nobody here has this address. Write the name before it: Pat Morgan <pat@example.com>"))
        elif (away := _away(line, known)) is not None:
            return away
        elif known[line.person_id].secret:
            return wont(N_("Has an account already."))
        elif not mails[line.place]:
            return wont(N_("Has no e-mail address. Make a passphrase for them on their page."))
        return (
            wont(N_("Was invited already, and the invitation still works.")) if mails[line.place] in waiting else WILL
        )

    return {line.place: judged(line) for line in lines}


def _mail(line: OneLine, known: Mapping[UUID, KnownPa]) -> str:
    if line.person_id is None:
        return typed(line.given or "")[1]
    one = known.get(line.person_id)
    return (one.email if one else None) or ""


def do_invite(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Send the invitation, as from the page for one."""
    one = known_among(db, asked.authority_id, ids_of([line]), asked.on).get(line.person_id) if line.person_id else None
    name, mail = (one.name, one.email) if one else typed(line.given or "")
    id = uuid4()
    invitations.invite(
        db,
        id=id,
        name=clean_name(name),
        email=mail,
        role=Role.PA,
        organisation_id=asked.authority_id,
        authority_id=asked.authority_id,
        course=asked.details.get("course") or None,
        language=one.language if one else "en",
        by=by,
        now=asked.now,
    )
    return Came(id)


def judge_enrol(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Every PA of the authority who is not on the course. Three queries."""
    known, course = _known(db, asked, lines), asked.details["course"]
    on_it = {
        each.learner_id
        for each in learning.every_enrolment_of(db, ids_of(lines))
        if each.course == course and each.authority_id == asked.authority_id and not each.ended
    }

    def judged(line: OneLine) -> Judged:
        if (away := _away(line, known)) is not None:
            return away
        return wont(N_("Is on this course already.")) if line.person_id in on_it else WILL

    return {line.place: judged(line) for line in lines}


def do_enrol(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Enrol one."""
    return Came(
        enrolling.enrol(
            db,
            learner_id=_person(line),
            authority_id=asked.authority_id,
            course=asked.details["course"],
            by=by,
            now=asked.now,
        )
    )


def judge_area(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Everybody who belongs to another area, or to none. Three queries."""
    known, area = _known(db, asked, lines), asked.id("area")
    held = areas.area_of_people(db, asked.authority_id, ids_of(lines))

    def judged(line: OneLine) -> Judged:
        if (away := _away(line, known)) is not None:
            return away
        there = held.get(_person(line))
        return wont(N_("Belongs to this area already.")) if there == area else Judged(will=True, helper=there)

    return {line.place: judged(line) for line in lines}


def do_area(db: Db, asked: Asked, line: OneLine, judged: Judged, by: UUID) -> Came:
    """Say to which area one belongs."""
    area = asked.id("area")
    giving.give_areas(db, authority_id=asked.authority_id, areas={_person(line): area}, by=by, now=asked.now)
    return Came(area, judged.helper)


def judge_prolong(db: Db, asked: Asked, lines: Sequence[OneLine]) -> Mapping[int, Judged]:
    """Every PA whose last day is before the new one. Two queries."""
    known, until = _known(db, asked, lines), asked.day("until")

    def judged(line: OneLine) -> Judged:
        if (away := _away(line, known)) is not None:
            return away
        last = known[_person(line)].until
        if last is None:
            return wont(N_("Is a PA here without a last day."))
        return WILL if last < until else wont(N_("Is a PA here up to %(day)s already."), day=last.isoformat())

    return {line.place: judged(line) for line in lines}


def do_prolong(db: Db, asked: Asked, line: OneLine, _judged: Judged, by: UUID) -> Came:
    """Let one be a PA from the day after the last one up to the new last day."""
    last = known_among(db, asked.authority_id, ids_of([line]), asked.on)[_person(line)].until
    if last is None:
        raise Refused(N_("Is a PA here without a last day."))
    people.give_role(
        db,
        person_id=_person(line),
        organisation_id=asked.authority_id,
        role=Role.PA,
        by=by,
        now=asked.now,
        since=last + timedelta(days=1),
        until=asked.day("until"),
    )
    return Came()


def _person(line: OneLine) -> UUID:
    assert line.person_id is not None  # judged as somebody before
    return line.person_id


INVITE = Action(judge_invite, do_invite)
ENROL = Action(judge_enrol, do_enrol)
AREA = Action(judge_area, do_area)
PROLONG = Action(judge_prolong, do_prolong)
