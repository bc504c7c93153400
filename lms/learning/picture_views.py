"""Pictures of modules, served with the type their bytes were judged by."""

from flask import Response, make_response

from lms.learning.doors import courses, pages
from lms.people.guards import signed_in


@pages.get("/learning/pictures/<module>/<edition>/<name>")
@signed_in
def picture(module: str, edition: str, name: str) -> Response:
    """One picture. Opened by itself it may run and fetch nothing, whatever a drawing program wrote into it."""
    found = courses().edition(module, edition).picture(name)
    answer = make_response(found.content)
    answer.mimetype = found.media_type
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
