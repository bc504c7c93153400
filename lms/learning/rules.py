"""What a learner has done, what comes next, and how a knowledge check is drawn and marked. Plain Python."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from lms.core.content import Words
from lms.learning.catalogue import CheckPlan, Lesson, Module
from lms.learning.questions import Mark, Question
from lms.learning.shelf.sections import minutes_left


class StepKind(StrEnum):
    """The kinds of work a module is made of."""

    LESSON = "lesson"
    ACTIVITY = "activity"
    CHECK = "check"


@dataclass(frozen=True)
class OpenCheck:
    """A knowledge check that was begun and not handed in: its questions in order, and those answered so far."""

    attempt_id: UUID
    questions: tuple[str, ...]
    answered: frozenset[str] = frozenset()

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers, from 1, of the questions without an answer."""
        return tuple(n for n, code in enumerate(self.questions, start=1) if code not in self.answered)

    @property
    def at(self) -> int | None:
        """The question to go on with; None when all are answered and the check can be handed in."""
        return next(iter(self.unanswered), None)


@dataclass(frozen=True)
class Reached:
    """The section of a lesson that somebody reached last, in an edition of its module."""

    section: int
    edition: str
    at: datetime


@dataclass(frozen=True)
class Studied:
    """What somebody has done in one enrolment, by codes. `finished` has the modules whose learning is all done.

    `waiting` and `sent_back` are steps that count only when somebody has read what was written: an activity by its
    code, a check by its module's. Those waiting need nothing from the learner; those sent back lead to their text.
    `prior` has the outcomes accepted as prior learning, and the code of each module all of whose outcomes are: they
    need no study, and are never called study.
    `shown` are steps that ask for nothing any more, because all they ask for was shown: an activity by its code, a
    check by its module's.
    """

    lessons: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()
    finished: Mapping[str, datetime] = field(default_factory=dict)
    open: Mapping[str, OpenCheck] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    sent_back: Mapping[str, UUID] = field(default_factory=dict)
    reached: Mapping[str, Reached] = field(default_factory=dict)
    prior: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    last: datetime | None = None

    @cached_property
    def touched(self) -> frozenset[str]:
        """The codes of everything that was done, begun, given or shown, whichever way."""
        begun = self.open.keys() | self.reached.keys() | self.sent_back.keys() | self.finished.keys()
        return self.lessons | self.activities | self.passed | self.tried | self.waiting | self.shown | begun

    def reached_in(self, module: Module, lesson: Lesson) -> Reached | None:
        """Where somebody stopped in a lesson they have not finished; a place in another edition is none in this."""
        found = self.reached.get(lesson.code)
        here = found is not None and found.edition == lesson.edition_in(module)
        return found if here and lesson.code not in self.lessons else None


NOTHING = Studied()


@dataclass(frozen=True)
class Step:
    """One piece of work of a module. `title` is None for the check; `minutes` is what is left of it.

    `waiting`: the learner has done their part and somebody reads it. `sent_back`: it came back with “not yet”.
    `section` is where somebody stopped in a lesson they began. `prior`: there is nothing to do here, because all of it
    is accepted as prior learning; such a step is done, and was not studied. `shown`: a lesson nobody needs to read any
    more, because all that its module asks for was shown.
    """

    kind: StepKind
    module: Module
    code: str
    title: Words | None
    minutes: int
    done: bool
    begun: bool = False
    waiting: bool = False
    sent_back: bool = False
    section: int | None = None
    prior: bool = False
    shown: bool = False


def steps(module: Module, studied: Studied) -> tuple[Step, ...]:
    """Every step of a module in order, each with whether it is done."""
    every = _to_study(module, studied)
    # A check passed in an edition that did not ask for each outcome says nothing of what was shown.
    if module.check is not None and module.check.each_outcome and module.code in studied.shown:
        every = _without_needless(every)
    return tuple(_if_prior(step, studied) for step in every) if studied.prior else every


def _without_needless(every: tuple[Step, ...]) -> tuple[Step, ...]:
    """Where a check asks for each outcome, whoever has shown them all need not read about them as well."""
    if not all(step.done for step in every if step.kind is not StepKind.LESSON):
        return every
    return tuple(step if step.done else replace(step, done=True, shown=True) for step in every)


