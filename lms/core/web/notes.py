"""One-time notes to the reader after a redirect, under a session key of our own: a host's own notes stay the host's."""

from flask import g, session

SESSION_KEY = "lms_notes"


def flash(message: str, kind: str) -> None:
    """Leave a note for the next page: kind "lms_done" for what was done, "lms_note" for what to mind.

    "lms_on" is for what was done on the way to the next thing: it leaves the focus where it is. Said twice, as after a
    double tap, it stands there once.
    """
    left = session.get(SESSION_KEY, [])
    if [kind, message] not in left:
        session[SESSION_KEY] = [*left, [kind, message]]


def notes() -> list[tuple[str, str]]:
    """The notes left for this page, kind and message, taken once."""
    if "lms_notes" not in g:
        g.lms_notes = [(kind, message) for kind, message in session.pop(SESSION_KEY, [])]
    found: list[tuple[str, str]] = g.lms_notes
    return found
