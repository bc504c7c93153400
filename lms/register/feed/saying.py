"""What other systems are told of a PA, in the words of the PA's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.core.i18n import day, month
from lms.core.web.texts import _, language


@dataclass(frozen=True)
class Said:
    """A text and, when it is not in the page's language, which it is in."""

    text: str
    lang: str | None = None
    when: str = ""


@dataclass(frozen=True)
class Row:
    """One thing that is told: what it is, and the texts of it."""

    name: str
    texts: Sequence[Said]


def rows_of(data: Mapping[str, Any]) -> list[Row]:
    """Everything that is told, in the order of the page."""
    since = _("since %(day)s", day=day(date.fromisoformat(data["since"]), language()))
    label = [_both(data["label"])] if "label" in data else []
    rows = [
        Row(_("Name"), [Said(data["display_name"])] if "display_name" in data else []),
        Row(_("On the register"), [*label, Said(since)]),
        Row(_("You meet"), [_met(one) for one in data.get("requirements", ())]),
        Row(_("About you"), [Said(data["profile"])] if "profile" in data else []),
        Row(_("Areas"), [Said(area) for area in data.get("area", ())]),
        Row(_("When you can work"), [Said(_("As in your profile"))] if "availability" in data else []),
        Row(_("Languages"), [Said(_("As in your profile"))] if "languages" in data else []),
    ]
    return [row for row in rows if row.texts]


def _met(one: Mapping[str, Any]) -> Said:
    said = _both(one["title"])
    if one.get("met_on"):
        return Said(said.text, said.lang, day(date.fromisoformat(one["met_on"]), language()))
    when = month(date.fromisoformat(f"{one['met_in']}-01"), language()) if one["met_in"] else ""
    return Said(said.text, said.lang, when)


def _both(words: Mapping[str, str | None]) -> Said:
    if language() == "cy" and not words["cy"]:
        return Said(words["en"] or "", "en")
    return Said((words["cy"] if language() == "cy" else words["en"]) or "")
