"""Authored content: YAML read into frozen, validated objects, with file and line in every message.

Nothing is loaded by halves: a loader collects all problems, and whoever asked gets either the whole shelf or the list.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from lms.core.yaml_nodes import compose

LARGEST_FILE = 1_000_000
DEEPEST = 20
MOST_PARTS = 100_000


class Authored(BaseModel):
    """Base of everything authored: unknown keys are mistakes, loaded objects never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Words(Authored):
    """A text in both languages; Welsh is None until a translator has written it."""

    en: str
    cy: str | None = None

    def text(self, language: str) -> str:
        """The text in a language, in English where there is no Welsh yet."""
        return (self.cy or self.en) if language == "cy" else self.en

    def language(self, language: str) -> str:
        """The language `text` really answers in, for the page's lang attribute."""
        return "cy" if language == "cy" and self.cy else "en"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a content file, and where it is. Lines count from 1; 0 means the file as a whole."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class ContentWrong(Exception):  # noqa: N818  says what is the matter
    """A pack cannot be loaded; `problems` names every mistake with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Problems:
    """The list a loader writes mistakes into while it goes on looking for more."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one mistake."""
        self.found.append(Problem(path, line, message))

    def stop_if_any(self) -> None:
        """Raise ContentWrong with all mistakes, in order of file and line."""
        if self.found:
            raise ContentWrong(sorted(self.found))


Line = dict[tuple[str | int, ...], int]
A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """Plain data of one YAML file, and the line on which each part of it stands."""

    path: Path
    data: Any
    lines: Line

    def line(self, *where: str | int) -> int:
        """The line of the nearest part that has one."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_yaml(path: Path, problems: Problems, *, text: str | None = None, first_line: int = 1) -> Source | None:
    """Read one YAML file (or `text` taken out of it, starting at `first_line`); None when it cannot be read."""
    content = text if text is not None else read_text(path, problems)
    if content is None:
        return None
    builder = _Builder(first_line - 1)
    try:
        node = compose(content)
        data = builder.build(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(path, (mark.line if mark else 0) + first_line, f"This is not YAML: {error.problem}.")
        return None
    except yaml.reader.ReaderError as error:
        line = content.count("\n", 0, error.position) + first_line
        problems.add(path, line, "This file cannot be read: it has a character that cannot be printed.")
        return None
    except RecursionError:
        problems.add(path, first_line, f"This file cannot be read: {_TOO_DEEP}.")
        return None
    except _Misshapen as error:
        problems.add(path, error.line, f"This file cannot be read: {error}.")
        return None
    return Source(path, data, builder.lines)


def read_text(path: Path, problems: Problems) -> str | None:
    """A content file's text; None, with the mistake noted, when it is missing, too large or not UTF-8."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            problems.add(path, 0, f"The file is larger than {LARGEST_FILE:,} bytes.")
            return None
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the first letter
    except FileNotFoundError:
        problems.add(path, 0, "The file is missing.")
    except IsADirectoryError:
        problems.add(path, 0, "This is a folder, not a file.")
    except OSError as error:
        problems.add(path, 0, f"The file cannot be opened: {error.strerror}.")
    except UnicodeDecodeError as error:
        problems.add(path, 0, f"The file is not UTF-8 text (byte {error.start}).")
    return None


def validated(model: type[A], source: Source, problems: Problems, *where: str | int) -> A | None:
    """The part of a source at `where` as a validated object; None, with each mistake noted, when it is not one."""
    data = source.data
    for key in where:
        data = data[key]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors()
        for mistake in found:
            if mistake["type"] == "too_short" and any(_inside(each["loc"], mistake["loc"]) for each in found):
                continue  # it is only short because of what is wrong inside, which is named
            # Where entries are of several kinds, pydantic says the kind too; ours stand in brackets and are no key.
            spot = tuple(part for part in mistake["loc"] if not str(part).startswith("("))
            named = ".".join(map(str, spot)) or model.__name__
            problems.add(source.path, source.line(*where, *spot), f"{named}: {mistake['msg']}.")
    return None


def _inside(spot: tuple[str | int, ...], around: tuple[str | int, ...]) -> bool:
    return len(spot) > len(around) and spot[: len(around)] == around


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Front matter and body of a Markdown file that starts with ---, or None when it does not."""
    if not text.startswith("---\n"):
        return None
    front, mark, body = text[4:].partition("\n---\n")
    return (front, body) if mark else None


_TOO_DEEP = "it is nested too deeply or has too many parts"


_TEXT = "tag:yaml.org,2002:str"


class _Misshapen(Exception):  # noqa: N818
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _Builder:
    """Builds plain data from YAML nodes and remembers where each part stands. One for each file."""

    def __init__(self, offset: int) -> None:
        self.lines: Line = {}
        self._offset = offset
        self._built = 0
        self._scalars = yaml.SafeLoader("")

    def build(self, node: yaml.Node, where: tuple[str | int, ...] = ()) -> Any:
        line = node.start_mark.line + 1 + self._offset
        self.lines.setdefault(where, line)
        self._built += 1
        if len(where) > DEEPEST or self._built > MOST_PARTS:  # aliases can make a small file endless
            raise _Misshapen(_TOO_DEEP, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*where, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, where: tuple[str | int, ...]) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1 + self._offset
            if not isinstance(key_node, yaml.ScalarNode):
                raise _Misshapen("a key has to be a plain word", line)
            key = str(key_node.value)  # as written: YAML would read a bare `no` or `on` as false or true
            if key in built:
                raise _Misshapen(f"“{key}” stands here twice", line)
            self.lines[(*where, key)] = line
            built[key] = self.build(value_node, (*where, key))
        return built

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        if node.tag == _TEXT:  # nearly all of content is text, and there is nothing to work out in it
            return node.value
        try:
            return self._scalars.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            raise _Misshapen("a value here cannot be understood", line) from error
