"""Where a course ends: waiting to be read, done so far, or done whole, and for how long that is news."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lms.learning import home
from lms.learning.catalogue import Courses, Module, Status
from lms.learning.ending import NEWS_FOR, Ended, Ending, ended
from lms.learning.queries import EnrolmentView
from lms.learning.rules import Studied

on_one_database = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def done(modules: list[Module], now: datetime) -> Studied:
    return Studied(finished={module.code: now - timedelta(days=n) for n, module in enumerate(modules)})


@on_one_database
def test_all_seven(courses: Courses, now: datetime) -> None:
    modules = courses.modules_of("PAI")
    assert ended(modules, done(list(modules), now)) == Ended(Ending.ALL, 7, now, prior=False)


@on_one_database
def test_a_module_known_before_ends_it_as_well_and_is_not_called_study(courses: Courses, now: datetime) -> None:
    first, *others = courses.modules_of("PAI")
    known = replace(done(others, now), prior=frozenset({first.code}))
    assert ended([first, *others], known) == Ended(Ending.ALL, 7, now, prior=True)


@on_one_database
def test_what_is_still_read_and_what_is_still_written_are_no_end(module: Module, now: datetime) -> None:
    assert module.activity is not None
    lessons = frozenset(lesson.code for lesson in module.lessons)
    waits = Studied(lessons, frozenset({module.activity.code}), waiting=frozenset({module.code}))
    assert ended([module], waits).how is Ending.WAITING
    coming = module.model_copy(update={"code": "X-1", "status": Status.COMING})
    assert ended([module, coming], done([module], now)).how is Ending.SO_FAR
    assert ended([], Studied()).how is Ending.SO_FAR


def test_it_is_news_for_two_weeks(now: datetime) -> None:
    end = Ended(Ending.ALL, 7, now, prior=False)
    assert end.is_news(now + NEWS_FOR - timedelta(seconds=1))
    assert not end.is_news(now + NEWS_FOR)
    assert not replace(end, at=None).is_news(now)
    assert not replace(end, how=Ending.SO_FAR).is_news(now)


@on_one_database
def test_study_stands_before_what_waits_for_others(courses: Courses, now: datetime) -> None:
    """Practice, which waits for somebody to see it, has weight 4: it comes first only when nothing is left to study."""
    modules = list(courses.modules_of("PAI"))
    mine = EnrolmentView(uuid4(), uuid4(), uuid4(), "PAI", "2026.1", now)
    weights = [home._weight(home._Standing(courses, mine, done(modules[:n], now)), now) for n in (0, 1, 6, 7)]
    assert weights == [5, 3, 3, 12]
