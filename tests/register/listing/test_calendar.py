"""Listings that the calendar moves together are worked out together, and to the same end as one by one."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from lms.core.clock import london_day
from lms.core.db import Db
from lms.register import queries as register
from lms.register import standings
from lms.register.kinds import ListingState
from tests.register.listing.conftest import Life
from tests.world import World


@pytest.mark.parametrize("together", [True, False])
def test_who_lapses_together_is_asked_about_together(db: Db, world: World, now: datetime, *, together: bool) -> None:
    lives = [Life(db, world, now, pa) for pa in (world.pa, world.second_pa)]
    for each in lives:
        each.get_listed()
    lapses_on = lives[0].view().lapses_on
    assert lapses_on is not None
    at, ids, reads = now + (lapses_on - london_day(now)), [each.pa for each in lives], []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        reads.extend([statement] * ("FROM lms_requirement_record" in statement))

    event.listen(db.get_bind(), "before_cursor_execute", note)
    try:
        for some in [ids] if together else [[each] for each in ids]:
            standings.reassess_many(db, authority_id=world.authority, person_ids=some, now=at)
    finally:
        event.remove(db.get_bind(), "before_cursor_execute", note)
    assert [each.state for each in lives] == [ListingState.LAPSED] * 2
    assert len(reads) == (2 if together else 4), "once for all, and once more for all whose listing moved"
    for each in lives:
        judged = register.verdict_of(db, each.pa, world.authority, london_day(at))
        (kept,) = register.standings_of(db, each.pa, london_day(at))
        assert judged is not None
        assert (kept.state, kept.missing) == (judged.verdict.state, len(judged.verdict.missing))
