"""Work for many, attacked: what a form may carry that we never wrote."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

DEEP = ("[" * 5_000, '{"people":' + "[" * 50_000, '{"list":' * 5_000)


@pytest.mark.parametrize("chosen", DEEP, ids=["lists", "people", "objects"])
def test_brackets_thousands_deep_are_nobody(chosen: str, world: World, browser_for: Callable[..., Any]) -> None:
    sent = {"step": "what", "what": "enrol", "chosen": chosen, "once": str(uuid4())}
    answer = browser_for(world.coordinator).post("/desk/together/new", sent)
    assert answer.status_code == 200
    assert "Paste at least one name" in answer.get_data(as_text=True)
