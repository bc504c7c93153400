"""Error pages that help: what happened, whether anything was lost, and what to do next."""

from dataclasses import dataclass

import structlog
from flask import Flask, Response, current_app, g, make_response, request, url_for
from flask.blueprints import Blueprint
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from lms.core.logs import trail
from lms.core.web.api import BASE, any_method
from lms.core.web.csrf import token
from lms.core.web.headers import secure
from lms.core.web.pages import own_path
from lms.core.web.state import close_unit
from lms.core.web.texts import page_words
from lms.core.words import N_, NotFound

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: a title, and paragraphs that say what to do."""

    title: str
    body: tuple[str, ...]


_PAGES = {
    400: ErrorPage(
        N_("We could not use what was sent"),
        (N_("Nothing was saved. Go back, reload the page and try again."),),
    ),
    403: ErrorPage(
        N_("This page is not for your role"),
        (N_("If you think it should be, ask your training coordinator to check your roles."),),
    ),
    404: ErrorPage(
        N_("Page not found"),
        (
            N_("If you typed the address, check it is correct. If you pasted it, check you copied all of it."),
            N_("The page may also belong to somebody else, or to another authority."),
        ),
    ),
    405: ErrorPage(N_("That cannot be done here"), (N_("Nothing was saved. Go back and use the button on the page."),)),
    413: ErrorPage(
        N_("That is too much to send at once"),
        (N_("Nothing was saved. Go back, make the text or the file smaller and send it again."),),
    ),
    429: ErrorPage(
        N_("Please wait a little"),
        (N_("There were many tries in a short time. Wait a few minutes, then try again. Nothing is lost."),),
    ),
    500: ErrorPage(
        N_("Something went wrong on our side"),
        (
            N_("It is not your fault. What you were told is saved is still saved."),
            N_("Try again in a few minutes. If it goes on, tell your training coordinator what you were doing."),
        ),
    ),
    503: ErrorPage(
        N_("The service is busy"),
        (N_("Nothing was half saved. Wait a minute, then go back and try again."),),
    ),
}
_EXPIRED = ErrorPage(
    N_("This page was open for a long time"),
    (N_("To keep you safe we did not save it. Go back, reload the page and send it again."),),
)


def answer(code: int, page: ErrorPage | None = None) -> Response:
    """The error page of a status code. It asks no database, so that it works when nothing else does."""
    shown = page or _PAGES.get(code) or _PAGES[500 if code >= 500 else 400]
    # Straight from the template: the usual context asks the database who is looking, and that may be what is broken.
    template = current_app.jinja_env.get_template("lms/core/error.html")
    asked = own_path(request.full_path.rstrip("?")) if request.method == "GET" else None
    here = asked or url_for("lms.people.home")
    reading = getattr(g.get("lms_viewer"), "reading", None)  # when it was found out before the mistake
    html = template.render(page=shown, code=code, csrf=token, here=here, reading=reading, **page_words())
    return secure(make_response(html, code))


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400 and error.response is not None:
        return error.response  # type: ignore[return-value]  # a redirect raised by routing
    if code == 405 and request.path.startswith(f"{BASE}/"):
        return secure(any_method())
    response = answer(code, _EXPIRED if code == 400 and error.description == "csrf" else None)
    for name, value in error.get_headers():
        if name in {"Retry-After", "Allow"}:
            response.headers[name] = value
    return response


def _not_found(_error: NotFound) -> Response:
    return answer(404)


def _database_away(error: Exception) -> Response:
    log.error("database_unavailable", kind=type(error).__name__, endpoint=request.endpoint)
    close_unit()
    response = answer(503)
    response.headers["Retry-After"] = "30"
    return response


def _unexpected(error: Exception) -> Response:
    original = error.original_exception if isinstance(error, InternalServerError) else error
    # Not as exc_info: on a host's site its own way of logging may print messages and local variables.
    log.error("page_failed", endpoint=request.endpoint, trail=trail(original or error))
    close_unit()
    return answer(500)


def help_on_errors(site: Flask | Blueprint) -> None:
    """Answer errors of a whole site (standalone) or only of our own pages (mounted) with pages that help."""
    site.register_error_handler(NotFound, _not_found)
    site.register_error_handler(OperationalError, _database_away)
    site.register_error_handler(InterfaceError, _database_away)
    site.register_error_handler(HTTPException, _http)
    site.register_error_handler(Exception, _unexpected)
