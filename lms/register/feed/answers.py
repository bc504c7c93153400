"""What the ways in for systems answer, as models: the description is made of them, and tests hold answers to them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """What every part of an answer shares: nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class BothLanguages(Answer):
    """A text in English and, when there is one, in Welsh."""

    en: str
    cy: str | None


class StatementAnswer(Answer):
    """A requirement that is met. `met_in` is the month; the day and the content are there where the rules show them."""

    code: str
    kind: str
    title: BothLanguages
    met_in: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None
    met_on: date | None = None
    content: dict[str, Any] | None = None


class AvailabilityAnswer(Answer):
    """When a PA can work: parts of days, such as mon_morning, and how many hours a week."""

    times: list[str]
    hours: str


class ListingAnswer(Answer):
    """What is told of a PA: no more than the rules and the PA's own agreement let be told.

    `label` stands beside a provisional listing and says what is still missing.
    """

    state: Literal["listed", "provisional"]
    since: date
    label: BothLanguages | None = None
    display_name: str | None = None
    requirements: list[StatementAnswer] | None = None
    profile: str | None = None
    area: list[str] | None = None
    availability: AvailabilityAnswer | None = None
    languages: list[str] | None = None


class ListedAnswer(Answer):
    """One PA on the list. `seq` is the number of the entry that told of them last."""

    person: UUID
    seq: int
    listing: ListingAnswer


class ListingsAnswer(Answer):
    """A page of everybody who is told of. `head` is where the feed stood: follow the changes after the first page's."""

    head: int
    listings: list[ListedAnswer]
    next: str | None


class EntryAnswer(Answer):
    """One change. put: from now on this is told of a PA. remove: forget whatever you have of the PA.

    replaced: a later entry says something newer of the same PA; there is nothing to do.
    """

    seq: int
    kind: Literal["put", "remove", "replaced"]
    at: datetime
    person: UUID | None
    listing: ListingAnswer | None


class ChangesAnswer(Answer):
    """Entries in order, each number once. `head` is the last number there is; `next` is None when this reaches it."""

    head: int
    entries: list[EntryAnswer]
    next: str | None


class NextStepAnswer(Answer):
    """The one thing that helps most now, and the requirement it is for."""

    step: str
    requirement: str


class FindingAnswer(Answer):
    """How one requirement stands, why by its code, since when, and until when that holds."""

    code: str
    kind: str
    mandatory: bool
    state: str
    why: str
    values: dict[str, Any]
    since: date | None
    until: date | None
    next_step: str | None


class VerdictAnswer(Answer):
    """What the rules say of a PA on a day. `until` is the first day on which the calendar alone changes it."""

    person: UUID
    on: date
    authority: str
    edition: str
    state: str
    because: str
    missing: list[str]
    recommended_missing: list[str]
    next_step: NextStepAnswer | None
    may_apply_for_adverts: bool
    until: date | None
    requirements: list[FindingAnswer]
