"""What no page of ours can use is refused before any page looks at it."""

from collections.abc import Iterator

from flask import abort, request

from lms.core.web.state import SAFE_METHODS

NOTHING = "\0"
"""The character PostgreSQL keeps in no text. Nobody types it; without this it would be an error on our side."""


def refuse_unreadable() -> None:
    """Refuse an address (404) or a form (400) with the character NUL in it."""
    if NOTHING in request.path:
        abort(404)
    if any(NOTHING in text for text in _sent()):
        abort(400)


def _sent() -> Iterator[str]:
    forms = [request.args] if request.method in SAFE_METHODS else [request.args, request.form]
    for form in forms:
        for name, value in form.items(multi=True):
            yield name
            yield value
