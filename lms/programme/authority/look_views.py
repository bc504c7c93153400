"""What pages of an authority load beside our own: its colours as a style sheet, its logo as a picture.

Both are for everybody who has the address: what an authority looks like is no secret. An address with the number of
the look never changes what it gives, so browsers keep it.
"""

from uuid import UUID

from flask import Response, request

from lms.core.uploads import PNG
from lms.core.web.state import house, today, unit
from lms.core.words import NotFound
from lms.people.guards import public
from lms.programme.authority.doors import worn
from lms.programme.authority.looks import worn_by
from lms.programme.authority.sheet import sheet_of

_FOR_EVER = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, max-age=0, must-revalidate"


@worn.get("/look/<uuid:authority_id>/<int:look>.css")
@public
def sheet(authority_id: UUID, look: int) -> Response:
    """The colours of an authority as a style sheet."""
    found = worn_by(unit(), authority_id, today())
    return _kept(Response(sheet_of(found.palette), mimetype="text/css"), newest=found.look == look)


@worn.get("/look/<uuid:authority_id>/<int:look>.png")
@public
def logo(authority_id: UUID, look: int) -> Response:
    """The logo of an authority, a picture of ours."""
    found = worn_by(unit(), authority_id, today())
    if found.logo_sha256 is None:
        raise NotFound("logo")
    response = Response(house().files.get(found.logo_sha256), mimetype=PNG)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _kept(response, newest=found.look == look)


def _kept(response: Response, *, newest: bool) -> Response:
    response.headers["Cache-Control"] = _FOR_EVER if newest else _ASK_AGAIN
    response.add_etag()
    response.make_conditional(request)
    return response
