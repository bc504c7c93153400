"""What is said to somebody whom a coordinator asks once more: who asks, about whom, and what to do next."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

NUDGES: Mapping[str, NoticeText] = {
    "nudge_self": NoticeText(
        N_("Your next step on your course"),
        N_(
            "Hello %(name)s,\n\n%(asks)s of %(authority)s asks how you are getting on with your course. This comes "
            "next:\n\n%(step)s\n\nIf something stands in your way, answer %(asks)s: that is what they are there for. "
            "Go on here:"
        ),
        "/",
    ),
    "nudge_other": NoticeText(
        N_("Somebody’s training waits for you"),
        N_(
            "Hello %(name)s,\n\n%(asks)s of %(authority)s asks you about %(who)s’s training. It cannot go on without "
            "you:\n\n%(step)s\n\nIf you cannot do it, tell %(asks)s, so that somebody else can. You find it here:"
        ),
        "/",
    ),
}
