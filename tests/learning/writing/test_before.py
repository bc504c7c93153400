"""Texts that were finished before anybody could read them here: private until their learner says so anew."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from lms.core.house import House
from lms.learning.writing import queries
from tests.learning.writing.acts import Acts


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_old_text_is_read_only_after_its_learner_says_so(
    house: House, acts: Acts, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        acts.write(db, "Written long ago")
        for table in ("lms_written_text", "lms_written_work"):
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608  names of ours
    with house.database.reading() as db:
        assert [kept.text for kept in queries.kept_by(db, acts.world.pa)] == ["Written long ago"]
    pa = browser_for(acts.world.pa)
    page = f"/learning/{acts.enrolment}/SMALL-1/activity"
    assert "only you can open it" in pa.get(page).get_data(as_text=True)
    for _ in range(2):
        assert pa.submit(page, {"text": "Written long ago", "finished": "yes"}).status_code == 302
    with house.database.reading() as db:
        assert [version.text for version in acts.activity(db).versions] == ["Written long ago"]
