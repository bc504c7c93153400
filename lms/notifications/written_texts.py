"""What goes around a coordinator's own words, and the code that confirms a number. Their words are only values."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

WRITTEN: Mapping[str, NoticeText] = {
    "coordinator_message": NoticeText("%(subject)s", "%(body)s", "/messages", short="%(short)s"),
    "message_through": NoticeText(
        N_("For %(who)s: %(subject)s"),
        N_(
            "Hello %(name)s,\n\nyou and %(who)s both chose that messages about work come through you. Please pass this "
            "on to %(who)s, who can read it in PALMS as well:\n\n%(body)s"
        ),
        "/messages",
        short=N_("Please pass on to %(who)s: %(short)s"),
    ),
    "mobile_code": NoticeText(
        N_("Your code for text messages"),
        N_("Your code for text messages is %(secret)s."),
        on_page=False,
        short=N_("%(secret)s is your code for text messages from PALMS. Do not give it to anybody."),
    ),
}
