"""The language switch works on every page and keeps one's place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest
from babel.support import Translations
from flask_babel import Domain

from lms.core import i18n
from lms.core.web import texts
from tests.world import World


@pytest.mark.parametrize("path", ["/", "/account", "/help", "/cookies?a=b"])
def test_the_switch_comes_back_to_the_same_place(world: World, browser_for: Callable[..., Any], path: str) -> None:
    browser = browser_for(world.pa)
    page = browser.get(path).get_data(as_text=True)
    assert '<html lang="en"' in page
    assert f'name="back" value="{path}"' in page
    answer = browser.post("/language", {"language": "cy", "back": path})
    assert answer.location == path
    assert '<html lang="cy"' in browser.get(path).get_data(as_text=True)


def test_things_without_welsh_yet_are_counted_as_in_english() -> None:
    folder = i18n.CATALOGUES / "cy" / "LC_MESSAGES"
    shipped = Translations.load(i18n.CATALOGUES, ["cy"], i18n.DOMAIN)
    waiting = [each for each in polib.pofile(str(folder / "lms.po")) if each.msgid_plural and not each.translated()]
    for each in waiting:
        assert shipped.ngettext(each.msgid, each.msgid_plural, 1) == each.msgid
        assert shipped.ngettext(each.msgid, each.msgid_plural, 10) == each.msgid_plural


def test_an_unknown_language_changes_nothing(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    browser.post("/language", {"language": "xx", "back": "/help"})
    assert '<html lang="en"' in browser.get("/help").get_data(as_text=True)


def test_the_switch_never_leads_away(world: World, browser_for: Callable[..., Any]) -> None:
    answer = browser_for().post("/language", {"language": "cy", "back": "https://evil.example/"})
    assert answer.location == "/"


def test_what_the_catalogue_says_in_welsh_stands_on_the_page(
    world: World, browser_for: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "cy"}
    catalogue += [
        polib.POEntry(msgid="Your account", msgstr="Eich cyfrif"),
        polib.POEntry(msgid="Your name", msgstr="Eich enw"),
        polib.POEntry(msgid="Hello, %(name)s", msgstr="Helo, %(name)s"),
    ]
    catalogue.save_as_mofile(str(folder / "lms.mo"))
    monkeypatch.setattr(texts, "_domain", Domain([str(tmp_path)], "lms"))
    browser = browser_for(world.pa)
    browser.post("/language", {"language": "cy", "back": "/"})
    assert "Helo, Pat Morgan" in browser.get("/").get_data(as_text=True)
    account = browser.get("/account").get_data(as_text=True)
    assert "Eich cyfrif" in account
    assert "Eich enw" in account
    other = browser_for(world.second_pa).get("/account").get_data(as_text=True)
    assert "Your account" in other
    assert "Eich" not in other
