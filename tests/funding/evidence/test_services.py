"""Evidence in a real database: files once, few enough, of this claim; what they say; numbers that nobody reads."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select, text

from lms.core.clock import london_day
from lms.core.events import Fact
from lms.core.locked import locker_of
from lms.core.models import EventRow, FileRow
from lms.core.words import NotFound, Refused
from lms.funding.evidence import events, forgetting, keeping, queries, services
from lms.funding.evidence.models import ClaimFile, LearnerNumber
from lms.funding.evidence.needs import NumberNeeded
from lms.funding.evidence.rules import InvoiceFacts
from lms.funding.evidence.vocabulary import FindingCode, NumberKind, PaidShown
from lms.funding.vocabulary import EvidenceKind
from tests.funding.evidence import papers
from tests.funding.evidence.conftest import Claimed

ULN = NumberKind.UNIQUE_LEARNER_NUMBER
NINO = NumberKind.NATIONAL_INSURANCE_NUMBER
ON = date(2026, 11, 21)
FACTS = InvoiceFacts(
    payer="Rivermere Independent Living",
    payee="Rivermere College",
    course="PA induction",
    amount=7_500,
    invoiced_on=ON,
    paid_on=ON,
    learners=1,
    paid_shown=PaidShown.MARKED_PAID,
)


def facts_of(claimed: Claimed, kind: type[Fact]) -> list[EventRow]:
    with claimed.house.database.reading() as db:
        return list(db.scalars(select(EventRow).where(EventRow.kind == kind.__name__)))


def test_palms_knows_the_certificate_and_asks_for_the_rest(claimed: Claimed) -> None:
    with claimed.house.database.reading() as db:
        lines = claimed.about(db).lines
        found = queries.findings_of(db, lines, on=ON)
        assert {(f.code, f.values["kind"]) for f in found} == {
            (FindingCode.KIND_MISSING, "quote"),
            (FindingCode.KIND_MISSING, "attendance_record"),
        }
        assert {f.line_id for f in found} == {claimed.line_id}
        assert queries.held(db, lines, on=ON)[claimed.line_id] == {EvidenceKind.CERTIFICATE}


def test_a_file_answers_what_was_missing(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        claimed.add(db, quote)
        claimed.add(db, papers.photo(), EvidenceKind.ATTENDANCE_RECORD)
        lines = claimed.about(db).lines
        assert queries.findings_of(db, lines, on=ON) == ()
        told = queries.digests_of(db, lines, on=ON)[claimed.line_id]
        assert {each["kind"] for each in told} == {"quote", "attendance_record", "certificate"}
    assert len(facts_of(claimed, events.ClaimFileAdded)) == 2


def test_a_double_tap_hands_in_one_file(claimed: Claimed, quote: bytes) -> None:
    once = uuid4()
    for _ in range(2):
        with claimed.house.database.writing() as db:
            claimed.add(db, quote, file_id=once)
    with claimed.house.database.writing() as db, pytest.raises(Refused, match="saved from this page before"):
        claimed.add(db, papers.photo(), file_id=once)
    assert len(facts_of(claimed, events.ClaimFileAdded)) == 1


def test_the_same_file_and_a_fifth_are_refused(claimed: Claimed) -> None:
    with claimed.house.database.writing() as db:
        for n in range(4):
            claimed.add(db, papers.invoice_pdf(f"Quote {n}"))
        with pytest.raises(Refused, match="here already"):
            claimed.add(db, papers.invoice_pdf("Quote 1"))
        with pytest.raises(Refused, match="at most 4 files"):
            claimed.add(db, papers.invoice_pdf("Quote 5"))
        claimed.add(db, papers.invoice_pdf("Quote 1"), EvidenceKind.ATTENDANCE_RECORD)


def test_what_the_scheme_does_not_ask_for_is_refused(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db, pytest.raises(Refused, match="does not ask for that kind"):
        claimed.add(db, quote, EvidenceKind.BANK_DETAILS)


def test_a_claim_of_one_line_is_that_line(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote, whole=True)
        assert queries.file(db, file_id).line_id == claimed.line_id


def test_names_of_files_are_not_paths(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        assert queries.file(db, claimed.add(db, quote)).name == "quote.pdf"


def test_nothing_changes_once_it_was_sent_in(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        sent = claimed.about(db, is_open=False)
        with pytest.raises(Refused, match="stays as it is"):
            services.take_out(db, file_id=file_id, about=sent, by=claimed.world.coordinator, now=claimed.now)
        with pytest.raises(Refused, match="stays as it is"):
            services.read_off(
                db,
                read_id=uuid4(),
                file_id=file_id,
                about=sent,
                facts=FACTS,
                by=claimed.world.coordinator,
                now=claimed.now,
            )


def test_a_file_of_another_claim_is_not_there(claimed: Claimed, second: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        with pytest.raises(NotFound):
            services.take_out(
                db, file_id=file_id, about=second.about(db), by=claimed.world.coordinator, now=claimed.now
            )


def test_a_file_taken_out_twice_is_taken_out_once(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        for _ in range(2):
            services.take_out(
                db, file_id=file_id, about=claimed.about(db), by=claimed.world.coordinator, now=claimed.now
            )
        assert queries.files_of(db, [claimed.claim_id]) == {}
        claimed.add(db, quote)  # handed in again, it is there again
    assert len(facts_of(claimed, events.ClaimFileTakenOut)) == 1


def test_the_same_file_with_another_claim_is_said_and_no_more(claimed: Claimed, second: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        claimed.add(db, quote)
        second.add(db, quote)
        found = queries.findings_of(db, second.about(db).lines, on=ON)
        elsewhere = next(f for f in found if f.code is FindingCode.SAME_FILE_ELSEWHERE)
        assert dict(elsewhere.values) == {"kind": "quote"}
        assert not elsewhere.blocks


def test_the_latest_reading_counts(claimed: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        for amount in (7_400, 7_500):
            _read(claimed, db, file_id, replace(FACTS, amount=amount))
        read = queries.file(db, file_id).read
        assert read is not None
        assert read.amount == 7_500
        assert len(queries.files_of(db, [claimed.claim_id])[claimed.claim_id]) == 1


def _read(claimed: Claimed, db: object, file_id: UUID, facts: InvoiceFacts, read_id: UUID | None = None) -> None:
    services.read_off(
        db,  # type: ignore[arg-type]
        read_id=read_id or uuid4(),
        file_id=file_id,
        about=claimed.about(db),  # type: ignore[arg-type]
        facts=facts,
        by=claimed.world.coordinator,
        now=claimed.now,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 100_000_001},
        {"learners": 0},
        {"learners": 1001},
        {"invoiced_on": ON + timedelta(days=1)},
        {"paid_on": ON + timedelta(days=1)},
        {"payer": " \u200e "},
        {"course": "x" * 161},
    ],
)
def test_what_no_invoice_says_is_refused(claimed: Claimed, quote: bytes, wrong: dict[str, object]) -> None:
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        with pytest.raises(Refused):
            _read(claimed, db, file_id, replace(FACTS, **wrong))  # type: ignore[arg-type]


def test_a_reading_sent_twice_is_one(claimed: Claimed, quote: bytes) -> None:
    once = uuid4()
    with claimed.house.database.writing() as db:
        file_id = claimed.add(db, quote)
        _read(claimed, db, file_id, FACTS, once)
        _read(claimed, db, file_id, FACTS, once)
        with pytest.raises(Refused, match="saved from this page before"):
            _read(claimed, db, file_id, replace(FACTS, amount=1), once)
    assert len(facts_of(claimed, events.ClaimFileRead)) == 1


def _keep(claimed: Claimed, db: object, kind: NumberKind, typed: str, learner: UUID | None = None) -> None:
    keeping.keep_number(
        db,  # type: ignore[arg-type]
        locker_of(claimed.house, keeping.PURPOSE),
        number_id=uuid4(),
        learner_id=learner or claimed.world.pa,
        authority_id=claimed.world.authority,
        kind=kind,
        typed=typed,
        by=claimed.world.coordinator,
        now=claimed.now,
    )


def _shown(claimed: Claimed, db: object) -> dict[NumberKind, str | None]:
    return keeping.numbers_shown(
        db,  # type: ignore[arg-type]
        locker_of(claimed.house, keeping.PURPOSE),
        learner_id=claimed.world.pa,
        authority_id=claimed.world.authority,
        claim_id=claimed.claim_id,
        by=claimed.world.coordinator,
        now=claimed.now,
    )


def test_a_number_is_kept_where_nobody_reads_it(claimed: Claimed) -> None:
    with claimed.house.database.writing() as db:
        _keep(claimed, db, NINO, "ab 12 34 56 c")
        row = db.execute(text("SELECT sealed, digest FROM lms_learner_number")).one()
        assert b"123456" not in bytes(row[0])
        assert "123456" not in row[1]
        assert _shown(claimed, db) == {NINO: "AB123456C"}
    for fact in (events.LearnerNumberKept, events.LearnerNumbersSeen):
        (told,) = facts_of(claimed, fact)
        assert "123456" not in str(told.data)


def test_a_new_number_leaves_nothing_of_the_old(claimed: Claimed) -> None:
    with claimed.house.database.writing() as db:
        _keep(claimed, db, NINO, "AB123456C")
        _keep(claimed, db, NINO, "AB123456C")
        _keep(claimed, db, NINO, "AB123456D")
        rows = db.scalars(select(LearnerNumber).order_by(LearnerNumber.gone_at.is_(None))).all()
        assert [(row.sealed is None, row.digest is None) for row in rows] == [(True, True), (False, False)]
        keeping.delete_numbers(
            db,
            learner_id=claimed.world.pa,
            authority_id=claimed.world.authority,
            kinds=[NINO],
            by=None,
            now=claimed.now,
        )
        assert _shown(claimed, db) == {}


def test_what_is_no_number_is_refused(claimed: Claimed) -> None:
    with claimed.house.database.writing() as db, pytest.raises(Refused, match="10 digits"):
        _keep(claimed, db, ULN, "1234567890")


def test_a_number_of_somebody_else_is_found_without_opening_any(claimed: Claimed) -> None:
    with claimed.house.database.writing() as db:
        registration = NumberKind.AWARDING_BODY_REGISTRATION
        _keep(claimed, db, registration, "AB/1234")
        _keep(claimed, db, registration, "ab/1234", learner=claimed.world.second_pa)
        line = claimed.about(db).lines[0]
        asks = replace(line, needs=replace(line.needs, numbers=(NumberNeeded(registration, unique=True),)))
        assert FindingCode.NUMBER_SHARED in {f.code for f in queries.findings_of(db, [asks], on=ON)}


def test_forgetting_leaves_no_file_and_no_word(claimed: Claimed, second: Claimed, quote: bytes) -> None:
    with claimed.house.database.writing() as db:
        _read(claimed, db, claimed.add(db, quote), FACTS)
        mine = claimed.add(db, papers.photo(), EvidenceKind.ATTENDANCE_RECORD)
        digest = queries.file(db, mine).sha256
        second.add(db, quote)
        gone = forgetting.forget(db, [claimed.claim_id], now=claimed.now)
        assert gone == {digest}  # the quote is still needed by the other claim
        assert db.scalars(select(ClaimFile.claim_id)).all() == [second.claim_id]
        assert forgetting.forget(db, [claimed.claim_id], now=claimed.now) == frozenset()
        assert db.get(FileRow, digest) is not None  # bytes and row are the caller's to delete


def test_a_hundred_lines_cost_the_same_queries_as_one(claimed: Claimed, second: Claimed) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with claimed.house.database.reading() as db:
        lines = (*claimed.about(db).lines, *second.about(db).lines)
        event.listen(claimed.house.database.engine, "before_cursor_execute", note)
        try:
            costs = []
            for many in (lines, lines * 50):
                asked.clear()
                queries.findings_of(db, many, on=london_day(claimed.now))
                costs.append(len(asked))
        finally:
            event.remove(claimed.house.database.engine, "before_cursor_execute", note)
    assert costs[0] == costs[1] <= 4
