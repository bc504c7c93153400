"""How long the text messages of a message are, for the page where it is written."""

from collections.abc import Mapping
from typing import NamedTuple

from lms.notifications.channels.lengths import Length, length
from lms.notifications.writing.rules import Text


class InLanguage(NamedTuple):
    """The length of a text message in a language, before fields are filled in."""

    language: str
    length: Length


def counted_lengths(texts: Mapping[str, Text]) -> list[InLanguage]:
    """The length of each."""
    return [InLanguage(language, length(text.short)) for language, text in texts.items() if text.short]
