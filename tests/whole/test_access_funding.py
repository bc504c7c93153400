"""Every page about money for training, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, what stands in its address to `things`, and the part of the
address that is theirs to `PREFIXES`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.db import Db
from lms.core.house import House
from lms.funding.authoring import deciding
from lms.funding.authoring import services as authoring
from lms.funding.authoring.models import (
    Adopted,
    FigureConfirmationEnded,
    FigureConfirmed,
    SchemeDraft,
    SchemeEdition,
    SchemeEditionWithdrawn,
)
from lms.funding.board import auditing, statements
from lms.funding.board.models import AuditFile, YearStatement
from lms.funding.claims import queries as claims
from lms.funding.claims.models import ClaimLook
from lms.funding.claims.proving import to_prove
from lms.funding.evidence import packs, services
from lms.funding.evidence.models import ClaimFile, ClaimFileRead, ClaimPack, LearnerNumber
from lms.funding.evidence.services import About
from lms.funding.evidence.shrinking import made_ready
from lms.funding.places import asking, opening
from lms.funding.places.models import AreaProof, PlaceMove, PlaceRun
from lms.funding.places.words import Need
from lms.funding.records import services as records
from lms.funding.records.models import RecordClearing, RecordHold, RecordHoldEnd
from lms.funding.records.words import ClearingState, HoldReason
from lms.funding.sources.models import MoneySaid
from lms.funding.vocabulary import EvidenceKind
from lms.learning import queries as learning
from tests.funding.conftest import certify
from tests.funding.evidence.papers import invoice_pdf
from tests.funding.places.conftest import WANTED
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODY = "nobody"
DESK = {"coordinator", "funding officer"}
SEES_SCHEMES = {"coordinator", "funding officer", "admin"}
DECIDES = {"funding officer", "admin"}
SCHEME = "/funding/schemes/{authority}/RIVERMERE-PLACES-2026-27"
DRAFT = "/funding/schemes/drafts/{draft}"
KEEPERS = {"funding officer", "admin"}
HOMES = {"employer", "other employer", "representative"}

MAY: dict[str, set[str]] = {
    "/funding/claims": DESK | {"coordinator elsewhere"},
    "/funding/claims/{claim}": DESK,
    "/funding/claims/{claim}/cost": DESK,
    "/funding/claims/{claim}/withdraw": DESK,
    "/funding/claims/{claim}/submit": DESK,
    "/funding/claims/{claim}/join": DESK,
    "/funding/claims/{claim}/why": DESK,
    "/funding/claims/{claim}/decide": DESK,
    "/funding/claims/{claim}/action": DESK,
    "/funding/claims/{claim}/reject": DESK,
    "/funding/claims/{claim}/looks/{look}": DESK,
    "/funding/claims/{claim}/lines/{line}": DESK,
    "/funding/claims/{claim}/lines/{line}/cost": DESK,
    "/funding/people/{pa}": DESK,
    "/funding/claims/{claim}/evidence": DESK,
    "/funding/claims/{claim}/evidence/add": DESK,
    "/funding/evidence/{file}/says": DESK,
    "/funding/evidence/{file}/file": DESK,
    "/funding/evidence/{file}/take-out": DESK,
    "/funding/claims/{claim}/learners/{pa}/numbers": DESK,
    "/funding/claims/{claim}/packs/{pack}": DESK,
    "/funding/board?authority={authority}": DESK,
    "/funding/board/claims?authority={authority}": DESK,
    "/funding/board/trainings?authority={authority}": DESK,
    "/funding/board/claims.csv?authority={authority}": DESK,
    "/funding/board/claims.xlsx?authority={authority}": DESK,
    "/funding/statements?authority={authority}": DESK,
    "/funding/statements/{statement}": DESK,
    "/funding/claims/{claim}/audit": DESK,
    "/funding/claims/{claim}/account": set(),  # no employer's application; that one is among pages of training money
    "/funding/schemes?authority={authority}": SEES_SCHEMES,
    SCHEME: SEES_SCHEMES,
    f"{SCHEME}/file": SEES_SCHEMES,
    f"{SCHEME}/confirm?figure=items.CLASS": DECIDES,
    f"{SCHEME}/confirmations/{{confirmed}}": DECIDES,
    f"{SCHEME}/counts": DECIDES,
    DRAFT: DECIDES,
    f"{DRAFT}/file": DECIDES,
    f"{DRAFT}/parts/dates": DECIDES,
    f"{DRAFT}/items/new": DECIDES,
    f"{DRAFT}/items/CLASS": DECIDES,
    f"{DRAFT}/cases/new": DECIDES,
    f"{DRAFT}/cases/rivermere-place-outside-area": DECIDES,
    f"{DRAFT}/publish": DECIDES,
    f"{DRAFT}/throw-away": DECIDES,
    "/places": {"pa", "second pa", "other pa"},
    "/places/{run}": {"pa", "second pa"},
    "/places/asks/{ask}/leave": {"pa"},
    "/places/team?authority={authority}": DESK,
    "/places/team/new?authority={authority}": DESK,
    "/places/team/{run}": DESK,
    "/places/team/asks/{ask}": DESK,
    "/places/team/{run}/there": DESK,
    "/places/team/{run}/call-off": DESK,
    "/training-money": {"pa", "second pa", "other pa"},
    "/training-money/{pa}": DESK | HOMES,
    "/training-money/enrolments/{enrolment}": DESK | HOMES | {"pa"},
    "/training-money/enrolments/{enrolment}/history": DESK | HOMES | {"pa"},
    "/funding/records?authority={authority}": DESK | {"admin"},
    "/funding/records/hold?authority={authority}": KEEPERS,
    "/funding/records/clearings/{clearing}": DESK | {"admin"},
}
"""Pages that are looked at. The claim is a user-led organisation's, so no household has to do with it."""

