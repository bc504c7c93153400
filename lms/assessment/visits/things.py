"""What an assessor's phone keeps until it can be sent, each with a number of its own. Bounded; other shapes refused."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from lms.assessment.rules import Judgement, Setting
from lms.assessment.texts import LONGEST_FEEDBACK, LONGEST_SEEN

MOST_LINES = 80
"""Lines that one observation of a whole activity speaks to."""


def _readable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a character that no database keeps")
    return text


Key = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_readable)]
Phone = Annotated[str, Field(min_length=8, max_length=40, pattern=r"^[0-9a-f-]+$")]


class Thing(BaseModel):
    """What both have: number, moment by the phone's clock in milliseconds, what was taken along, and which phone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    at: int = Field(ge=-(2**53), le=2**53)
    taken: UUID
    phone: Phone


class Observation(Thing):
    """A whole activity that was seen. The day is chosen, or so many days before `at`; `clock` is the time of day."""

    kind: Literal["observation"]
    on: date | None = None
    days_ago: int = Field(default=0, ge=0, le=6)
    clock: str = Field(default="", pattern=r"^$|^([01][0-9]|2[0-3]):[0-5][0-9]$")
    setting: Setting | None = None
    in_presence_of: Annotated[str, Field(max_length=200), AfterValidator(_readable)] = ""
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_SEEN), AfterValidator(_readable)]
    lines: tuple[Key, ...] = Field(min_length=1, max_length=MOST_LINES)


class Draft(Thing):
    """What the assessor makes of one line: a draft of a decision, resting on an observation from the same phone."""

    kind: Literal["draft"]
    line: Key
    judgement: Judgement
    reason: Annotated[str, Field(max_length=LONGEST_FEEDBACK), AfterValidator(_readable)] = ""
    feedback: Annotated[str, Field(max_length=LONGEST_FEEDBACK), AfterValidator(_readable)] = ""
    five: tuple[bool, bool, bool, bool, bool]
    observation: UUID
    saw: UUID | None = None
    knew: str | None = Field(default=None, max_length=16)


_THING: TypeAdapter[Observation | Draft] = TypeAdapter(Annotated[Observation | Draft, Field(discriminator="kind")])


def thing_of(sent: Any) -> Observation | Draft | None:
    """One thing out of what was sent; None when it is none that we know."""
    try:
        return _THING.validate_python(sent)
    except ValidationError:
        return None


def content_of(thing: Observation | Draft) -> dict[str, Any]:
    """What was written, to be kept and read back."""
    return thing.model_dump(mode="json", exclude={"id", "at", "taken", "phone", "kind"})
