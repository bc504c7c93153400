"""The worker's part: give a message to everybody it is for, a few in each unit of work, each person once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db, write_rows
from lms.core.events import record_all
from lms.core.house import House
from lms.core.work import later, later_all
from lms.notifications import services as notices
from lms.notifications.letters.posting import hand_over
from lms.notifications.models import Notice
from lms.notifications.preferences import queries as preferences
from lms.notifications.preferences.rules import Purpose, Route, Way, route
from lms.notifications.writing.audience import belonging
from lms.notifications.writing.deciding import Decided, decide
from lms.notifications.writing.events import CoordinatorWrote
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.notifications.writing.rules import Out
from lms.notifications.writing.services import message_of
from lms.people import queries as people
from lms.people.rules import Role

AT_ONCE = 100
"""People told in one unit of work, so that nobody waits long for the writer."""
_HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def send_many(house: House, key: str, now: datetime) -> None:
    """Give a message to everybody it is for; begun again, it goes on where it stopped."""
    while _some(house, UUID(key), now):
        pass


def _some(house: House, message_id: UUID, now: datetime) -> bool:
    """The next few; whether there may be more."""
    with house.database.writing() as db:
        row = db.scalar(select(BulkMessage).where(BulkMessage.id == message_id).with_for_update())
        if row is None or row.sent_off_at is None or row.done_at is not None:
            return False
        ids = _next(db, row.id)
        if ids:
            _give(db, row, ids, now)
        if len(ids) < AT_ONCE:
            row.done_at = now
            hand_over(db, row.id, posts=house.settings.posts, now=now)
        return row.done_at is None


def _next(db: Db, message_id: UUID) -> Sequence[UUID]:
    waiting = select(BulkMessageTo.person_id).where(
        BulkMessageTo.message_id == message_id, BulkMessageTo.out.is_(None), BulkMessageTo.at.is_(None)
    )
    return db.scalars(waiting.order_by(BulkMessageTo.place).limit(AT_ONCE)).all()


def _give(db: Db, row: BulkMessage, ids: Sequence[UUID], now: datetime) -> None:
    """Look at each once more, as things stand now, and write what they get."""
    here = belonging(db, row.authority_id, ids, london_day(now))
    every = decide(db, message_of(row), ids, now)
    rows: list[Notice] = []
    facts: list[CoordinatorWrote] = []
    for each in every:
        out = each.out if each.someone.id in here else Out.NOT_HERE
        if out is None:
            made = _notices(db, each, now)
            rows += made
            facts.append(_fact(row, each))
        _mark(db, row.id, each, out=out, notice_id=made[0].id if out is None else None, now=now)
    write_rows(db, rows)
    work: dict[str, dict[str, datetime]] = {}
    for each_row in rows:
        if each_row.address is not None and each_row.due_at is not None:
            kind, key = notices.work_of(each_row)
            work.setdefault(kind, {})[key] = each_row.due_at
    later_all(db, notices.SEND, list(work.get(notices.SEND, {}).items()), now=now)
    for key, due in work.get(notices.DIGEST, {}).items():
        later(db, notices.DIGEST, key, now=now, due=due)
    record_all(db, facts, by=row.asked_by, now=now, behalf=row.authority_id)


def _mark(db: Db, message_id: UUID, each: Decided, *, out: Out | None, notice_id: UUID | None, now: datetime) -> None:
    db.execute(
        update(BulkMessageTo)
        .where(BulkMessageTo.message_id == message_id, BulkMessageTo.person_id == each.someone.id)
        .values(
            out=out,
            missing=each.missing if out is Out.NO_VALUE else "",
            way=each.goes.way,
            via_id=each.via,
            notice_id=notice_id,
            at=now if out is None else None,
        )
    )


def _notices(db: Db, each: Decided, now: datetime) -> list[Notice]:
    """What is written for one person: theirs first, then what their employer is asked to pass on."""
    assert each.text is not None
    values = {"subject": each.text.subject, "body": each.text.body, "short": each.text.short or each.text.subject}
    goes, through = each.goes, _passed_on(db, each, values, now) if each.via else []
    if each.via and not through:  # nobody of the household has an account: the PA is told straight
        goes = route(Purpose.COORDINATOR, each.chosen.wishes, each.chosen.reach)
    own = notices.placed("coordinator_message", each.someone, each.chosen.wishes, goes, now)
    own.values = values
    return [own, *through]


def _passed_on(db: Db, each: Decided, values: dict[str, str], now: datetime) -> list[Notice]:
    assert each.via is not None
    on = london_day(now)
    there = {one.id: one for role in _HOUSEHOLD for one in people.holders_of(db, role, [each.via], on)}
    made = []
    for one in there.values():
        chosen = preferences.of(db, one)
        goes = route(Purpose.COORDINATOR, chosen.wishes, chosen.reach)
        goes = Route(Way.PAGE) if goes.way is Way.LETTER else goes
        notice = notices.placed("message_through", one, chosen.wishes, goes, now)
        notice.values = {**values, "who": each.someone.name}
        made.append(notice)
    return made


def _fact(row: BulkMessage, each: Decided) -> CoordinatorWrote:
    return CoordinatorWrote(
        about=each.someone.id,
        authority_id=row.authority_id,
        message_id=row.id,
        way=each.goes.way,
        through=each.via is not None,
    )
