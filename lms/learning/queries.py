"""Read learning: enrolments, what was done in them, and how far people are, in a constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    literal,
    null,
    select,
    true,
    union_all,
)

from lms.core.clock import london_day
from lms.core.db import Db, columns, writes
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import rules
from lms.learning.catalogue import Courses
from lms.learning.given import answers_in
from lms.learning.models import (
    ActivityText,
    Attempt,
    Enrolment,
    LessonDone,
    ModuleDone,
    PriorOutcome,
    ReadingPlace,
    WrittenWork,
)
from lms.learning.rules import NOTHING, OpenCheck, Progress, Reached, Step, Studied
from lms.learning.shown.models import ShownStep
from lms.learning.states import WorkKind, WorkState


@dataclass(frozen=True)
class EnrolmentView:
    """An enrolment as other rooms see one. `edition` is the course's on the day of enrolment.

    `editions` are those of its modules that it keeps, by code.
    """

    id: UUID
    learner_id: UUID
    authority_id: UUID
    course: str
    edition: str
    enrolled_at: datetime
    ended: bool = False
    editions: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class LearnerProgress:
    """How far somebody is in one enrolment; `modules` counts those of the course, `ready` those there are already.

    `waits`: nothing is left for them to do before somebody has read what they wrote.
    """

    enrolment: EnrolmentView
    modules_done: int
    modules: int
    ready: int
    now_in: Progress | None
    next: Step | None
    last: datetime | None
    waits: bool = False


def enrolment(db: Db, enrolment_id: UUID) -> EnrolmentView:
    """One enrolment. Raises NotFound."""
    row = columns(db, _ONE, {"enrolment_id": enrolment_id}).one_or_none()
    if row is None:
        raise NotFound("enrolment")
    return _view(row)


def own_enrolment(db: Db, enrolment_id: UUID, learner_id: UUID) -> EnrolmentView:
    """A learner's own enrolment. Raises NotFound for anybody else's, the same as for one that does not exist."""
    found = enrolment(db, enrolment_id)
    if found.learner_id != learner_id:
        raise NotFound("enrolment")
    return found


def learner_of(db: Db, enrolment_id: UUID) -> UUID:
    """Whose enrolment this is. Raises NotFound."""
    return enrolment(db, enrolment_id).learner_id


def enrolments_of(db: Db, learner_id: UUID) -> list[EnrolmentView]:
    """A person's running enrolments, the oldest first. A unit of work that only reads asks once."""
    place = (_RUNNING, learner_id)
    found: tuple[EnrolmentView, ...] | None = db.info.get(place)
    if found is None:
        found = tuple(_view(row) for row in columns(db, _RUNNING_OF, {"learner_id": learner_id}).all())
        if not writes(db):  # the cards of one home page ask one after the other; in a unit that writes it may change
            db.info[place] = found
    return list(found)


_RUNNING = "lms_running"


def every_enrolment_of(db: Db, learner_ids: Collection[UUID]) -> list[EnrolmentView]:
    """Every enrolment of these people, ended ones too, the oldest first. One query."""
    return [_view(row) for row in columns(db, _EVERY_OF, {"learner_ids": list(learner_ids)})]


def enrolments_in(
    db: Db, authority_id: UUID, *, course: str | None = None, offset: int = 0, limit: int | None = None
) -> list[EnrolmentView]:
    """The running enrolments of an authority, the oldest first; narrowed to a course, and to one page of them."""
    of_course = Enrolment.course == course if course is not None else true()
    return _enrolments(db, and_(Enrolment.authority_id == authority_id, of_course), offset=offset, limit=limit)


def begun_before(authority_id: UUID, moment: datetime) -> Select[UUID]:
    """The ids of an authority's enrolments that began before a moment, to be asked for inside another question."""
    return select(Enrolment.id).where(Enrolment.authority_id == authority_id, Enrolment.enrolled_at < moment)


