"""What is pasted into rules comes out of the file as it went in, whatever it is."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.content import Problems
from lms.core.house import House
from lms.register.across import codes
from lms.register.authoring import services
from lms.register.authoring.writing import as_yaml, data_of, look
from lms.register.content import RegisterRules, read
from tests.world import World

ODD = "\x00\x07\x0b\x1b\x7f\x85\u2028\u2029\ufeff\ufffd :#-'\"\n\t|>%@`&*!?{}[],~="


@lru_cache(maxsize=1)
def _written() -> tuple[dict[str, Any], Any]:
    shelf = shelves.load(LOADERS, across=ACROSS)
    edition = shelf[RegisterRules].editions["RIVERMERE"][-1]
    return {**data_of(edition), "edition": "2027.1", "valid_from": "2027-03-01"}, codes(shelf)


@settings(max_examples=300)
@given(st.text(st.sampled_from(ODD + "0aé") | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
@example("0\x850")
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    data, known = _written()
    found = look({**data, "name": {"en": text, "cy": None}}, known)
    if found.edition is not None:
        again = read("draft.yaml", as_yaml({**data, "name": {"en": text, "cy": None}}), Problems())
        assert again is not None
        assert again.file.name == found.edition.file.name


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_case_has_a_name_under_which_it_can_be_opened_again(
    house: House, world: World, now: datetime, browser_for: Callable[..., Any]
) -> None:
    draft = uuid4()
    with house.database.writing() as db:
        services.start_draft(
            db, once=draft, authority_id=world.authority, based_on="2026.1", valid_from=date(2027, 3, 1),
            by=world.register_manager, now=now,
        )  # fmt: skip
    cases, manager = f"/register/rules/drafts/{draft}/cases", browser_for(world.register_manager)
    for name in ("a/b", "new", "a?b", "a#b", "a%2fb", "x" * 81, "training too old"):
        sent = {"id": name, "as_of": "2027-03-01", "expect_state": "checking"}
        saved = manager.submit(f"{cases}/new", sent).status_code == 302
        assert saved is (name == "training too old"), name
    assert manager.get(f"{cases}/training%20too%20old").status_code == 200
