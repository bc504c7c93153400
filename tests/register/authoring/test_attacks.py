"""What is pasted into rules comes out of the file as it went in, whatever it is."""

from functools import lru_cache
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lms.core import shelves
from lms.core.content import Problems
from lms.register.across import codes
from lms.register.authoring.writing import as_yaml, data_of, look
from lms.register.content import RegisterRules, read
from lms.wiring import ACROSS, LOADERS

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
