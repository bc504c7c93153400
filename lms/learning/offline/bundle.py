"""Everything a phone needs to study a module with no signal: the real pages by address, and what they are made of.

The pages are those the server shows, so that they look and say the same (see `copies`); nothing is shown here that its
page would not show to this learner now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from lms.core.web.assets import asset_version
from lms.core.web.state import now, unit
from lms.core.web.texts import language
from lms.learning import checks
from lms.learning.catalogue import Module
from lms.learning.checks import AttemptView
from lms.learning.doors import Study, courses
from lms.learning.media_views import picture_url
from lms.learning.offline import copies
from lms.learning.rules import steps
from lms.people.guards import viewer

_ASKED_FOR = (*copies.ASKED_FOR, "js/offline-study.js", "js/offline-list.js")

QUESTION_BYTES = 700
"""What one question's page adds to a compressed bundle, for the size of a check that has not begun."""
QUESTION_ROOM = 14_200
"""The same unpacked, with its share of the page that shows every answer."""


@dataclass
class Bundle:
    """A module for a phone. `pages` are HTML by address; `assets` and `pictures` are fetched by themselves."""

    study: Study
    module: Module
    attempt: AttemptView | None
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Changes when the kept pages are no longer those that would be made now."""
        return version_of(self.study, self.module)

    def assets(self) -> list[str]:
        """Style sheets and scripts the pages name, and what those scripts import."""
        return copies.assets(self.pages.values(), _ASKED_FOR)

    def pictures(self) -> dict[str, int]:
        """The pictures in the pages, by address, with their bytes."""
        found: dict[str, int] = {}
        sizes = self._sizes()
        for html in self.pages.values():
            for address in copies.NEEDED.findall(html):
                if (path := urlsplit(address).path) in sizes:
                    found[address] = sizes[path]
        return found

    def _sizes(self) -> dict[str, int]:
        """The bytes of each picture of the module, and of modules whose lessons it links to, by address."""
        homes = {home.code: home for home in (courses().home_of(self.module, each) for each in self.module.lessons)}
        return {
            urlsplit(picture_url(module, name)).path: picture.size
            for module in (self.module, *homes.values())
            for name, picture in module.pictures.items()
        }

    def as_json(self) -> dict[str, Any]:
        """What is sent."""
        return {
            "person": str(viewer().person_id),
            "enrolment": str(self.study.enrolment.id),
            "module": self.module.code,
            "title": self.module.title.text(language()),
            "edition": self.module.edition,
            "version": self.version,
            "language": language(),
            "made_at": now().isoformat(),
            "url": _module_url(self.study, self.module),
            "steps": [
                {"kind": step.kind.value, "code": step.code, "done": step.done, "url": self.study.url(step)}
                for step in steps(self.module, self.study.done)
            ],
            "check": self._check(),
            **copies.folded(self.pages),
            "assets": self.assets(),
            "pictures": self.pictures(),
        }

    def _check(self) -> dict[str, Any] | None:
        if self.attempt is None:
            return None
        open_ = self.attempt.open
        return {
            "attempt": str(self.attempt.id),
            "answers_url": url_for("lms.learning.answers_page", attempt_id=self.attempt.id),
            "questions": [
                {
                    "code": question.code,
                    "url": _question_url(self.attempt, number),
                    "given": str(self.attempt.given[question.code]) if question.code in self.attempt.given else None,
                    "whole": question.code in open_.answered,
                }
                for number, question in enumerate(self.attempt.questions, start=1)
            ],
        }


def bundle_of(study: Study, module: Module) -> Bundle:
    """Render a module for its learner, with the questions of the check that is open, if one is."""
    begun = study.done.open.get(module.code)
    attempt = checks.own_attempt(unit(), begun.attempt_id, viewer().person_id) if begun else None
    bundle = Bundle(study, module, attempt)
    for address in _addresses(bundle):
        html = copies.page(address)
        if html is not None:
            bundle.pages[address] = html
    return bundle


def version_of(study: Study, module: Module) -> str:
    """By edition, open check, language and build: what is kept from another of these should be kept anew."""
    begun = study.done.open.get(module.code)
    linked = {f"{each.home.module}@{each.home.edition}" for each in module.lessons if each.home}
    parts = (module.edition, *sorted(linked), str(begun.attempt_id) if begun else "", language(), asset_version())
    return "/".join(parts)


def packed(bundle: Bundle) -> bytes:
    """The bundle as it is sent, compressed."""
    return copies.packed(bundle.as_json())


def _module_url(study: Study, module: Module) -> str:
    return url_for("lms.learning.module_page", enrolment_id=study.enrolment.id, module=module.code)


def _question_url(attempt: AttemptView, number: int) -> str:
    return url_for("lms.learning.question_page", attempt_id=attempt.id, number=number)


def _addresses(bundle: Bundle) -> Iterator[str]:
    """The pages a learner comes through in a module."""
    enrolment, module = bundle.study.enrolment.id, bundle.module
    here: dict[str, Any] = {"enrolment_id": enrolment, "module": module.code}
    yield url_for("lms.offline.phone_page")
    yield url_for("lms.learning.course_page", enrolment_id=enrolment)
    yield url_for("lms.learning.module_page", **here)
    for lesson in module.lessons:
        yield url_for("lms.learning.lesson_page", **here, lesson=lesson.code)
    if module.activity is not None:
        yield url_for("lms.learning.activity_page", **here)
    if module.check is not None:
        yield url_for("lms.learning.check_page", **here)
    if bundle.attempt is not None:
        for number in range(1, len(bundle.attempt.questions) + 1):
            yield _question_url(bundle.attempt, number)
        yield url_for("lms.learning.answers_page", attempt_id=bundle.attempt.id)
