"""Languages on pages: Flask-Babel with a catalogue of our own, so that a host's translations stay the host's."""

from functools import cache, partial
from typing import Any

from babel.support import NullTranslations
from flask import g, request, session
from flask.globals import app_ctx
from flask_babel import Domain, force_locale
from flask_babel.speaklater import LazyString

from lms.core import i18n
from lms.core.content import Words
from lms.core.words import Refused

SESSION_KEY = "lms_language"

_domain = Domain(translation_directories=[str(i18n.CATALOGUES)], domain=i18n.DOMAIN)


class _Sentences(dict[str, str]):
    """The sentences of a language as they were said before: gettext asks twice for what it does not have."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.of_numbers: dict[tuple[str, str, int], str] = {}

    def __missing__(self, message: str) -> str:
        if len(self) > _MOST:
            self.clear()
        text: str = self.catalogue.gettext(message)
        self[message] = text
        return text

    def of_number(self, one: str, many: str, num: int) -> str:
        """The sentence for so many, before the number is filled in."""
        key = (one, many, num)
        text = self.of_numbers.get(key)
        if text is None:
            if len(self.of_numbers) > _MOST:
                self.of_numbers.clear()
            text = self.of_numbers[key] = self.catalogue.ngettext(one, many, num)
        return text


_MOST = 20_000
"""More sentences than there are in code and content."""


def _translations() -> _Sentences:
    """This request's catalogue, looked up once: a long page says some thousand sentences."""
    # Through the proxy `g` it costs as much again as saying the sentence.
    kept = app_ctx._get_current_object().g  # type: ignore[attr-defined]  # noqa: SLF001  Werkzeug documents it
    found: _Sentences | None = kept.get("lms_translations")
    if found is None:
        found = kept.lms_translations = _catalogue(_domain, language())
    return found


@cache
def _catalogue(domain: Domain, tongue: str) -> _Sentences:
    """The catalogue of a language; it is read from our own folder, whatever the host has."""
    with force_locale(tongue):
        return _Sentences(domain.get_translations())


def _(message: str, **values: object) -> str:
    """A sentence in this request's language."""
    return _say(_translations(), message, **values)


def _n(one: str, many: str, num: int, **values: object) -> str:
    """A sentence for a number of things; %(num)s in it is the number."""
    return _say_number(_translations(), one, many, num, **values)


def _say(sentences: _Sentences, /, message: str, **values: object) -> str:
    text = sentences[message]
    return text % values if values else text


def _say_number(sentences: _Sentences, /, one: str, many: str, num: int, **values: object) -> str:
    return sentences.of_number(one, many, num) % {"num": num, **values}


def _l(message: str, **values: object) -> LazyString:
    """A sentence translated when it is shown: for labels of forms."""
    return LazyString(_, message, **values)


def language() -> str:
    """This request's language, "en" or "cy": chosen on the page, else the person's own, else the browser's."""
    tongue: str | None = g.get("lms_language")
    if tongue is None:
        chosen = session.get(SESSION_KEY) or g.get("lms_own_language")
        tongue = g.lms_language = chosen if chosen in i18n.LANGUAGE_NAMES else _browsers()
    return tongue


def _browsers() -> str:
    return request.accept_languages.best_match([str(tongue) for tongue in i18n.Language], "en")


def say_refusal(refusal: Refused) -> str:
    """A refusal in this request's language."""
    return refusal.said(_)


def page_words() -> dict[str, Any]:
    """What every template of ours finds: the language functions and formats, and nothing of the host's is touched."""
    tongue, catalogue = language(), _translations()
    return {
        "_": partial(_say, catalogue),  # a long list says a thousand sentences, each in the language of its page
        "_n": partial(_say_number, catalogue),
        "language": tongue,
        "languages": i18n.LANGUAGE_NAMES,
        "words": lambda words: words.text(tongue) if isinstance(words, Words) else words,
        "lang_of": lambda words: words.language(tongue) if isinstance(words, Words) else tongue,
        "day": lambda value: i18n.day(value, tongue) if value else "",
        "month": lambda value: i18n.month(value, tongue),
        "money": i18n.money,
    }
