"""Questions whose answer is chosen from options: one, several, true or false, or one of several pictures."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field

from lms.core.content import Authored
from lms.core.words import N_
from lms.learning.questions.common import (
    NOT_ON_PAGE,
    Answer,
    Asked,
    Code,
    FileName,
    Given,
    Mark,
    Mistake,
    Spot,
    Text,
    twice,
    twin_texts,
)


class Option(Authored):
    """One possible answer, with what we say to whoever chooses it."""

    code: Code
    right: bool
    text: Text
    feedback: Text


class PictureOption(Authored):
    """One possible answer that is a picture of ours; `text` says what is seen in it, without giving the answer away."""

    code: Code
    right: bool = False
    picture: FileName
    text: Text
    feedback: Text


class ChoiceQuestion(Asked):
    """What questions with options have in common."""

    options: Sequence[Option | PictureOption]

    @property
    def right(self) -> frozenset[str]:
        """The codes of the options that make the right answer together."""
        return frozenset(option.code for option in self.options if option.right)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of every option."""
        return frozenset(option.code for option in self.options)

    def mistakes(self) -> Iterator[Mistake]:
        """Codes and texts that stand twice, and a number of right options that cannot be."""
        codes: list[tuple[Spot, str]] = [(("options", i, "code"), option.code) for i, option in enumerate(self.options)]
        yield from twice(codes, "Two options have the code “%s”.")
        texts = [(("options", i, "text"), option.text) for i, option in enumerate(self.options)]
        yield from twin_texts(texts, "Two options say “%s”.")
        rights = [i for i, option in enumerate(self.options) if option.right]
        if not rights:
            yield ("options",), "No option is right."
        elif len(rights) > 1 and not self.several:
            yield ("options", rights[1], "right"), "More than one option is right; only one can be."

    def trouble(self, given: Given) -> str | None:
        """Options that are not there, and several where one is asked for."""
        if not frozenset(given) <= self.codes:
            return NOT_ON_PAGE
        if len(set(given)) > 1 and not self.several:
            return N_("Choose one answer only.")
        return None

    def canonical(self, given: Given) -> Answer:
        """The codes in order, each once."""
        return tuple(sorted(set(given)))

    def mark(self, given: Given) -> Mark:
        """Right only for exactly the right set; partly when some of several right ones were among those chosen."""
        chosen = frozenset(given)
        if chosen == self.right:
            return Mark.RIGHT
        return Mark.PARTLY if self.several and self.right & chosen else Mark.WRONG

    def model_answer(self) -> Answer:
        """The right codes."""
        return tuple(sorted(self.right))

    def key_trouble(self, key: Given) -> str | None:
        """No right option, an option that is not there, or several where one is asked for."""
        return self.trouble(key) if key else N_("Say which answer is right.")

    def with_key(self, key: Given) -> Self:
        """The same options, of which those named are right."""
        options = tuple(option.model_copy(update={"right": option.code in key}) for option in self.options)
        return self.model_copy(update={"options": options})


class OneAnswer(ChoiceQuestion):
    """Exactly one option is right."""

    kind: Literal["one_answer"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)


class SeveralAnswers(ChoiceQuestion):
    """Any number of options is right; only exactly the right set counts as right."""

    kind: Literal["several_answers"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    several: ClassVar[bool] = True


class TrueOrFalse(ChoiceQuestion):
    """A statement that is true or is not."""

    kind: Literal["true_or_false"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=2)


class PictureChoice(ChoiceQuestion):
    """Exactly one of several pictures is right."""

    kind: Literal["picture_choice"]
    options: tuple[PictureOption, ...] = Field(min_length=2, max_length=6)

    def mistakes(self) -> Iterator[Mistake]:
        """The mistakes of any choice, and a picture that stands twice."""
        yield from super().mistakes()
        named: list[tuple[Spot, str]] = [(spot, name) for spot, name in self.pictures()]
        yield from twice(named, "Two options have the picture “%s”.")

    def pictures(self) -> Iterator[tuple[Spot, str]]:
        """The picture of each option."""
        for i, option in enumerate(self.options):
            yield ("options", i, "picture"), option.picture
