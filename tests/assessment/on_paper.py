"""What tests of study on paper share: a learner with a check of every kind on paper, and what is entered from it."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pikepdf

from lms.core.db import Db
from lms.core.house import House
from lms.learning import checks
from lms.learning.checks import AttemptView
from lms.learning.paper.rules import sheet_number
from lms.learning.paper.sheets import on_paper
from lms.learning.questions import Match, PutInOrder, Question
from lms.learning.questions.samples import sample_answer


def blank_pdf() -> bytes:
    """A paper: a PDF of one empty page."""
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(made)
    return made.getvalue()


PAPER = blank_pdf()


@dataclass(frozen=True)
class OnDesk:
    """An enrolment on the small course whose check is on paper, and its learner."""

    house: House
    learner: UUID
    enrolment: UUID
    attempt_id: UUID

    @property
    def at(self) -> str:
        """Where it is recorded."""
        return f"/on-paper/{self.enrolment}/NEW-1/record"

    def attempt(self, db: Db | None = None) -> AttemptView:
        if db is not None:
            return checks.own_attempt(db, self.attempt_id, self.learner)
        with self.house.database.reading() as own:
            return checks.own_attempt(own, self.attempt_id, self.learner)

    def answers(self, *, right: bool = True, leave: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
        """An answer to every question but those of the kinds left open."""
        return {q.code: sample_answer(q, right=right) for q in self.attempt().questions if q.kind not in leave}

    def fields(self, *, right: bool = True, leave: Collection[str] = ()) -> dict[str, Any]:
        """The same as the form's fields, with everything else that it needs."""
        attempt, fields = self.attempt(), {}
        for each in on_paper(attempt):
            if each.question.kind not in leave:
                answer = sample_answer(each.question, right=right)
                fields |= entered(each.number, each.question, answer, attempt.seed)
        more = {"number": sheet_number(self.attempt_id), "declared": "y", "lessons": ["NEW-1-L1"]}
        return {**fields, **more, "paper": (io.BytesIO(PAPER), "scan.pdf")}


def entered(number: int, question: Question, answer: tuple[str, ...], seed: str) -> dict[str, Any]:
    """An answer as the recording page sends it."""
    names, field = question.tokens(answer, seed), f"question-{number}"
    if isinstance(question, Match):
        return {f"{field}-{left}": right for left, right in (name.split("=") for name in names)}
    if isinstance(question, PutInOrder):
        return {f"{field}-{name}": str(place) for place, name in enumerate(names, start=1)}
    return {field: list(names) if question.several else names[0]}
