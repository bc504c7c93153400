"""What PAs learned here, in the register's words: modules, certificates and what follows from them. It only reads."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from lms.certification import queries as certification
from lms.core.db import Db
from lms.learning import queries as learning
from lms.register.held import Learned
from lms.register.kinds import Item, TrainingKind

_DAY = timedelta(days=1)


def learned_of_many(db: Db, person_ids: Collection[UUID]) -> dict[UUID, list[Learned]]:
    """What each of these people learned, wherever they were enrolled: a constant number of queries."""
    found: defaultdict[UUID, list[Learned]] = defaultdict(list)
    for person_id, modules in learning.modules_passed_of(db, person_ids).items():
        found[person_id] += (Learned(item=Item(TrainingKind.MODULE, code), on=on) for code, on in modules.items())
    for person_id, several in certification.earned_by(db, person_ids).items():
        for each in several:
            last = each.lapses_on - _DAY if each.lapses_on else None
            item = Item(TrainingKind.CERTIFICATE, each.code)
            found[person_id].append(Learned(item=item, on=each.issued_on, ends_on=last))
    return found
