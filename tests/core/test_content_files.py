"""Authored files: every kind of mistake is named with file and line, and nothing is loaded by halves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core import shelves
from lms.core.content import (
    LARGEST_FILE,
    Authored,
    ContentWrong,
    Problems,
    Source,
    Words,
    read_text,
    read_yaml,
    split_front_matter,
    validated,
)


class Topping(Authored):
    """Part of a thing."""

    name: Words
    grams: int


class Cake(Authored):
    """A thing to author."""

    code: str
    toppings: tuple[Topping, ...] = ()


def read(tmp_path: Path, text: str | bytes) -> tuple[Source | None, list[str]]:
    path = tmp_path / "cake.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems()
    source = read_yaml(path, problems)
    return source, [str(problem).replace(str(path), "cake.yaml") for problem in sorted(problems.found)]


def cake(tmp_path: Path, text: str) -> tuple[Cake | None, list[str]]:
    source, said = read(tmp_path, text)
    assert source is not None, said
    problems = Problems()
    made = validated(Cake, source, problems)
    return made, [str(problem).replace(str(source.path), "cake.yaml") for problem in sorted(problems.found)]


def test_a_file_as_it_should_be(tmp_path: Path) -> None:
    made, said = cake(tmp_path, "code: a\ntoppings:\n- name: {en: Sugar, cy: Siwgr}\n  grams: 5\n")
    assert said == []
    assert made == Cake(code="a", toppings=(Topping(name=Words(en="Sugar", cy="Siwgr"), grams=5),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code: [a\nnext: 1\n", "cake.yaml:2: This is not YAML: expected ',' or ']', but got ':'."),
        ("a:\n\t- b\n", "cake.yaml:2: This is not YAML: found character '\\t' that cannot start any token."),
        ("code: a\n code: b\n", "cake.yaml:2: This is not YAML: mapping values are not allowed here."),
        ("code: a\nother: 1\ncode: b\n", "cake.yaml:3: This file cannot be read: “code” stands here twice."),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "cake.yaml:4: This file cannot be read: “c” stands here twice."),
        ("? [a, b]\n: c\n", "cake.yaml:1: This file cannot be read: a key has to be a plain word."),
        ("a: 1\nb: 2026-13-45\n", "cake.yaml:2: This file cannot be read: a value here cannot be understood."),
        (
            "a: !!python/object:os.system x\n",
            "cake.yaml:1: This file cannot be read: a value here cannot be understood.",
        ),
        ("a: !ours x\n", "cake.yaml:1: This file cannot be read: a value here cannot be understood."),
        (f"a: {'9' * 5000}\n", "cake.yaml:1: This file cannot be read: a value here cannot be understood."),
        ("a: *nobody\n", "cake.yaml:1: This is not YAML: found undefined alias 'nobody'."),
        ("a: 1\n---\nb: 2\n", "cake.yaml:2: This is not YAML: but found another document."),
        ("a: 'never ends\n", "cake.yaml:2: This is not YAML: found unexpected end of stream."),
    ],
)
def test_mistakes_of_form_are_named_with_their_line(tmp_path: Path, text: str, expected: str) -> None:
    source, said = read(tmp_path, text)
    assert source is None
    assert said == [expected]


DEEP = "This file cannot be read: it is nested too deeply or has too many parts."


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50 + "]" * 50,
        "[" * 100_000 + "]" * 100_000,
        "{a: " * 3_000 + "1" + "}" * 3_000,
        "- " * 400 + "x",
        "\n".join("  " * depth + "a:" for depth in range(400)),
        "a: &a [*a]\n",
        "a: &a {b: *a}\n",
    ],
    ids=["deep", "deeper than Python", "mappings", "dashes", "indented", "endless list", "endless mapping"],
)
def test_deep_nesting_is_refused(tmp_path: Path, text: str) -> None:
    source, said = read(tmp_path, text)
    assert source is None
    assert len(said) == 1
    assert said[0].endswith(DEEP)


def test_a_small_file_that_unfolds_to_billions_is_refused(tmp_path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    source, said = read(tmp_path, "\n".join(lines))
    assert source is None
    assert said[0].endswith(DEEP)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"code: caf\xe9\n", "cake.yaml: The file is not UTF-8 text (byte 9)."),
        (b"\xff\xfec\x00o\x00", "cake.yaml: The file is not UTF-8 text (byte 0)."),
        (b"a: \x00b\n", "cake.yaml:1: This file cannot be read: it has a character that cannot be printed."),
        (b"a: 1\nb: \x07\n", "cake.yaml:2: This file cannot be read: it has a character that cannot be printed."),
        (b"#" * (LARGEST_FILE + 1), "cake.yaml: The file is larger than 1,000,000 bytes."),
    ],
)
def test_bytes_that_are_not_text(tmp_path: Path, content: bytes, expected: str) -> None:
    source, said = read(tmp_path, content)
    assert source is None
    assert said == [expected]


def test_a_missing_file_and_a_folder_in_its_place(tmp_path: Path) -> None:
    problems = Problems()
    assert read_text(tmp_path / "nowhere.yaml", problems) is None
    assert read_text(tmp_path, problems) is None
    assert [problem.message for problem in problems.found] == ["The file is missing.", "This is a folder, not a file."]


@pytest.mark.parametrize("text", ["\ufeffcode: a\r\n", "code: a\r\n", "code: a"])
def test_files_as_windows_saves_them(tmp_path: Path, text: str) -> None:
    made, said = cake(tmp_path, text)
    assert (made, said) == (Cake(code="a"), [])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "just words", "- a\n- b\n", "3"])
def test_a_file_that_is_not_a_mapping(tmp_path: Path, text: str) -> None:
    made, said = cake(tmp_path, text)
    assert made is None
    assert len(said) == 1
    assert said[0].startswith("cake.yaml:1: Cake: Input should be a valid dictionary")


def test_every_wrong_type_is_named_where_it_stands(tmp_path: Path) -> None:
    text = "code: 5\ntoppings:\n- name: {en: Sugar}\n  grams: much\n- name: Jam\n  grams: 5\n  colour: red\n"
    made, said = cake(tmp_path, text)
    assert made is None
    assert [line.split(": ")[0] for line in said] == ["cake.yaml:1", "cake.yaml:4", "cake.yaml:5", "cake.yaml:7"]
    assert "toppings.1.colour: Extra inputs are not permitted." in said[3]


def test_a_missing_part_is_named_at_its_whole(tmp_path: Path) -> None:
    made, said = cake(tmp_path, "code: a\ntoppings:\n- grams: 5\n")
    assert made is None
    assert said == ["cake.yaml:3: toppings.0.name: Field required."]


def test_keys_are_words_as_they_are_written(tmp_path: Path) -> None:
    """YAML reads a bare `no` as false, and a trainer means the word."""
    source, said = read(tmp_path, "no: 1\non: 2\n1: 3\n")
    assert said == []
    assert source is not None
    assert source.data == {"no": 1, "on": 2, "1": 3}


def test_lines_of_text_taken_out_of_a_file(tmp_path: Path) -> None:
    problems = Problems()
    source = read_yaml(tmp_path / "lesson.md", problems, text="title: x\nlist:\n- a\n", first_line=2)
    assert source is not None
    assert (source.line("title"), source.line("list", 0), source.line("nowhere")) == (2, 4, 2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: 1\n---\nBody\n", ("a: 1", "Body\n")),
        ("Body\n", None),
        ("---\na: 1\n", None),
        ("---\na: 1\n---\nBody\n---\nmore\n", ("a: 1", "Body\n---\nmore\n")),
    ],
)
def test_front_matter(text: str, parts: tuple[str, str] | None) -> None:
    assert split_front_matter(text) == parts


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,? \n\t01.", max_size=200))
def test_whatever_somebody_writes_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    problems = Problems()
    source = read_yaml(Path("any.yaml"), problems, text=text)
    assert (source is None) == bool(problems.found)
    if source is not None:
        validated(Cake, source, problems)


@dataclass(frozen=True)
class Shelf:
    """What the test's loader makes."""

    names: tuple[str, ...]


