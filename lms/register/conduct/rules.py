"""What a code of conduct has to be before it is published, and when PAs are told of it. Plain Python."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from lms.core.content import Words
from lms.core.words import N_, Refused

MOST_COMMITMENTS = 40
LONGEST = 500
"""Characters of one commitment: two or three sentences."""

LONGEST_NEWS = 500
MOST_DAYS = 366

CAME, ENDS_SOON = 0, 7
"""When a PA is told who accepted an earlier version: when the new one comes, and a week before the last day."""

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")


def check_version(version: str) -> str:
    """The name of a version as it stands in addresses and records. Refuses what is not one."""
    if not _VERSION.fullmatch(version):
        raise Refused(N_("Name the version with letters, digits, dots and hyphens only, such as 2027-1."))
    return version


def check_commitments(commitments: Sequence[Words]) -> None:
    """Refuses too many or too long ones, Welsh without English, and the same one twice."""
    if len(commitments) > MOST_COMMITMENTS:
        raise Refused(N_("Write at most %(most)d commitments."), most=MOST_COMMITMENTS)
    for place, each in enumerate(commitments, start=1):
        if not each.en:
            raise Refused(N_("Commitment %(place)d has no English text."), place=place)
        if len(each.en) > LONGEST or len(each.cy or "") > LONGEST:
            raise Refused(
                N_("Commitment %(place)d is too long. Keep it to %(most)d characters."), place=place, most=LONGEST
            )
    english = [" ".join(each.en.split()).casefold() for each in commitments]
    for place, text in enumerate(english, start=1):
        if text in english[: place - 1]:
            raise Refused(N_("Commitment %(place)d stands there twice."), place=place)


def check_whole(commitments: Sequence[Words], news: Words | None, *, welsh: bool) -> None:
    """What is needed before PAs are asked to accept it. `welsh`: the authority publishes no page without Welsh."""
    if not commitments:
        raise Refused(N_("Write at least one commitment before you publish."))
    if not welsh:
        return
    for place, each in enumerate(commitments, start=1):
        if not each.cy:
            raise Refused(N_("Commitment %(place)d has no Welsh text. Your rules ask for both languages."), place=place)
    if news is not None and not news.cy:
        raise Refused(N_("What is new has no Welsh text. Your rules ask for both languages."))


def check_day(from_day: date, *, today: date, others: Sequence[date]) -> None:
    """Refuses a day that is over, too far off, or not after the day of every version there is."""
    if from_day < today:
        raise Refused(N_("That day is over. Choose today or a later day."))
    if from_day > today + timedelta(days=2 * MOST_DAYS):
        raise Refused(N_("That day is too far off. Check the year."))
    if any(from_day <= each for each in others):
        raise Refused(N_("Another version holds from that day or later. Choose a later day."))


def last_day(from_day: date, reaccept_days: int) -> date:
    """The last day on which a listed PA may still stand with an earlier version."""
    return from_day + timedelta(days=reaccept_days)


def step_on(from_day: date, reaccept_days: int, on: date) -> int | None:
    """What PAs are told on a day who accepted an earlier version; None before it came and when time is up."""
    last = last_day(from_day, reaccept_days)
    if on < from_day or on > last:
        return None
    near = last - on <= timedelta(days=ENDS_SOON)
    return ENDS_SOON if near and reaccept_days > 2 * ENDS_SOON else CAME
