"""Would the payer send it back? The checks a payer makes on evidence, made before it is sent. Plain Python.

Sources: what the reference data says of payment proof (payer, payee, course, amount, date and number of learners to be
seen; a separate receipt, or marked paid), of files and of learners' numbers. What blocks a claim is what a payer
cannot pay on; names are spelled in many ways, so a name that differs only asks somebody to look.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.funding.evidence.needs import Needs
from lms.funding.evidence.vocabulary import FindingCode, NumberKind, PaidShown
from lms.funding.money import Pence
from lms.funding.reasons import Plain
from lms.funding.vocabulary import EvidenceKind


@dataclass(frozen=True, kw_only=True)
class InvoiceFacts:
    """What somebody read off an invoice or a receipt. `paid_on` is the day of payment, where it can be seen."""

    payer: str
    payee: str
    course: str
    amount: Pence
    invoiced_on: date
    paid_on: date | None
    learners: int
    paid_shown: PaidShown


@dataclass(frozen=True, kw_only=True)
class FileHeld:
    """A file that was handed in. `elsewhere`: the same bytes came with another claim, whoever's."""

    kind: EvidenceKind
    digest: str
    size: int
    media_type: str
    facts: InvoiceFacts | None = None
    whole_claim: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class CertificateHeld:
    """The certificate a line rests on, as it was issued."""

    holder: str
    issued_on: date
    counts: bool


@dataclass(frozen=True, kw_only=True)
class NumberHeld:
    """A number of the learner. Only digests are compared; `shared`: another learner has the same one."""

    digest: str
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class LineHeld:
    """All that is to be looked at for one line on the day it would be sent in. `lines`: of the whole claim.

    `files` are the line's own and those for the whole claim. `claim_cost` is the cost of all lines, where it is known
    of each. Days are Europe/London days, amounts pence.
    """

    needs: Needs
    on: date
    learner: str
    claimant: str
    course: str = ""
    files: Sequence[FileHeld] = ()
    palms: frozenset[EvidenceKind] = frozenset()
    certificate: CertificateHeld | None = None
    numbers: Mapping[NumberKind, NumberHeld] = field(default_factory=dict)
    started_on: date | None = None
    completed_on: date | None = None
    cost: Pence | None = None
    paid_on: date | None = None
    claim_cost: Pence | None = None
    lines: int = 1

    @property
    def held(self) -> frozenset[EvidenceKind]:
        """The kinds of evidence there are, whoever brought them."""
        return self.palms | {file.kind for file in self.files}

    @property
    def invoices(self) -> list[InvoiceFacts]:
        """What was read off this line's proofs of payment."""
        return [f.facts for f in self.files if f.kind is EvidenceKind.PAYMENT_PROOF and f.facts]


@dataclass(frozen=True)
class Found:
    """Something a payer would stumble over. `blocks`: they could not pay; otherwise somebody should look."""

    code: FindingCode
    values: Mapping[str, Plain] = field(default_factory=dict)
    blocks: bool = True


Check = Callable[[LineHeld], Iterator[Found]]


def look(line: LineHeld) -> tuple[Found, ...]:
    """Everything a payer would stumble over in one line, in the order in which people mend it."""
    return tuple(found for check in CHECKS for found in check(line))


def kinds(line: LineHeld) -> Iterator[Found]:
    """Each kind the scheme names is there."""
    for kind in line.needs.missing(line.held):
        if kind is EvidenceKind.CERTIFICATE and line.certificate is not None and not line.certificate.counts:
            yield Found(FindingCode.CERTIFICATE_NOT_HELD)
        else:
            yield Found(FindingCode.KIND_MISSING, {"kind": kind.value})


def files(line: LineHeld) -> Iterator[Found]:
    """The payer can open every file and takes so many of them."""
    needs = line.needs
    for kind in dict.fromkeys(file.kind for file in line.files):
        count = sum(file.kind is kind for file in line.files)
        if count > needs.most_files:
            yield Found(FindingCode.TOO_MANY_FILES, {"kind": kind.value, "count": count, "most": needs.most_files})
    seen: set[str] = set()
    for file in line.files:
        if file.size > needs.most_bytes:
            yield Found(FindingCode.FILE_TOO_LARGE, {"kind": file.kind.value, "most_bytes": needs.most_bytes})
        if file.media_type not in needs.media_types:
            yield Found(FindingCode.FORMAT_NOT_TAKEN, {"kind": file.kind.value})
        if file.digest in seen:
            yield Found(FindingCode.SAME_FILE_TWICE, {"kind": file.kind.value}, blocks=False)
        seen.add(file.digest)
        if file.elsewhere:
            yield Found(FindingCode.SAME_FILE_ELSEWHERE, {"kind": file.kind.value}, blocks=False)


