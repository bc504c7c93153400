"""Take in a payer's file: keep its bytes, learn which column says what, read its rows. Nothing of it counts yet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.files import Files, keep
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.funding.paying import reading, typed
from lms.funding.paying.matching import Read
from lms.funding.paying.models import LONGEST_NAME, LONGEST_REFERENCE, LONGEST_TYPED, Remittance, RemittanceRow
from lms.funding.paying.reading import Row, Sheet
from lms.funding.paying.words import NEEDED, Column, DayOrder, Wrong

SAME_FILE = N_("This very file was taken in on %(day)s already. Nothing was changed.")
OVER = N_("This remittance was confirmed or dropped already. Look at it again.")
_SAY_COLUMNS = N_("Say which column has the claim's reference and which has the amount.")
_ONE_EACH = N_("One column cannot say two things. Choose another one.")
_SAY_DAY = N_("This file names no day. Say on which day the money came.")
_NOT_TO_COME = N_("Money that has not come yet cannot be written down. Choose today or an earlier day.")
SAY_ORDER = N_("Days such as %(example)s can be read two ways. Say which comes first, the day or the month.")


def upload(
    db: Db, files: Files, *, once: UUID, authority_id: UUID, data: bytes, name: str, by: UUID, now: datetime
) -> UUID:
    """Take in a file for an authority; returns the remittance to look at. Sent twice, it is one.

    Refused: what is no table, and a file that was confirmed before. A file that lies here unconfirmed is found again.
    Where a file with the same headings was read before, the columns are known and the rows are read at once.
    """
    sheet = reading.read(data)
    digest = keep(db, files, data, "text/csv", now=now)
    waiting = _waiting_or_refuse(db, authority_id, digest)
    if waiting is not None:
        return waiting
    remembered = _remembered(db, authority_id, sheet.fingerprint)
    row = Remittance(
        id=once,
        authority_id=authority_id,
        sha256=digest,
        name=" ".join(visible(name).split())[-LONGEST_NAME:] or "remittance.csv",
        headings=sheet.fingerprint,
        uploaded_by=by,
        uploaded_at=now,
    )
    if add_once(db, row) and remembered is not None:
        _read_again(db, row, sheet, *remembered, now=now)
    return once


def _waiting_or_refuse(db: Db, authority_id: UUID, digest: str) -> UUID | None:
    mine = (Remittance.authority_id == authority_id, Remittance.sha256 == digest, Remittance.dropped_at.is_(None))
    found = db.scalars(select(Remittance).where(*mine).order_by(Remittance.uploaded_at)).first()
    if found is None:
        return None
    if found.confirmed_at is not None:
        raise Refused(SAME_FILE, day=london_day(found.confirmed_at))
    return found.id


def _remembered(db: Db, authority_id: UUID, headings: str) -> tuple[dict[Column, str], DayOrder | None] | None:
    wanted = select(Remittance).where(
        Remittance.authority_id == authority_id, Remittance.headings == headings, Remittance.columns.is_not(None)
    )
    found = db.scalars(wanted.order_by(Remittance.uploaded_at.desc()).limit(1)).first()
    return (columns_of(found), found.day_order) if found is not None else None


def columns_of(row: Remittance) -> dict[Column, str]:
    """Which heading says what, as somebody said; empty while nobody did."""
    return {Column(key): heading for key, heading in (row.columns or {}).items()}


def map_columns(
    db: Db,
    files: Files,
    *,
    remittance_id: UUID,
    within: Collection[UUID],
    columns: Mapping[Column, str],
    day_order: DayOrder | None,
    paid_on: date | None,
    now: datetime,
) -> None:
    """Say which column says what, and read the rows anew; what was decided about them before is forgotten.

    Refused: a heading the file has not, one heading for two things, days that can be read two ways while nobody says
    how, no day at all, a day to come, and a remittance that was confirmed or dropped.
    """
    row = open_one(db, remittance_id, within)
    sheet = sheet_of(files, row)
    chosen = {column: heading for column, heading in columns.items() if heading}
    if any(heading not in sheet.headings for heading in chosen.values()) or not set(NEEDED) <= set(chosen):
        raise Refused(_SAY_COLUMNS)
    if len(set(chosen.values())) != len(chosen):
        raise Refused(_ONE_EACH)
    if Column.DAY not in chosen and paid_on is None:
        raise Refused(_SAY_DAY)
    if paid_on is not None and paid_on > london_day(now):
        raise Refused(_NOT_TO_COME)
    example = unsure_day(sheet, chosen)
    if example is not None and day_order is None:
        raise Refused(SAY_ORDER, example=example)
    row.paid_on = paid_on if Column.DAY not in chosen else None
    _read_again(db, row, sheet, chosen, day_order if example is not None else None, now=now)


def unsure_day(sheet: Sheet, columns: Mapping[Column, str]) -> str | None:
    """A day of the file that can be read two ways while the file's other days do not say which; else None."""
    days = [row.cells.get(columns[Column.DAY], "") for row in sheet.rows] if Column.DAY in columns else []
    return None if typed.order_of(days) else next((day for day in days if typed.is_ambiguous(day)), None)


