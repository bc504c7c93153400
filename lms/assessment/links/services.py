"""Write links: ask somebody, send it again, cancel it, and set how long links work. Answers are in `answering`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.content import Placed
from lms.assessment.evidence.rules import Part
from lms.assessment.links import queries, rules
from lms.assessment.links.events import LinkAsked, LinkCancelled, LinkDaysSet, LinkSentAgain
from lms.assessment.links.models import Link, LinkDays, LinkEnd, LinkSecret
from lms.assessment.links.queries import LinkView
from lms.assessment.links.rules import Asks, End
from lms.assessment.queries import signed_off
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record, whisper
from lms.core.i18n import Language
from lms.core.spelling import clean_email, clean_name, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.secrets import digest, new_secret

WITNESS = "witness"
"""The choice of somebody who is in no household on record."""


class Change(Protocol):
    """What somebody does to a link they asked for: cancel it, or send it again."""

    def __call__(self, db: Db, *, link_id: UUID, by: UUID, now: datetime) -> None: ...


_MOBILE = re.compile(r"\+447\d{9}")
_OVER = N_("This link has ended, so nothing was sent. Ask again if you still want to know.")


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Whom to ask: the key of a candidate, or WITNESS with a name and what they have to do with the work.

    `email` or `phone` for a witness and for a household without an address on record.
    """

    key: str
    name: str = ""
    relation: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class _Found:
    part: Part
    name: str
    person_id: UUID | None
    household_id: UUID | None
    email: str | None
    phone: str | None
    relation: str


def ask(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    unit: str,
    lines: Sequence[str],
    whom: Whom,
    by: UUID,
    now: datetime,
    language: str = "en",
    days: int | None = None,
    texts: bool = False,
) -> UUID:
    """Ask somebody by a one-time link what they saw; returns its id, which is `id`. The same id again is quiet.

    `days` as the authority has it when None; `texts`: whether text messages can be sent here. Raises NotFound for a
    stranger; refused for a learner who left, a unit that is signed off, lines that are not practice of the unit, an
    address that is the learner's or the asker's own, and more links than anybody needs.
    """
    there = db.get(Link, id)
    if there is not None:
        if (there.enrolment_id, there.asked_by) != (enrolment_id, by):
            raise NotFound("link")
        return id
    enrolment, asked_as = _asker(db, enrolment_id, unit, by, now)
    placed = places.unit_of(db, enrolment, unit)
    chosen = _chosen_lines(placed, lines)
    _refuse_useless(db, enrolment, unit)
    found = _found(db, enrolment, whom, by, now, texts=texts)
    _refuse_too_many(db, enrolment_id, by, now)
    lasts = _days(days) if days is not None else queries.days_of(db, enrolment.authority_id)
    places.open_units(db, enrolment, now=now)
    ends = rules.ends(now, lasts)
    row = Link(
        id=id,
        enrolment_id=enrolment_id,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        unit=unit,
        lines=list(chosen),
        **vars(found),
        language=Language(language),
        asked_by=by,
        asked_as=asked_as,
        asked_at=now,
        expires_at=ends,
        remind_at=rules.remind_at(now, ends),
    )
    if not add_once(db, row):
        return id
    new_sending(db, id, reminder=False, now=now)
    fact = LinkAsked(
        about=enrolment.learner_id,
        enrolment_id=enrolment_id,
        link_id=id,
        unit=unit,
        lines=chosen,
        part=found.part,
        asked_as=asked_as,
    )
    record(db, fact, by=by, now=now)
    return id


def new_sending(db: Db, link_id: UUID, *, reminder: bool, now: datetime) -> None:
    """Make a secret for one sending; it is whispered to who sends it, and only its digest is kept."""
    secret = new_secret()
    db.add(LinkSecret(digest=digest(secret), link_id=link_id, sent_at=now, reminder=reminder))
    db.flush()
    whisper(db, link_id, secret)


def send_again(db: Db, *, link_id: UUID, by: UUID, now: datetime) -> None:
    """Send a link once more to where it went, because it was lost.

    Raises NotFound for whoever could not ask any more; refused when it ended or went out often enough.
    """
    found = _own(db, link_id, by, now)
    _asker(db, found.enrolment_id, found.unit, by, now)  # whose part has ended sends nothing more
    if not found.is_open(now):
        raise Refused(_OVER)
    if queries.sendings(db, link_id) >= rules.MOST_SENDINGS:
        raise Refused(N_("It was sent %(times)s times already. Speak to them another way."), times=rules.MOST_SENDINGS)
    new_sending(db, link_id, reminder=False, now=now)
    fact = LinkSentAgain(about=found.learner_id, enrolment_id=found.enrolment_id, link_id=link_id, reminder=False)
    record(db, fact, by=by, now=now)


def cancel(db: Db, *, link_id: UUID, by: UUID, now: datetime) -> None:
    """End a link before it is answered; again changes nothing. Refused when it was answered meanwhile."""
    _own(db, link_id, by, now)
    found = held(db, link_id)
    if found.end is End.ANSWERED:
        raise Refused(N_("They have answered meanwhile. What they said stands in the record."))
    if found.end is None and end(db, found, End.CANCELLED, by=by, now=now):
        fact = LinkCancelled(about=found.learner_id, enrolment_id=found.enrolment_id, link_id=link_id)
        record(db, fact, by=by, now=now)


def held(db: Db, link_id: UUID) -> LinkView:
    """A link, held until the end of the transaction, so that it ends once. Raises NotFound."""
    if db.scalar(select(Link.id).where(Link.id == link_id).with_for_update()) is None:
        raise NotFound("link")
    return queries.link(db, link_id)