def _enrolments(db: Db, condition: Any, *, offset: int = 0, limit: int | None = None) -> list[EnrolmentView]:
    wanted = _ENROLMENTS.where(condition, Enrolment.ended_at.is_(None))
    in_order = wanted.order_by(Enrolment.enrolled_at, Enrolment.id).offset(offset).limit(limit)
    return [_view(row) for row in columns(db, in_order, {})]


def _view(row: Row[*tuple[Any, ...]]) -> EnrolmentView:
    ended = row.ended_at is not None
    return EnrolmentView(
        row.id, row.learner_id, row.authority_id, row.course, row.edition, row.enrolled_at, ended, row.editions or {}
    )


_ENROLMENTS = select(
    Enrolment.id,
    Enrolment.learner_id,
    Enrolment.authority_id,
    Enrolment.course,
    Enrolment.edition,
    Enrolment.enrolled_at,
    Enrolment.ended_at,
    Enrolment.editions,
)
_EVERY_OF = _ENROLMENTS.where(Enrolment.learner_id.in_(bindparam("learner_ids", expanding=True))).order_by(
    Enrolment.enrolled_at, Enrolment.id
)
_ONE = _ENROLMENTS.where(Enrolment.id == bindparam("enrolment_id"))

_SOME = _ENROLMENTS.where(Enrolment.id.in_(bindparam("ids", expanding=True)))


def enrolments(db: Db, ids: Collection[UUID]) -> list[EnrolmentView]:
    """Several enrolments by id, in one query; unknown ids are left out."""
    return [_view(row) for row in columns(db, _SOME, {"ids": list(ids)})]


# Said outright, since the column takes its type from the people's table, which may not be imported yet here.
_LEARNER: BindParameter[UUID] = bindparam("learner_id", type_=Uuid())


def modules_passed(db: Db, learner_id: UUID) -> dict[str, date]:
    """The modules of which somebody has done all the learning, with the first day this was so, in any enrolment."""
    rows = columns(db, _PASSED, {"learner_id": learner_id})
    return {module: london_day(at) for module, at in rows}


_PASSED = (
    select(ModuleDone.module, ModuleDone.studied_at)
    .join(Enrolment, Enrolment.id == ModuleDone.enrolment_id)
    .where(Enrolment.learner_id == _LEARNER)
    .order_by(ModuleDone.studied_at.desc())
)


def modules_passed_of(db: Db, learner_ids: Collection[UUID]) -> dict[UUID, dict[str, date]]:
    """The same for many at once, in one query: by learner, those with none left out."""
    found: dict[UUID, dict[str, date]] = {}
    for learner_id, module, at in columns(db, _PASSED_OF, {"learner_ids": list(learner_ids)}):
        found.setdefault(learner_id, {})[module] = london_day(at)
    return found


_PASSED_OF = (
    select(Enrolment.learner_id, ModuleDone.module, ModuleDone.studied_at)
    .join(Enrolment, Enrolment.id == ModuleDone.enrolment_id)
    .where(Enrolment.learner_id.in_(bindparam("learner_ids", expanding=True)))
    .order_by(ModuleDone.studied_at.desc())
)


def module_done(db: Db, enrolment_id: UUID, module: str) -> tuple[date, str] | None:
    """The day all the learning of a module was done in an enrolment, and its edition then; None when it is not yet."""
    row = db.scalar(select(ModuleDone).where(ModuleDone.enrolment_id == enrolment_id, ModuleDone.module == module))
    return (london_day(row.studied_at), row.edition) if row else None


def prior_outcomes(db: Db, enrolment_id: UUID) -> frozenset[str]:
    """The outcomes accepted as prior learning in an enrolment."""
    return frozenset(db.scalars(select(PriorOutcome.outcome).where(PriorOutcome.enrolment_id == enrolment_id)))


def prior_in(db: Db, enrolment_id: UUID, module: str) -> tuple[str, ...]:
    """The outcomes of a module that was finished which were prior learning and not study; none while it is not."""
    done = select(ModuleDone.prior).where(ModuleDone.enrolment_id == enrolment_id, ModuleDone.module == module)
    return tuple(db.scalar(done) or ())