POSTS: dict[str, set[str]] = {
    "/funding/claims/{claim}/account/show": set(),
    "/funding/claims/{claim}/accept": DESK,
    "/funding/claims/{claim}/terms": DESK,
    "/funding/claims/{claim}/again": DESK,
    "/funding/claims/{claim}/lines/{line}/take-out": DESK,
    "/funding/people/{pa}/claims": DESK,
    "/funding/claims/{claim}/packs": DESK,
    "/funding/claims/{claim}/learners/{pa}/numbers/show": DESK,
    "/funding/claims/{claim}/learners/{pa}/numbers/delete": DESK,
    "/funding/claims/{claim}/numbers.csv": DESK,
    "/funding/claims/{claim}/packs/{pack}/zip": DESK,
    "/funding/statements/{statement}.pdf": DESK,
    "/funding/audit-files/{audit}.zip": DESK,
    f"{SCHEME}/draft": DECIDES,
    f"{DRAFT}/remove": DECIDES,
    "/funding/schemes/{authority}/editions/{edition}/take-back": DECIDES,
    "/places/asks/{ask}/take": {"pa"},
    "/places/asks/{ask}/decline": {"pa"},
    "/places/team/asks/{ask}/refuse": DESK,
    "/funding/records/holds/{hold}/end": KEEPERS,
    "/funding/records/clearings?authority={authority}": KEEPERS,
    "/funding/records/clearings/{clearing}/put-aside": KEEPERS,
}
"""What only takes a form, or has nothing to show yet."""

SCHEMES_WRITTEN = (
    Adopted,
    FigureConfirmed,
    FigureConfirmationEnded,
    SchemeDraft,
    SchemeEdition,
    SchemeEditionWithdrawn,
)
WRITTEN = (
    ClaimFile,
    ClaimFileRead,
    ClaimPack,
    LearnerNumber,
    YearStatement,
    AuditFile,
    PlaceRun,
    PlaceMove,
    AreaProof,
    MoneySaid,
    RecordHold,
    RecordHoldEnd,
    RecordClearing,
)
PREFIXES = (
    "/funding/claims",
    "/funding/people",
    "/funding/evidence",
    "/funding/board",
    "/funding/statements",
    "/funding/audit-files",
    "/funding/schemes",
    "/places",
    "/training-money",
    "/funding/records",
)
"""Parts of funding of which every page has to be in these tables."""