def load_cakes(folders: Sequence[Path], problems: Problems) -> Shelf:
    made = []
    for path in sorted(path for folder in folders for path in folder.glob("*.yaml")):
        source = read_yaml(path, problems)
        if source and (one := validated(Cake, source, problems)):
            made.append(one.code)
    return Shelf(tuple(made))


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content pack on an empty built-in shelf."""
    monkeypatch.setattr(shelves, "builtin", lambda name: tmp_path / "none")
    (tmp_path / "pack" / "modules").mkdir(parents=True)
    return tmp_path / "pack"


def test_a_shelf_with_one_mistake_is_not_loaded_at_all(pack: Path) -> None:
    (pack / "modules" / "a.yaml").write_text("code: a\n")
    (pack / "modules" / "b.yaml").write_text("code: [\n")
    (pack / "modules" / "c.yaml").write_text("cod: c\n")
    with pytest.raises(ContentWrong) as caught:
        shelves.load({"modules": [load_cakes]}, [pack])
    named = [(problem.path.name, problem.line) for problem in caught.value.problems]
    assert named == [("b.yaml", 2), ("c.yaml", 1), ("c.yaml", 1)]


def test_a_shelf_without_mistakes(pack: Path) -> None:
    (pack / "modules" / "a.yaml").write_text("code: a\n")
    assert shelves.load({"modules": [load_cakes]}, [pack]) == {Shelf: Shelf(("a",))}


def test_a_folder_that_is_not_a_pack(pack: Path) -> None:
    with pytest.raises(ContentWrong, match="This is not a pack"):
        shelves.load({"modules": [load_cakes]}, [pack / "modules"])
