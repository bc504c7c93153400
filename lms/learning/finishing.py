"""When all of a module's learning is done, it is recorded at once, and only once."""

from datetime import datetime
from uuid import UUID

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.learning import queries, rules
from lms.learning.catalogue import Module
from lms.learning.events import ModuleStudied
from lms.learning.models import Enrolment, ModuleDone
from lms.learning.pins import pinned


def finish(
    db: Db, row: Enrolment, module: Module, *, by: UUID | None, now: datetime, behalf: UUID | None = None
) -> None:
    """Record that a module's learning is done as soon as it is. Whoever calls this holds the enrolment's row.

    What is asked for is what the enrolment keeps: `module` may come from an attempt begun in another edition.
    """
    module = pinned(db, row, module.code)
    studied = queries.studied(db, row.id)
    if not rules.complete(module, studied):
        return
    prior = tuple(outcome.code for outcome in module.outcomes if outcome.code in studied.prior)
    done = ModuleDone(
        enrolment_id=row.id, module=module.code, edition=module.edition, studied_at=now, prior=list(prior) or None
    )
    if add_once(db, done):
        fact = ModuleStudied(
            about=row.learner_id, enrolment_id=row.id, module=module.code, edition=module.edition, prior=prior
        )
        record(db, fact, by=by, now=now, behalf=behalf)
