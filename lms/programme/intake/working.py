"""What the worker does with lists: look, carry out, take back. Each may be cut off anywhere and done again.

A list is carried out some hundred rows at a time, so that whoever signs in meanwhile waits for no more than a moment
and a page can say how far it is. Whatever is there when it stops half way is taken back before anything else is done:
in the end all of a list is in, or none of it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from lms.core import told
from lms.core.db import Db, is_duplicate, write_rows, writes
from lms.core.events import record
from lms.core.garbage import looked_for_less_often
from lms.core.house import House
from lms.core.words import N_, Refused
from lms.programme.intake import looking, services, undoing
from lms.programme.intake.carrying import AT_ONCE, Carrier
from lms.programme.intake.events import PeopleBroughtIn
from lms.programme.intake.looking import Plan
from lms.programme.intake.models import IntakeBatch, IntakeMistake, IntakeQuestion
from lms.programme.intake.words import State

FIRST = N_("Somebody on the list was added by another way meanwhile. Nobody was brought in. Look at the list again.")
CHANGED = N_("Something has changed since you looked. Nobody was brought in. Look at what is to mend, then go on.")


def _mine(db: Db, key: str, state: State) -> IntakeBatch | None:
    """The batch of a piece of work, unless it is over or a later run has it."""
    id, _, run = key.partition(":")
    row = db.get(IntakeBatch, UUID(id), with_for_update=True, populate_existing=True)
    return row if row is not None and row.state is state and row.run == int(run) and row.sha256 else None


def _plan(house: House, db: Db, row: IntakeBatch, data: bytes, now: datetime) -> Plan:
    def tell(done: int, total: int) -> None:
        with house.database.writing() as other:
            services.progress(other, row.id, row.run, done, total)

    sense = looking.sense_of(db, row.columns, len(row.headings), row.day_order, now)
    plan = looking.read(data, sense, tell=tell, total=row.total)
    said = select(IntakeQuestion.row, IntakeQuestion.answer).where(
        IntakeQuestion.batch_id == row.id, IntakeQuestion.answer.is_not(None)
    )
    answers = {number: str(answer) for number, answer in db.execute(said)}
    looking.match(db, plan, row.authority_id, answers, row.columns)
    return plan


@looked_for_less_often()
def look(house: House, key: str, now: datetime) -> None:
    """Read a list and keep what would come of it, and what is wrong."""
    with house.database.writing() as db:
        row = _mine(db, key, State.LOOKING)
    if row is None:
        return
    try:
        with house.database.reading() as db:
            assert row.sha256 is not None
            plan = _plan(house, db, row, house.files.get(row.sha256), now)
    except Refused as refusal:
        with house.database.writing() as db:
            again = _mine(db, key, State.LOOKING)
            if again is not None:
                again.state, again.stopped = State.COLUMNS, refusal.message % refusal.values
        return
    with house.database.writing() as db:
        again = _mine(db, key, State.LOOKING)
        if again is not None:
            keep(db, again, plan, now)


def keep(db: Db, row: IntakeBatch, plan: Plan, now: datetime) -> None:
    """Keep what was found. Answers that were given stay with their rows while the rows still ask."""
    db.execute(delete(IntakeMistake).where(IntakeMistake.batch_id == row.id))
    write_rows(
        db,
        [
            IntakeMistake(
                batch_id=row.id,
                number=number,
                row=each.row,
                place=each.column,
                sentence=each.sentence,
                said={name: str(value) for name, value in each.values.items()},
            )
            for number, each in enumerate(plan.wrong)
        ],
    )
    open_ones = IntakeQuestion.batch_id == row.id, IntakeQuestion.answer.is_(None)
    db.execute(delete(IntakeQuestion).where(*open_ones))
    new = [
        IntakeQuestion(
            batch_id=row.id, row=each.line.row, name=each.line.name or "", maybe=[str(id) for id in each.maybe]
        )
        for each in plan.outcome.unclear
    ]
    write_rows(db, new)
    row.tally = plan.tally
    row.done = row.total = plan.tally["rows"]
    row.ended_at = now
    row.state = State.COLUMNS if plan.asks_for_order else State.LOOKED_AT
    row.stopped = ASK_ORDER if plan.asks_for_order else row.stopped


ASK_ORDER = N_("Say how days are written in this file: they can be read two ways.")


@looked_for_less_often()
def carry(house: House, key: str, now: datetime) -> None:
    """Bring the people of a list in: all of them, or nobody."""
    with house.database.writing() as db:
        row = _mine(db, key, State.RUNNING)
    if row is None:
        return
    undoing.take_back(house, row, now)  # what an earlier worker left behind when it was cut off
    with house.database.reading() as db:
        assert row.sha256 is not None
        plan = _plan(house, db, row, house.files.get(row.sha256), now)
    if not plan.ready:
        _stop(house, key, now, CHANGED, plan)
        return
    with house.database.writing() as db:
        services.begin(db, row.id, row.run, now)
    carrier = Carrier(
        row.authority_id, dict(plan.employers), row.started_by, now, row.course, row.id, invite=row.invite
    )
    try:
        for done in _carry_all(house, carrier, plan):
            with house.database.writing() as db:
                services.progress(db, row.id, row.run, done, len(plan.outcome.matched))
    except IntegrityError as wrong:
        if not is_duplicate(wrong):
            raise
        undoing.take_back(house, row, now)
        _stop(house, key, now, FIRST, None)
        return
    with house.database.writing() as db:
        _end(db, key, carrier, plan, now)


def _carry_all(house: House, carrier: Carrier, plan: Plan) -> Iterable[int]:
    every = plan.outcome.matched
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        with house.database.writing() as db:
            carrier.carry(db, some)
        yield start + len(some)


def _end(db: Db, key: str, carrier: Carrier, plan: Plan, now: datetime) -> None:
    row = _mine(db, key, State.RUNNING)
    if row is None:
        return
    row.state, row.ended_at = State.DONE, now
    row.tally = {**plan.tally, "made_people": carrier.made_people, "made_employers": carrier.made_employers}
    row.done = row.total = len(plan.outcome.matched)
    fact = PeopleBroughtIn(
        about=row.started_by or row.authority_id,
        authority_id=row.authority_id,
        batch_id=row.id,
        digest=row.digest,
        people=carrier.made_people,
        employers=carrier.made_employers,
    )
    record(db, fact, by=row.started_by, now=now, behalf=row.authority_id)
    row.last_event = told.newest(db)


def _stop(house: House, key: str, now: datetime, why: str, plan: Plan | None) -> None:
    with house.database.writing() as db:
        row = _mine(db, key, State.RUNNING)
        if row is None:
            return
        row.state, row.stopped = State.LOOKED_AT, why
        if plan is not None:
            keep(db, row, plan, now)


def _undone(db: Db, key: str) -> IntakeBatch | None:
    """The batch of a piece of work that takes it back, unless it is over or a later run has it."""
    id, _, run = key.partition(":")
    row = db.get(IntakeBatch, UUID(id), with_for_update=writes(db), populate_existing=True)
    return row if row is not None and row.state is State.UNDOING and row.run == int(run) else None


@looked_for_less_often()
def undo(house: House, key: str, now: datetime) -> None:
    """Take everything back that came of a list, unless something was built on it.

    The long look for that keeps nobody from writing; what was written meanwhile is looked for once more.
    """
    with house.database.reading() as db:
        row = _undone(db, key)
        built = row is not None and row.done == 0 and bool(undoing.built_on(db, row, limit=1))
    with house.database.writing() as db:
        row = _undone(db, key)
        if row is None:
            return
        if built or (row.done == 0 and undoing.built_lately(db, row)):
            row.state, row.stopped = State.DONE, undoing.BUILT_ON
            return
    undoing.take_back(house, row, now)
    with house.database.writing() as db:
        undoing.end(db, row.id, now)
