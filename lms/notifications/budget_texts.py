"""What is said to those who work on an authority's money. No amounts in mail: they stand on the page."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

BUDGETS: Mapping[str, NoticeText] = {
    "money_runs_out": NoticeText(
        N_("Training money at %(authority)s runs out"),
        N_(
            "Hello %(name)s,\n\na pot of money or a deadline at %(authority)s runs out (%(count)s new). You are told "
            "once about each. See which, and what can still be done:"
        ),
        "/funding/budgets?authority=%(place)s",
    ),
}
