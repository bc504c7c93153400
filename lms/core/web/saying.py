"""Sentences of home cards in the language of the page, with authored words and numbers of things in their places."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from lms.core.cards import Count
from lms.core.content import Words
from lms.core.web.texts import _, _n, language


def say(message: str | Words, values: Mapping[str, object]) -> Markup:
    """A message filled with values, each marked with its language where it is not the page's; safe as HTML."""
    if isinstance(message, Words):
        return _words(message)
    text = escape(_(message))
    if not values:
        return text
    # Each value is made safe by itself: a Markup text would do so for each with an object of its own.
    return Markup(str(text) % {name: escape(_value(value)) for name, value in values.items()})  # noqa: S704


def _value(value: object) -> object:
    if isinstance(value, Words):
        return _words(value)
    return _n(value.one, value.many, value.num) if isinstance(value, Count) else value


def _words(words: Words) -> Markup:
    tongue = language()
    real = words.language(tongue)
    text = escape(words.text(tongue))
    return text if real == tongue else Markup('<span lang="{}">{}</span>').format(real, text)
