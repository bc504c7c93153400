"""Entries as rows of a sheet, for people who read the list in a spreadsheet program. Plain Python."""

from collections.abc import Mapping
from typing import Any

from lms.register.feed.queries import Entry

_SHOWN = ("state", "since", "label", "display_name", "requirements", "area", "languages", "times", "hours", "profile")
LISTINGS_HEAD = ("person", "seq", *_SHOWN)
CHANGES_HEAD = ("seq", "kind", "at", "person", *_SHOWN)


def listing_row(entry: Entry) -> tuple[object, ...]:
    """One PA on the list."""
    return (entry.person, entry.seq, *_shown(entry.data or {}))


def change_row(entry: Entry) -> tuple[object, ...]:
    """One change; what is not told stays empty."""
    kind = "replaced" if entry.replaced else entry.kind.value
    return (entry.seq, kind, entry.at.isoformat(timespec="seconds"), entry.person, *_shown(entry.data or {}))


def _shown(data: Mapping[str, Any]) -> tuple[object, ...]:
    met = [f"{one['code']} {one.get('met_on') or one['met_in'] or ''}".strip() for one in data.get("requirements", ())]
    when = data.get("availability", {})
    return (
        data.get("state"),
        data.get("since"),
        data.get("label", {}).get("en"),
        data.get("display_name"),
        "; ".join(met),
        "; ".join(data.get("area", ())),
        "; ".join(data.get("languages", ())),
        "; ".join(when.get("times", ())),
        when.get("hours"),
        data.get("profile"),
    )
