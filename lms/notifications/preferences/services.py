"""Choose how one is told, confirm a mobile number, and say whether messages about work go through an employer."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from lms.assessment.links.services import clean_mobile
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.notifications import services as notices
from lms.notifications.channels import services as channels
from lms.notifications.preferences.events import (
    MessagesChosen,
    MobileConfirmed,
    MobileForgotten,
    ThroughEmployerAnswered,
    ThroughEmployerWished,
)
from lms.notifications.preferences.models import MessagePreference, MobileCode, ThroughEmployer
from lms.notifications.preferences.rules import CHOICES, QUIET_FROM, QUIET_UNTIL, REQUIRED, Purpose, Way
from lms.people import queries as people

CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES = 3
"""Codes somebody is sent in a day at most: each is a message that costs money and disturbs a stranger if mistyped."""
LONGEST_ADDRESS = 500
MOST_LINES = 6


@dataclass(frozen=True)
class Choice:
    """What somebody chose on the page."""

    ways: Mapping[Purpose, Way]
    digest: bool
    quiet: bool
    quiet_from: time
    quiet_until: time
    sundays: bool
    postal: str = ""


def choose(db: Db, *, person_id: UUID, choice: Choice, now: datetime) -> None:
    """Keep what somebody chose. Raises Refused with a sentence that says how to mend it."""
    row = _row(db, person_id, now)
    for purpose, way in choice.ways.items():
        if way not in CHOICES.get(purpose, ()):
            raise Refused(N_("Choose a way that is offered."))
        if way is Way.TEXT and row.mobile is None:
            raise Refused(N_("Give and confirm your mobile number first, then choose text messages."))
    if choice.quiet and choice.quiet_from == choice.quiet_until:
        raise Refused(N_("Give two different times, or take the tick away."))
    lines = [line.strip() for line in choice.postal.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or len(choice.postal) > LONGEST_ADDRESS:
        raise Refused(N_("Write your address in at most %(most)s short lines."), most=MOST_LINES)
    row.ways = {purpose.value: way.value for purpose, way in choice.ways.items()}
    row.digest, row.quiet, row.sundays = choice.digest, choice.quiet, choice.sundays
    row.quiet_from, row.quiet_until = _minutes(choice.quiet_from), _minutes(choice.quiet_until)
    row.postal, row.changed_at = "\n".join(lines), now
    record(db, MessagesChosen(about=person_id, by_link=False), by=person_id, now=now)


def no_more_mail(db: Db, *, person_id: UUID, purpose: Purpose, now: datetime) -> None:
    """Somebody clicked that they want no more mails of a sort: these stand on their page alone. Twice is harmless."""
    if purpose in REQUIRED:
        raise NotFound("link")
    people.person(db, person_id)
    row = _row(db, person_id, now)
    if row.ways.get(purpose.value) == Way.PAGE.value:
        return
    row.ways, row.changed_at = {**row.ways, purpose.value: Way.PAGE.value}, now
    record(db, MessagesChosen(about=person_id, by_link=True), by=person_id, now=now)


def _row(db: Db, person_id: UUID, now: datetime) -> MessagePreference:
    """Somebody's row, held for this unit of work; made with what counts for whoever chose nothing."""
    wanted = select(MessagePreference).where(MessagePreference.person_id == person_id).with_for_update()
    row = db.scalar(wanted)
    if row is None:
        fresh = MessagePreference(
            person_id=person_id,
            ways={},
            digest=False,
            quiet=True,
            quiet_from=_minutes(QUIET_FROM),
            quiet_until=_minutes(QUIET_UNTIL),
            sundays=False,
            mobile=None,
            postal="",
            changed_at=now,
        )
        row = fresh if add_once(db, fresh) else db.scalars(wanted).one()
    return row


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def ask_for_code(db: Db, *, person_id: UUID, number: str, now: datetime) -> None:
    """Send a code of six figures to a mobile number, to see that it is theirs. Raises Refused."""
    mobile = clean_mobile(number)
    row = db.scalar(select(MobileCode).where(MobileCode.person_id == person_id).with_for_update())
    if row is None:
        row = MobileCode(person_id=person_id, number=mobile, digest="", made_at=now, tries=0, asked=0, since=now)
        db.add(row)
    if now - row.since >= timedelta(days=1):
        row.asked, row.since = 0, now
    if row.asked >= MOST_CODES:
        raise Refused(N_("You were sent three codes today. Look at the number, and try again tomorrow."))
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.number, row.digest, row.made_at, row.tries = mobile, _digest(person_id, code), now, 0
    row.asked += 1
    db.flush()
    someone = people.person(db, person_id)
    notices.tell(
        db,
        kind="mobile_code",
        name=someone.name,
        address=f"tel:{mobile}",
        language=someone.language,
        person_id=person_id,
        secret=code,
        now=now,
    )


