"""Facts about mentoring. None names the mentor in a fact about the newcomer, and none holds how anybody is reached."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class MentorAgreed(Fact):
    """Somebody (`about`) agreed to be a mentor."""

    authority_id: UUID
    mentor_id: UUID
    wording: str


@dataclass(frozen=True, kw_only=True)
class MentorWithdrew(Fact):
    """Somebody (`about`) is a mentor no more."""

    authority_id: UUID
    mentor_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorSuggested(Fact):
    """A coordinator suggested to somebody new (`about`) that they could have a mentor."""

    authority_id: UUID
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorAsked(Fact):
    """Somebody new (`about`) agreed that their details are passed to a mentor."""

    authority_id: UUID
    request_id: UUID
    wording: str


@dataclass(frozen=True, kw_only=True)
class MentorRequestEnded(Fact):
    """Somebody new (`about`) wants no mentor any more, before they had one."""

    authority_id: UUID
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorMatched(Fact):
    """The details of somebody new (`about`) were passed to a mentor."""

    authority_id: UUID
    match_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorGotInTouch(Fact):
    """A mentor (`about`) got in touch with somebody new; what was spoken is in no fact."""

    authority_id: UUID
    match_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentoringEnded(Fact):
    """A mentor (`about`) has this newcomer no more, whoever ended it."""

    authority_id: UUID
    match_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorsKeptApart(Fact):
    """A coordinator (`about`) said that two people are never matched."""

    authority_id: UUID
    apart_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorsKeptApartNoMore(Fact):
    """A coordinator (`about`) took back that two people are never matched; the row with their names is gone."""

    authority_id: UUID
    apart_id: UUID
