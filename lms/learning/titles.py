"""What the codes of learning are called: modules and courses that are taught, and modules that are planned."""

from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.learning.shelf.further import Further


def title_of(db: Db, code: str) -> Words | None:
    """The title behind a code, in its newest edition; None for a code nobody has written or planned."""
    courses, further = shelf(db, Courses), shelf(db, Further)
    for titled in (courses.modules, courses.courses, further.modules):
        if code in titled:
            return titled[code].title
    return None


def titles(db: Db, language: str) -> dict[str, str]:
    """Every title by its code, in a language."""
    courses, further = shelf(db, Courses), shelf(db, Further)
    return {
        code: titled.title.text(language)
        for shelf_ in (further.modules, courses.courses, courses.modules)
        for code, titled in shelf_.items()
    }
