"""Reads a module's bank of questions, questions.yaml, every mistake with file and line."""

from collections.abc import Sequence
from typing import Any

from lms.core.content import Problems, Source, read_yaml, validated
from lms.learning.catalogue import Outline, Place
from lms.learning.questions import KINDS, Question
from lms.people.rules import Nation


def questions_of(
    outline: Outline, source: Source, problems: Problems, *, places: dict[str, Place] | None = None
) -> list[Question]:
    """The bank beside a module.yaml, whose `source` is given; mistakes go to `problems`.

    `places` learns where each question stands.
    """
    if outline.check is None:
        return []
    bank = read_yaml(source.path.parent / "questions.yaml", problems)
    if bank is None:
        return []
    questions = bank_of(bank, {outcome.code for outcome in outline.outcomes}, outline.code, problems)
    if questions is None:
        return []
    if places is not None:
        places |= {each.code: (bank.path, bank.line("questions", i)) for i, each in enumerate(questions)}
    _check_draw(outline, questions, source, problems)
    return questions


def bank_of(bank: Source, outcomes: set[str], module: str, problems: Problems) -> list[Question] | None:
    """Every question of a file, for the outcomes of a module; None when one of them could not be read."""
    if not isinstance(bank.data, dict) or not isinstance(bank.data.get("questions"), list):
        problems.add(bank.path, 1, "The file has to start with “questions:” and a list of them.")
        return None
    made = [_question(bank, i, entry, problems) for i, entry in enumerate(bank.data["questions"])]
    questions = [question for question in made if question is not None]
    seen: set[str] = set()
    for i, question in enumerate(made):
        if question is None:
            continue
        if question.code in seen:
            line = bank.line("questions", i, "code")
            problems.add(bank.path, line, f"The code “{question.code}” stands twice in questions.")
        if question.outcome not in outcomes:
            line = bank.line("questions", i, "outcome")
            problems.add(bank.path, line, f"{module} has no outcome “{question.outcome}”.")
        seen.add(question.code)
    return questions if len(questions) == len(made) else None


def _question(bank: Source, i: int, entry: Any, problems: Problems) -> Question | None:
    named = entry.get("kind") if isinstance(entry, dict) else None
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        kinds = ", ".join(KINDS)
        problems.add(bank.path, bank.line("questions", i, "kind"), f"The kind of a question can be {kinds}.")
        return None
    question = validated(kind, bank, problems, "questions", i)
    if question is None:
        return None
    for spot, sentence in question.mistakes():
        problems.add(bank.path, bank.line("questions", i, *spot), f"{question.code}: {sentence}")
    for spot, name in question.pictures():
        if not (bank.path.parent / "pictures" / name).is_file():
            line = bank.line("questions", i, *spot)
            problems.add(bank.path, line, f"{question.code}: there is no picture “pictures/{name}” in this module.")
    return question


def _check_draw(outline: Outline, questions: Sequence[Question], source: Source, problems: Problems) -> None:
    """Each nation has enough questions of its outcomes; of those a person reads, at most one is drawn."""
    assert outline.check is not None
    if outline.check.each_outcome:
        return  # `draw` is the most in one go there, and showing.py looks at the outcomes
    for nation in Nation:
        codes = {outcome.code for outcome in outline.outcomes if nation in outcome.nations}
        by_hand = [question.by_hand for question in questions if question.outcome in codes]
        here = by_hand.count(False) + any(by_hand)
        if outline.check.draw > here:
            sentence = f"The check draws {outline.check.draw} questions, and {nation.title()} has only {here}."
            problems.add(source.path, source.line("check", "draw"), sentence)
            return
