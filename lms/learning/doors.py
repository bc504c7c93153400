"""The blueprint of this room's pages and what its views share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.web.rooms import room
from lms.core.web.state import read_once, unit
from lms.learning import queries, rules
from lms.learning.catalogue import Course, Courses, Module
from lms.learning.queries import EnrolmentView
from lms.learning.rules import Step, Studied
from lms.learning.shown.queries import standing_of
from lms.learning.shown.rules import Standing, asks_each, knowledge_only
from lms.learning.ways import way_to
from lms.people.guards import viewer
from lms.people.rules import Nation

pages = room("learning", __name__)


@dataclass(frozen=True)
class Further:
    """A page of another room that belongs to a module or a course: `text` is a message id, filled from `values`."""

    text: str
    endpoint: str
    args: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Beside:
    """What rooms that stand on this one show on its pages. They put it here, since these pages do not know them."""

    activity: Callable[[Db, UUID, str], Any] = lambda _db, _enrolment, _activity: None
    answers: Callable[[Db, UUID], Mapping[str, Any]] = lambda _db, _attempt: {}
    follows: Callable[[Db, UUID], Mapping[str, Any]] = lambda _db, _enrolment: {}
    certificates: Callable[[Db, UUID, datetime], Sequence[Any]] = lambda _db, _enrolment, _now: ()
    reports: Callable[[Db, UUID, str], Sequence[Any]] = lambda _db, _learner, _lesson: ()
    papers: Callable[[Db, UUID], Sequence[Any]] = lambda _db, _attempt: ()
    further: Callable[[Db, UUID, str | None], Sequence[Further]] = lambda _db, _enrolment, _module: ()
    """What belongs to a module of an enrolment, or with None to its course."""


beside = Beside()


@dataclass(frozen=True)
class Study:
    """One's own enrolment with what was done in it; everything a page of study needs, read in at most four queries."""

    enrolment: EnrolmentView
    course: Course
    modules: tuple[Module, ...]
    done: Studied

    def module(self, code: str) -> Module:
        """A module of this course that can be studied. Raises NotFound."""
        return courses().module_in(self.enrolment.course, code, self.enrolment.editions.get(code))

    def next_in(self, module: Module) -> Step | None:
        """What comes next in a module."""
        return rules.next_in(module, self.done)

    def waits(self, module: Module) -> tuple[Step, ...]:
        """The steps of a module that are done by the learner and wait to be read."""
        return rules.waits(module, self.done)

    def url(self, step: Step) -> str:
        """The page of a step."""
        endpoint, args = way_to(self.enrolment.id, step, self.done)
        return url_for(endpoint, **args)

    def standing(self, module: Module) -> Standing | None:
        """What of a module is shown, where its check asks for each outcome; None where it does not."""
        return standing_of(unit(), self.enrolment.id, module, self.nation) if asks_each(module) else None

    @property
    def for_pas(self) -> bool:
        """Whether the course is for PAs: only then practice at work, prior learning and the register follow from it."""
        return self.course.for_pas

    @property
    def is_knowledge(self) -> bool:
        """Whether the course teaches the knowledge part of a standard: every check asks for each outcome."""
        return knowledge_only(self.modules)

    @property
    def nation(self) -> Nation:
        """The nation of the authority this enrolment is with, whose help comes first."""
        held = (role.nation for role in viewer().roles if role.authority_id == self.enrolment.authority_id)
        return next(held, Nation.ENGLAND)


def courses() -> Courses:
    """Everything that is taught."""
    return shelf(unit(), Courses)


def own_study(enrolment_id: UUID) -> Study:
    """The viewer's own enrolment. Raises NotFound for anybody else's."""
    return read_once(("study", enrolment_id), lambda: _study(enrolment_id))


def _study(enrolment_id: UUID) -> Study:
    enrolment = queries.own_enrolment(unit(), enrolment_id, viewer().person_id)
    shelf_ = courses()
    return Study(
        enrolment=enrolment,
        course=shelf_.course(enrolment.course),
        modules=tuple(shelf_.modules_of(enrolment.course, enrolment.editions)),
        done=queries.studied(unit(), enrolment_id),
    )
