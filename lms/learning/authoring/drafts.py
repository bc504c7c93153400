"""Questions on their way in: as our own file would say them, with everything that could not be kept, by line."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError

from lms.learning.questions import KINDS

LARGEST = 5_000_000
"""Bytes of a file of questions."""

MOST_QUESTIONS = 500
MOST_FINDINGS = 1_000

LONGEST_TEXT = 20_000
"""Characters of one text or question: what is longer has a picture written out inside, or is made to break readers."""

TO_WRITE = "To be written: say why."
"""Stands where a file says nothing and our questions need a sentence."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")


class TooMuch(Exception):  # noqa: N818  says what is the matter
    """A file that is too large, too deep or too long to be looked at, or that reaches outside."""


@dataclass(frozen=True, order=True)
class Finding:
    """Something in a file that we cannot keep as it is, and its line."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Draft:
    """One question as read: `said` in the keys of our file, without code and outcome, which may be named apart."""

    line: int
    said: Mapping[str, Any]
    code: str = ""
    outcome: str = ""


@dataclass
class Reading:
    """What a reader of files collects."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, line: int, message: str) -> None:
        """Something that cannot be kept. Raises TooMuch after MOST_FINDINGS: a page that lists more helps nobody."""
        if len(self.findings) >= MOST_FINDINGS:
            raise TooMuch(f"More than {MOST_FINDINGS} things in the file cannot be kept. Is it a file of questions?")
        self.findings.append(Finding(line, message))

    def add(self, draft: Draft) -> None:
        """Another question. Raises TooMuch after MOST_QUESTIONS."""
        if len(self.drafts) >= MOST_QUESTIONS:
            raise TooMuch(f"The file has more than {MOST_QUESTIONS} questions. Divide it.")
        self.drafts.append(draft)


def words(text: str) -> dict[str, str | None]:
    """A text in our file: English, with Welsh still to be written."""
    return {"en": " ".join(text.split()) if "\n" not in text.strip() else text.strip(), "cy": None}


def why(text: str) -> dict[str, str | None]:
    """Feedback, or the place for it."""
    return words(text if text.strip() else TO_WRITE)


def code_at(place: int) -> str:
    """The code of an option by its place: a, b, c …"""
    return "abcdefghijklmnopqrstuvwxyz"[place] if place < 26 else f"o{place}"


@dataclass(frozen=True)
class Imported:
    """Questions that fit our file, as its text, and everything that was not kept."""

    count: int
    text: str
    findings: tuple[Finding, ...]


def imported(
    reading: Reading, *, module: str, outcome: str, outcomes: Collection[str], taken: Collection[str] = ()
) -> Imported:
    """The drafts that are questions of ours, with codes and outcomes; `taken` are codes the module has already."""
    findings, made, used = list(reading.findings), [], set(taken)
    for number, draft in enumerate(reading.drafts, start=1):
        code = draft.code if _CODE.fullmatch(draft.code) and draft.code not in used else ""
        if draft.code and not code:
            findings.append(
                Finding(draft.line, f"the name “{draft.code[:40]}” cannot be its code here; it gets another.")
            )
        code = code or next(c for n in range(number, 10_000) if (c := f"{module}-I{n:03}") not in used)
        said = {"code": code, "outcome": draft.outcome if draft.outcome in outcomes else outcome, **draft.said}
        if wrong := _wrong(said):
            findings += [Finding(draft.line, f"left out: {sentence}") for sentence in wrong]
            continue
        if missing := str(said).count(TO_WRITE):
            findings.append(Finding(draft.line, f"{missing} texts are missing; look for “{TO_WRITE}”."))
        used.add(code)
        made.append(said)
    return Imported(len(made), _text(made), tuple(sorted(findings)))


def _wrong(said: Mapping[str, Any]) -> list[str]:
    """Why something is no question of ours; nothing when it is one."""
    try:
        question = KINDS[said["kind"]].model_validate(said)
    except ValidationError as error:
        return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:3]]
    return [sentence for _spot, sentence in question.mistakes()]


def _text(questions: Sequence[Mapping[str, Any]]) -> str:
    return yaml.safe_dump(
        {"questions": [dict(each) for each in questions]}, sort_keys=False, allow_unicode=True, width=110
    )


def decoded(content: bytes) -> str:
    """The text of a file. Raises TooMuch when it is too large or not UTF-8."""
    if len(content) > LARGEST:
        raise TooMuch("The file is larger than 5 MB. Divide it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TooMuch(f"The file is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def options_of(answers: Iterable[tuple[str, bool, str]]) -> list[dict[str, Any]]:
    """Options of a choice from text, whether it is right, and feedback."""
    return [
        {"code": code_at(n), "right": right, "text": words(text), "feedback": why(feedback)}
        for n, (text, right, feedback) in enumerate(answers)
    ]


def choice_of(text: str, answers: Sequence[tuple[str, bool, str]], *, several: bool) -> dict[str, Any]:
    """A question with options; true or false where that is all it offers."""
    kind = "several_answers" if several else "one_answer"
    if not several and [each[0].casefold() for each in answers] == ["true", "false"]:
        kind = "true_or_false"
    return {"kind": kind, "text": words(text), "options": options_of(answers)}


def match_of(text: str, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A match; a pair without a left side is a right one that belongs to nothing."""
    whole = [(left, right) for left, right in pairs if left.strip()]
    extras = [right for left, right in pairs if not left.strip()]
    said: dict[str, Any] = {"kind": "match", "text": words(text)}
    said["pairs"] = [
        {"code": code_at(n), "left": words(left), "right": words(right), "feedback": why("")}
        for n, (left, right) in enumerate(whole)
    ]
    if extras:
        said["extras"] = [
            {"code": f"x{n}", "right": words(right), "feedback": why("")} for n, right in enumerate(extras, start=1)
        ]
    return said


def order_of(text: str, steps: Sequence[str]) -> dict[str, Any]:
    """Steps in the right order."""
    listed = [{"code": code_at(n), "text": words(step), "feedback": why("")} for n, step in enumerate(steps)]
    return {"kind": "put_in_order", "text": words(text), "steps": listed}


def typed_of(text: str, answers: Sequence[tuple[str, float, str]]) -> tuple[dict[str, Any], list[str]]:
    """A short typed answer from spellings with their share of 100 and feedback, and what could not be kept."""
    lost: list[str] = []
    accept, near, right, wrong = [], [], "", ""
    for said, share, feedback in answers:
        if said == "*" and share == 0:
            wrong = feedback
        elif "*" in said:
            lost.append(f"“{said[:40]}” stands for many answers; write each one out.")
        elif share >= 100:
            accept.append(said)
            right = right or feedback
        else:
            near.append({"says": [said], "feedback": why(feedback)})
            if share:
                lost.append(f"“{said[:40]}” is partly right there and not right here.")
    made: dict[str, Any] = {"kind": "typed_answer", "text": words(text), "accept": accept}
    if near:
        made["near"] = near
    return {**made, "feedback": {"right": why(right), "wrong": why(wrong)}}, lost


def written_of(text: str) -> dict[str, Any]:
    """A written answer, whose reader's list is still to be written."""
    look_for = [words("To be written: what the reader looks for."), words("To be written: what else they look for.")]
    return {"kind": "written", "text": words(text), "look_for": look_for}
