"""Writes questions in GIFT. What GIFT cannot say is left out with a remark: Welsh, pictures, order, a reader's list."""

import re
from collections.abc import Sequence

from lms.core.content import Words
from lms.learning.questions import Match, PictureChoice, PutInOrder, Question, TypedAnswer, Written
from lms.learning.questions.choice import ChoiceQuestion

_SPECIAL = re.compile(r"([~=#{}:\\])")


def gift_of(questions: Sequence[Question]) -> str:
    """A bank as GIFT, in English. Reading it again gives the same questions of the kinds GIFT knows."""
    return "\n".join(_block(question) for question in questions)


def _block(question: Question) -> str:
    tags = f"// [id:{question.code}] [tag:outcome:{question.outcome}]{' [tag:grey]' if question.grey else ''}\n"
    if isinstance(question, PutInOrder | PictureChoice):
        return f"// {question.code} is left out: GIFT has no questions of the kind {question.kind}.\n"
    return f"{tags}::{_safe(question.code)}::{_text(question.text)} {{{_inside(question)}}}\n"


def _inside(question: Question) -> str:
    if isinstance(question, Written):
        return ""
    if isinstance(question, TypedAnswer):
        return _typed(question)
    if isinstance(question, Match):
        rights = question.rights
        pairs = [
            f"={_text(words)} -> {_text(rights[question.belongs[code]])}" for code, words in question.lefts.items()
        ]
        spare = [f"= -> {_text(rights[code])}" for code in rights if code not in question.belongs.values()]
        return _lines([*pairs, *spare])
    assert isinstance(question, ChoiceQuestion)
    return _choice(question)


def _typed(question: TypedAnswer) -> str:
    right, wrong = _text(question.feedback.right), _text(question.feedback.wrong)
    made = [f"={_safe(each)}#{right}" for each in question.key()]
    made += [f"=%0%{_safe(each)}#{_text(near.feedback)}" for near in question.near for each in near.says]
    return _lines([*made, f"=%0%*#{wrong}"])


def _choice(question: ChoiceQuestion) -> str:
    said = [option.text.en.casefold() for option in question.options]
    if question.kind == "true_or_false" and said == ["true", "false"]:  # type: ignore[attr-defined]  # every kind has one
        true, false = question.options
        right, wrong = (true, false) if true.right else (false, true)
        return f"{'T' if true.right else 'F'}#{_text(wrong.feedback)}#{_text(right.feedback)}"
    share = f"{100 / max(1, len(question.right)):.5f}".rstrip("0").rstrip(".")
    signs = {True: f"~%{share}%" if question.several else "=", False: "~%-100%" if question.several else "~"}
    return _lines([f"{signs[each.right]}{_text(each.text)}#{_text(each.feedback)}" for each in question.options])


def _lines(answers: Sequence[str]) -> str:
    return "\n" + "".join(f"  {answer}\n" for answer in answers)


def _text(words: Words) -> str:
    return _safe(words.en)


def _safe(text: str) -> str:
    """A text on one line, with what GIFT takes for signs written so that it does not; “->” would start a pair."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("->", "→")
