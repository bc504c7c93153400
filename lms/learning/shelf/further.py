"""Further modules, after the induction: what is planned, before any of it can be studied.

They are a list and nothing more. None can be started, none counts for anything; a module with the same code on the
shelf is what is studied once somebody has written it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from lms.core.content import Authored, Problems, Source, read_yaml, validated
from lms.learning.questions import Code, Text

FILE = Path("further") / "catalogue.yaml"


class FurtherStatus(StrEnum):
    """How far a further module is."""

    COMING = "coming"


class Category(Authored):
    """What several further modules have in common."""

    code: Code
    title: Text


class FurtherModule(Authored):
    """One further module.

    `practical`: part of it is done with somebody who watches. `person_specific`: what is signed off holds for one
    person's support only. `refresher_months`: after how many months it is done again; None where it is done once.
    """

    code: Code
    title: Text
    category: Code
    minutes: Annotated[int, Field(ge=1, le=10_000)]
    practical: bool
    person_specific: bool
    refresher_months: Annotated[int, Field(ge=1, le=120)] | None
    status: FurtherStatus = FurtherStatus.COMING


class _File(Authored):
    categories: tuple[Category, ...] = ()
    modules: tuple[FurtherModule, ...] = ()


@dataclass(frozen=True)
class Further:
    """The further modules of every pack by code, and their categories in order: part of this room's shelf."""

    categories: Mapping[str, Category] = field(default_factory=dict)
    modules: Mapping[str, FurtherModule] = field(default_factory=dict)

    def by_category(self) -> list[tuple[Category, list[FurtherModule]]]:
        """Each category that has modules, with them, in the order they were written."""
        found = [
            (category, [module for module in self.modules.values() if module.category == category.code])
            for category in self.categories.values()
        ]
        return [(category, modules) for category, modules in found if modules]


def load(folders: Sequence[Path], problems: Problems) -> Further:
    """The further modules of every pack; a later pack adds to them, and replaces by code. Mistakes go to `problems`."""
    categories: dict[str, Category] = {}
    modules: dict[str, FurtherModule] = {}
    for folder in folders:
        path = folder / FILE
        source = read_yaml(path, problems) if path.is_file() else None
        written = validated(_File, source, problems) if source is not None else None
        if source is None or written is None:
            continue
        categories |= {category.code: category for category in written.categories}
        modules |= {module.code: module for module in written.modules}
        _check(written, categories, source, problems)
    return Further(categories, modules)


def _check(written: _File, categories: Mapping[str, Category], source: Source, problems: Problems) -> None:
    for key in ("categories", "modules"):
        codes = [part.code for part in getattr(written, key)]
        for i, code in enumerate(codes):
            if code in codes[:i]:
                problems.add(source.path, source.line(key, i, "code"), f"The code “{code}” stands twice in {key}.")
    for i, module in enumerate(written.modules):
        if module.category not in categories:
            line = source.line("modules", i, "category")
            problems.add(source.path, line, f"{module.code}: there is no category “{module.category}”.")
