"""What each kind of notice says. Short, warm, one thing to do, and the address to do it at."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.words import N_, Say
from lms.notifications.alert_texts import ALERTS
from lms.notifications.budget_texts import BUDGETS
from lms.notifications.certificate_texts import CERTIFICATES
from lms.notifications.change_texts import RULE_CHANGES
from lms.notifications.check_texts import CHECKS
from lms.notifications.claim_texts import CLAIMS
from lms.notifications.directory_texts import DIRECTORY
from lms.notifications.funding_employers_texts import FUNDING_EMPLOYERS
from lms.notifications.gathering_texts import GATHERINGS
from lms.notifications.listing_texts import LISTINGS
from lms.notifications.mentor_texts import MENTORS
from lms.notifications.notice_text import NoticeText
from lms.notifications.nudge_texts import NUDGES
from lms.notifications.place_texts import PLACES
from lms.notifications.register_team_texts import REGISTER_TEAM
from lms.notifications.role_texts import ROLES
from lms.notifications.written_texts import WRITTEN

KINDS: Mapping[str, NoticeText] = {
    "invitation": NoticeText(
        N_("Your invitation to PALMS"),
        N_(
            "Hello %(name)s,\n\n%(organisation)s invites you to PALMS, where personal assistants learn and show what "
            "they can do.\n\nFollow this link to join. It works once, for 28 days:"
        ),
        "/invitation/%(secret)s",
        on_page=False,
    ),
    "sign_in_link": NoticeText(
        N_("Your link to sign in"),
        N_(
            "Hello %(name)s,\n\nhere is your link to sign in. It works once, for 30 minutes. If you did not ask for "
            "it, do nothing: your account is safe."
        ),
        "/sign-in/link/%(secret)s",
        on_page=False,
    ),
    **CERTIFICATES,
    **ALERTS,
    **DIRECTORY,
    **CLAIMS,
    **FUNDING_EMPLOYERS,
    **REGISTER_TEAM,
    **RULE_CHANGES,
    **CHECKS,
    **LISTINGS,
    **BUDGETS,
    **PLACES,
    **NUDGES,
    **ROLES,
    **GATHERINGS,
    **MENTORS,
    **WRITTEN,
    "text_commented": NoticeText(
        N_("You have a comment on what you wrote"),
        N_(
            "Hello %(name)s,\n\nsomebody has read what you wrote in your course and sent you a comment. It is not in "
            "this message, since it is for you alone. Sign in to read it:"
        ),
        "/learning/texts/%(work)s",
    ),
    "text_read": NoticeText(
        N_("Somebody has read what you wrote"),
        N_("Hello %(name)s,\n\nsomebody has read what you wrote in your course. Sign in to see what they say:"),
        "/learning/texts/%(work)s",
    ),
    "prior_decided": NoticeText(
        N_("Somebody has looked at what you learned before"),
        N_(
            "Hello %(name)s,\n\nan assessor has looked at what you showed and decided what counts as prior learning. "
            "Sign in to read what they say:"
        ),
        "/prior-learning",
    ),
    "knowledge_shared": NoticeText(
        N_("%(who)s lets you see something of what they learn"),
        N_(
            "Hello %(name)s,\n\n%(who)s has chosen to let you see something of what they learn for the Care "
            "Certificate. It is not in this message. Sign in to see it:"
        ),
        "/my-pas",
    ),
    "personal_ending": NoticeText(
        N_("A sign-off for one person ends soon"),
        N_(
            "Hello %(name)s,\n\na task that somebody was signed off to do for one person has to be looked at again. "
            "The sign-off ends within %(days)s days. Ask the nurse, therapist or trainer who signed it. See which one "
            "it is:"
        ),
        "/for-one-person/%(personal)s",
    ),
    "work_waits": NoticeText(
        N_("Something waits for you in PALMS"),
        N_(
            "Hello %(name)s,\n\npeople wait for your word. In your list, this many have waited a week or more: "
            "%(count)s. Most take a few minutes. See what waits:"
        ),
        "/queue",
    ),
    "work_waits_long": NoticeText(
        N_("Things have waited long in %(authority)s"),
        N_(
            "Hello %(name)s,\n\nin %(authority)s, this many have waited three weeks or more for somebody: "
            "%(count)s. They were reminded first. Perhaps you can help. See what it is:"
        ),
        "/queue/waited-long?authority=%(place)s",
    ),
    "report_answered": NoticeText(
        N_("An answer to what you reported"),
        N_(
            "Hello %(name)s,\n\nyou said that something in a lesson or a question is wrong. The people who write them "
            "have looked at it and answered. Thank you for helping. Read it here:"
        ),
        "/learning/reports",
    ),
    "link_asked": NoticeText(
        N_("What did you see %(learner)s do?"),
        N_(
            "Hello %(name)s,\n\n%(learner)s is a personal assistant and is showing what they can do at work. "
            "%(authority)s asks you to say what you saw. It takes a few minutes, one short question at a time. You "
            "need no account and no password, and you can stop and come back.\n\nOnly you should open this link. It "
            "works until %(until)s:"
        ),
        "/said/%(secret)s",
        on_page=False,
        short=N_("%(authority)s: what did you see %(learner)s do at work? A few short questions, until %(until)s:"),
    ),
    "link_reminder": NoticeText(
        N_("A reminder: what did you see %(learner)s do?"),
        N_(
            "Hello %(name)s,\n\nsome days ago %(authority)s asked you what you saw %(learner)s do at work. If you have "
            "a few minutes, your answer would help. If you saw nothing, you can say that too. We will not remind you "
            "again.\n\nOnly you should open this link. It works until %(until)s:"
        ),
        "/said/%(secret)s",
        on_page=False,
        short=N_("%(authority)s: a reminder. What did you see %(learner)s do at work? Until %(until)s:"),
    ),
    "link_answered": NoticeText(
        N_("%(who)s has answered"),
        N_(
            "Hello %(name)s,\n\n%(who)s has answered what you asked them about %(learner)s's work. What they said is "
            "not in this message. Sign in to see it:"
        ),
        "/asked-by-link/%(enrolment)s",
    ),
    "link_not_theirs": NoticeText(
        N_("The link to %(who)s was opened by somebody else"),
        N_(
            "Hello %(name)s,\n\nsomebody opened the link you sent to %(who)s and said that they are somebody else. "
            "The link has ended, and nothing was saved. Check the address, and ask again if you like:"
        ),
        "/asked-by-link/%(enrolment)s",
    ),
    "link_doubted": NoticeText(
        N_("%(who)s says that an answer was not right"),
        N_(
            "Hello %(name)s,\n\n%(who)s says that something in their answer about %(learner)s's work was not right. "
            "What they answered stays as it was, and their note stands beside it. Sign in to read it:"
        ),
        "/asked-by-link/%(enrolment)s",
    ),
    "together_recorded": NoticeText(
        N_("What you and your assessor wrote down together is saved"),
        N_(
            "Hello %(name)s,\n\nyou confirmed on your assessor's phone what you talked about. It is now evidence in "
            "your record, with your name beside it. If you did not confirm anything, tell your training coordinator. "
            "Sign in to read it:"
        ),
        "/evidence/%(evidence)s",
    ),
    "decisions_made": NoticeText(
        N_("There is news about your practice"),
        N_(
            "Hello %(name)s,\n\nsomebody has looked at what you do at work and decided. What they say is not in this "
            "message, since it is for you alone. Sign in to read it:"
        ),
        "/practice",
    ),
    "sign_off_withdrawn": NoticeText(
        N_("A sign-off of your practice was withdrawn"),
        N_(
            "Hello %(name)s,\n\na sign-off of your practice was withdrawn. What you showed stays on record, and it can "
            "be signed off again. Sign in to read why, and what comes next:"
        ),
        "/practice",
    ),
    "sign_off_withdrawn_signer": NoticeText(
        N_("A sign-off you made was withdrawn"),
        N_(
            "Hello %(name)s,\n\na sign-off that you made was withdrawn. It can be signed off again when what is "
            "missing is there. Sign in to see it:"
        ),
        "/assess",
    ),
    "sign_off_withdrawn_home": NoticeText(
        N_("A sign-off from your household was withdrawn"),
        N_(
            "Hello %(name)s,\n\na sign-off of your PA's work that was made in your household was withdrawn. It can be "
            "signed off again. Sign in to see it:"
        ),
        "/my-pas",
    ),
    "sample_sent_back": NoticeText(
        N_("A quality assurer asks you to look again at something you decided"),
        N_(
            "Hello %(name)s,\n\na quality assurer read what you decided about %(learner)s and asks you to look at it "
            "again by %(until)s. Until you have, it does not count. What to do is not in this message:"
        ),
        "/sent-back",
    ),
    "sample_answered": NoticeText(
        N_("What you sent back was decided again"),
        N_(
            "Hello %(name)s,\n\nwhat you sent back about %(learner)s has new decisions. Read them, and say whether you "
            "agree now:"
        ),
        "/quality/samples/%(sample)s",
    ),
    "sample_waits_long": NoticeText(
        N_("A certificate has waited long for a sample"),
        N_(
            "Hello %(name)s,\n\na certificate of %(learner)s waits until somebody has looked at the work it rests on. "
            "It has waited longer than your policy says. Please see to it:"
        ),
        "/quality",
    ),
    "appeal_asked": NoticeText(
        N_("Somebody asks for a second look at a decision"),
        N_(
            "Hello %(name)s,\n\n%(learner)s asks that a decision is looked at again. Tell them that you have it, and "
            "choose somebody who did not decide:"
        ),
        "/appeals/%(appeal)s",
    ),
    "appeal_acknowledged": NoticeText(
        N_("We have your request for a second look"),
        N_(
            "Hello %(name)s,\n\nthank you for asking. We have it, and somebody who did not make the decision will look "
            "at it. You can follow it here:"
        ),
        "/appeals/%(appeal)s",
    ),
    "appeal_being_looked_at": NoticeText(
        N_("Somebody is taking a second look"),
        N_(
            "Hello %(name)s,\n\nsomebody who did not make the decision is looking at it now. You need do nothing. "
            "By when they answer stands here:"
        ),
        "/appeals/%(appeal)s",
    ),
    "appeal_answered": NoticeText(
        N_("News about the second look you asked for"),
        N_("Hello %(name)s,\n\nthere is news about the second look. Read it, and what you can do next, here:"),
        "/appeals/%(appeal)s",
    ),
    "appeal_second": NoticeText(
        N_("You are asked to take a second look at a decision"),
        N_(
            "Hello %(name)s,\n\n%(learner)s thinks that a decision is not right, and you are asked to look at it with "
            "fresh eyes. Read what happened and answer them:"
        ),
        "/appeals/%(appeal)s",
    ),
    "records_opened": NoticeText(
        N_("Records are open to you"),
        N_(
            "Hello %(name)s,\n\nrecords were opened to you to read, until %(until)s. Each time you open one is written "
            "down. You find them here:"
        ),
        "/verify-records",
    ),
    "meeting_asked": NoticeText(
        N_("You are asked to a standardisation meeting"),
        N_(
            "Hello %(name)s,\n\nplease come to a meeting on %(day)s where assessors agree on what is enough. Where it "
            "is, and what it is about:"
        ),
        "/meetings/%(meeting)s",
    ),
    "assessor_asked": NoticeText(
        N_("An assessor was asked for, for you"),
        N_(
            "Hello %(name)s,\n\n%(who)s has asked your training coordinator for an assessor who sees you at work. You "
            "can read what was asked, and take it back, here:"
        ),
        "/practice/assessor",
    ),
    "assessor_found": NoticeText(
        N_("There is an assessor for you"),
        N_(
            "Hello %(name)s,\n\nyour training coordinator has chosen %(assessor)s to see you at work. They will be in "
            "touch about when to come. See for which standards:"
        ),
        "/practice/assessor",
    ),
    "assessor_found_for_pa": NoticeText(
        N_("There is an assessor for %(who)s"),
        N_(
            "Hello %(name)s,\n\nthe training coordinator has chosen %(assessor)s to see %(who)s at work. It is your "
            "home: they come when it suits you. See for which standards:"
        ),
        "/my-pas/%(pa)s/assessor",
    ),
    "learner_given": NoticeText(
        N_("You have been chosen to assess somebody"),
        N_(
            "Hello %(name)s,\n\na training coordinator has chosen you to see somebody at work. Who it is, and what to "
            "know before you come, stands here:"
        ),
        "/assess",
    ),
    "request_answered": NoticeText(
        N_("An answer about your request for an assessor"),
        N_("Hello %(name)s,\n\nthe training coordinator has answered the request for an assessor. Sign in to read it:"),
        "%(path)s",
    ),
    "competence_ends": NoticeText(
        N_("Something you may assess ends soon"),
        N_(
            "Hello %(name)s,\n\nfor %(authority)s you may decide on some standards until %(day)s only. Ask the "
            "training coordinator there to renew it. After that day you can still write down what you see. See which "
            "they are:"
        ),
        "/assess/what-i-may",
    ),
    "verdict_changed": NoticeText(
        N_("Something changed for your place on the register"),
        N_(
            "Hello %(name)s,\n\n%(authority)s looks at what you need for its register. Something there has changed. "
            "See what is met and what is still missing:"
        ),
        "/register",
    ),
}


@dataclass(frozen=True)
class Written:
    """A notice in somebody's language."""

    subject: str
    body: str
    link: str
    short: str = ""


def write(kind: str, values: Mapping[str, object], base_url: str, say: Say) -> Written:
    """The notice of a kind, with its link."""
    text = KINDS[kind]
    link = base_url + text.path % values if text.path else ""
    short = say(text.short) % values if text.short else ""
    return Written(say(text.subject) % values, say(text.body) % values, link, short)
