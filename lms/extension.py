"""One door for Flask: `LMS(app, current_person=…)` mounts PALMS on any site and leaves the rest of it alone."""

import dataclasses
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, current_app, request, url_for
from flask_babel import Babel

from lms.building import build_house
from lms.core.house import House
from lms.core.settings import Settings, read_settings
from lms.core.web import csrf, errors, headers, state
from lms.core.web.assets import asset_version
from lms.core.web.compressed import compress_static
from lms.core.web.links import Links
from lms.core.web.metrics import Metrics
from lms.core.web.notes import notes
from lms.core.web.pieces import page_filled, page_pieces
from lms.core.web.readable import refuse_unreadable
from lms.core.web.rooms import whole
from lms.core.web.state import EXTENSION, close_unit, today, unit
from lms.core.web.texts import _, page_words
from lms.learning.queries import enrolments_of
from lms.navigation import ROW_PART, ROWS, UNDER, SecondRow
from lms.pages import BLUEPRINTS, DEMO_BLUEPRINTS, ENTRANCE, NAVIGATION, PAGE_PARTS
from lms.people import queries
from lms.people.guards import public, viewer_or_none
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.programme.authority.wearing import wears

CurrentPerson = Callable[[], UUID | None]
LARGEST_POST = 512 * 1024
"""Bytes a page without files accepts; pages with files set their own limit."""


class LMS:
    """PALMS on a Flask site.

    `current_person` gives the id of the PALMS person who is asking, or None: the host knows its own people.
    `url_prefix` is where the pages hang. Tables, endpoints, templates, settings and session keys are ours by name;
    routes, error pages, template loader, login and translations of the host stay as they are.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        current_person: CurrentPerson | None = None,
        settings: Settings | None = None,
        url_prefix: str | None = "/palms",
    ) -> None:
        self._current_person = current_person
        self._settings = settings
        self._url_prefix = url_prefix
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Mount on a site. Raises SettingsWrong or ContentWrong, each with every mistake, before anything is served."""
        settings = self._settings or read_settings(secret_key=str(app.secret_key or ""))
        house = build_house(settings)
        mount(app, dataclasses.replace(house, who=self._who), url_prefix=self._url_prefix)

    def _who(self) -> Viewer | None:
        person_id = self._current_person() if self._current_person else None
        return queries.viewer_of(unit(), person_id, today()) if person_id else None


def mount(app: Flask, house: House, *, url_prefix: str | None) -> None:
    """Hang every page on the site, with what each request of ours needs before and after."""
    app.extensions[EXTENSION] = house
    if "babel" not in app.extensions:
        Babel(app, configure_jinja=False)
    site, metrics = whole(), Metrics()
    metrics.count_on(site)
    site.add_url_rule("/metrics", "metrics", public(metrics.page))
    site.before_request(_limit_post)
    site.before_request(refuse_unreadable)
    site.before_request(csrf.check_token)
    site.after_request(compress_static)
    site.after_request(headers.secure)
    site.context_processor(_page_context)
    errors.help_on_errors(site)
    for pages in _blueprints(house):
        site.register_blueprint(pages)
    app.register_blueprint(site, url_prefix=url_prefix)
    app.teardown_appcontext(close_unit)


def _blueprints(house: House) -> list[Blueprint]:
    rooms = list(BLUEPRINTS)
    if house.standalone:
        rooms += ENTRANCE
    if house.settings.mode == "demo":
        rooms += DEMO_BLUEPRINTS
    return rooms


def _limit_post() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most: int = getattr(view, "largest_post", LARGEST_POST)
    if request.max_content_length is None or request.max_content_length > most:
        request.max_content_length = most


