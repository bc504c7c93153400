"""A draft's data and the rule file it stands for: out of an edition, into YAML, and looked through for mistakes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lms.core.content import Problems, Source
from lms.register.across import Codes, unknown_codes
from lms.register.content import Edition, Where, disagreeing, from_source
from lms.register.parts import RulesFile

Data = Mapping[str, Any]


def data_of(edition: Edition) -> dict[str, Any]:
    """All an edition says, as plain data in the shape of a rule file, but for its number and its days."""
    left = {"requirements", "cases", "edition", "valid_from", "valid_until"}
    data = edition.file.model_dump(mode="json", exclude_unset=True, exclude=left)
    data["requirements"] = [line.model_dump(mode="json", exclude_unset=True) for line in edition.lines.values()]
    data["cases"] = [case.model_dump(mode="json", exclude_unset=True, exclude={"authority"}) for case in edition.cases]
    return data


def as_yaml(data: Data) -> str:
    """The rule file of a draft or an edition, which `lms check` reads. Days are quoted, as they are in JSON."""
    ordered = {key: data[key] for key in RulesFile.model_fields if key in data}
    return yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes texts with rare line breaks, as a word processor leaves them, so that they are read as they were."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    quoted = any(c in "\x85\u2028\u2029" for c in text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Dumper.add_representer(str, _text)


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a draft: where it stands, and what to say about it."""

    where: Where
    said: str


@dataclass(frozen=True)
class Looked:
    """What came of looking through a draft: its mistakes, or the edition it would be and the cases that disagree."""

    edition: Edition | None
    mistakes: Sequence[Mistake]
    disagreements: Sequence[str]

    @property
    def ready(self) -> bool:
        """Whether it can be published."""
        return self.edition is not None and not self.mistakes and not self.disagreements


@dataclass(frozen=True)
class _Traced(Source):
    """Gives each place a number instead of a line, so that a mistake leads back to its field."""

    asked: list[Where] = field(default_factory=list)

    def line(self, *where: str | int) -> int:
        self.asked.append(where)
        return len(self.asked) - 1


def look(data: Data, known: Codes) -> Looked:
    """Look through the whole of a draft as `lms check` would, unknown codes of learning and worked cases included."""
    source = _Traced(Path("draft"), json.loads(json.dumps(data)), {})
    problems = Problems()
    edition = from_source(source, problems)
    mistakes = [Mistake(source.asked[problem.line], problem.message) for problem in problems.found]
    if edition is None:
        return Looked(None, mistakes, ())
    mistakes += [Mistake(where, said) for where, said in unknown_codes(edition, known)]
    return Looked(None if mistakes else edition, mistakes, disagreeing(edition))