@pytest.fixture
def who(world: World) -> dict[str, UUID | None]:
    """Everybody who might come by."""
    return {
        NOBODY: None,
        "pa": world.pa,
        "second pa": world.second_pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "employer elsewhere": world.other_employer_person,
        "representative": world.representative,
        "adviser": world.adviser,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "coordinator": world.coordinator,
        "coordinator elsewhere": world.other_coordinator,
        "register officer": world.register_officer,
        "funding officer": world.funding_officer,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses."""
    file, pack, look = uuid4(), uuid4(), uuid4()
    with house.database.writing() as db:
        certify(db, world.pa, world.authority, by=world.coordinator, now=now)
        lines = claims.lines_of_learner(db, world.pa, within=[world.authority])
        line = next(line for line in lines if line.scheme == "ULO-2026-27")
        services.add_file(
            db,
            house.files,
            file_id=file,
            about=About(line.claim_id, world.authority, open=True, lines=to_prove(db, line.claim_id)),
            line_id=line.id,
            kind=EvidenceKind.QUOTE,
            ready=made_ready(invoice_pdf(), most=2_000_000, media_types=("application/pdf",)),
            name="quote.pdf",
            by=world.coordinator,
            now=now,
        )
        claim = claims.claim(db, line.claim_id, within=[world.authority])
        packs.ask(db, pack_id=pack, claim=claim, language="en", by=world.coordinator, now=now)
        about = {"authority_id": world.authority, "line_id": line.id, "about_id": line.certificate_id}
        db.add(ClaimLook(id=look, what="certificate_withdrawn", raised_at=now, **about))
        board = _board(db, world, line.claim_id, now) | _schemes(db, world, now)
        places = _places(db, world, now)
    standing = {"claim": line.claim_id, "line": line.id, "look": look}
    return {**standing, "file": file, "pack": pack, "pa": world.pa, **board, **places}


def _places(db: Db, world: World, now: datetime) -> dict[str, UUID]:
    """A course with an offer, an enrolment whose costs somebody meets, a hold and a clearing that was only listed."""
    run, hold, clearing = uuid4(), uuid4(), uuid4()
    wanted = replace(WANTED, training="PAI-6")
    opening.open_run(db, once=run, authority_id=world.authority, wanted=wanted, by=world.coordinator, now=now)
    ask = asking.ask(db, once=uuid4(), run_id=run, person_id=world.pa, need=Need.USEFUL, now=now)
    records.hold(
        db,
        once=hold,
        authority_id=world.authority,
        scheme="ULO-2026-27",
        reason=HoldReason.AUDIT,
        note="",
        until=None,
        by=world.funding_officer,
        now=now,
    )
    db.add(
        RecordClearing(
            id=clearing,
            authority_id=world.authority,
            due_on=now.date(),
            state=ClearingState.TRIED,
            made_by=world.funding_officer,
            made_at=now,
        )
    )
    db.flush()
    enrolment = learning.enrolments_of(db, world.pa)[0].id
    return {"run": run, "ask": ask, "hold": hold, "clearing": clearing, "enrolment": enrolment}


def _schemes(db: Db, world: World, now: datetime) -> dict[str, UUID]:
    """A draft of a scheme, a published edition to come, and a confirmed figure."""
    draft, edition, confirmed = uuid4(), uuid4(), uuid4()
    code, by = "RIVERMERE-PLACES-2026-27", world.funding_officer
    ours: dict[str, Any] = {"authority_id": world.authority, "by": by, "now": now}
    authoring.start_draft(db, once=edition, based_on=code, year_later=True, **ours)
    first = now.date() + timedelta(days=9)
    authoring.publish(db, once=edition, draft_id=edition, version=1, valid_from=first, **ours)
    authoring.start_draft(db, once=draft, based_on=code, year_later=False, **ours)
    values = {"rate": "7500", "price_to_pa": "1000"}
    deciding.confirm(
        db, once=confirmed, scheme=code, key="items.CLASS", shown=values, source="Letter", until=None, **ours
    )
    # What stays to be confirmed, so that its page is there.
    db.add(FigureConfirmationEnded(confirmed_id=confirmed, reason="A slip", by=by, at=now))
    return {"draft": draft, "edition": edition, "confirmed": confirmed}


def _board(db: Db, world: World, claim_id: UUID, now: datetime) -> dict[str, UUID]:
    """A statement of a year and an audit file."""
    statement, audit = uuid4(), uuid4()
    by, within = world.coordinator, [world.authority]
    auditing.ask(db, file_id=audit, claim_id=claim_id, within=within, by=by, now=now)
    statements.make(
        db,
        statement_id=statement,
        authority_id=world.authority,
        claimant_id=world.support,
        first=date(2026, 4, 1),
        last=date(2027, 3, 31),
        as_at=now.date(),
        by=by,
        now=now,
    )
    return {"authority": world.authority, "statement": statement, "audit": audit}


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    browsers = {name: browser_for(person) for name, person in who.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if answer.status_code in {200, 302} and not asked:
                opened.add(name)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, UUID], house: House, browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in (*WRITTEN, *SCHEMES_WRITTEN)]

    before, wrong = counted(), {}
    for name, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
