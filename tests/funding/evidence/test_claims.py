"""Evidence along a claim's way: it stands in the way of sending in, is frozen then, and goes where its lines go."""

from datetime import date
from uuid import uuid4

import pytest

from lms.core import work
from lms.funding.claims import checking
from lms.funding.claims import services as claims
from lms.funding.claims.checking import obstacles
from lms.funding.claims.proving import to_prove
from lms.funding.evidence import packs, queries
from lms.funding.vocabulary import EvidenceKind
from tests.funding.evidence import papers
from tests.funding.evidence.conftest import Claimed


def proved(claimed: Claimed) -> None:
    """Everything the payer asks for."""
    with claimed.house.database.writing() as db:
        claimed.add(db, papers.invoice_pdf("Quote"))
        claimed.add(db, papers.photo(), EvidenceKind.ATTENDANCE_RECORD)


def missing(claimed: Claimed) -> set[str]:
    with claimed.house.database.writing() as db:
        found = obstacles(db, claimed.claim_id, now=claimed.now)
        return {str(v) for each in found for v in each.values.values()} & {"quote", "attendance_record"}


def test_what_is_missing_stands_in_the_way_until_it_is_there(claimed: Claimed) -> None:
    assert missing(claimed) == {"quote", "attendance_record"}
    proved(claimed)
    assert missing(claimed) == set()


def test_files_go_along_when_drafts_are_put_together(claimed: Claimed, second: Claimed) -> None:
    proved(claimed)
    within = [claimed.world.authority]
    with claimed.house.database.writing() as db:
        claims.join(
            db,
            into=second.claim_id,
            others=[claimed.claim_id],
            within=within,
            by=claimed.world.coordinator,
            now=claimed.now,
        )
    with claimed.house.database.reading() as db:
        assert queries.files_of(db, [claimed.claim_id]) == {}
        assert {each.line_id for each in queries.files_of(db, [second.claim_id])[second.claim_id]} == {claimed.line_id}


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority that has confirmed every figure."""
    monkeypatch.setattr(checking, "unconfirmed", lambda *_args, **_named: ())


@pytest.mark.usefixtures("confirmed")
def test_a_claim_that_asks_anew_has_what_proved_the_first(claimed: Claimed) -> None:
    proved(claimed)
    _send_in(claimed)
    values = {"claim_id": claimed.claim_id, "within": [claimed.world.authority], "by": claimed.world.coordinator}
    with claimed.house.database.writing() as db:
        claims.reject(db, reason="Not this time.", now=claimed.now, **values)
    with claimed.house.database.writing() as db:
        again = claims.resubmit(db, once=uuid4(), now=claimed.now, **values)
    with claimed.house.database.reading() as db:
        before, after = (queries.files_of(db, [each])[each] for each in (claimed.claim_id, again))
        assert sorted((f.kind, f.sha256) for f in before) == sorted((f.kind, f.sha256) for f in after)
        found = queries.findings_of(db, to_prove(db, again), on=date(2026, 11, 21))
        assert found == ()  # the same file, not another one


def _send_in(claimed: Claimed) -> None:
    within = [claimed.world.authority]
    with claimed.house.database.writing() as db:
        claims.record_cost(
            db,
            cost_id=uuid4(),
            line_id=claimed.line_id,
            within=within,
            cost_pence=7_500,
            paid_on=date(2026, 11, 20),
            by=claimed.world.coordinator,
            now=claimed.now,
        )
    with claimed.house.database.writing() as db:
        claims.submit(
            db,
            claim_id=claimed.claim_id,
            within=within,
            by=claimed.world.funding_officer,
            now=claimed.now,
            once=uuid4(),
            accept=True,
            version=claimed.view(db).version,
        )


@pytest.mark.usefixtures("confirmed")
def test_a_pack_is_frozen_when_a_claim_is_sent_in(claimed: Claimed) -> None:
    proved(claimed)
    _send_in(claimed)
    work.do_all(claimed.house, now=claimed.now)
    with claimed.house.database.reading() as db:
        (pack,) = packs.packs_of(db, claimed.claim_id)
        assert pack.submitted
        assert pack.sha256
