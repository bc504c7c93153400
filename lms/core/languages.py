"""The languages of the product. Plain Python, for rules too; what is said in them is in `i18n`."""

from enum import StrEnum


class Language(StrEnum):
    """The languages of the product."""

    ENGLISH = "en"
    WELSH = "cy"