def _if_prior(step: Step, studied: Studied) -> Step:
    lesson = step.module.lesson(step.code) if step.kind is StepKind.LESSON else None
    known = all_prior(step.module, studied) or (lesson is not None and studied.prior.issuperset(lesson.outcomes))
    return replace(step, done=True, prior=True) if known and not step.done else step


def all_prior(module: Module, studied: Studied) -> bool:
    """Whether all that a module asks of this learner is accepted as prior learning: nothing of it is left to study."""
    return module.ready and module.code in studied.prior


def _to_study(module: Module, studied: Studied) -> tuple[Step, ...]:
    made = [_lesson_step(module, lesson, studied) for lesson in module.lessons]
    if module.activity is not None:
        work = module.activity
        written = work.code in studied.activities and not _unread(work.code, studied)
        written = written or work.code in studied.shown
        made.append(_read_step(Step(StepKind.ACTIVITY, module, work.code, work.title, work.minutes, written), studied))
    if module.check is not None:
        made.append(_check_step(module, module.check.minutes, studied))
    return tuple(made)


def _lesson_step(module: Module, lesson: Lesson, studied: Studied) -> Step:
    done = lesson.code in studied.lessons
    found = studied.reached_in(module, lesson)
    if found is None:
        return Step(StepKind.LESSON, module, lesson.code, lesson.title, lesson.minutes, done)
    left = minutes_left(lesson, found.section)
    return Step(StepKind.LESSON, module, lesson.code, lesson.title, left, done, begun=True, section=found.section)


