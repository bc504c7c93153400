"""What strangers see of a paper when the holder's name is hidden."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from lms.certification.checking.face import face_of
from lms.certification.holder.rules import NameShown


def paper(name: str, text: str) -> Any:
    return SimpleNamespace(
        holder_name=name,
        title="Living well",
        language="en",
        shown=[{"label": "Said", "text": text}],
        also={},
        proves=[text],
        does_not_prove=[],
        signatories=[],
        achievements=[],
        achieved=None,
        issued_on=date(2026, 11, 21),
    )


def test_a_short_name_is_hidden_as_a_word_and_no_other_word_is_touched() -> None:
    face = face_of(paper("Li", "Li finished “Living well”. Li’s work, seen by Ali; (Li)"), NameShown.INITIALS)
    assert face.sides[0].title == "Living well"
    assert face.sides[0].shown == [("Said", "L. finished “Living well”. L.’s work, seen by Ali; (L.)")]


def test_a_name_that_is_a_pattern_is_only_a_name() -> None:
    face = face_of(paper("A. (B) \\1", "A. (B) \\1 did it"), NameShown.INITIALS)
    assert "did it" in face.sides[0].proves[0]
    assert "(B) \\1" not in face.sides[0].proves[0]
