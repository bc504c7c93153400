"""How pages say when an award was given."""

from lms.assessment.crossing.queries import Award
from lms.core import i18n
from lms.core.web.texts import language


def held_since(award: Award) -> str:
    """The day, or the month where only that is known, in the language of the page."""
    say = i18n.day if award.day_known else i18n.month
    return say(award.awarded_on, language())
