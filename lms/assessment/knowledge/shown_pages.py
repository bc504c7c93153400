"""What the pages of a learner and of those who may look at them say alike."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.assessment.content import Framework, Frameworks
from lms.assessment.knowledge.conversations import ConversationView
from lms.assessment.knowledge.labels import PREPARED_TAG, UNIT_TAGS
from lms.assessment.knowledge.logs import log_rows
from lms.assessment.knowledge.pieces import tell
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.queries import KnowledgeProgress, Standing
from lms.assessment.knowledge.rules import UnitState, of_work
from lms.core.shelves import shelf
from lms.core.web.state import unit
from lms.core.words import NotFound
from lms.learning.catalogue import Courses
from lms.people import queries as people


def overview_words(frameworks: Frameworks, framework: Framework, standing: Standing, places: Places) -> dict[str, Any]:
    """An edition with its standards and where each stands."""
    return {
        "framework": framework,
        "editions": frameworks.standards(),
        "standing": standing,
        "places": places,
        "tell": tell,
        "of_work": of_work,
        "tags": {
            each.code: PREPARED_TAG
            if not each.knowledge and standing.units[each.code] is UnitState.COMPLETE
            else UNIT_TAGS[standing.units[each.code]]
            for each in framework.units
        },
    }


def unit_words(
    progress: KnowledgeProgress, unit_code: str, places: Places, talks: Sequence[ConversationView]
) -> dict[str, Any]:
    """A standard's progress log, its modules, and the conversations about it. Raises NotFound."""
    found = progress.unit(unit_code)
    if found is None:
        raise NotFound("unit")
    modules = shelf(unit(), Courses).modules
    return {
        "framework": progress.framework,
        "progress": found,
        "places": places,
        "tell": tell,
        "rows": log_rows(found, places),
        "modules": [modules[code] for code in found.modules if code in modules],
        "talks": [talk for talk in talks if talk.module_code in found.modules],
    }


def conversation_answer(found: ConversationView, places: Places, name: str = "") -> ResponseReturnValue:
    """The page of one conversation."""
    name = name or people.person(unit(), found.learner_id).name
    return render_template("lms/assessment/knowledge/conversation.html", talk=found, places=places, name=name)