def payment(line: LineHeld) -> Iterator[Found]:
    """The payment can be seen: read off, paid, by the claimant, for this course, before the claim was sent in."""
    proofs = [file for file in line.files if file.kind is EvidenceKind.PAYMENT_PROOF]
    if proofs and not line.invoices:
        yield Found(FindingCode.INVOICE_NOT_READ)
    for facts in line.invoices:
        if facts.paid_shown is PaidShown.NOT_SHOWN:
            yield Found(FindingCode.PAYMENT_NOT_SHOWN)
        elif facts.paid_shown is PaidShown.RECEIPT and len(proofs) < 2:
            yield Found(FindingCode.RECEIPT_MISSING)
        if facts.invoiced_on > line.on:
            yield Found(FindingCode.INVOICE_AFTER_SUBMISSION, {"day_on": facts.invoiced_on.isoformat()})
        if facts.paid_on and facts.paid_on > line.on:
            yield Found(FindingCode.PAID_AFTER_SUBMISSION, {"day_on": facts.paid_on.isoformat()})
        if not same_name(facts.payer, line.claimant):
            yield Found(FindingCode.PAYER_DIFFERS, {"read": facts.payer, "expected": line.claimant}, blocks=False)
        if line.course and not share_a_word(facts.course, line.course):
            yield Found(FindingCode.COURSE_DIFFERS, {"read": facts.course, "expected": line.course}, blocks=False)


def agreement(line: LineHeld) -> Iterator[Found]:
    """What was read off agrees with what is claimed: the amount covers the cost, the day and the learners are the same.

    An invoice for the whole claim has to cover all of it; one for a line covers that line.
    """
    read = line.invoices
    if not read:
        return
    shared = any(f.whole_claim and f.facts for f in line.files if f.kind is EvidenceKind.PAYMENT_PROOF)
    cost = line.claim_cost if shared else line.cost
    total = sum(facts.amount for facts in read)
    if cost is not None and total < cost:
        yield Found(FindingCode.AMOUNT_TOO_LOW, {"read_pence": total, "cost_pence": cost})
    wanted = line.lines if shared else 1
    learners = sum(facts.learners for facts in read)
    if learners < wanted:
        yield Found(FindingCode.LEARNERS_TOO_FEW, {"read": learners, "expected": wanted})
    days = {facts.paid_on for facts in read if facts.paid_on}
    if line.paid_on and days and line.paid_on not in days:
        yield Found(FindingCode.PAID_ON_DIFFERS, {"read_on": min(days).isoformat(), "day_on": line.paid_on.isoformat()})


def certificate(line: LineHeld) -> Iterator[Found]:
    """The certificate is this learner's, after the training, and before the claim was sent in."""
    held = line.certificate
    if held is None or EvidenceKind.CERTIFICATE not in line.needs.taken:
        return
    issued = held.issued_on
    if not same_name(held.holder, line.learner):
        yield Found(FindingCode.NAME_DIFFERS, {"read": held.holder, "expected": line.learner}, blocks=False)
    if line.started_on and issued < line.started_on:
        days = {"day_on": issued.isoformat(), "start_on": line.started_on.isoformat()}
        yield Found(FindingCode.CERTIFICATE_BEFORE_START, days)
    if line.completed_on and issued < line.completed_on:
        days = {"day_on": issued.isoformat(), "completed_on": line.completed_on.isoformat()}
        yield Found(FindingCode.CERTIFICATE_BEFORE_COMPLETION, days)
    if issued > line.on:
        yield Found(FindingCode.CERTIFICATE_AFTER_SUBMISSION, {"day_on": issued.isoformat()})


def numbers(line: LineHeld) -> Iterator[Found]:
    """The learner's numbers are there, their own, and not each other."""
    for needed in line.needs.numbers:
        held = line.numbers.get(needed.kind)
        if held is None:
            if needed.required:
                yield Found(FindingCode.NUMBER_MISSING, {"number": needed.kind.value})
            continue
        if needed.unique and held.shared:
            yield Found(FindingCode.NUMBER_SHARED, {"number": needed.kind.value})
        other = line.numbers.get(needed.differs_from) if needed.differs_from else None
        if other is not None and other.digest == held.digest:
            yield Found(FindingCode.NUMBERS_THE_SAME, {"number": needed.kind.value})


CHECKS: tuple[Check, ...] = (kinds, files, payment, agreement, certificate, numbers)


def same_name(one: str, other: str) -> bool:
    """Whether two names are written alike, whatever their accents, capitals, titles and order."""
    return _words(one) == _words(other)


def share_a_word(one: str, other: str) -> bool:
    """Whether two titles have a word of weight in common."""
    return bool({w for w in _words(one) if len(w) > 3} & {w for w in _words(other) if len(w) > 3})


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "ltd", "limited"})


def _words(text: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    apart = "".join(c if c.isalnum() else " " for c in plain.replace("'", "").replace("’", ""))
    return frozenset(apart.split()) - _TITLES
