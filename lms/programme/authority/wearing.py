"""What the page that is being shown wears: whose name stands in its header, and whose colours it is in.

What a look consists of is asked for once by its number and kept, so a page asks for nothing more.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, request, url_for

from lms.core.db import writes
from lms.core.web.state import today, unit
from lms.core.web.texts import language
from lms.people.viewer import HeldRole, Viewer
from lms.programme.authority.looks import Worn, worn_by

_KEPT = "lms_looks"
MOST = 500
"""Looks kept by one application."""


@dataclass(frozen=True)
class Wears:
    """The authority's name in the reader's language, and where its colours and logo are; empty where there is none."""

    name: str = ""
    sheet: str = ""
    logo: str = ""


def wears(viewer: Viewer | None) -> Wears:
    """What a page for somebody wears: of the authority that ?authority= asks for, if it is one of theirs, else of the
    first. Nothing for strangers, and for those who work with several authorities by agreement."""
    held = _whose(viewer) if viewer else None
    if held is None or held.authority_id is None:
        return Wears()
    name = held.authority_called(language())
    if not held.look:
        return Wears(name)
    found = _kept(held.authority_id, held.look)
    where: dict[str, Any] = {"authority_id": held.authority_id, "look": held.look}
    return Wears(
        name,
        url_for("lms.look.sheet", **where) if found.own else "",
        url_for("lms.look.logo", **where) if found.logo_sha256 else "",
    )


def _whose(viewer: Viewer) -> HeldRole | None:
    ours = [held for held in viewer.roles if held.authority_id]
    asked = request.args.get("authority", "")
    return next((held for held in ours if str(held.authority_id) == asked), ours[0] if ours else None)


def _kept(authority_id: UUID, look: int) -> Worn:
    known: MutableMapping[tuple[UUID, int], Worn] = current_app.extensions.setdefault(_KEPT, {})
    found = known.get((authority_id, look))
    if found is None:
        found = worn_by(unit(), authority_id, today())
        if writes(unit()):  # what is not committed yet is not kept
            return found
        if len(known) >= MOST:
            known.clear()
        known[authority_id, look] = found
    return found