def _check_step(module: Module, minutes: int, studied: Studied) -> Step:
    begun = studied.open.get(module.code)
    if begun is not None and begun.questions:
        minutes = max(1, -(-minutes * len(begun.unanswered) // len(begun.questions)))
    started = begun is not None and bool(begun.answered)
    done = module.code in studied.passed or module.code in studied.shown
    return _read_step(Step(StepKind.CHECK, module, module.code, None, minutes, done, started and not done), studied)


def _unread(code: str, studied: Studied) -> bool:
    return code in studied.waiting or code in studied.sent_back


def _read_step(step: Step, studied: Studied) -> Step:
    """A step with what a reader has to do with it. One that is done stays done, whatever is written later."""
    if step.done or not _unread(step.code, studied):
        return step
    return replace(step, waiting=step.code in studied.waiting, sent_back=step.code in studied.sent_back)


def complete(module: Module, studied: Studied) -> bool:
    """Whether all of a module's learning is done: every lesson, the activity and the check.

    What is accepted as prior learning need not be done; a module that is prior learning as a whole was not studied.
    """
    every = steps(module, studied)
    return module.ready and all(step.done for step in every) and not all(step.prior for step in every)


def untouched(module: Module, studied: Studied) -> bool:
    """Whether nothing at all was done in a module. Most modules of most learners are so, and need no closer look."""
    # Prior learning may leave out lessons of any module.
    return not studied.prior and module.codes.isdisjoint(studied.touched)


def next_in(module: Module, studied: Studied) -> Step | None:
    """The step to go on with in one module; None when it is finished, still coming, or only waits to be read.

    What came back comes first, then a check in which something was answered, then the lesson somebody read in last,
    since those are where the learner stopped; else the order counts.
    """
    if not module.ready or module.code in studied.finished:
        return None
    if module.lessons and untouched(module, studied):
        return _lesson_step(module, module.lessons[0], studied)
    left = [step for step in steps(module, studied) if not step.done and not step.waiting]
    left.sort(key=lambda step: (not step.sent_back, not step.begun, bool(step.section)))
    first = left[0] if left else None
    if first is None or first.section is None:
        return first
    return max((step for step in left if step.section), key=lambda step: studied.reached[step.code].at)


def waits(module: Module, studied: Studied) -> tuple[Step, ...]:
    """The steps of a module that the learner has done and somebody has still to read."""
    if module.code in studied.finished:
        return ()
    return tuple(step for step in steps(module, studied) if step.waiting)


def next_step(modules: Sequence[Module], studied: Studied) -> Step | None:
    """The one step to go on with: what came back, else in a module that was begun, else in the first not finished."""
    first = going_on = None
    for module in modules:
        step = next_in(module, studied)
        if step is None:
            continue
        if step.sent_back:
            return step
        first = first or step
        if going_on is None and (step.begun or _begun(module, studied)):
            going_on = step
        if going_on and not studied.sent_back:
            break  # no later module can come before it
    return going_on or first


def _begun(module: Module, studied: Studied) -> bool:
    return not untouched(module, studied) and any(step.done or step.waiting for step in steps(module, studied))


@dataclass(frozen=True)
class Progress:
    """How far somebody is, in steps, and the minutes of study that are left."""

    done: int
    total: int
    minutes_left: int


def progress(module: Module, studied: Studied) -> Progress:
    """Progress in one module. A finished module stays finished when lessons are added to it later."""
    every = steps(module, studied)
    if module.code in studied.finished:
        return Progress(len(every), len(every), 0)
    left = [step for step in every if not step.done]
    return Progress(len(every) - len(left), len(every), sum(step.minutes for step in left if not step.waiting))


class ModuleState(StrEnum):
    """Where somebody is in a module."""

    COMING = "coming"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    PRIOR = "prior"
    FINISHED = "finished"


def state(module: Module, studied: Studied) -> ModuleState:
    """Where somebody is in a module."""
    if module.code in studied.finished:
        return ModuleState.FINISHED
    if not module.ready:
        return ModuleState.COMING
    if module.lessons and untouched(module, studied):
        return ModuleState.NOT_STARTED
    every = steps(module, studied)
    if all(step.prior for step in every):
        return ModuleState.PRIOR
    if all(step.done or step.waiting for step in every) and any(step.waiting for step in every):
        return ModuleState.WAITING
    begun = any(step.done or step.waiting or step.begun or step.sent_back for step in every)
    tried = module.code in studied.open or module.code in studied.tried
    return ModuleState.IN_PROGRESS if begun or tried else ModuleState.NOT_STARTED


def draw(
    bank: Sequence[Question], outcomes: Sequence[str], count: int, *, seed: str, seen: Collection[str] = ()
) -> tuple[str, ...]:
    """The codes of the questions of one check, the same for the same seed.

    The outcomes take turns, so each has at least one question while `count` allows; within an outcome questions not
    `seen` the last time come first. Of the questions that a person reads one is drawn, to come last, where it takes no
    outcome's only place. Fewer than `count` come back only when the bank has no more.
    """
    dice = random.Random(seed)  # noqa: S311  fairness is wanted here, not secrecy
    wanted = dict.fromkeys(outcomes)
    read = [question.code for question in bank if question.by_hand and question.outcome in wanted]
    others = [question for question in bank if not question.by_hand]
    pools = [[question.code for question in others if question.outcome == outcome] for outcome in wanted]
    for pool in (read, *pools):
        dice.shuffle(pool)
        pool.sort(key=lambda code: code in seen)
    dice.shuffle(pools)
    turns = max(map(len, pools), default=0)
    in_turn = [pool[turn] for turn in range(turns) for pool in pools if turn < len(pool)]
    has_room = count > min(len(in_turn), sum(map(bool, pools)))
    last = read[:1] if has_room else []
    drawn = in_turn[: count - len(last)]
    dice.shuffle(drawn)
    return (*drawn, *last)


def opens_at(finished_at: datetime | None, plan: CheckPlan | None) -> datetime | None:
    """From when a check can be tried again after an attempt that was not enough; None when there is no wait."""
    if finished_at is None or plan is None or not plan.wait_hours:
        return None
    return finished_at + timedelta(hours=plan.wait_hours)


@dataclass(frozen=True)
class Marked:
    """A marked check: whole percent of questions that were right, rounded down, and the mark of each."""

    percent: int
    passed: bool
    marks: Mapping[str, Mark]


def mark_all(questions: Sequence[Question], chosen: Mapping[str, Collection[str]], pass_percent: int) -> Marked:
    """Mark a check. Rounding down means that nobody is shown the percent to pass without having passed.

    What a person reads stands outside the percent; when nothing else was asked, the percent is all of it.
    """
    marks = {question.code: question.mark(chosen.get(question.code, ())) for question in questions}
    counted = [marks[question.code] for question in questions if not question.by_hand]
    right = sum(each is Mark.RIGHT for each in counted)
    percent = 100 * right // len(counted) if counted else 100 * bool(marks)
    return Marked(percent, bool(marks) and percent >= pass_percent, marks)
