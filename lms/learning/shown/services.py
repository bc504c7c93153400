"""Write down what learners have shown of a module's outcomes. Each outcome is shown once; more only ever comes to it.

Whoever calls this has seen that the judge may judge. The learner's enrolments are held until the end of the unit of
work, so that two showings in the same moment come one after the other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.learning.catalogue import Module
from lms.learning.finishing import finish
from lms.learning.models import Enrolment
from lms.learning.pins import pin, pinned
from lms.learning.shown.events import OutcomesShown
from lms.learning.shown.models import ShownOutcome, ShownStep
from lms.learning.shown.queries import shown_in, standing_of
from lms.learning.shown.rules import TOLD, HowShown, asks_each, written_for
from lms.learning.taking import take
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class Showing:
    """What showed something: how, where it is kept, who judged it (None: PALMS), who acted, for whom, and when."""

    how: HowShown
    source_id: UUID | None
    judged_by: UUID | None = None
    by: UUID | None
    behalf: UUID | None = None
    now: datetime


def show_in_conversation(
    db: Db, *, enrolment_id: UUID, module: str, outcomes: Collection[str], source_id: UUID, by: UUID, now: datetime
) -> None:
    """Somebody heard the learner say what they know: these outcomes of a module are shown.

    Outcomes that were shown before stay as they were shown first, so saying it twice changes nothing. Raises NotFound
    for an enrolment, module or outcome that is not there; Refused when `by` is the learner or the course has ended.
    """
    row = take(db, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    if row.learner_id == by:
        raise Refused(N_("Somebody else has to hear what you know."))
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for the learner."))
    taught = pinned(db, row, module)
    here = taught.outcomes_in(people.organisation(db, row.authority_id).nation)
    if not set(outcomes) <= set(here):
        raise NotFound("outcome")
    pin(row, taught)
    heard = Showing(how=HowShown.CONVERSATION, source_id=source_id, judged_by=by, by=by, now=now)
    show(db, row, taught, dict.fromkeys(outcomes), heard)
    finish(db, row, taught, by=by, now=now)


def show(db: Db, row: Enrolment, module: Module, outcomes: Mapping[str, str | None], showing: Showing) -> None:
    """Keep that outcomes of a module were shown, each with the question that showed it, if one did.

    Those that were shown before are passed over. Whoever calls this holds the enrolment, and looks afterwards whether
    the module is finished.
    """
    before = shown_in(db, row.id)
    new = {code: question for code, question in outcomes.items() if code not in before}
    if not new:
        return
    for code, question in new.items():
        db.add(_row(row, module, code, question, showing))
    db.flush()
    fact = OutcomesShown(
        about=row.learner_id,
        enrolment_id=row.id,
        module=module.code,
        edition=module.edition,
        outcomes=tuple(code for code in (each.code for each in module.outcomes) if code in new),
        how=showing.how,
        source_id=showing.source_id,
        judged_by=showing.judged_by,
    )
    record(db, fact, by=showing.by, now=showing.now, behalf=showing.behalf)
    _settle(db, row, pinned(db, row, module.code), now=showing.now)


def _row(row: Enrolment, module: Module, code: str, question: str | None, showing: Showing) -> ShownOutcome:
    return ShownOutcome(
        enrolment_id=row.id,
        outcome=code,
        learner_id=row.learner_id,
        module=module.code,
        edition=module.edition,
        how=showing.how,
        question=question,
        source_id=showing.source_id,
        judged_by=showing.judged_by,
        at=showing.now,
    )


def _settle(db: Db, row: Enrolment, module: Module, *, now: datetime) -> None:
    """Keep which steps of a module ask for nothing any more."""
    nation = people.organisation(db, row.authority_id).nation
    if asks_each(module) and standing_of(db, row.id, module, nation).all_shown:
        add_once(db, ShownStep(enrolment_id=row.id, step=module.code, edition=module.edition, at=now))
    told = {code for code, each in shown_in(db, row.id).items() if each.how in TOLD}
    written = written_for(module, nation)
    if module.activity is not None and written and told.issuperset(written):
        add_once(db, ShownStep(enrolment_id=row.id, step=module.activity.code, edition=module.edition, at=now))
