"""What every way in for systems shares: problems instead of pages, tags, numbers in addresses, lists as JSON or CSV.

Under /api/v1 there is no session, no cookie and no page: who asks says so with a token, each time. Browsers on other
sites get no permission to read (no CORS headers), since systems do not need it.
"""

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from flask import Blueprint, Response, request
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import HTTPException

from lms.core.cells import in_cell
from lms.core.logs import trail
from lms.core.web.rooms import room
from lms.core.web.state import close_unit
from lms.core.words import NotFound

log = structlog.get_logger(__name__)

BASE = "/api/v1"
JSON = "application/json"
CSV = "text/csv"
PROBLEM = "application/problem+json"
ALLOWED = "GET, HEAD, OPTIONS"
HIGHEST = 2**53 - 1
"""The highest number that every reader of JSON keeps whole."""


class Problem(Exception):  # noqa: N818  RFC 9457 calls it so
    """What is the matter, as RFC 9457 says it. `kind` names it for programs, `more` is added to the answer."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail
        self.headers, self.more = dict(headers or {}), more

    def answer(self) -> Response:
        """The answer that says so."""
        said = {
            "type": f"urn:palms:problem:{self.kind}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        return Response(_spelled(said), self.status, self.headers, content_type=PROBLEM)


def api_room(name: str, import_name: str) -> Blueprint:
    """A blueprint for systems below /api/v1: every mistake is a problem, no answer is kept by anybody else."""
    pages = room(name, import_name)
    pages.url_prefix = BASE
    pages.register_error_handler(Problem, Problem.answer)
    pages.register_error_handler(NotFound, _not_found)
    pages.register_error_handler(OperationalError, _away)
    pages.register_error_handler(InterfaceError, _away)
    pages.register_error_handler(HTTPException, _http)
    pages.register_error_handler(Exception, _unexpected)
    pages.before_request(_what_can_be_done)
    pages.after_request(_private)
    return pages


def as_json(data: Any) -> Response:
    """An answer as JSON; the same data is spelled the same each time, so that a tag can stand for it."""
    return Response(_spelled(data), content_type=JSON)


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """An answer as CSV in UTF-8, in which no cell can begin a formula of a spreadsheet program."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([in_cell("" if value is None else str(value)) for value in row] for row in rows)
    return Response(text.getvalue(), content_type=f"{CSV}; charset=utf-8")


def wants_csv() -> bool:
    """Whether CSV is asked for, by the end of the address or by Accept. A problem when neither form will do."""
    if request.path.endswith(".csv"):
        return True
    # Whatever is said besides, such as charset=utf-8, is so or makes no difference.
    asked = MIMEAccept((kind.partition(";")[0], quality) for kind, quality in request.accept_mimetypes)
    best = asked.best_match([JSON, CSV])
    if best is None and request.accept_mimetypes:
        raise Problem(406, "not-acceptable", "Ask for application/json or text/csv.")
    return best == CSV


def tagged(tag: str, make: Callable[[], Response]) -> Response:
    """The answer with its tag, or 304 without making it when the asker has this one already."""
    answer = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    answer.set_etag(tag)
    return answer


def next_page(values: Mapping[str, object]) -> str:
    """The address of this list's next page."""
    return f"{request.root_path}{request.path}?{urlencode(values)}"


def linked(answer: Response, following: str | None) -> Response:
    """The answer with the address of the next page in its Link, when there is one."""
    if following is not None:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


def only(known: Collection[str]) -> None:
    """A problem for whatever else stands in the address: a slip of the pen must not ask for something different."""
    for name in request.args:
        if name not in known:
            names = ", ".join(sorted(known)) or "nothing"
            raise Problem(400, "bad-parameter", f"{name[:40]} means nothing here. After the question mark: {names}.")


def number(name: str, *, default: int, lowest: int, highest: int = HIGHEST) -> int:
    """A whole number in the address. A problem that names it when it is none, or too small or large."""
    asked = _one(name)
    if asked is None:
        return default
    good = asked.isascii() and asked.isdigit() and len(asked) <= 16
    if not good or not lowest <= int(asked) <= highest:
        raise Problem(400, "bad-parameter", f"{name} has to be a whole number from {lowest} to {highest}.")
    return int(asked)


def day(name: str, *, default: date, earliest: date, latest: date) -> date:
    """A day in the address, as 2026-11-21. A problem that names it when it is none, or too far away."""
    asked = _one(name)
    if asked is None:
        return default
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        found = None
    if found is None or asked != found.isoformat() or not earliest <= found <= latest:
        raise Problem(400, "bad-parameter", f"{name} has to be a day from {earliest} to {latest}, as 2026-11-21.")
    return found


def _one(name: str) -> str | None:
    given = request.args.getlist(name)
    if len(given) > 1:
        raise Problem(400, "bad-parameter", f"{name} stands in the address more than once.")
    return given[0] if given else None


def _spelled(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-cache" if answer.status_code in {200, 304} else "no-store"
    answer.vary.update(["Authorization", "Accept"])
    return answer


def nothing_here() -> Problem:
    """The problem of what is not there, or is not the asker's to see: the same for both."""
    return Problem(404, "not-found", "There is nothing here for this token.")


def only_read() -> Problem:
    """The problem of whoever wants to do what cannot be done here."""
    return Problem(405, "method-not-allowed", "This can only be read: use GET.", headers={"Allow": ALLOWED})


def any_method() -> Response:
    """The same as a whole answer, for a method that no way in has ever heard of: then no room is asked."""
    return _private(only_read().answer())


def _what_can_be_done() -> Response | None:
    """Flask's own answer would name what only ends in a problem."""
    rule = request.url_rule
    if request.method == "OPTIONS" and rule is not None and getattr(rule, "provide_automatic_options", False):
        return Response(status=204, headers={"Allow": ALLOWED})
    return None


def _not_found(_error: NotFound) -> Response:
    return nothing_here().answer()


def _away(error: Exception) -> Response:
    log.error("database_unavailable", kind=type(error).__name__, endpoint=request.endpoint)
    close_unit()
    return Problem(503, "busy", "The service is busy. Ask again in a minute.", headers={"Retry-After": "30"}).answer()


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in {"Retry-After", "Allow"}}
    if code == 404:
        return nothing_here().answer()
    kind = "bad-parameter" if code == 400 else "http"
    return Problem(code, kind, error.description or HTTPStatus(code).phrase, headers=kept).answer()


def _unexpected(error: Exception) -> Response:
    log.error("page_failed", endpoint=request.endpoint, trail=trail(error))
    close_unit()
    return Problem(500, "our-mistake", "Something went wrong on our side. Nothing was changed.").answer()