def studied(db: Db, enrolment_id: UUID) -> Studied:
    """What was done in one enrolment; nothing when there is no such enrolment."""
    return studied_in(db, [enrolment_id])[enrolment_id]


def studied_in(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, Studied]:
    """What was done in each of several enrolments, in at most three queries."""
    if not enrolment_ids:
        return {}
    notes = {enrolment_id: _Notes() for enrolment_id in enrolment_ids}
    ids = {"ids": list(enrolment_ids)}
    for kind, enrolment_id, code, at, work_id in db.execute(_DONE, ids):
        notes[enrolment_id].done(kind, code, at)
        notes[enrolment_id].unmet(kind, code, work_id)
    rows = db.execute(_TRIED, ids).all()
    answered = _answered(db, [row.id for row in rows if row.passed is None])
    for row in rows:
        begun = OpenCheck(row.id, tuple(row.questions), answered.get(row.id, frozenset()))
        notes[row.enrolment_id].attempt(row.module, row.passed, begun, row.started_at)
    return {enrolment_id: each.studied() for enrolment_id, each in notes.items()}


_PLACE, _PRIOR, _SHOWN = "place", "prior", "shown"


def _done(ids: Any) -> Any:
    """Lessons, activities and modules done, as one statement: pages of study are the most looked at of all."""
    kinds = (
        select(literal("lesson"), LessonDone.enrolment_id, LessonDone.lesson, LessonDone.studied_at).where(
            LessonDone.enrolment_id.in_(ids)
        ),
        select(literal("activity"), ActivityText.enrolment_id, ActivityText.activity, ActivityText.saved_at).where(
            ActivityText.enrolment_id.in_(ids), ActivityText.finished
        ),
        select(literal("module"), ModuleDone.enrolment_id, ModuleDone.module, ModuleDone.studied_at).where(
            ModuleDone.enrolment_id.in_(ids)
        ),
    )
    prior = select(literal(_PRIOR), PriorOutcome.enrolment_id, PriorOutcome.outcome, PriorOutcome.accepted_at).where(
        PriorOutcome.enrolment_id.in_(ids)
    )
    shown = select(literal(_SHOWN), ShownStep.enrolment_id, ShownStep.step, ShownStep.at).where(
        ShownStep.enrolment_id.in_(ids)
    )
    nothing = cast(null(), WrittenWork.id.type)
    return union_all(*(kind.add_columns(nothing) for kind in (*kinds, _reached(ids), prior, shown)), _unmet(ids))


def _reached(ids: Any) -> Any:
    """Places reached in lessons; lesson, section and edition in one text, so that they need no columns of their own."""
    section = cast(ReadingPlace.section, String)
    place = ReadingPlace.lesson + literal(" ") + section + literal(" ") + ReadingPlace.edition
    return select(literal(_PLACE), ReadingPlace.enrolment_id, place, ReadingPlace.reached_at).where(
        ReadingPlace.enrolment_id.in_(ids)
    )


def _unmet(ids: Any) -> Any:
    """Written work that has to be met before its step counts, by the step: an activity's code, or a check's module."""
    step = case((WrittenWork.kind == WorkKind.ACTIVITY, WrittenWork.code), else_=WrittenWork.module)
    return select(WrittenWork.state, WrittenWork.enrolment_id, step, WrittenWork.since, WrittenWork.id).where(
        WrittenWork.enrolment_id.in_(ids), WrittenWork.needed, WrittenWork.met_at.is_(None)
    )


# Put together once: on the pages people open most that takes longer than asking the database does.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DONE = _done(_IDS)
_TRIED = (
    select(Attempt.enrolment_id, Attempt.module, Attempt.id, Attempt.questions, Attempt.passed, Attempt.started_at)
    .where(Attempt.enrolment_id.in_(_IDS))
    .order_by(Attempt.number)
)
_RUNNING_OF = _ENROLMENTS.where(Enrolment.learner_id == _LEARNER, Enrolment.ended_at.is_(None)).order_by(
    Enrolment.enrolled_at, Enrolment.id
)