def confirm(db: Db, *, person_id: UUID, code: str, now: datetime) -> bool:
    """Take the number when the code is right; whether it was. A wrong one counts and has to be committed.

    Raises Refused when there is no code to type in, or too many were wrong.
    """
    row = db.scalar(select(MobileCode).where(MobileCode.person_id == person_id).with_for_update())
    if row is None or not row.digest or now - row.made_at > CODE_LASTS or row.tries >= MOST_TRIES:
        raise Refused(N_("This code does not count any more. Ask for a new one."))
    row.tries += 1
    if not hmac.compare_digest(row.digest, _digest(person_id, "".join(code.split()))):
        return False
    row.digest = ""
    preference = _row(db, person_id, now)
    preference.mobile, preference.changed_at = row.number, now
    channels.forget(db, f"tel:{row.number}")
    record(db, MobileConfirmed(about=person_id), by=person_id, now=now)
    return True


def forget_mobile(db: Db, *, person_id: UUID, now: datetime) -> None:
    """Take somebody's number out; what went by text message goes by e-mail again."""
    row = _row(db, person_id, now)
    if row.mobile is None:
        return
    row.ways = {name: way for name, way in row.ways.items() if way != Way.TEXT.value}
    row.mobile, row.changed_at = None, now
    db.execute(delete(MobileCode).where(MobileCode.person_id == person_id))
    record(db, MobileForgotten(about=person_id), by=person_id, now=now)


def _digest(person_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{person_id.hex} {code}".encode()).hexdigest()


def wish(db: Db, *, employer_id: UUID, pa_id: UUID, wished: bool, by: UUID, now: datetime) -> None:
    """An employer says whether messages about a PA's work should come through them; the PA decides. NotFound.

    `by` acts for the household, which the page has seen. A new wish asks the PA anew.
    """
    if employer_id not in people.employed_since(db, pa_id, london_day(now)):
        raise NotFound("PA")
    row = _between(db, pa_id, employer_id)
    if row is None:
        row = ThroughEmployer(pa_id=pa_id, employer_id=employer_id, wished=False, agreed=None, by=by, at=now)
        db.add(row)
    elif row.wished is wished:
        return
    row.wished, row.agreed, row.by, row.at = wished, None, by, now
    db.flush()
    record(db, ThroughEmployerWished(about=pa_id, employer_id=employer_id, wished=wished), by=by, now=now)


def answer(db: Db, *, employer_id: UUID, pa_id: UUID, agreed: bool, now: datetime) -> None:
    """A PA agrees that messages about work go through an employer, or takes that back at any time. NotFound."""
    row = _between(db, pa_id, employer_id)
    if row is None or not row.wished:
        raise NotFound("employer")
    if row.agreed is agreed:
        return
    row.agreed, row.at = agreed, now
    record(db, ThroughEmployerAnswered(about=pa_id, employer_id=employer_id, agreed=agreed), by=pa_id, now=now)


def _between(db: Db, pa_id: UUID, employer_id: UUID) -> ThroughEmployer | None:
    wanted = select(ThroughEmployer).where(ThroughEmployer.pa_id == pa_id, ThroughEmployer.employer_id == employer_id)
    return db.scalar(wanted.with_for_update())
