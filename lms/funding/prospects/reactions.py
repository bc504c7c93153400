"""What other rooms' facts mean for prospects: whoever they are about is worked out again at the commit."""

from collections.abc import Sequence
from datetime import datetime

from lms.core.db import Db
from lms.core.events import Fact, together
from lms.funding.prospects import services
from lms.funding.prospects.touching import touch
from lms.learning.events import EnrolmentTakenBack


def _touch_on_facts(db: Db, facts: Sequence[Fact], now: datetime) -> None:
    touch(db, [fact.about for fact in facts], now)


@together(_touch_on_facts)
def touch_on_fact(db: Db, fact: Fact, now: datetime) -> None:
    """An enrolment, a certificate, an employment or a claim: what schemes say may be another answer now."""
    touch(db, [fact.about], now)


def _take_back(db: Db, facts: Sequence[EnrolmentTakenBack], now: datetime) -> None:
    for authority_id in {fact.authority_id for fact in facts}:
        ids = [fact.about for fact in facts if fact.authority_id == authority_id]
        services.take_back(db, authority_id=authority_id, learner_ids=ids)
    touch(db, [fact.about for fact in facts], now)


@together(_take_back)
def take_back(db: Db, fact: EnrolmentTakenBack, now: datetime) -> None:
    """An enrolment was never to be: no scheme says anything about it."""
    _take_back(db, [fact], now)
