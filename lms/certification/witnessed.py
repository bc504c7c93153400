"""What `lms doctor` compares with the record of facts besides certificates: their papers, and what was done to them.

Whoever can write into the database can point a paper's row at a file of their own, or take a withdrawal away; they
cannot rewrite the facts. One person after another is looked at, a piece at a time, so that memory stays bounded.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.certification.checking.files import asking
from lms.certification.checking.files.seen import Seen
from lms.certification.events import (
    CertificatePrinted,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.keys import queries as keys
from lms.certification.keys.rules import Purpose, Sealed
from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.models import Certificate, CertificatePdf, Withdrawal
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.doctor import NAMED, Finding, Level
from lms.core.events import told_about
from lms.core.house import House
from lms.core.words import NotFound

PEOPLE = 200
"""Holders whose certificates are held in memory at once."""

MOST = 200
"""Seals of papers without a fact that are looked at each time: reading one takes about a second."""


@dataclass(frozen=True)
class _Said:
    noun: str
    done: str


_SAID = {
    CertificateWithdrawn.__name__: _Said("withdrawal", "is withdrawn"),
    CertificateSuspended.__name__: _Said("suspension", "is suspended"),
    CertificateSuspensionLifted.__name__: _Said("lift of a suspension", "counts again"),
}
_KINDS = (CertificatePrinted, CertificateWithdrawn, CertificateSuspended, CertificateSuspensionLifted)

_Move = tuple[str, date]
"""The kind of fact, and the day from which on it is so: a row whose day was moved counts later, or never."""


@dataclass(frozen=True)
class Paper:
    """The row of a certificate's PDF."""

    certificate_id: UUID
    number: str
    authority_id: UUID
    sha256: str | None
    key_id: UUID | None
    sealed: Sealed | None
    issued_at: datetime


@dataclass
class _Each:
    """One certificate: the rows about it and the facts about it. `erased` are kinds its holder has erased facts of."""

    number: str
    paper: Paper | None = None
    printed: Mapping[str, Any] | None = None
    rows: Counter[_Move] = field(default_factory=Counter)
    facts: Counter[_Move] = field(default_factory=Counter)
    erased: set[str] = field(default_factory=set)


@dataclass
class _Tally:
    """Findings about one thing: the first ones are named, the others counted."""

    about: str
    wrong: int = 0

    def bad(self, sentence: str) -> Iterator[Finding]:
        """One that is wrong."""
        self.wrong += 1
        if self.wrong <= NAMED:
            yield Finding(Level.WRONG, self.about, sentence)

    def end(self, well: str) -> Iterator[Finding]:
        """What is left to say, or that all is well."""
        if self.wrong > NAMED:
            yield Finding(Level.WRONG, self.about, f"… and {self.wrong - NAMED:,} more.")
        if not self.wrong:
            yield Finding(Level.WELL, self.about, well)


def look(db: Db, house: House) -> Iterator[Finding]:
    """Papers and moves that are not as the facts tell. Names numbers, no people."""
    papers, moves, old = _Tally("papers"), _Tally("withdrawals"), _Drawn()
    told = 0
    wanted = select(Certificate.holder_id).distinct().order_by(Certificate.holder_id)
    for holders in db.scalars(wanted.execution_options(yield_per=PEOPLE)).partitions():
        for each in _certificates(db, holders):
            if each.paper and each.printed is None:
                old.take(each.paper)
            elif each.printed is not None:
                told += 1
                yield from _paper(papers, each)
            yield from _moves(moves, each)
    for paper in old.kept:
        if (fault := _seal_fault(db, house, paper)) is not None:
            yield from papers.bad(f"The PDF of certificate {paper.number} {fault}")
    yield from papers.end(f"All {told:,} with a fact of their printing are the files that were made.")
    yield from old.said()
    yield from moves.end("Every withdrawal, suspension and lift is there, and no other.")


def _certificates(db: Db, holders: Sequence[UUID]) -> Iterator[_Each]:
    found = _rows(db, holders)
    erased: dict[UUID, set[str]] = {}
    by_holder: dict[UUID, list[_Each]] = {}
    for holder, each in found.values():
        by_holder.setdefault(holder, []).append(each)
    for fact in told_about(db, _KINDS, holders):
        if fact.erased:
            erased.setdefault(fact.about, set()).add(fact.kind)
            continue
        _holder, one = found.get(str(fact.data["certificate_id"]), (None, None))
        if one is None:  # the certificate itself is gone, which is said already
            continue
        if fact.kind != CertificatePrinted.__name__:
            one.facts[fact.kind, london_day(fact.at)] += 1
        elif one.printed is None:  # a paper is made once, so a second fact is somebody's own
            one.printed = fact.data
    for holder, some in by_holder.items():
        for each in some:
            each.erased = erased.get(holder, set())
            yield each


