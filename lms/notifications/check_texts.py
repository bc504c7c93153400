"""What is said to people about checks. No message says what was decided, or that there is anything on a certificate."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

CHECKS: Mapping[str, NoticeText] = {
    "checks_invited": NoticeText(
        N_("The register team would like to talk with you"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s would like to talk with you about your checks. "
            "Nothing is decided before that, and you can bring somebody. When and where stands on your page:"
        ),
        "/register/%(path)s/checks",
    ),
    "checks_decided": NoticeText(
        N_("There is a decision about your checks"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has made a decision about your checks. What it is, "
            "and how to have it looked at again by somebody else, is not in this message. Sign in to read it:"
        ),
        "/register/%(path)s/checks",
    ),
    "checks_review_decided": NoticeText(
        N_("Your review is answered"),
        N_(
            "Hello %(name)s,\n\nyou asked %(authority)s to look at a decision about your checks again. Somebody who "
            "had no part in it has done so. Sign in to read what it came to:"
        ),
        "/register/%(path)s/checks",
    ),
    "checks_review_asked": NoticeText(
        N_("A PA asked for a review"),
        N_(
            "Hello %(name)s,\n\na PA of %(authority)s asked that a decision about their checks is looked at again. "
            "Somebody who had no part in it has to do that. Sign in to see it:"
        ),
        "/register/people/%(path)s/checks",
    ),
    "checks_employer": NoticeText(
        N_("Your PA lets you know something"),
        N_(
            "Hello %(name)s,\n\n%(who)s agreed that you may know a decision of the register team of %(authority)s. "
            "It is not in this message. Sign in to read it:"
        ),
        "/register/told",
    ),
}
