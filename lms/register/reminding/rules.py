"""Whom a reminder to many goes to. Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from lms.register.exports import KEPT_BACK
from lms.register.reasons import Step

QUIET = timedelta(days=14)
"""For so long nobody is reminded of the same step again."""

NOT_BY_MAIL = KEPT_BACK | {Step.TALK_TO_TEAM}
"""Steps that are the team's own to take, or that a mail should not speak of."""


class LeftOut(StrEnum):
    """Why somebody on the list is not reminded."""

    NOTHING_TO_DO = "nothing_to_do"
    FOR_THE_TEAM = "for_the_team"
    JUST_REMINDED = "just_reminded"


@dataclass(frozen=True)
class Who:
    """Somebody on the list, and what comes next for them."""

    person_id: UUID
    step: Step | None


def left_out(one: Who, just_reminded: Collection[tuple[UUID, str]]) -> LeftOut | None:
    """Why somebody is left out; None when they are reminded."""
    if one.step is None:
        return LeftOut.NOTHING_TO_DO
    if one.step in NOT_BY_MAIL:
        return LeftOut.FOR_THE_TEAM
    return LeftOut.JUST_REMINDED if (one.person_id, one.step.value) in just_reminded else None
