"""The things a phone keeps until they can be sent, each with a number of its own. Bounded; other shapes are refused."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

LONGEST_TEXT = 20_000
"""Characters of one text; what is longer than the page allows is refused with a sentence of its own further in."""


def _readable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a character that no database keeps")
    return text


Line = Annotated[str, Field(max_length=80), AfterValidator(_readable)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_readable)]


class Thing(BaseModel):
    """What every one of them has: its number, and when it was given by the phone's clock, in milliseconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    at: int


class Answer(Thing):
    """An answer to a question, as the fields of its page; `instead_of` is the one it replaced on the same phone."""

    kind: Literal["answer"]
    attempt: UUID
    question: Line
    fields: tuple[tuple[Line, Text], ...] = Field(max_length=40)
    instead_of: UUID | None = None


class Lesson(Thing):
    """A lesson that was finished."""

    kind: Literal["lesson"]
    enrolment: UUID
    lesson: Line


class Activity(Thing):
    """A saving of what was written for an activity."""

    kind: Literal["activity"]
    enrolment: UUID
    activity: Line
    text: Text
    finished: bool


class HandIn(Thing):
    """A check that was handed in, with the numbers of the answers its page showed, by question."""

    kind: Literal["hand_in"]
    attempt: UUID
    answers: Mapping[Line, UUID] = Field(max_length=100)


Item = Answer | Lesson | Activity | HandIn

_ITEM: TypeAdapter[Item] = TypeAdapter(Annotated[Item, Field(discriminator="kind")])


def item_of(sent: Any) -> Item | None:
    """One thing out of what was sent; None when it is none that we know."""
    try:
        return _ITEM.validate_python(sent)
    except ValidationError:
        return None


def number_of(sent: Any) -> str | None:
    """The number somebody put on a thing that we cannot read, so that it can be named in the answer."""
    number = sent.get("id") if isinstance(sent, dict) else None
    return number if isinstance(number, str) and len(number) <= 40 and number.isprintable() else None
