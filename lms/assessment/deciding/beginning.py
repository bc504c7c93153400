"""The button with which practice in the standards begins: for a learner themself, and for their coordinator."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lms.assessment.asking.opening import open_for
from lms.assessment.content import Framework
from lms.assessment.deciding.forms import BeginForm
from lms.assessment.lines.queries import frameworks_for
from lms.core.web.state import now, unit
from lms.core.web.texts import _, language
from lms.people import queries as people
from lms.people.guards import viewer


def editions_for(authority_id: UUID) -> Sequence[Framework]:
    """The sets of standards that learners of an authority can show practice in: those of its nation."""
    nation = people.organisation(unit(), authority_id).nation
    return [each for each in frameworks_for(unit(), authority_id).standards() if each.nation in {None, nation}]


def begin_form(editions: Sequence[Framework]) -> BeginForm:
    """The form with the editions to choose from; the newest is chosen already."""
    form = BeginForm()
    form.offer(editions, [each.title.text(language()) for each in editions])
    if not form.is_submitted() and editions:
        form.framework.data = editions[0].code
    return form


def begin_hints(editions: Sequence[Framework]) -> list[dict[str, Any]]:
    """One sentence about each edition."""
    first, *others = editions
    newest = _("For everybody who begins now. It has %(count)s standards.", count=len(first.units))
    older = [_("For whoever began with it. It has %(count)s standards.", count=len(each.units)) for each in others]
    return [{"hint": {"text": sentence}} for sentence in (newest, *older)]


def begin_standards(person_id: UUID, authority_id: UUID, framework: str) -> UUID:
    """Open an edition of the standards for a learner, and the course it belongs to where they are not on it yet.

    Returns the enrolment; not committed. Raises NotFound and Refused. Pressed twice, it is the same.
    """
    db, by = unit(), viewer().person_id
    return open_for(db, learner_id=person_id, authority_id=authority_id, framework=framework, by=by, now=now())
