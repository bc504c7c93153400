"""The payer's checks with plain values: each thing that is wrong, by itself, and nothing when all is in order."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.i18n import say_in
from lms.funding.evidence.needs import Needs, NumberNeeded
from lms.funding.evidence.queries import Finding
from lms.funding.evidence.rules import (
    CertificateHeld,
    FileHeld,
    InvoiceFacts,
    LineHeld,
    NumberHeld,
    look,
    same_name,
    share_a_word,
)
from lms.funding.evidence.texts import FINDINGS, say_finding
from lms.funding.evidence.vocabulary import FindingCode, NumberKind, PaidShown
from lms.funding.vocabulary import EvidenceKind

ON = date(2026, 11, 21)
PROOF, CERTIFICATE = EvidenceKind.PAYMENT_PROOF, EvidenceKind.CERTIFICATE
ULN, AWARD = NumberKind.UNIQUE_LEARNER_NUMBER, NumberKind.AWARDING_BODY_REGISTRATION

FACTS = InvoiceFacts(
    payer="Rivermere Independent Living",
    payee="Rivermere College",
    course="PA induction",
    amount=10_000,
    invoiced_on=date(2026, 10, 1),
    paid_on=date(2026, 10, 3),
    learners=1,
    paid_shown=PaidShown.MARKED_PAID,
)
INVOICE = FileHeld(kind=PROOF, digest="a" * 64, size=100, media_type="application/pdf", facts=FACTS)
GOOD = LineHeld(
    needs=Needs(
        kinds=(PROOF, CERTIFICATE), numbers=(NumberNeeded(ULN), NumberNeeded(AWARD, unique=True, differs_from=ULN))
    ),
    on=ON,
    learner="Pat Morgan",
    claimant="Rivermere Independent Living",
    course="The PA induction",
    files=(INVOICE,),
    palms=frozenset({CERTIFICATE}),
    certificate=CertificateHeld(holder="Pat Morgan", issued_on=date(2026, 10, 21), counts=True),
    numbers={ULN: NumberHeld(digest="1"), AWARD: NumberHeld(digest="2")},
    started_on=date(2026, 9, 1),
    completed_on=date(2026, 10, 20),
    cost=10_000,
    paid_on=date(2026, 10, 3),
    claim_cost=10_000,
)


def read(**changed: Any) -> LineHeld:
    """All in order, but what was read off the invoice."""
    return replace(GOOD, files=(replace(INVOICE, facts=replace(FACTS, **changed)),))


def certified(**changed: Any) -> LineHeld:
    """All in order, but the certificate."""
    assert GOOD.certificate
    return replace(GOOD, certificate=replace(GOOD.certificate, **changed))


def test_nothing_is_found_where_all_is_in_order() -> None:
    assert look(GOOD) == ()


DAY = timedelta(days=1)
WRONG: dict[str, tuple[LineHeld, set[FindingCode]]] = {
    "no invoice": (replace(GOOD, files=()), {FindingCode.KIND_MISSING}),
    "no certificate": (replace(GOOD, palms=frozenset(), certificate=None), {FindingCode.KIND_MISSING}),
    "certificate suspended": (
        replace(certified(counts=False), palms=frozenset()),
        {FindingCode.CERTIFICATE_NOT_HELD},
    ),
    "another photo of a certificate": (
        replace(
            GOOD,
            palms=frozenset(),
            certificate=None,
            files=(INVOICE, replace(INVOICE, kind=CERTIFICATE, digest="b", facts=None)),
        ),
        set(),
    ),
    "five files": (
        replace(GOOD, files=tuple(replace(INVOICE, digest=str(n), facts=FACTS if n == 0 else None) for n in range(5))),
        {FindingCode.TOO_MANY_FILES},
    ),
    "too large": (replace(GOOD, files=(replace(INVOICE, size=2_000_001),)), {FindingCode.FILE_TOO_LARGE}),
    "just small enough": (replace(GOOD, files=(replace(INVOICE, size=2_000_000),)), set()),
    "not a kind taken": (
        replace(GOOD, files=(replace(INVOICE, media_type="image/gif"),)),
        {FindingCode.FORMAT_NOT_TAKEN},
    ),
    "the same twice": (replace(GOOD, files=(INVOICE, replace(INVOICE, facts=None))), {FindingCode.SAME_FILE_TWICE}),
    "with another claim": (replace(GOOD, files=(replace(INVOICE, elsewhere=True),)), {FindingCode.SAME_FILE_ELSEWHERE}),
    "not read off": (replace(GOOD, files=(replace(INVOICE, facts=None),)), {FindingCode.INVOICE_NOT_READ}),
    "payment not shown": (read(paid_shown=PaidShown.NOT_SHOWN), {FindingCode.PAYMENT_NOT_SHOWN}),
    "receipt not there": (read(paid_shown=PaidShown.RECEIPT), {FindingCode.RECEIPT_MISSING}),
    "paid by somebody else": (read(payer="Somebody Else"), {FindingCode.PAYER_DIFFERS}),
    "another course": (read(course="Forklift trucks"), {FindingCode.COURSE_DIFFERS}),
    "a penny too little": (read(amount=9_999), {FindingCode.AMOUNT_TOO_LOW}),
    "more than is claimed": (read(amount=50_000), set()),
    "paid on another day": (read(paid_on=date(2026, 10, 4)), {FindingCode.PAID_ON_DIFFERS}),
    "day of payment not seen": (read(paid_on=None), set()),
    "paid tomorrow": (read(paid_on=ON + DAY), {FindingCode.PAID_AFTER_SUBMISSION, FindingCode.PAID_ON_DIFFERS}),
    "paid today": (replace(read(paid_on=ON), paid_on=ON), set()),
    "invoice of tomorrow": (read(invoiced_on=ON + DAY), {FindingCode.INVOICE_AFTER_SUBMISSION}),
    "another name": (certified(holder="Pat Jones"), {FindingCode.NAME_DIFFERS}),
    "certificate before the start": (
        replace(certified(issued_on=date(2026, 8, 31)), completed_on=None),
        {FindingCode.CERTIFICATE_BEFORE_START},
    ),
    "certificate on the day of the start": (replace(certified(issued_on=date(2026, 9, 1)), completed_on=None), set()),
    "certificate before the end": (
        certified(issued_on=date(2026, 10, 19)),
        {FindingCode.CERTIFICATE_BEFORE_COMPLETION},
    ),
    "certificate of tomorrow": (certified(issued_on=ON + DAY), {FindingCode.CERTIFICATE_AFTER_SUBMISSION}),
    "no numbers": (replace(GOOD, numbers={}), {FindingCode.NUMBER_MISSING}),
    "registration of somebody else": (
        replace(GOOD, numbers={ULN: NumberHeld(digest="1"), AWARD: NumberHeld(digest="2", shared=True)}),
        {FindingCode.NUMBER_SHARED},
    ),
    "registration is the learner number": (
        replace(GOOD, numbers={ULN: NumberHeld(digest="1"), AWARD: NumberHeld(digest="1")}),
        {FindingCode.NUMBERS_THE_SAME},
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_thing_that_is_wrong_is_found(name: str) -> None:
    line, expected = WRONG[name]
    assert {found.code for found in look(line)} == expected


@pytest.mark.parametrize("name", WRONG)
def test_each_finding_is_a_sentence(name: str) -> None:
    line, _expected = WRONG[name]
    for found in look(line):
        said = say_finding(Finding(found.code, None, found.values, found.blocks), say_in("en"), "en")
        assert "%(" not in said
        assert said.endswith(".")


def test_every_finding_has_a_sentence_and_can_be_found() -> None:
    assert set(FINDINGS) == set(FindingCode)
    reached = {found.code for line, _ in WRONG.values() for found in look(line)}
    assert reached | {FindingCode.LEARNERS_TOO_FEW} == set(FindingCode)


def test_an_invoice_for_the_whole_claim_has_to_cover_all_of_it() -> None:
    shared = replace(INVOICE, whole_claim=True, facts=replace(FACTS, amount=20_000, learners=2))
    line = replace(GOOD, files=(shared,), claim_cost=20_000, lines=2)
    assert look(line) == ()
    assert {f.code for f in look(replace(line, lines=3))} == {FindingCode.LEARNERS_TOO_FEW}
    assert {f.code for f in look(replace(line, claim_cost=20_001))} == {FindingCode.AMOUNT_TOO_LOW}


def test_what_only_asks_somebody_to_look_does_not_block() -> None:
    soft = {f.code for line, _ in WRONG.values() for f in look(line) if not f.blocks}
    assert soft == {
        FindingCode.SAME_FILE_TWICE,
        FindingCode.SAME_FILE_ELSEWHERE,
        FindingCode.PAYER_DIFFERS,
        FindingCode.COURSE_DIFFERS,
        FindingCode.NAME_DIFFERS,
    }


@pytest.mark.parametrize(
    ("one", "other"), [("Pat Morgan", "MORGAN, Pat"), ("Siân O’Neill", "Sian O'Neill"), ("Mrs A. Yusuf", "a yusuf")]
)
def test_names_are_spelled_in_many_ways(one: str, other: str) -> None:
    assert same_name(one, other)


def test_titles_share_a_word_of_weight() -> None:
    assert share_a_word("Induction for PAs", "The PA induction")
    assert not share_a_word("The way we do it", "A day at the sea")


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    paid=st.none() | DAYS,
    issued=DAYS,
    amount=st.integers(1, 50_000),
    learners=st.integers(1, 5),
    cost=st.none() | st.integers(1, 50_000),
)
def test_whatever_is_read_gives_findings_that_can_be_said(
    paid: date | None, issued: date, amount: int, learners: int, cost: int | None
) -> None:
    line = replace(read(paid_on=paid, amount=amount, learners=learners), cost=cost)
    line = replace(line, certificate=replace(GOOD.certificate, issued_on=issued))  # type: ignore[type-var]
    found = look(line)
    assert (FindingCode.AMOUNT_TOO_LOW in {f.code for f in found}) is (cost is not None and amount < cost)
    assert (FindingCode.PAID_AFTER_SUBMISSION in {f.code for f in found}) is (paid is not None and paid > ON)
