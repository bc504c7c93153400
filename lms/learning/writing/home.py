"""What writing puts on a PA's home page: somebody has read a text and says something."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.words import N_
from lms.learning.states import Judged
from lms.learning.writing import queries
from lms.learning.writing.queries import News
from lms.learning.writing.rules import NEWS_FOR
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 3
"""Cards at once; the rest stands on the page with all texts."""


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """The latest things readers said; what came back stands before further study, the rest among what to know."""
    if not viewer.has(Role.PA):
        return []
    news = queries.news_for(db, viewer.person_id, since=now - NEWS_FOR)
    return [_card(each, viewer.language) for each in news[:MOST]]


def _card(news: News, language: str) -> Card:
    back = news.judged is Judged.NOT_YET
    return Card(
        weight=1 if back else 50,
        title=N_("%(name)s sent you a comment"),
        body=N_("On “%(title)s”. Not yet: read what is still missing, and write again when you like.")
        if back
        else N_("On “%(title)s”. What you wrote is met."),
        action=N_("Read the comment"),
        endpoint="lms.writing.text_page",
        args={"work_id": news.work_id},
        values={"name": news.reader_name, "title": news.task.title.text(language) if news.task else ""},
    )
