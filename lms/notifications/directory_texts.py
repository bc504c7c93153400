"""What is said to people about profiles, messages and vacancies of a simple register. Never what somebody wrote."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

DIRECTORY: Mapping[str, NoticeText] = {
    "profile_published": NoticeText(
        N_("Your profile is published"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has read your profile and published it. You can "
            "change it or hide it whenever you like:"
        ),
        "/register/%(place)s/profile",
    ),
    "profile_sent_back": NoticeText(
        N_("Your profile came back"),
        N_(
            "Hello %(name)s,\n\nsomebody of the register team of %(authority)s has read your profile and asks you to "
            "change something. See what it is:"
        ),
        "/register/%(place)s/profile",
    ),
    "profile_taken_off": NoticeText(
        N_("Your profile is no longer on the register"),
        N_(
            "Hello %(name)s,\n\nyour profile with %(authority)s is off the register now. You can send a new one, or "
            "ask the register team why. See how it stands:"
        ),
        "/register/%(place)s/profile",
    ),
    "directory_message": NoticeText(
        N_("You have a message on the register"),
        N_(
            "Hello %(name)s,\n\nsomebody has written to you on the register of %(authority)s. The message is not in "
            "this mail. Sign in to read it:"
        ),
        "/register/messages/%(contact)s",
    ),
    "introduction_asked": NoticeText(
        N_("May we introduce you to an employer?"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s thinks that an employer could suit you. They learn "
            "nothing of you unless you say yes. Sign in to read more and to answer:"
        ),
        "/register/messages/%(contact)s",
    ),
    "introduction_agreed": NoticeText(
        N_("A PA would like to hear from you"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has found a PA who would like to hear from you. "
            "Sign in to see who it is, and to write to them:"
        ),
        "/register/messages/%(contact)s",
    ),
    "details_passed": NoticeText(
        N_("A PA lets you have their contact details"),
        N_(
            "Hello %(name)s,\n\na PA on the register of %(authority)s lets you have their contact details. They are "
            "not in this mail. Sign in to see them:"
        ),
        "/register/messages/%(contact)s",
    ),
    "vacancy_published": NoticeText(
        N_("Your vacancy is published"),
        N_(
            "Hello %(name)s,\n\nthe register team of %(authority)s has read your vacancy and published it. PAs can "
            "answer it until %(day)s. You hear from us when somebody does:"
        ),
        "/vacancies/%(vacancy)s",
    ),
    "vacancy_sent_back": NoticeText(
        N_("Your vacancy came back"),
        N_(
            "Hello %(name)s,\n\nsomebody of the register team of %(authority)s has read your vacancy and asks you to "
            "change something. See what it is:"
        ),
        "/vacancies/%(vacancy)s",
    ),
    "vacancy_answered": NoticeText(
        N_("A PA has answered your vacancy"),
        N_(
            "Hello %(name)s,\n\na PA has answered your vacancy. What they wrote is not in this mail. Sign in to read "
            "it, and to answer:"
        ),
        "/vacancies/%(vacancy)s",
    ),
    "vacancy_ended": NoticeText(
        N_("Your vacancy has ended"),
        N_(
            "Hello %(name)s,\n\nyour vacancy with %(authority)s has ended, so PAs cannot answer it any more. You can "
            "still write with those who did, or post a new one:"
        ),
        "/vacancies/%(vacancy)s",
    ),
    "report_answered": NoticeText(
        N_("Somebody has looked at what you reported"),
        N_(
            "Hello %(name)s,\n\nthank you for telling us. The register team of %(authority)s has looked at what you "
            "reported. If it goes on, tell us again. If somebody is in danger, ring 999."
        ),
        "/",
    ),
}
