"""Words that explain themselves in a lesson, the page that has all of them, and the further modules."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.shelves import shelf
from lms.core.web.state import unit
from lms.core.web.texts import _, language
from lms.learning.catalogue import Module
from lms.learning.doors import pages
from lms.learning.media_views import picture_url
from lms.learning.shelf.further import Further
from lms.learning.shelf.glossary import Glossary, Term
from lms.learning.shelf.lesson_html import Labels, lesson_html
from lms.learning.shelf.lesson_texts import LessonText
from lms.people.guards import requires, signed_in
from lms.people.rules import Role


def lesson_body(module: Module, text: LessonText) -> str:
    """The text of a lesson as this request's reader sees it; `module` is the one that teaches it."""
    labels = Labels(language(), _("In England"), _("In Wales"))
    address = partial(picture_url, module)
    return lesson_html(text, module, glossary=shelf(unit(), Glossary), address=address, labels=labels)


@pages.get("/learning/words")
@signed_in
def words_page() -> ResponseReturnValue:
    """Every word we explain, from A to Z."""
    tongue = language()
    by_letter: dict[str, list[Term]] = {}
    for term in sorted(shelf(unit(), Glossary).terms.values(), key=lambda each: each.term.text(tongue).casefold()):
        by_letter.setdefault(term.term.text(tongue)[0].upper(), []).append(term)
    return render_template("lms/learning/words.html", by_letter=by_letter)


@pages.get("/learning/further")
@requires(Role.PA, Role.COORDINATOR)
def further_page() -> ResponseReturnValue:
    """The modules planned for after the induction; a list to look at, since none can be started yet."""
    return render_template("lms/learning/further.html", by_category=shelf(unit(), Further).by_category())
