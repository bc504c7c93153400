"""A small course CCK written to disk: a unit for some standards, an outcome and a question for each knowledge line."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from lms.assessment.content import Framework, Frameworks, Unit
from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from tests.learning.packs import LESSON

STANDARDS = (1, 4, 5, 12)
EDITION = "test.1"


def words(text: str) -> dict[str, str]:
    return {"en": text}


def write(folder: Path, frameworks: Frameworks, numbers: Iterable[int] = STANDARDS) -> Path:
    """Write the pack; returns its folder. CCK-5-K3 is the outcome of the third line, counted over both editions."""
    newest, older = frameworks.framework("cc-2025"), frameworks.framework("cc-2015")
    codes = [f"CCK-{number}" for number in numbers]
    course = {"code": "CCK", "edition": EDITION, "title": words("Knowledge"), "about": words("For tests.")}
    put(folder / "modules/CCK/course.yaml", course | {"modules": codes})
    for number, code in zip(numbers, codes, strict=True):
        _module(folder / "modules" / code, code, number, (newest, older))
    return folder


def put(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _unit(framework: Framework, number: int) -> Unit | None:
    return next((unit for unit in framework.units if unit.number == number), None)


def _module(folder: Path, code: str, number: int, frameworks: Iterable[Framework]) -> None:
    units = {framework.code: unit for framework in frameworks if (unit := _unit(framework, number))}
    keys = list(dict.fromkeys(line.key for unit in units.values() for line in unit.knowledge))
    outcomes = [
        {
            "code": f"{code}-K{n}",
            "text": words(f"Say what {key} asks."),
            "maps_to": {
                framework: known
                for framework, unit in units.items()
                if (known := [line.key for line in unit.knowledge if line.key == key])
            },
        }
        for n, key in enumerate(keys or ["nothing"], start=1)
    ]
    asked, half = [outcome["code"] for outcome in outcomes], max(1, len(outcomes) // 2)
    lessons = [
        {"code": f"{code}-L1", "file": "01-one", "title": words("One"), "minutes": 5, "outcomes": asked[:half]},
        {
            "code": f"{code}-L2",
            "file": "02-two",
            "title": words("Two"),
            "minutes": 5,
            "outcomes": asked[half:] or asked,
        },
    ]
    module = {
        "code": code,
        "edition": EDITION,
        "status": "ready",
        "title": words(f"Standard {number}"),
        "aims": words("To know."),
        "study_minutes": 20,
        "workplace_minutes": 0,
        "practical": False,
        "maps_to": {framework: [unit.code] for framework, unit in units.items()},
        "outcomes": outcomes,
        "lessons": lessons,
        "check": {"draw": 30, "minutes": 5, "each_outcome": True},
    }
    put(folder / "module.yaml", module)
    put(folder / "questions.yaml", {"questions": [_question(code, n, o) for n, o in enumerate(asked, start=1)]})
    for lesson in lessons:
        path = folder / f"lessons/{lesson['file']}.en.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LESSON.replace("CODE", str(lesson["code"])), encoding="utf-8")


def _question(code: str, n: int, outcome: str) -> dict[str, object]:
    option = {"feedback": words("So it is.")}
    return {
        "code": f"{code}-Q{n}",
        "outcome": outcome,
        "kind": "one_answer",
        "text": words("Which one"),
        "options": [
            {"code": "a", "right": True, "text": words("This"), **option},
            {"code": "b", "right": False, "text": words("That"), **option},
        ],
    }


def load(folder: Path, numbers: Iterable[int] = STANDARDS) -> shelves.Shelves:
    """The built-in shelves with the small course over them."""
    pack = write(folder, shelves.load(LOADERS, across=ACROSS)[Frameworks], numbers)
    return shelves.load(LOADERS, [pack], across=ACROSS)
