"""The description of the ways in for systems, and the answer to whoever asks for one that is not there."""

from flask import Response, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from lms.core.web.api import api_room, as_json, nothing_here, only_read
from lms.core.web.openapi import Described, described, document

pages = api_room("api", __name__)

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


@pages.get("/openapi.json")
@described(Described("This description", "OpenAPI 3.1, made from what the answers are made from.", None))
def openapi() -> Response:
    """The description of everything under /api/v1."""
    return as_json(document(server=url_for(".openapi").removesuffix("/openapi.json")))


@pages.route("/", defaults={"rest": ""}, methods=METHODS)
@pages.route("/<path:rest>", methods=METHODS)
def nothing(rest: str) -> Response:  # noqa: ARG001  whatever the address says
    """Nothing is here, or it cannot be done here: said as a problem, not as a page."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        endpoint, _args = adapter.match(method="GET")
    except (HTTPException, RequestRedirect):
        endpoint = request.endpoint
    if request.method in {"GET", "HEAD"} or endpoint == request.endpoint:
        raise nothing_here()
    raise only_read()


openapi.roles = frozenset()  # type: ignore[attr-defined]  # open to everybody; guards live a floor higher
nothing.roles = frozenset()  # type: ignore[attr-defined]
nothing.own_token = True  # type: ignore[attr-defined]  # it changes nothing, so there is nothing to forge
