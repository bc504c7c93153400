"""Small frameworks and crosswalk files in a pack, to be spoilt by tests of bad input."""

from pathlib import Path
from typing import Any

import yaml

from lms.assessment import content
from lms.assessment.shelf import crossing as crossing_files
from lms.assessment.shelf import mapping
from lms.core.content import ContentWrong, Problems
from lms.core.shelves import Shelves, builtin
from lms.learning import content as learning_content

WORDS = {"en": "Words.", "cy": None}


def criterion(code: str, kind: str = "knowledge", **more: Any) -> dict[str, Any]:
    """One criterion."""
    return {"code": code, "text": {"en": f"About {code}"}, "kind": kind, "simulation_allowed": True, **more}


def topic(key: str, kind: str = "knowledge", **more: Any) -> dict[str, Any]:
    """One topic."""
    return {"key": key, "text": {"en": f"About {key}"}, "kind": kind, **more}


def framework(code: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A framework with one standard and one outcome, 1.1."""
    outcome: dict[str, Any] = {"code": "1.1", "title": WORDS}
    outcome["criteria"] = [part for part in parts if "key" not in part]
    outcome["topics"] = [part for part in parts if "key" in part]
    return {
        "code": code,
        "edition": "1",
        "wording": "paraphrase",
        "title": WORDS,
        "says": WORDS,
        "statements": {"assessor": WORDS, "household": WORDS},
        "units": [{"code": "X1", "number": 1, "title": WORDS, "outcomes": [outcome]}],
        **more,
    }


def crossing(code: str, older: str, newer: str, *links: tuple[str, list[str]], **more: Any) -> dict[str, Any]:
    """A crosswalk file."""
    written = [{"from": a, "to": b, "source": "found"} for a, b in links]
    return {"code": code, "from": older, "to": newer, "says": WORDS, "links": written, **more}


def correction(key: str, of: str = "x-1", **more: Any) -> dict[str, Any]:
    """One entry of corrections.yaml that confirms a criterion as `criterion` makes it."""
    said = {"code": key, "text": {"en": f"About {key}"}, "kind": "knowledge", "simulation_allowed": True}
    looked = {"looked": "confirmed", "looked_up_in": "Page 1", "on": "2026-11-01", "by": "Ada"}
    return {"framework": of, "edition": "1", "key": key, **said, **looked, **more}


class Pack:
    """A pack that is written piece by piece."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, place: str, what: Any) -> Path:
        """Write a YAML file of the pack."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(what, sort_keys=False, allow_unicode=True), encoding="utf-8")
        return path

    def framework(self, code: str, *parts: dict[str, Any], **more: Any) -> Path:
        """Write a framework."""
        return self.put(f"assessments/{code}/framework.yaml", framework(code, *parts, **more))

    def crossing(self, code: str, older: str, newer: str, *links: tuple[str, list[str]], **more: Any) -> Path:
        """Write a crosswalk file."""
        return self.put(f"assessments/crosswalk/{code}.yaml", crossing(code, older, newer, *links, **more))

    def corrections(self, *entries: dict[str, Any], name: str = "mine") -> Path:
        """Write corrections."""
        return self.put(f"assessments/{name}/corrections.yaml", {"code": name, "corrections": list(entries)})


def loaded(*packs: Pack) -> Shelves:
    """The built-in frameworks with the packs on top, and the packs' own modules. Raises ContentWrong.

    Without the built-in modules, which take long to read and have nothing to do with it.
    """
    problems = Problems()
    modules = [pack.folder / "modules" for pack in packs]
    assessments = [builtin("assessments"), *(pack.folder / "assessments" for pack in packs)]
    shelves: dict[type, Any] = {}
    for load, folders in (
        (learning_content.load, modules),
        (content.load, assessments),
        (crossing_files.load, assessments),
    ):
        shelf = load(folders, problems)
        shelves[type(shelf)] = shelf
    problems.stop_if_any()
    crosswalk = mapping.across(shelves, problems)
    problems.stop_if_any()
    return {**shelves, type(crosswalk): crosswalk}


def mistakes(*packs: Pack) -> list[tuple[str, int, str]]:
    """File name, line and sentence of every mistake in packs; none when they load."""
    try:
        loaded(*packs)
    except ContentWrong as wrong:
        return [(each.path.name, each.line, each.message) for each in wrong.problems]
    return []
