"""Everybody a list shows, as ids: for work on many at once, which keeps what the list was narrowed to."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from lms.core.db import Db
from lms.programme.desk import lists, setting
from lms.programme.desk.lists import Wanted, Which


class Selected(NamedTuple):
    """One line of a list."""

    enrolment_id: UUID
    learner_id: UUID


def people_in(db: Db, authority_id: UUID, asked: Mapping[str, Any], on: date) -> list[Selected]:
    """All that a list shows on a day, in its order, on whatever page. Two queries.

    `asked` is what `Wanted.told()` gave when the list was on the page: plain text by name, as JSON keeps it. What names
    no list of learners, such as one of certificates, selects nobody.
    """
    if asked.get("which") not in set(Which):
        return []
    wanted = Wanted.read(asked, on)
    limits = setting.setting_of(db, authority_id).limits
    return [Selected(*row) for row in lists.ids_of(db, authority_id, wanted, limits, on)]
