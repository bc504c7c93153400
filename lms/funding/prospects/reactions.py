"""What other rooms' facts mean for prospects: whoever they are about is worked out again at the commit."""

from datetime import datetime

from lms.core.db import Db
from lms.core.events import Fact
from lms.funding.prospects.touching import touch


def touch_on_fact(db: Db, fact: Fact, now: datetime) -> None:
    """An enrolment, a certificate, an employment or a claim: what schemes say may be another answer now."""
    touch(db, [fact.about], now)
