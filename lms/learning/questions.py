"""Questions of a knowledge check, as authored. A kind is a class: another joins through Question and KINDS."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from lms.core.content import Authored, Words

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=40)]
"""A code that is safe in an address and fits its column."""

Spot = tuple[str | int, ...]
Mistake = tuple[Spot, str]
"""Where in the question something is wrong, and the sentence that says what."""


def _something(words: Words) -> Words:
    if not words.en:
        raise ValueError("the English text is empty")
    return words


Text = Annotated[Words, AfterValidator(_something)]
"""Words that say something."""


class Option(Authored):
    """One possible answer, with what we say to whoever chooses it."""

    code: Code
    right: bool
    text: Text
    feedback: Text


class ChoiceQuestion(Authored):
    """What questions with options have in common. `grey` marks a judgement whose feedback names what to weigh."""

    code: Code
    outcome: Code
    grey: bool = False
    text: Text
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    several: ClassVar[bool] = False

    @property
    def right(self) -> frozenset[str]:
        """The codes of the options that make the right answer together."""
        return frozenset(option.code for option in self.options if option.right)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of every option."""
        return frozenset(option.code for option in self.options)

    def mistakes(self) -> Iterator[Mistake]:
        """What an author got wrong that the shape alone does not show."""
        seen: set[str] = set()
        for i, option in enumerate(self.options):
            if option.code in seen:
                yield ("options", i, "code"), f"Two options have the code “{option.code}”."
            seen.add(option.code)
        rights = [i for i, option in enumerate(self.options) if option.right]
        if not rights:
            yield ("options",), "No option is right."
        elif len(rights) > 1 and not self.several:
            yield ("options", rights[1], "right"), "More than one option is right; only one can be."


class OneAnswer(ChoiceQuestion):
    """Exactly one option is right."""

    kind: Literal["one_answer"]


class SeveralAnswers(ChoiceQuestion):
    """Any number of options is right; only exactly the right set counts as right."""

    kind: Literal["several_answers"]

    several: ClassVar[bool] = True


class TrueOrFalse(ChoiceQuestion):
    """A statement that is true or is not."""

    kind: Literal["true_or_false"]

    options: tuple[Option, ...] = Field(min_length=2, max_length=2)


Question = Annotated[OneAnswer | SeveralAnswers | TrueOrFalse, Field(discriminator="kind")]

KINDS: dict[str, type[OneAnswer] | type[SeveralAnswers] | type[TrueOrFalse]] = {
    "one_answer": OneAnswer,
    "several_answers": SeveralAnswers,
    "true_or_false": TrueOrFalse,
}
"""By kind, so that the loader can name the exact line of a mistake instead of the whole question."""
