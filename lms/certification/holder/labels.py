"""Words for how somebody looked at a certificate, message ids; and days of its second page."""

from collections.abc import Mapping
from datetime import date

from lms.certification.checking.rules import Way
from lms.core import i18n
from lms.core.words import N_


def written(day: str, language: str) -> str:
    """A day of a certificate's second page, kept in ISO 8601, in words; what is no such day stays as it is."""
    try:
        return i18n.day(date.fromisoformat(day), language)
    except ValueError:
        return day


WAYS: Mapping[Way, str] = {
    Way.PAGE: N_("The number was entered or the code scanned"),
    Way.NAME: N_("A name was typed, to see whether it fits"),
    Way.FILE: N_("The file was handed in to be checked"),
    Way.SHARED: N_("A link you shared was opened"),
}
