"""Looking at somebody's own secret on a page that is not for signing in; guessing is slowed together with sign-in."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from lms.core.web.state import close_unit, house, now
from lms.core.web.texts import _, _n
from lms.people import queries as people
from lms.people import sessions
from lms.people.devices import known_device
from lms.people.second_factor import accept, owed


@dataclass(frozen=True)
class Looked:
    """Whether a secret was right: `tried` marks the attempt, `problem` is what to say when it was not."""

    tried: UUID | None
    problem: str = ""

    @property
    def right(self) -> bool:
        """Whether it was."""
        return not self.problem


def look(person_id: UUID, password: str, code: str | None = None) -> Looked:
    """Whether this is that person's own password, and their code where they owe one.

    Whose else it may be is neither looked at nor said. This request's unit of work is given back first: the attempt
    is counted in one of its own, before the password is looked at, as for signing in.
    """
    close_unit()
    with house().database.reading() as db:
        someone = people.person(db, person_id)
        account, with_code = sessions.account_of(db, person_id), owed(db, person_id)
    known_as = someone.email or someone.username or str(person_id)
    with house().database.writing() as db:
        tried, wait = sessions.begin_try(db, identifier=known_as, place=known_device(known_as), now=now())
    if tried is None:
        return Looked(None, _too_many(wait))
    if not sessions.fits(account, password):
        return Looked(tried, _("This is not the password of %(name)s. Try again.", name=someone.name))
    with house().database.writing() as db:
        if with_code and not accept(db, person_id, code or "", now=now()):
            return Looked(tried, _("This code is not right. Wait for the next one in your app and enter that."))
        sessions.password_was_right(db, tried)
    return Looked(tried)


def _too_many(wait: timedelta) -> str:
    return _n(
        "There were too many tries. Wait %(num)s minute, then try again.",
        "There were too many tries. Wait %(num)s minutes, then try again.",
        max(1, ceil(wait.total_seconds() / 60)),
    )
