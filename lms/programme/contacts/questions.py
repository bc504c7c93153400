"""What is asked in a call-back: authored sets, each with its edition. Answers name the edition they were given to.

An edition that was asked is never edited: a changed question is a new file with a new edition.
"""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, model_validator

from lms.core.content import Authored, Problems, Words, read_yaml, validated
from lms.programme.contacts.words import Whom

FOLDER = Path(__file__).parent / "questions"


class Option(Authored):
    """One answer. `harm` says that it points to harm: it raises an alert at once."""

    code: str = Field(pattern=r"^[a-z_]{1,40}$")
    text: Words
    harm: bool = False


class Question(Authored):
    """One question, with a word to whoever asks it."""

    code: str = Field(pattern=r"^[a-z_]{1,40}$")
    text: Words
    help: Words | None = None
    options: tuple[Option, ...] = Field(min_length=2)

    @property
    def guarded(self) -> bool:
        """Whether an answer may point to harm. Only who asked, and who is named, ever sees what was answered to it."""
        return any(option.harm for option in self.options)

    def option(self, code: str) -> Option | None:
        """The option with a code; None when there is none."""
        return next((option for option in self.options if option.code == code), None)


class QuestionSet(Authored):
    """All questions to one of the two, in an edition."""

    whom: Whom
    edition: str = Field(pattern=r"^\d{4}\.\d+$")
    opening: Words
    closing: Words
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> "QuestionSet":
        for codes in ([q.code for q in self.questions], *([o.code for o in q.options] for q in self.questions)):
            if len(codes) != len(set(codes)):
                raise ValueError("A code stands here twice.")
        return self

    def question(self, code: str) -> Question | None:
        """The question with a code; None when there is none."""
        return next((question for question in self.questions if question.code == code), None)


@lru_cache(maxsize=1)
def editions() -> dict[tuple[Whom, str], QuestionSet]:
    """Every set there is, by whom it is for and its edition. Raises ContentWrong with each mistake."""
    problems, found = Problems(), {}
    for path in sorted(FOLDER.glob("*.yaml")):
        source = read_yaml(path, problems)
        made = validated(QuestionSet, source, problems) if source else None
        if made is not None:
            found[made.whom, made.edition] = made
    problems.stop_if_any()
    return found


def newest(whom: Whom) -> QuestionSet:
    """The set that is asked from now on."""
    return max((made for (who, _edition), made in editions().items() if who is whom), key=_order)


def _order(made: QuestionSet) -> tuple[int, ...]:
    return tuple(int(part) for part in made.edition.split("."))
