"""Take what waited on a phone: each thing by itself, so that a bad one never stops the good ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning import checks, services
from lms.learning.checks import AttemptView
from lms.learning.offline import rules
from lms.learning.offline.items import Activity, Answer, HandIn, Item, Lesson
from lms.learning.outcomes import Came, StillWaits
from lms.learning.questions import Question

Decode = Callable[[Question, Sequence[tuple[str, str]], str], Sequence[str]]
"""An answer out of the fields of its page: question, fields, the attempt's seed."""

NOT_YOURS = Refused(N_("This is not in your study, so it was not saved."))
"""The same for what does not exist and for what belongs to somebody else, or to another attempt or edition."""

UNREAD = Refused(N_("This could not be read, so it was not saved."))
LATE = Refused(N_("The check was handed in before this answer came. The answer is kept, and does not count."))
LATER = Refused(N_("You gave a later one on another device. That one counts, and this one is kept."))
OTHERWISE = Refused(N_("The check was handed in on another device before. What you handed in there counts."))


@dataclass(frozen=True)
class Outcome:
    """What one thing came to, with a sentence where the learner has to know more."""

    id: UUID
    came: Came
    says: Refused | None = None


def take(
    db: Db, items: Sequence[Item], *, by: UUID, now: datetime, phone_now: datetime, decode: Decode
) -> list[Outcome]:
    """Keep what a learner did on a phone, each thing in a savepoint of its own; returns an outcome for each.

    Any order, split and repetition of the same things ends in the same record: each has its number, answers are
    ordered by when they were given, and a check waits for the answers it was handed in with.
    """
    taker = _Taker(db, by, now, phone_now, decode)
    return [taker.take(item) for item in rules.in_order(items)]


class _Taker:
    """One batch: who sends it and when, and the attempts seen so far."""

    def __init__(self, db: Db, by: UUID, now: datetime, phone_now: datetime, decode: Decode) -> None:
        self._db, self._by, self._now, self._phone_now, self._decode = db, by, now, phone_now, decode
        self._attempts: dict[UUID, AttemptView] = {}

    def take(self, item: Item) -> Outcome:
        try:
            with self._db.begin_nested():
                return self._kept(item)
        except StillWaits as waits:
            return Outcome(item.id, Came.WAIT, waits)
        except Refused as refusal:
            return Outcome(item.id, Came.REFUSED, refusal)
        except NotFound:
            return Outcome(item.id, Came.REFUSED, NOT_YOURS)

    def _kept(self, item: Item) -> Outcome:
        if isinstance(item, Answer):
            return self._answer(item)
        if isinstance(item, Lesson):
            services.study_lesson(self._db, enrolment_id=item.enrolment, lesson=item.lesson, by=self._by, now=self._now)
            return Outcome(item.id, Came.SAVED)
        return self._activity(item) if isinstance(item, Activity) else self._hand_in(item)

    def _answer(self, item: Answer) -> Outcome:
        attempt = self._attempt(item.attempt)
        asked = next((each for each in attempt.questions if each.code == item.question), None)
        if asked is None:
            raise NotFound("question")
        came = services.give_answer(
            self._db,
            attempt_id=attempt.id,
            question=asked.code,
            options=self._decode(asked, item.fields, attempt.seed),
            by=self._by,
            now=self._now,
            given_id=item.id,
            claimed_at=rules.moment_of(item.at),
            phone_now=self._phone_now,
            instead_of=item.instead_of,
        )
        if came is not Came.NOT_COUNTED:
            return Outcome(item.id, came)
        return Outcome(item.id, came, LATE if attempt.finished_at is not None else LATER)

    def _activity(self, item: Activity) -> Outcome:
        came = services.write_activity(
            self._db,
            enrolment_id=item.enrolment,
            activity=item.activity,
            text=item.text,
            finished=item.finished,
            by=self._by,
            now=self._now,
            given_id=item.id,
            claimed_at=rules.moment_of(item.at),
            phone_now=self._phone_now,
        )
        return Outcome(item.id, came, LATER if came is Came.NOT_COUNTED else None)

    def _hand_in(self, item: HandIn) -> Outcome:
        came = services.hand_in(
            self._db, attempt_id=item.attempt, by=self._by, now=self._now, with_answers=item.answers
        )
        self._attempts.pop(item.attempt, None)
        return Outcome(item.id, came, OTHERWISE if came is Came.NOT_COUNTED else None)

    def _attempt(self, attempt_id: UUID) -> AttemptView:
        if attempt_id not in self._attempts:
            self._attempts[attempt_id] = checks.own_attempt(self._db, attempt_id, self._by)
        return self._attempts[attempt_id]
