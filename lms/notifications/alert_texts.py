"""What is said to those who are named for alerts. Mail about an alert holds no content and no name, not even theirs."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

ALERTS: Mapping[str, NoticeText] = {
    "alert_waits": NoticeText(N_("There is an alert"), N_("There is an alert. Sign in."), "/desk/alerts"),
    "alert_waits_again": NoticeText(
        N_("An alert still waits"), N_("There is an alert that waits for you. Sign in."), "/desk/alerts"
    ),
    "safeguarding_named": NoticeText(
        N_("You are named for alerts at %(authority)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has named you as somebody who hears of it when an answer in a call-back "
            "says that somebody may be harmed. You get a short message, and sign in to read. See who else is named:"
        ),
        "/desk/alerts",
    ),
    "safeguarding_ended": NoticeText(
        N_("You do not hear of alerts at %(authority)s any more"),
        N_(
            "Hello %(name)s,\n\nyou were taken out of those who are named for alerts at %(authority)s. If that "
            "surprises you, ask at once."
        ),
        "/messages",
    ),
    "safeguarding_changed": NoticeText(
        N_("Who hears of alerts at %(authority)s has changed"),
        N_(
            "Hello %(name)s,\n\nsomebody was named for alerts at %(authority)s, or was taken out. If that surprises "
            "you, ask at once. See who is named:"
        ),
        "/desk/alerts",
    ),
}