def open_one(db: Db, remittance_id: UUID, within: Collection[UUID]) -> Remittance:
    """A remittance that is neither confirmed nor dropped, locked to the end. NotFound behind another wall."""
    wanted = select(Remittance).where(Remittance.id == remittance_id, Remittance.authority_id.in_(within))
    found = db.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("remittance")
    if found.confirmed_at is not None or found.dropped_at is not None:
        raise Refused(OVER)
    return found


def sheet_of(files: Files, row: Remittance) -> Sheet:
    """The file as a table, from the bytes as they were handed in."""
    return reading.read(files.get(row.sha256))


def _read_again(
    db: Db, row: Remittance, sheet: Sheet, columns: Mapping[Column, str], order: DayOrder | None, *, now: datetime
) -> None:
    """Read the rows with these columns. Where the days stay unsure, or none is said, somebody is asked first."""
    db.execute(delete(RemittanceRow).where(RemittanceRow.remittance_id == row.id))
    row.columns = None
    unsure = order is None and unsure_day(sheet, columns) is not None
    if unsure or (Column.DAY not in columns and row.paid_on is None):
        db.flush()
        return
    row.columns, row.day_order = {column.value: heading for column, heading in columns.items()}, order
    days = [each.cells.get(columns[Column.DAY], "") for each in sheet.rows] if Column.DAY in columns else []
    known = order or typed.order_of(days)
    db.add_all(_kept(row.id, each, _read(each, columns, known, row.paid_on, london_day(now))) for each in sheet.rows)
    db.flush()


def _read(
    row: Row, columns: Mapping[Column, str], order: DayOrder | None, paid_on: date | None, today: date
) -> tuple[Read, str, str]:
    def cell(column: Column) -> str:
        return row.cells.get(columns[column], "") if column in columns else ""

    reference, payment, said = cell(Column.REFERENCE), cell(Column.PAYMENT), cell(Column.LINE)
    money = typed.amount(cell(Column.AMOUNT))
    day = typed.day(cell(Column.DAY), order, today=today) if Column.DAY in columns else typed.Typed(paid_on)
    wrong = [each for each in (_wrong_reference(reference, payment), money.wrong, day.wrong) if each]
    line = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else None
    if said and line is None:
        wrong.append(Wrong.LINE_UNREADABLE)
    read = Read(
        number=row.number,
        reference=reference.upper()[:LONGEST_REFERENCE],
        line=line,
        payment=payment[:LONGEST_REFERENCE],
        pence=money.value,
        paid_on=day.value,
        wrong=tuple(dict.fromkeys(wrong)),
    )
    return read, cell(Column.AMOUNT), cell(Column.DAY)


def _wrong_reference(reference: str, payment: str) -> Wrong | None:
    if not reference:
        return Wrong.NO_REFERENCE
    return Wrong.FORMULA if typed.is_formula(reference) or typed.is_formula(payment) else None


def _kept(remittance_id: UUID, row: Row, found: tuple[Read, str, str]) -> RemittanceRow:
    read, amount, day = found
    return RemittanceRow(
        remittance_id=remittance_id,
        number=row.number,
        reference=read.reference,
        line=read.line,
        payment=read.payment,
        pence=read.pence,
        paid_on=read.paid_on,
        typed_amount=amount[:LONGEST_TYPED],
        typed_day=day[:LONGEST_TYPED],
        wrong=",".join(read.wrong),
        taken=False,
    )


def read_of(row: RemittanceRow) -> Read:
    """A row as it was read."""
    return Read(
        number=row.number,
        reference=row.reference,
        line=row.line,
        payment=row.payment,
        pence=row.pence,
        paid_on=row.paid_on,
        wrong=tuple(Wrong(word) for word in row.wrong.split(",") if word),
    )


def rows_of(db: Db, remittance_id: UUID) -> Sequence[RemittanceRow]:
    """The rows of a remittance in the order of the file."""
    wanted = select(RemittanceRow).where(RemittanceRow.remittance_id == remittance_id)
    return db.scalars(wanted.order_by(RemittanceRow.number).execution_options(populate_existing=True)).all()