def _rows(db: Db, holders: Sequence[UUID]) -> dict[str, tuple[UUID, _Each]]:
    of = Certificate.holder_id.in_(holders)
    columns = (Certificate.id, Certificate.number, Certificate.authority_id)
    pdf = (CertificatePdf.sha256, CertificatePdf.key_id, CertificatePdf.sealed)
    wanted = select(Certificate.holder_id, *columns, *pdf, Certificate.issued_at).where(of)
    joined = wanted.outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
    found: dict[str, tuple[UUID, _Each]] = {}
    for row in db.execute(joined.order_by(Certificate.issued_at)):
        holder, paper = row[0], Paper(*row[1:])
        found[str(paper.certificate_id)] = (holder, _Each(paper.number, paper if paper.sha256 else None))
    ids = select(Certificate.id).where(of)
    lifted = select(Suspension.certificate_id, SuspensionLift.lifted_on).join_from(Suspension, SuspensionLift)
    for kind, moved, certificate_id in (
        (CertificateWithdrawn, select(Withdrawal.certificate_id, Withdrawal.withdrawn_on), Withdrawal.certificate_id),
        (CertificateSuspended, select(Suspension.certificate_id, Suspension.suspended_on), Suspension.certificate_id),
        (CertificateSuspensionLifted, lifted, Suspension.certificate_id),
    ):
        for certificate, on in db.execute(moved.where(certificate_id.in_(ids))):
            found[str(certificate)][1].rows[kind.__name__, on] += 1
    return found


def _paper(papers: _Tally, each: _Each) -> Iterator[Finding]:
    assert each.printed is not None
    if each.paper is None:
        yield from papers.bad(f"The PDF of certificate {each.number} was made and its row is gone. Restore it.")
    elif (each.paper.sha256, str(each.paper.key_id)) != (each.printed["sha256"], each.printed["key_id"]):
        yield from papers.bad(
            f"The PDF of certificate {each.number} is not the file that was made: "
            f"its row was pointed at another one. Restore its row."
        )


def _moves(moves: _Tally, each: _Each) -> Iterator[Finding]:
    for kind, on in each.facts - each.rows:
        noun = _SAID[kind].noun
        yield from moves.bad(f"The {noun} of certificate {each.number} on {on:%d %B %Y} is gone. Restore its row.")
    for kind, on in each.rows - each.facts:
        if kind not in each.erased:
            done = _SAID[kind].done
            yield from moves.bad(
                f"Certificate {each.number} {done} from {on:%d %B %Y}, and no fact says so. Who wrote that?"
            )


class _Drawn:
    """Some of many, drawn at random in one pass: a forger cannot know which are looked at, nor outlast many nights."""

    def __init__(self) -> None:
        self.kept: list[Paper] = []
        self.count = 0
        self._random = SystemRandom()

    def take(self, paper: Paper) -> None:
        """One more."""
        self.count += 1
        if len(self.kept) < MOST:
            self.kept.append(paper)
        elif (place := self._random.randrange(self.count)) < MOST:
            self.kept[place] = paper

    def said(self) -> Iterator[Finding]:
        """How many there are, and what was looked at instead."""
        if self.count:
            unsealed = sum(paper.sealed is None for paper in self.kept)
            yield Finding(
                Level.NOTE,
                "papers",
                f"{self.count:,} PDFs have no fact of their printing, as those made before there were such facts. "
                f"The seals of {len(self.kept) - unsealed:,} were looked at instead; "
                f"{unsealed:,} of those drawn were made before there were seals and cannot be compared.",
            )


def _seal_fault(db: Db, house: House, paper: Paper) -> str | None:
    """What is wrong with the seal of a paper; None when it is its authority's, or when there was no seal yet."""
    own = keys.every(db, paper.authority_id, Purpose.SEAL)
    if paper.sealed is None:
        late = own and own[-1].made_at < paper.issued_at
        return "has no seal, though its authority had a key already. Restore its row." if late else None
    try:
        seen = asking.ask(house.files.get(paper.sha256 or ""))
    except NotFound:  # the look at files says so
        return None
    except asking.TooMuch:
        return "cannot be read. Restore its row."
    return _seen_fault(seen, paper, {key.fingerprint for key in own})


def _seen_fault(seen: Seen, paper: Paper, own: Collection[str]) -> str | None:
    if any(not (seal.unbroken and seal.whole) for seal in seen.seals):
        return "was changed after it was sealed. Restore its row."
    if len(seen.seals) != 1 or seen.seals[0].fingerprint not in own:
        return "is not sealed with a key of its authority. Restore its row."
    return None if paper.number in seen.numbers else "is another certificate’s. Restore its row."