def _page_context() -> dict[str, Any]:
    viewer = viewer_or_none()  # first, since the person's own language decides how the rest is said
    links = Links()
    home = links("lms.people.home")
    row, marked = _second_row(viewer)
    return {
        **page_words(),
        "url_for": links,
        "viewer": viewer,
        "csrf": csrf.token,
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "home_url": home,
        "wears": wears(viewer),
        "site_root": home.rstrip("/"),
        "standalone": state.house().standalone,
        "show_outbox": state.house().settings.mode == "demo",
        "asset_version": asset_version(),
        "page_piece": page_pieces(),
        "page_filled": page_filled(),
        "menu_of": _menu_of,
        "menu_roles": _menu_roles(viewer),
        "active": _marked_in_menu(row, marked),
        "second_row": _second_links(row, marked, viewer, links),
        "notes": notes(),
        "page_parts": (*PAGE_PARTS, ROW_PART) if row else PAGE_PARTS,
    }


_IN_MENU = frozenset(item.endpoint for item in NAVIGATION)
_ROOMS = [item.endpoint.rpartition(".")[0] for item in NAVIGATION]
_ONLY_OF_ROOM = UNDER | {
    room: item.endpoint for room, item in zip(_ROOMS, NAVIGATION, strict=True) if _ROOMS.count(room) == 1
}
"""Where a room has one link in the menu, the link is marked on every page of the room."""


def _second_row(viewer: Viewer | None) -> tuple[SecondRow | None, str]:
    """The second row of links of the page, and which of them it belongs to; none where there is no such row.

    Somebody of a desk may be a PA or an employer as well: their own pages have no row.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    entering: frozenset[Role] = (viewer.held if viewer else frozenset()) & getattr(view, "roles", frozenset())
    room = (request.blueprint or "").rpartition(".")[2]
    for row in ROWS:
        if room in row.rooms and entering & row.roles and Role.PA not in entering:
            return row, row.rooms[room]
    return None, ""


def _marked_in_menu(row: SecondRow | None, marked: str) -> str:
    if row:
        return marked if marked in row.in_menu else row.in_menu[0]
    endpoint = request.endpoint or ""
    return endpoint if endpoint in _IN_MENU else _ONLY_OF_ROOM.get(endpoint.rpartition(".")[0], "")


def _second_links(row: SecondRow | None, marked: str, viewer: Viewer | None, links: Links) -> dict[str, Any]:
    """The second row of links; the page itself is marked otherwise than a page under it.

    Who works for several authorities stays with the one that was asked for.
    """
    if row is None or viewer is None:
        return {}
    here = "page" if request.endpoint == marked else "true"
    ours = {str(id) for id in viewer.authorities(*row.roles)}
    asked = request.args.get("authority", "")
    kept: dict[str, Any] = {"authority": asked} if len(ours) > 1 and asked in ours else {}
    shown = [item for item in row.items if not item.roles or viewer.held.intersection(item.roles)]
    return {
        "label": _(row.label),
        "links": [
            {
                "text": _(item.label),
                "href": links(item.endpoint, **kept),
                "current": here if item.endpoint == marked else "",
            }
            for item in shown
        ],
    }


_HOUSEHOLD = frozenset({Role.EMPLOYER, Role.REPRESENTATIVE})


def _menu_roles(viewer: Viewer | None) -> frozenset[Role] | None:
    """The roles whose pages stand in the menu. An employer who is on a course has a learner's place in it, until it
    ends: who has nothing to learn does not see “My learning”."""
    if viewer is None or not viewer.held & _HOUSEHOLD:
        return viewer.held if viewer else None
    return viewer.held | {Role.LEARNER} if enrolments_of(unit(), viewer.person_id) else viewer.held


def _menu_of(roles: frozenset[Role], active: str) -> list[dict[str, Any]]:
    """The menu for these roles; `active` is the endpoint of the page it stands on."""
    shown = [item for item in NAVIGATION if not item.roles or roles.intersection(item.roles)]
    return [
        {"text": _(item.label), "href": url_for(item.endpoint), "active": item.endpoint == active} for item in shown
    ]
