"""Languages without Flask: for the worker, the command line and documents. Pages use `lms.core.web.texts`."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.support import NullTranslations, Translations

import lms
from lms.core.clock import LONDON
from lms.core.languages import Language as Language  # noqa: PLC0414  most ask for it here
from lms.core.types import Pence
from lms.core.words import Say

DOMAIN = "lms"
CATALOGUES = Path(lms.__file__).parent / "translations"


LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.WELSH: "Cymraeg"}


@lru_cache(maxsize=4)
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [language], DOMAIN)


def say_in(language: str) -> Say:
    """A function that gives a sentence in a language; English where the catalogue has no Welsh yet."""
    return _catalogue(language).gettext


def day(value: date, language: str) -> str:
    """A date in words: “21 November 2026”. Moments become their day in the United Kingdom."""
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    return _in_words(value, "d MMMM y", language)


def month(value: date, language: str) -> str:
    """A month in words: “November 2026”."""
    return _in_words(value, "MMMM y", language)


@lru_cache(maxsize=5000)
def _in_words(value: date, form: str, language: str) -> str:
    """Kept, since a list says the same few days over and over, and Babel puts each together anew."""
    return format_date(value, form, locale=language)


def money(amount: Pence) -> str:
    """Pence as pounds: 154000 is “£1,540.00”."""
    sign = "−" if amount < 0 else ""
    pounds, pence = divmod(abs(amount), 100)
    return f"{sign}£{pounds:,}.{pence:02d}"
