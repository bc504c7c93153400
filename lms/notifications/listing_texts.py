"""What is said to PAs about their listing on a register. No message says why: the reason stands on their own page."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

_PAGE = "/register?authority=%(place)s"

LISTINGS: Mapping[str, NoticeText] = {
    "listing_send": NoticeText(
        N_("Your application is sent"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has your application. They tell you how it goes on. "
            "Until then, see what is still missing:"
        ),
        _PAGE,
    ),
    "listing_take_up": NoticeText(
        N_("The register team looks at your application"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has begun to look at your application. See what "
            "they still need from you:"
        ),
        _PAGE,
    ),
    "listing_show": NoticeText(
        N_("You are on the register, with a label"),
        N_(
            "Hello %(name)s,\n\n%(authority)s now shows you on its register, with a label that says what is still "
            "missing. See what comes next, and until when:"
        ),
        _PAGE,
    ),
    "listing_list": NoticeText(
        N_("You are on the register"),
        N_(
            "Hello %(name)s,\n\nyou are on the register of %(authority)s. Well done. We tell you in time when "
            "something has to be renewed. You find everything here:"
        ),
        _PAGE,
    ),
    "listing_refuse": NoticeText(
        N_("Your application to the register is decided"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has decided not to put you on its register. Sign in to read more, and to "
            "ask for the decision to be looked at again by somebody else:"
        ),
        _PAGE,
    ),
    "listing_pause": NoticeText(
        N_("You have paused on the register"),
        N_(
            "Hello %(name)s,\n\nyou have paused: nobody sees you on the register of %(authority)s. You can go on when "
            "you want. If this was not you, tell the register team. Go on here:"
        ),
        _PAGE,
    ),
    "listing_go_on": NoticeText(
        N_("You are shown on the register again"),
        N_("Hello %(name)s,\n\nyour pause is over. You are shown on the register of %(authority)s again:"),
        _PAGE,
    ),
    "listing_leave": NoticeText(
        N_("You are off the register"),
        N_(
            "Hello %(name)s,\n\nyou are not on the register of %(authority)s any more. Your certificates stay yours. "
            "If you did not want this, tell the register team. You can apply again here:"
        ),
        _PAGE,
    ),
    "listing_suspend": NoticeText(
        N_("You are hidden on the register for now"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s is looking into something and has hidden you "
            "meanwhile. Nothing is decided. Sign in to read more, and to ask for a review:"
        ),
        _PAGE,
    ),
    "listing_lift": NoticeText(
        N_("The register team has finished looking into it"),
        N_(
            "Hello %(name)s,\n\nyour place on the register of %(authority)s is no longer suspended. See where you "
            "stand now:"
        ),
        _PAGE,
    ),
    "listing_remove": NoticeText(
        N_("You are off the register"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has taken you off its register. Sign in to read more, and to ask for the "
            "decision to be looked at again by somebody else:"
        ),
        _PAGE,
    ),
    "listing_lapse": NoticeText(
        N_("You are not shown on the register at the moment"),
        N_(
            "Hello %(name)s,\n\nsomething that %(authority)s asks for has run out, so you are hidden on its register. "
            "As soon as it is there again, you come back. See what it is:"
        ),
        _PAGE,
    ),
    "listing_come_back": NoticeText(
        N_("You are back on the register"),
        N_("Hello %(name)s,\n\neverything is there again. You are shown on the register of %(authority)s:"),
        _PAGE,
    ),
    "listing_talk_first": NoticeText(
        N_("The register team wants to talk with you"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s wants to talk with you before you are shown on its "
            "register. Nothing is decided. You can bring somebody with you. Sign in to read more:"
        ),
        _PAGE,
    ),
    "listing_open_again": NoticeText(
        N_("Your application is looked at again"),
        N_("Hello %(name)s,\n\n%(authority)s has opened your application to its register again. See what comes next:"),
        _PAGE,
    ),
    "listing_link": NoticeText(
        N_("You stood on the register twice"),
        N_(
            "Hello %(name)s,\n\nyou had two records with %(authority)s. They are one now, and your place on the "
            "register goes on under the other one. If that is wrong, tell the register team. See it here:"
        ),
        _PAGE,
    ),
    "listing_unlink": NoticeText(
        N_("Your record on the register is your own again"),
        N_(
            "Hello %(name)s,\n\n%(authority)s had taken your record and another one for the same person. That was put "
            "right. See where you stand:"
        ),
        _PAGE,
    ),
    "listing_runs_out": NoticeText(
        N_("Something for the register runs out on %(last)s"),
        N_(
            "Hello %(name)s,\n\nsomething that %(authority)s asks for counts until %(last)s. Renew it in time, and you "
            "stay on the register. See what it is:"
        ),
        _PAGE,
    ),
    "listing_ran_out": NoticeText(
        N_("Something for the register has run out"),
        N_(
            "Hello %(name)s,\n\nsomething that %(authority)s asks for has run out. You stay on the register until "
            "%(last)s, so that you can renew it. See what it is:"
        ),
        _PAGE,
    ),
    "listing_notice": NoticeText(
        N_("Your place on the register ends on %(last)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has decided to take you off its register on %(last)s. Sign in to read "
            "more, and to ask for the decision to be looked at again by somebody else:"
        ),
        _PAGE,
    ),
    "listing_notice_back": NoticeText(
        N_("You stay on the register"),
        N_("Hello %(name)s,\n\n%(authority)s does not take you off its register after all. You need do nothing:"),
        _PAGE,
    ),
    "listing_review_stands": NoticeText(
        N_("Your review is answered"),
        N_(
            "Hello %(name)s,\n\nsomebody else at %(authority)s has looked at the decision again. It stands. Sign in to "
            "see where you stand and what you can do:"
        ),
        _PAGE,
    ),
    "listing_review_changed": NoticeText(
        N_("Your review is answered"),
        N_(
            "Hello %(name)s,\n\nsomebody else at %(authority)s has looked at the decision again and changed it. Sign "
            "in to see where you stand now:"
        ),
        _PAGE,
    ),
    "listing_waiver": NoticeText(
        N_("You need one thing less for the register until %(last)s"),
        N_(
            "Hello %(name)s,\n\nthe register manager of %(authority)s decided that you do not need one of the "
            "requirements until %(last)s. See which one:"
        ),
        _PAGE,
    ),
    "listing_waiver_ended": NoticeText(
        N_("Something is needed for the register again"),
        N_(
            "Hello %(name)s,\n\nfor a time you did not need one of the requirements of %(authority)s. That has ended. "
            "See which one:"
        ),
        _PAGE,
    ),
    "listing_review_asked": NoticeText(
        N_("A PA asks for a review"),
        N_(
            "Hello %(name)s,\n\na PA asks for a decision of the register team of %(authority)s to be looked at again. "
            "Somebody who did not decide has to answer. It stands here:"
        ),
        "/register/people/%(place)s/%(who)s/listing",
    ),
}