def _answered(db: Db, attempt_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    return {attempt: frozenset(given) for attempt, given in answers_in(db, attempt_ids).items()}


class _Notes:
    """Collects what the rows of one enrolment say."""

    def __init__(self) -> None:
        self.lessons: set[str] = set()
        self.activities: set[str] = set()
        self.passed: set[str] = set()
        self.tried: set[str] = set()
        self.finished: dict[str, datetime] = {}
        self.open: dict[str, OpenCheck] = {}
        self.unread: dict[str, set[str]] = {state: set() for state in WorkState}
        self.sent_back: dict[str, UUID] = {}
        self.reached: dict[str, Reached] = {}
        self.prior: set[str] = set()
        self.shown: set[str] = set()
        self.last: datetime | None = None

    def done(self, kind: str, code: str, at: datetime) -> None:
        if kind == _PLACE:
            lesson, section, edition = code.split(" ", 2)
            self.reached[lesson] = Reached(int(section), edition, at)
            return  # a bookmark is nobody else's business, so it does not tell when somebody was here last
        if kind == _PRIOR:
            self.prior.add(code)
            return  # somebody else decided it; it does not tell when the learner was here last
        if kind == _SHOWN:
            self.shown.add(code)
            return  # so here, as far as it was not answers, which tell of themselves
        self._seen(at)
        if kind == "module":
            self.finished[code] = at
        elif kind == "lesson":
            self.lessons.add(code)
        elif kind == "activity":
            self.activities.add(code)

    def unmet(self, kind: str, code: str, work_id: UUID | None) -> None:
        if work_id is not None:
            self.unread[kind].add(code)
            if kind == WorkState.SENT_BACK:
                self.sent_back[code] = work_id

    def attempt(self, module: str, passed: bool | None, begun: OpenCheck, at: datetime) -> None:  # noqa: FBT001  a column
        self._seen(at)
        if passed is None:
            self.open[module] = begun
            return
        self.tried.add(module)
        if passed:
            self.passed.add(module)

    def _seen(self, at: datetime) -> None:
        self.last = max(self.last or at, at)

    def studied(self) -> Studied:
        return Studied(
            lessons=frozenset(self.lessons),
            activities=frozenset(self.activities - self.unread[WorkState.TAKEN_BACK]),
            passed=frozenset(self.passed),
            tried=frozenset(self.tried),
            finished=self.finished,
            open=self.open,
            waiting=frozenset(self.unread[WorkState.WAITING]),
            sent_back=self.sent_back,
            reached=self.reached,
            prior=frozenset(self.prior),
            shown=frozenset(self.shown),
            last=self.last,
        )


def progress_of(
    db: Db, learner_ids: Collection[UUID], *, authority_id: UUID | None = None
) -> dict[UUID, list[LearnerProgress]]:
    """How far each learner is in each running enrolment, narrowed to one authority's; at most four queries in all."""
    if not learner_ids:
        return {}
    behind = Enrolment.authority_id == authority_id if authority_id is not None else true()
    enrolments = _enrolments(db, and_(Enrolment.learner_id.in_(learner_ids), behind))
    done = studied_in(db, [each.id for each in enrolments])
    courses = shelf(db, Courses)
    found: dict[UUID, list[LearnerProgress]] = {learner_id: [] for learner_id in learner_ids}
    for each in enrolments:
        found[each.learner_id].append(progress_in(courses, each, done.get(each.id, NOTHING)))
    return found


def progress_in(courses: Courses, of: EnrolmentView, done: Studied) -> LearnerProgress:
    """How far somebody is in one enrolment, from what was read already."""
    modules = courses.modules_of(of.course, of.editions)
    step = rules.next_step(modules, done)
    return LearnerProgress(
        enrolment=of,
        modules_done=sum(module.code in done.finished or rules.all_prior(module, done) for module in modules),
        modules=len(modules),
        ready=sum(module.ready for module in modules),
        now_in=rules.progress(step.module, done) if step else None,
        next=step,
        last=done.last,
        waits=step is None and any(rules.waits(module, done) for module in modules),
    )
