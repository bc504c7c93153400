"""Sentences for people, kept apart from how they are shown. Rooms without Flask say things with these."""

from collections.abc import Callable

Say = Callable[[str], str]
"""Turns an English message id into the reader's language. Views pass Flask-Babel's, the worker Babel's own."""


def N_(message: str) -> str:  # noqa: N802  the usual name that message extraction looks for
    """Mark a sentence for translation without translating it yet."""
    return message


class Refused(Exception):  # noqa: N818  reads as what happened: the service refused
    """A request that cannot be carried out, with a sentence for the person that says how to mend it.

    The message is a translatable message id; `values` fill its %(name)s places when it is shown.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values

    def said(self, say: Say) -> str:
        """The sentence in the reader's language."""
        text = say(self.message)
        return text % self.values if self.values else text


class NotFound(Exception):  # noqa: N818  the same answer whether a thing is absent or behind somebody's wall
    """There is no such thing for this viewer."""