def end(db: Db, link: LinkView, why: End, *, by: UUID | None, now: datetime) -> bool:
    """Let a link end; False when it had ended already."""
    return add_once(db, LinkEnd(link_id=link.id, why=why, by=by, at=now))


def set_days(db: Db, *, id: UUID, authority_id: UUID, days: int, by: UUID, now: datetime) -> None:
    """Set how many days links of an authority work from now on; those that were sent keep their day."""
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")
    if add_once(db, LinkDays(id=id, authority_id=authority_id, days=_days(days), by=by, at=now)):
        record(db, LinkDaysSet(about=by, authority_id=authority_id, days=days), by=by, now=now)


def _days(days: int) -> int:
    if not rules.FEWEST_DAYS <= days <= rules.MOST_DAYS:
        raise Refused(N_("Choose between %(least)s and %(most)s days."), least=rules.FEWEST_DAYS, most=rules.MOST_DAYS)
    return days


def _asker(db: Db, enrolment_id: UUID, unit: str, by: UUID, now: datetime) -> tuple[EnrolmentView, Asks]:
    enrolment, today = learning.enrolment(db, enrolment_id), london_day(now)
    viewer = people.viewer_of(db, by, today)
    asked_as = queries.asks_as(db, viewer, enrolment, today=today, unit=unit) if viewer else None
    if asked_as is None:
        raise NotFound("learner")
    return enrolment, asked_as


def _own(db: Db, link_id: UUID, by: UUID, now: datetime) -> LinkView:
    """A link of whoever asked for it, or of a coordinator of that authority. Raises NotFound."""
    found = queries.link(db, link_id)
    looks_after = people.holds(db, by, Role.COORDINATOR, [found.authority_id], london_day(now))
    if found.asked_by != by and not looks_after:
        raise NotFound("link")
    return found


def _chosen_lines(placed: Placed, lines: Sequence[str]) -> tuple[str, ...]:
    practice = [line.key for line in placed.unit.practice]
    chosen = tuple(key for key in practice if key in set(lines))
    if len(chosen) != len(set(lines)):
        raise NotFound("line")
    if not chosen:
        raise Refused(N_("Choose what they can have seen."))
    if len(chosen) > rules.MOST_LINES:
        raise Refused(
            N_("Choose at most %(most)s. Each is a page of its own for whoever answers."), most=rules.MOST_LINES
        )
    return chosen


def _refuse_useless(db: Db, enrolment: EnrolmentView, unit: str) -> None:
    if enrolment.ended:
        raise Refused(N_("They have left this course, so nothing can be added to it."))
    if unit in signed_off(db, enrolment.id):
        raise Refused(N_("This is signed off, so nobody needs to be asked."))


def _refuse_too_many(db: Db, enrolment_id: UUID, by: UUID, now: datetime) -> None:
    if queries.open_about(db, enrolment_id, now=now) >= rules.MOST_OPEN:
        raise Refused(N_("Many people are being asked already. Wait for their answers, or cancel one."))
    if queries.asked_since(db, by, now - timedelta(days=1)) >= rules.MOST_A_DAY:
        raise Refused(N_("You have asked many people today. Go on tomorrow."))


def _found(db: Db, enrolment: EnrolmentView, whom: Whom, by: UUID, now: datetime, *, texts: bool) -> _Found:
    if whom.key == WITNESS:
        relation = clean_text(whom.relation, rules.LONGEST_RELATION)
        if not relation:
            raise Refused(N_("Say what they have to do with the work, such as “district nurse”."))
        email, phone = _address(db, enrolment, whom, by, texts=texts)
        return _Found(Part.WITNESS, clean_name(whom.name), None, None, email, phone, relation)
    known = queries.candidates(db, enrolment, today=london_day(now))
    chosen = next((each for each in known if each.key == whom.key), None)
    if chosen is None:
        raise NotFound("person")
    if chosen.person_id == by:
        raise Refused(N_("This is you. Say what you saw on your own page."))
    if chosen.email is not None:
        return _Found(chosen.part, chosen.name, chosen.person_id, chosen.household_id, chosen.email, None, "")
    email, phone = _address(db, enrolment, whom, by, texts=texts)
    return _Found(chosen.part, chosen.name, None, chosen.household_id, email, phone, "")


def _address(db: Db, enrolment: EnrolmentView, whom: Whom, by: UUID, *, texts: bool) -> tuple[str | None, str | None]:
    if whom.email.strip() and whom.phone.strip():
        raise Refused(N_("Give an e-mail address or a mobile number, not both."))
    if whom.phone.strip():
        if not texts:
            raise Refused(N_("Text messages are not set up here. Give an e-mail address."))
        return None, clean_mobile(whom.phone)
    if not whom.email.strip():
        raise Refused(N_("Give an e-mail address, so that we can send the link."))
    email = clean_email(whom.email)
    own = people.persons(db, {by, enrolment.learner_id})
    if email in {person.email for person in own.values()}:
        raise Refused(N_("This is your own address, or the learner's. Somebody else has to say what they saw."))
    return email, None


def clean_mobile(number: str) -> str:
    """A mobile number of the United Kingdom as +447…; refused when it is none."""
    figures = re.sub(r"[\s().-]", "", number)
    figures = re.sub(r"^(?:0044|0)", "+44", figures).replace("+440", "+44", 1)
    if not _MOBILE.fullmatch(figures):
        raise Refused(N_("Enter a mobile number of the United Kingdom, such as 07700 900 982."))
    return figures
