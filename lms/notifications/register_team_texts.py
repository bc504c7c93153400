"""What is said to PAs by the register team's desk: a new code of conduct, a reminder, two records read as one."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

REGISTER_TEAM: Mapping[str, NoticeText] = {
    "conduct_came": NoticeText(
        N_("There is a new code of conduct"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has a new code of conduct for PAs on its register. You accepted an "
            "earlier one. Please read the new one and accept it until %(last)s:"
        ),
        "/register/%(authority_id)s/code-of-conduct",
    ),
    "conduct_ends": NoticeText(
        N_("Please accept the new code of conduct until %(last)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has a new code of conduct, and you have not accepted it yet. After "
            "%(last)s you cannot be shown on its register without it. Read it and accept it here:"
        ),
        "/register/%(authority_id)s/code-of-conduct",
    ),
    "register_reminder": NoticeText(
        N_("A step is left for your place on the register"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s reminds you of what comes next:\n\n%(step)s\n\n"
            "If you have done it already, you need do nothing. See what is done and what is left:"
        ),
        "/register?authority=%(authority_id)s",
    ),
    "records_linked": NoticeText(
        N_("You were registered twice"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s found that you have two accounts, and reads them as "
            "one from now on. Nothing is lost: what you did with either counts. If that is wrong, tell them. See what "
            "counts for you:"
        ),
        "/register?authority=%(authority_id)s",
    ),
    "records_apart": NoticeText(
        N_("Two records are two again"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s read your record and another one as one. That was "
            "undone. Only what you did with this account counts for it. See what is done and what is left:"
        ),
        "/register?authority=%(authority_id)s",
    ),
}
