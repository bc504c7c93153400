"""What checks put on home pages: for a PA that they are invited to talk, or that something is decided."""

from datetime import datetime, timedelta

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register.checks import queries
from lms.register.checks.queries import News
from lms.register.disclosures import FollowUp

NEWS_FOR = timedelta(days=30)
"""How long a decision is news on the home page."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """Cards about a PA's own checks: one query."""
    if not viewer.has(Role.PA):
        return []
    return [_card(each) for each in queries.news_of(db, viewer.person_id, london_day(now) - NEWS_FOR)]


def _card(news: News) -> Card:
    invited = news.step is FollowUp.INVITED
    return Card(
        weight=2,
        title=N_("The register team would like to talk with you")
        if invited
        else N_("There is a decision about your checks"),
        body=N_("When and where stands on your page. Nothing is decided before that.")
        if invited
        else N_("Read what was decided, and how to have it looked at again."),
        action=N_("See your checks"),
        endpoint="lms.checks.mine",
        args={"authority_id": news.authority_id},
    )
