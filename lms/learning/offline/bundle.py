"""Everything a phone needs to study a module with no signal: the real pages by address, and what they are made of.

The pages are those the server shows, so that they look and say the same; nothing is shown here that its page would not
show to this learner now. Forgery tokens are taken out: the phone asks for a fresh one when it sends, and without them
a bundle holds no secret and may be compressed.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, make_response, request, url_for

from lms.core.web.assets import STATIC, asset_version
from lms.core.web.state import now, unit
from lms.core.web.texts import language
from lms.learning import checks
from lms.learning.catalogue import Module
from lms.learning.checks import AttemptView
from lms.learning.doors import Study, courses
from lms.learning.media_views import picture_url
from lms.learning.rules import steps
from lms.people.guards import viewer

_TOKEN = re.compile(r'(name="lms_csrf_token" value=")[^"]*"')
_NEEDED = re.compile(r'(?:src|href)="([^"#]+)"')
_IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
_CARRIED = ("lms_viewer", "lms_own_language", "lms_language", "lms_now", "lms_translations", "lms_read_once")
_ASKED_FOR = (
    "vendor/idb.js",
    "js/offline-store.js",
    "js/offline-send.js",
    "js/offline-strip.js",
    "js/offline-study.js",
    "js/offline-keep.js",
    "js/offline-list.js",
)
_WORTH = 40
"""A line that is shorter is not worth a mark in its place."""

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
        root = url_for("lms.static", filename="")
        named = {each for html in self.pages.values() for each in _NEEDED.findall(html) if each.startswith(root)}
        mark = f"?v={asset_version()}"
        asked_for = {f"{root}{name}{mark}" for name in _ASKED_FOR}  # by the door script, once something is kept
        imported = {found for each in named for found in _imports(urlsplit(each).path[len(root) :])}
        return sorted(named | asked_for | {root + name for name in imported})

    def pictures(self) -> dict[str, int]:
        """The pictures in the pages, by address, with their bytes."""
        found: dict[str, int] = {}
        sizes = self._sizes()
        for html in self.pages.values():
            for address in _NEEDED.findall(html):
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
            **_folded(self.pages),
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
        html = _page(address)
        if html is not None:
            bundle.pages[address] = _TOKEN.sub(r'\1"', html)
    return bundle


def version_of(study: Study, module: Module) -> str:
    """By edition, open check, language and build: what is kept from another of these should be kept anew."""
    begun = study.done.open.get(module.code)
    linked = {f"{each.home.module}@{each.home.edition}" for each in module.lessons if each.home}
    parts = (module.edition, *sorted(linked), str(begun.attempt_id) if begun else "", language(), asset_version())
    return "/".join(parts)


def _folded(pages: dict[str, str]) -> dict[str, Any]:
    """Pages without the lines that stand on several of them: `<!--same 3-->` is the fourth line of `same`."""
    split = {address: html.split("\n") for address, html in pages.items()}
    often = Counter(line for lines in split.values() for line in set(lines))
    same = {line: i for i, line in enumerate(line for line, n in often.items() if n > 1 and len(line) > _WORTH)}
    folded = {
        address: "\n".join(f"<!--same {same[line]}-->" if line in same else line for line in lines)
        for address, lines in split.items()
    }
    return {"pages": folded, "same": list(same)}


def packed(bundle: Bundle) -> bytes:
    """The bundle as it is sent, compressed."""
    return gzip.compress(json.dumps(bundle.as_json(), ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)


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


def _page(address: str) -> str | None:
    """A page of ours as this learner would see it now; None when it leads elsewhere.

    It is made in a request of its own, in the same unit of work, so that its address and its links are the page's.
    """
    carried = {name: g.get(name) for name in _CARRIED if name in g}
    path = address.removeprefix(request.root_path)
    cookie = {"Cookie": request.headers.get("Cookie", "")}
    asked = current_app.test_request_context(path, base_url=request.url_root, headers=cookie)
    db = unit()
    with asked:
        shared = g.get("lms_db") is db  # whether Flask gave the inner request a `g` of its own, or this one's
        for name, value in carried.items():
            setattr(g, name, value)
        g.lms_db, g.lms_notes = db, []
        try:
            view = current_app.view_functions[asked.request.endpoint or ""]
            response = make_response(view(**(asked.request.view_args or {})))
        finally:
            if not shared:
                g.pop("lms_db")  # it belongs to the request around this one, which closes it
    return response.get_data(as_text=True) if response.status_code == 200 else None


def packed_size(asset: str) -> int:
    """About how many bytes a style sheet or script of ours is on its way to a phone."""
    path = _path_of(asset)
    return _packed_size(path) if path.is_file() else 0


def size(asset: str) -> int:
    """How many bytes a style sheet or script of ours is once it is there."""
    path = _path_of(asset)
    return path.stat().st_size if path.is_file() else 0


def _path_of(asset: str) -> Path:
    return STATIC / urlsplit(asset).path[len(url_for("lms.static", filename="")) :]


@lru_cache(maxsize=64)
def _packed_size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


@lru_cache(maxsize=64)
def _imports(name: str) -> frozenset[str]:
    """The names of scripts that a script of ours imports, and those import, below the static folder."""
    path = (STATIC / name).resolve()
    if path.suffix != ".js" or not path.is_relative_to(STATIC) or not path.is_file():
        return frozenset()
    near = (path.parent / found for found in _IMPORTED.findall(path.read_text(encoding="utf-8")))
    names = {each.resolve().relative_to(STATIC).as_posix() for each in near if each.resolve().is_file()}
    return frozenset(names.union(*(_imports(each) for each in names)))
