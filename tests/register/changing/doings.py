"""A change of Rivermere's rules: a fee is asked for, the interview is not any more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core import work
from lms.core.house import House
from lms.register.authoring import services as authoring
from lms.register.authoring.models import RegisterDraft
from lms.register.changing import services
from tests.world import World

AHEAD = timedelta(days=60)
FEE = {
    "code": "RM-FEE",
    "kind": "fee",
    "title": {"en": "The yearly fee"},
    "mandatory": True,
    "validity_months": 12,
    "visible": "none",
}

Change = Callable[..., UUID]


@pytest.fixture(name="draft")
def draft_fixture(house: House, world: World, now: datetime) -> Change:
    """Makes a draft; `change` gets its data to change, by default a fee comes and the interview goes."""

    def make(change: Callable[[dict[str, Any]], None] | None = None) -> UUID:
        with house.database.writing() as db:
            draft_id = authoring.start_draft(
                db,
                once=uuid4(),
                authority_id=world.authority,
                based_on="2026.1",
                valid_from=(now + AHEAD).date(),
                by=world.register_manager,
                now=now,
            )
            row = db.get_one(RegisterDraft, draft_id)
            data = {**row.data, "cases": []}
            (change or fee_for_interview)(data)
            row.data = data
        return draft_id

    return make


def fee_for_interview(data: dict[str, Any]) -> None:
    data["requirements"] = [*(r for r in data["requirements"] if r["code"] != "RM-INT"), FEE]


def less(data: dict[str, Any]) -> None:
    data["requirements"] = [r for r in data["requirements"] if r["code"] != "RM-INT"]


def begins_with_fee(data: dict[str, Any]) -> None:
    """A PA has to have had the interview before they are shown provisionally."""
    data["provisional"] = {**data["provisional"], "needs": [*data["provisional"]["needs"], "RM-INT"]}


def ask(house: House, world: World, draft_id: UUID, now: datetime, *, once: UUID | None = None) -> None:
    with house.database.writing() as db:
        services.ask(
            db,
            once=once or uuid4(),
            draft_id=draft_id,
            authority_id=world.authority,
            by=world.register_manager,
            now=now,
        )


def publish(house: House, world: World, draft_id: UUID, now: datetime) -> UUID:
    with house.database.writing() as db:
        version = db.get_one(RegisterDraft, draft_id).version
        once = uuid4()
        authoring.publish(
            db,
            once=once,
            draft_id=draft_id,
            authority_id=world.authority,
            version=version,
            by=world.register_manager,
            now=now,
        )
    return once


def do_all(house: House, now: datetime) -> None:
    work.do_all(house, now=now)
