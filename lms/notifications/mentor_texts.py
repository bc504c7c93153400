"""What is said about mentoring. No message names the other person, or holds how anybody is reached."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

MENTORS: Mapping[str, NoticeText] = {
    "mentor_suggested": NoticeText(
        N_("Would you like a mentor?"),
        N_(
            "Hello %(name)s,\n\nyour coordinator at %(authority)s suggests that you could have a mentor: somebody "
            "experienced who gets in touch with you and talks with you. Nothing is passed to anybody before you say "
            "yes. Read what it means, and say yes or no:"
        ),
        "/mentoring",
    ),
    "mentor_has_newcomer": NoticeText(
        N_("Somebody new would like to talk with you"),
        N_(
            "Hello %(name)s,\n\nyou agreed to be a mentor at %(authority)s. Somebody new waits for you to get in "
            "touch. Their details are not in this message, since they are for you alone. Sign in to see them:"
        ),
        "/mentoring",
    ),
    "newcomer_has_mentor": NoticeText(
        N_("A mentor gets in touch with you"),
        N_(
            "Hello %(name)s,\n\na mentor has your details now, as you agreed, and gets in touch with you. If nobody "
            "does within a week, tell your coordinator at %(authority)s. You can end it at any time:"
        ),
        "/mentoring",
    ),
    "mentoring_ended": NoticeText(
        N_("Your mentoring has ended"),
        N_(
            "Hello %(name)s,\n\nyour mentoring at %(authority)s has ended. Details that were passed on are not shown "
            "any more. Nobody has to say why. If you would like to go on in another way, you find it here:"
        ),
        "/mentoring",
    ),
}
