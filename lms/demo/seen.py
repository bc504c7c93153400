"""What the register teams of the demonstration have seen, and what the PAs said themselves."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db
from lms.register import services

_CODES_OF_CONDUCT = {"RM-CODE": "2026-1", "HG-CODE": "3", "DY-CODE": "2025"}
_SAID_BY_THE_PA = ("HG-AVAIL", "DY-AVAIL", "DY-AREA")


def record(db: Db, token: str, *, person_id: UUID, authority_id: UUID, officer_id: UUID, now: datetime) -> None:
    """Record one thing: a requirement's code, with “/2” behind it for a second reference."""
    code, _slash, number = token.partition("/")
    if code in _CODES_OF_CONDUCT:
        services.accept_code(
            db,
            once=uuid4(),
            person_id=person_id,
            authority_id=authority_id,
            version=_CODES_OF_CONDUCT[code],
            now=now,
        )
    elif code in _SAID_BY_THE_PA:
        services.say_so(db, once=uuid4(), person_id=person_id, authority_id=authority_id, code=code, now=now)
    else:
        services.record_seen(
            db,
            once=uuid4(),
            person_id=person_id,
            authority_id=authority_id,
            code=code,
            on=london_day(now),
            data=_data(code, number, now),
            by=officer_id,
            now=now,
        )


def _data(code: str, number: str, now: datetime) -> dict[str, Any]:
    if code.endswith("DBS"):
        return {
            "level": "enhanced_adults_list",
            "workforce": "adult",
            "issue_date": london_day(now - timedelta(days=30)).isoformat(),
            "result": "no_content",
        }
    if code.endswith("REF"):
        source = "other" if number else "most_recent_employer_or_tutor"
        return {"source": source, "relative": False}
    return {"met": True}
