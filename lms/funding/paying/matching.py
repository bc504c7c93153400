"""What each row of a remittance comes to, beside what PALMS knows of the claims it names. Plain Python.

Rows are gone through in the order of the file, and each takes from what the rows before it left: two rows that each
agree with a line cannot both have it. Nothing is written here; whoever confirms writes what came out, or nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from lms.funding.money import Pence
from lms.funding.paying.words import BY_ITSELF, MAY, Choice, Finding, Wrong


@dataclass(frozen=True, kw_only=True)
class Due:
    """One line of a claim as it stands: what was approved, came in, was taken back and went back, in pence.

    `closed` is what somebody said the payer will not pay any more.
    """

    line_id: UUID
    approved: Pence
    paid: Pence = 0
    closed: Pence = 0
    recovered: Pence = 0
    repaid: Pence = 0

    @property
    def to_come(self) -> Pence:
        """What is still waited for."""
        return max(0, self.approved - self.paid - self.closed)

    @property
    def to_go_back(self) -> Pence:
        """What was recovered and has not gone back yet."""
        return max(0, self.recovered - self.repaid)


@dataclass(frozen=True)
class Known:
    """A claim that a reference names: whether money may come for it, and its lines in their order."""

    claim_id: UUID
    takes_money: bool
    lines: tuple[Due, ...]


@dataclass(frozen=True, kw_only=True)
class Read:
    """A row as it was read. What could not be read is in `wrong`; minus is money that goes back to the payer."""

    number: int
    reference: str
    line: int | None = None
    payment: str = ""
    pence: Pence | None = None
    paid_on: date | None = None
    wrong: tuple[Wrong, ...] = ()

    @property
    def said(self) -> tuple[object, ...]:
        """Everything a row says; two rows that say the same are doubles."""
        return (self.reference.casefold(), self.line, self.payment.casefold(), self.pence, self.paid_on)

    @property
    def called(self) -> tuple[object, ...] | None:
        """What a payment is called by its payer; None where it has no reference of its own."""
        return (self.reference.casefold(), self.line, self.payment.casefold()) if self.payment else None


@dataclass(frozen=True)
class Decided:
    """What a person decided about a row, in the situation that `of` spells."""

    choice: Choice
    of: str


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A row and what it comes to. `due` is what was waited for (or was to go back) when its turn came.

    `shares` is what would be written for each line, in pence, when the row is taken. `choice` is what happens to it:
    by itself, or as somebody decided; None while somebody has to decide.
    """

    row: Read
    finding: Finding
    claim_id: UUID | None = None
    due: Pence = 0
    shares: tuple[tuple[UUID, Pence], ...] = ()
    closes: tuple[tuple[UUID, Pence], ...] = ()
    choice: Choice | None = None

    @property
    def situation(self) -> str:
        """What a decision was made about; another situation needs another decision."""
        return sha256(repr((self.row.said, self.finding.value, self.due, self.shares)).encode()).hexdigest()

    @property
    def may(self) -> tuple[Choice, ...]:
        """What a person may decide."""
        return MAY[self.finding]

    @property
    def taken(self) -> Pence:
        """What the row adds to the money written down; minus where it goes back."""
        return (self.row.pence or 0) if self.choice in {Choice.TAKE, Choice.TAKE_AND_CLOSE} else 0


@dataclass
class _State:
    """The lines as they stand after the rows gone through so far."""

    known: Mapping[str, Known]
    lines: dict[UUID, Due] = field(default_factory=dict)

    def of(self, claim: Known, number: int | None) -> list[Due]:
        now = [self.lines.get(line.line_id, line) for line in claim.lines]
        return now if number is None else now[number - 1 : number]


def match(
    rows: Sequence[Read],
    known: Mapping[str, Known],
    before: Sequence[Read] = (),
    decided: Mapping[int, Decided] | None = None,
) -> tuple[Matched, ...]:
    """Match rows to claims by reference.

    `known` has the claims of this authority by reference in lower case, `before` every row of remittances that were
    confirmed earlier and name one of these claims, and `decided` what somebody decided about rows, by number.
    """
    state, seen = _State(known), Counter[tuple[object, ...]]()
    earlier = Counter(row.said for row in before)
    names = {row.called for row in before if row.called}
    found = []
    for row in rows:
        bare = _found(row, state, seen, earlier, names)
        matched = replace(bare, choice=_choice(bare, (decided or {}).get(row.number)))
        if matched.choice in {Choice.TAKE, Choice.TAKE_AND_CLOSE}:
            matched = _take(matched, state)
        if not row.wrong:
            seen[row.said] += 1
        found.append(matched)
    return tuple(found)


