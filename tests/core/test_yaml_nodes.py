"""The quick parser reads what the slow one reads, on the same lines, and what is wrong is said in the same words."""

from pathlib import Path

import pytest
import yaml

import lms
from lms.core import yaml_nodes
from lms.core.content import Problems, Source, read_yaml

ROOT = Path(lms.__file__).parents[1]
SHELVES = [
    *(ROOT / name for name in ("modules", "assessments", "certificates")),
    ROOT / "lms/funding",
    ROOT / "lms/register",
]
FILES = sorted(path for shelf in SHELVES for path in shelf.rglob("*.yaml"))


def read(path: Path) -> Source:
    found = read_yaml(path, Problems())
    assert found is not None
    return found


def test_libyaml_is_used_where_it_is() -> None:
    assert yaml_nodes.CParser is not None or not yaml.__with_libyaml__


def test_every_file_of_ours_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(FILES) > 10
    small = sorted(FILES, key=lambda path: path.stat().st_size)[:12]
    quick = [read(path) for path in small]
    monkeypatch.setattr(yaml_nodes, "CParser", None)
    assert [read(path) for path in small] == quick


MISTAKES = ("a: [1", "a: b: c", "a: *nobody", "\tx: 1", "a: 'x", "a: 1\n- b", "[" * 50_000, "a: " + "{a: " * 50_000)


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_said_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = Problems(), Problems()
    assert read_yaml(Path("x.yaml"), quick, text=text) is None
    monkeypatch.setattr(yaml_nodes, "CParser", None)
    assert read_yaml(Path("x.yaml"), slow, text=text) is None
    assert len(quick.found) == 1
    assert quick.found == slow.found
