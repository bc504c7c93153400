"""The edition of each module that an enrolment keeps, from the day it was begun until its learner moves on."""

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses, Module
from lms.learning.models import Enrolment


def pinned(db: Db, row: Enrolment, module: str) -> Module:
    """A module of the enrolment's course as its learner has it: in the edition that was begun, else in the newest.

    Raises NotFound for a module that is not in the course or still coming.
    """
    return shelf(db, Courses).module_in(row.course, module, (row.editions or {}).get(module))


def pin(row: Enrolment, module: Module) -> None:
    """Keep the edition of a module in which something is recorded for the first time.

    A pin whose edition has left the shelf is not moved by this: what learners see is then the newest, and the pin says
    what they began with until they choose.
    """
    if module.code not in (row.editions or {}):
        row.editions = {**(row.editions or {}), module.code: module.edition}
