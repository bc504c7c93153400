"""Who may enter a page. Every view carries its answer in `roles`, and a test reads them all."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import abort, g, redirect, request, url_for

from lms.core.web.state import house
from lms.core.words import NotFound
from lms.people.rules import Role
from lms.people.viewer import Viewer

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)


def public(view: View) -> View:
    """Anybody may enter, signed in or not."""
    function: Any = getattr(view, "__func__", view)
    function.roles = PUBLIC  # read by the test that lists every page
    return view


def requires(*roles: Role) -> Callable[[View], View]:
    """Only somebody who holds one of the roles today may enter; others are asked to sign in, or told so."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            someone = viewer_or_none()
            if someone is None:
                return _ask_to_sign_in()
            if not someone.has(*roles):
                abort(403)
            return view(*args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guard


def signed_in(view: View) -> View:
    """Anybody who is signed in may enter, whatever their roles, also somebody who holds none."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if viewer_or_none() is None:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.roles = EVERYBODY  # type: ignore[attr-defined]
    return cast(View, guarded)


def viewer_or_none() -> Viewer | None:
    """Who is looking at this page, or None; found once a request."""
    if "lms_viewer" not in g:
        g.lms_viewer = house().who()
        g.lms_own_language = g.lms_viewer.language if g.lms_viewer else None
    found: Viewer | None = g.lms_viewer
    return found


def viewer() -> Viewer:
    """Who is looking at this page; only behind a guard."""
    someone = viewer_or_none()
    assert someone is not None
    return someone


def _ask_to_sign_in() -> Any:
    if not house().standalone:
        abort(403)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("lms.entrance.sign_in", next=wanted))


def authority_for(*roles: Role) -> UUID:
    """The authority this page is about: the one asked for by ?authority=…, else the viewer's first. Behind a guard.

    Another authority's id answers 404, the same as one that does not exist.
    """
    allowed = sorted(viewer().authorities(*roles))
    asked = request.args.get("authority")
    chosen = next((a for a in allowed if asked in (None, "", str(a))), None)
    if chosen is None:
        raise NotFound("authority")
    return chosen
