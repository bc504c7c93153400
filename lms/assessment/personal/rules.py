"""When a sign-off for one person stands, and what it has to say. Plain Python.

Some tasks are delegated to one PA for one person: what was learned at one person's side is no licence at another's.
A competent person trains, watches, and says until when; the care plan of that person decides, and its change ends the
trust until somebody competent has looked again. That it is for one person, by a named competent person, and reviewed
is how delegated healthcare works in both nations (Skills for Care and the Department of Health and Social Care,
"Delegated healthcare activities: guiding principles", 2023; All Wales Guidelines for Delegation, 2020). The longest
time and the days of the reminders are ours.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=3 * 366)
"""From the day it was watched to the last day it may be valid."""

REMINDERS = (30, 7)
"""Days before the end on which people are reminded, the first one first."""

LONGEST_CODE = 12
_LETTERS_OF_A_NAME = re.compile(r"[^\W\d_]{4,}")
_CODE = re.compile(r"[\w][\w. -]{0,11}")


class Task(StrEnum):
    """The kind of task; what exactly, and within which limits, is said beside it."""

    CATHETER = "catheter"
    STOMA = "stoma"
    BOWEL = "bowel"
    HOIST = "hoist"
    SEIZURE_MEDICINE = "seizure_medicine"
    MEDICINE = "medicine"
    INJECTION = "injection"
    TUBE_FEEDING = "tube_feeding"
    EATING = "eating"
    BREATHING = "breathing"
    OTHER = "other"


class SignerRole(StrEnum):
    """What the competent person is."""

    NURSE = "nurse"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    PHYSIOTHERAPIST = "physiotherapist"
    SPEECH_THERAPIST = "speech_therapist"
    DOCTOR = "doctor"
    PHARMACIST = "pharmacist"
    TRAINER = "trainer"
    OTHER = "other"


class RecordedAs(StrEnum):
    """In which part somebody wrote it down."""

    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"


class Looked(StrEnum):
    """What came of looking again. paused: the plan has changed, so nobody relies on it until somebody competent looks.

    fits: a competent person looked, and it still fits the plan.
    """

    PAUSED = "paused"
    FITS = "fits"


class EndedWhy(StrEnum):
    """Why it ended before its last day. People end it (stopped); a job's end ends it by itself."""

    STOPPED = "stopped"
    JOB_ENDED = "job_ended"


class State(StrEnum):
    """Where it stands on a day. `ending` stands, for a few days more."""

    STANDS = "stands"
    ENDING = "ending"
    PAUSED = "paused"
    ENDED = "ended"


class Wrong(StrEnum):
    """What is wrong with what was filled in."""

    CODE_LIKE_A_NAME = "code_like_a_name"
    CODE_SHAPE = "code_shape"
    DAY_TO_COME = "day_to_come"
    WATCHED_BEFORE_TRAINED = "watched_before_trained"
    OVER_ALREADY = "over_already"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Days:
    """When somebody was trained, when they were watched doing it, and the last day it counts."""

    trained_on: date
    observed_on: date
    valid_until: date


def wrong_code(code: str) -> Wrong | None:
    """What is wrong with how the person supported is told: initials or a short code, nothing like a name."""
    if not _CODE.fullmatch(code):
        return Wrong.CODE_SHAPE
    return Wrong.CODE_LIKE_A_NAME if _LETTERS_OF_A_NAME.search(code) else None


def wrong_days(days: Days, *, today: date) -> Wrong | None:
    """What is wrong with the days, or None. Nobody is signed off on what has not happened, or for ever."""
    if max(days.trained_on, days.observed_on) > today:
        return Wrong.DAY_TO_COME
    if days.observed_on < days.trained_on:
        return Wrong.WATCHED_BEFORE_TRAINED
    if days.valid_until < today:
        return Wrong.OVER_ALREADY
    return Wrong.TOO_LONG if days.valid_until - days.observed_on > LONGEST else None


def last_day(valid_until: date, ends: Iterable[date]) -> date:
    """The last day it counts: the one that was agreed, or an earlier one on which it was ended."""
    return min([valid_until, *ends])


def state(last: date, *, paused: bool, on: date) -> State:
    """Where it stands on a day, given its last day."""
    if on > last:
        return State.ENDED
    if paused:
        return State.PAUSED
    return State.ENDING if (last - on).days <= max(REMINDERS) else State.STANDS


def reminder(valid_until: date, *, recorded_on: date, sent: Collection[int], on: date) -> int | None:
    """Which reminder is due: how many days before the end; None when none is.

    One that would have come before it was even written down is left out, and an earlier one that nobody sent in time
    gives way to the later.
    """
    left = (valid_until - on).days
    due = [days for days in REMINDERS if 0 <= left <= days and recorded_on < valid_until - timedelta(days=days)]
    if not due or min(due) in sent:
        return None
    return min(due)