def _found(
    row: Read,
    state: _State,
    seen: Counter[tuple[object, ...]],
    earlier: Counter[tuple[object, ...]],
    names: set[tuple[object, ...]],
) -> Matched:
    claim = state.known.get(row.reference.casefold())
    if row.wrong or row.pence is None:
        return Matched(row=row, finding=Finding.UNREADABLE, claim_id=claim.claim_id if claim else None)
    if claim is None or (row.line is not None and not 1 <= row.line <= len(claim.lines)):
        return Matched(row=row, finding=Finding.UNKNOWN)
    lines = state.of(claim, row.line)
    back = row.pence < 0
    due = sum(line.to_go_back if back else line.to_come for line in lines)
    finding = _compared(row, claim, due)
    if seen[row.said] < earlier[row.said]:
        finding = Finding.ALREADY
    elif finding in {Finding.NOT_DUE, Finding.WENT_BACK_TOO_MUCH}:
        pass  # whatever else it is, no money can be written down for it
    elif seen[row.said]:
        finding = Finding.DOUBLE
    elif not back and row.called in names:
        finding = Finding.ALTERED
    spread = _back(lines, -row.pence) if back else _forth(lines, row.pence)
    shares = spread if Choice.TAKE in MAY[finding] else ()
    return Matched(row=row, finding=finding, claim_id=claim.claim_id, due=due, shares=shares)


def _compared(row: Read, claim: Known, due: Pence) -> Finding:
    assert row.pence is not None
    if row.pence < 0:
        return Finding.WENT_BACK if -row.pence <= due else Finding.WENT_BACK_TOO_MUCH
    if not claim.takes_money or not any(line.approved for line in claim.lines):
        return Finding.NOT_DUE
    if row.pence == due:
        return Finding.AGREES
    return Finding.PART if row.pence < due else Finding.OVER


def _forth(lines: Sequence[Due], pence: Pence) -> tuple[tuple[UUID, Pence], ...]:
    """Money that came, over the lines in their order; what is too much goes to the last that was approved."""
    shares: dict[UUID, Pence] = {}
    for line in lines:
        share = min(line.to_come, pence)
        pence -= share
        if share:
            shares[line.line_id] = share
    last = next((line.line_id for line in reversed(lines) if line.approved), None)
    if pence and last is not None:
        shares[last] = shares.get(last, 0) + pence
    return tuple(shares.items())


def _back(lines: Sequence[Due], pence: Pence) -> tuple[tuple[UUID, Pence], ...]:
    shares = []
    for line in lines:
        share = min(line.to_go_back, pence)
        pence -= share
        if share:
            shares.append((line.line_id, share))
    return tuple(shares)


def _choice(found: Matched, decided: Decided | None) -> Choice | None:
    if decided is not None and decided.of == found.situation and decided.choice in found.may:
        return decided.choice
    return BY_ITSELF.get(found.finding)


def _take(found: Matched, state: _State) -> Matched:
    assert found.row.pence is not None
    claim = state.known[found.row.reference.casefold()]
    lines = {line.line_id: line for line in state.of(claim, found.row.line)}
    for line_id, share in found.shares:
        line = lines[line_id]
        changed = replace(line, repaid=line.repaid + share) if found.row.pence < 0 else None
        lines[line_id] = changed or replace(line, paid=line.paid + share)
    closes: tuple[tuple[UUID, Pence], ...] = ()
    if found.choice is Choice.TAKE_AND_CLOSE:
        closes = tuple((line.line_id, line.to_come) for line in lines.values() if line.to_come)
        for line_id, rest in closes:
            lines[line_id] = replace(lines[line_id], closed=lines[line_id].closed + rest)
    state.lines.update(lines)
    return replace(found, closes=closes)


@dataclass(frozen=True)
class Tally:
    """What a remittance comes to: rows and pence of each finding, what would be written, what waits for somebody."""

    rows: Mapping[Finding, int]
    pence: Mapping[Finding, Pence]
    taken: Pence
    left_out: Pence
    undecided: int

    @property
    def total(self) -> Pence:
        """Everything the file says, as far as it can be read."""
        return sum(self.pence.values())


def tally(matched: Sequence[Matched]) -> Tally:
    """Count rows and money; what is taken and what is left out make the whole as soon as all is decided."""
    rows: Counter[Finding] = Counter(each.finding for each in matched)
    pence: Counter[Finding] = Counter()
    for each in matched:
        pence[each.finding] += each.row.pence or 0
    out = sum(each.row.pence or 0 for each in matched if each.choice is Choice.LEAVE_OUT)
    return Tally(
        dict(rows),
        dict(pence),
        sum(each.taken for each in matched),
        out,
        sum(each.choice is None for each in matched),
    )
