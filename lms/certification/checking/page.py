"""Puts a public page together: with the menu for somebody signed in, and with as little as will do for strangers."""

from typing import Any

from flask import current_app, g, render_template, request, url_for

from lms.core.i18n import Language
from lms.core.web import csrf
from lms.core.web.assets import asset_version
from lms.core.web.notes import notes
from lms.core.web.pieces import page_pieces
from lms.core.web.state import house
from lms.core.web.texts import page_words
from lms.people.guards import viewer_or_none


def page_for(template: str, **values: Any) -> str:
    """A template of ours with these values.

    For strangers it is rendered without what every page is offered: who is looking, their menu, and what waits on their
    phone. Many more strangers open these pages than anybody opens any other, and most by a phone's camera.
    """
    if viewer_or_none() is not None:
        return render_template(template, **values)
    known = house()
    offered = {
        **page_words(),
        "viewer": None,
        "csrf": csrf.token,
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "home_url": url_for("lms.people.home"),
        "standalone": known.standalone,
        "show_outbox": known.settings.mode == "demo",
        "asset_version": asset_version(),
        "page_piece": page_pieces(),
        "notes": notes(),
    }
    return current_app.jinja_env.get_template(template).render({**offered, **values})


def choose_language() -> None:
    """Take the language from the address, before anything is said: strangers get no cookie for choosing one."""
    wanted = request.args.get("language")
    if wanted in set(Language):
        g.lms_language = g.lms_chosen_language = wanted


def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Let the links between these pages carry on the language that was chosen."""
    if chosen := g.get("lms_chosen_language"):
        values.setdefault("language", chosen)
