"""Every string of a page can be translated, and what is in the catalogue is well formed."""

import re
from pathlib import Path

import polib
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract

import lms

PACKAGE = Path(lms.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SPOKEN = {"PALMS", "– PALMS", "lms_device"}
"""Names, which are the same in every language."""
_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"{]*[A-Za-z]{2}[^"{]*)"')


def visible(source: str) -> str:
    """What a template says by itself, outside of Jinja and of tags."""
    without_jinja = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    without_jinja = re.sub(r"""\blang="[^"]*" ?""", "", without_jinja)  # part of a tag that is put together
    without_tags = re.sub(r"<(script|style)\b.*?</\1>", " ", without_jinja, flags=re.DOTALL)
    return re.sub(r"<[^>]*(?:>|\Z)", "\n", without_tags)  # the last tag may go on in another piece


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(template: Path) -> None:
    source = template.read_text()
    bare = {line.strip() for line in visible(source).splitlines() if re.search(r"[A-Za-z]{2}", line)}
    assert bare - SPOKEN == set()
    assert _ATTRIBUTES.findall(re.sub(r"\{\{.*?\}\}", "{}", source)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_text_given_to_a_component_can_be_translated(template: Path) -> None:
    calls = re.findall(r'"(?:text|titleText|label|legend)":\s*"([^"]*)"', template.read_text())
    assert [said for said in calls if re.search(r"[A-Za-z]", said)] == []


@pytest.mark.parametrize("catalogue", sorted(PACKAGE.glob("translations/*/LC_MESSAGES/lms.po")), ids=str)
def test_the_catalogue_keeps_every_place_of_a_sentence(catalogue: Path) -> None:
    places = re.compile(r"%\(([a-z_]+)\)[sd]")
    for entry in polib.pofile(str(catalogue)):
        if entry.msgstr:
            assert set(places.findall(entry.msgid)) == set(places.findall(entry.msgstr)), entry.msgid


def test_the_catalogue_knows_every_sentence() -> None:
    catalogue = polib.pofile(str(PACKAGE / "translations/cy/LC_MESSAGES/lms.po"))
    known = {text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text}
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2)}
    methods = {"python": PACKAGE.rglob("*.py"), "jinja2.ext:babel_extract": iter(TEMPLATES)}
    said: set[str] = set()
    for method, paths in methods.items():
        for path in paths:
            with path.open("rb") as source:
                for _line, found, _comments, _context in extract(method, source, keywords=keywords):
                    said |= {found} if isinstance(found, str) else set(found)
    assert said - known - {None, ""} == set(), "run `make messages`"
