"""What a piece of writing is called."""

from hypothesis import given
from hypothesis import strategies as st

from lms.learning.writing.tasks import LONGEST_TITLE, opening


def test_a_short_question_is_its_own_title() -> None:
    assert opening("What would you do? Say why.") == "What would you do? Say why."


def test_a_long_question_is_called_by_its_first_sentences() -> None:
    first = "Write about 1 moment at work, or in another job."
    assert opening(f"{first} Use the 4 questions: what happened, why, what next, did it work?") == first


def test_a_long_first_sentence_ends_at_a_word() -> None:
    assert opening("Yes. " + "word " * 40).endswith("word …")


@given(st.text(min_size=1))
def test_a_title_is_never_long(text: str) -> None:
    assert len(opening(text)) <= LONGEST_TITLE
