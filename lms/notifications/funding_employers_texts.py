"""What is said to employers and those who act for them about training money. No amounts, no digits, no names of PAs."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

FUNDING_EMPLOYERS: Mapping[str, NoticeText] = {
    "permission_written_down": NoticeText(
        N_("Somebody may act for you about training money"),
        N_(
            "Hello %(name)s,\n\nyour council has written down that %(delegate)s may act for you about money for "
            "training. Look at what they may do. If you did not say so, end it at once:"
        ),
        "/training-permissions/%(permission)s",
    ),
    "permission_to_act": NoticeText(
        N_("An employer lets your organisation act"),
        N_(
            "Hello %(name)s,\n\nan individual employer lets %(delegate)s act about money for training. See what you "
            "may do, and until when:"
        ),
        "/acting-for/%(permission)s",
    ),
    "permission_over": NoticeText(
        N_("A permission to act has ended"),
        N_(
            "Hello %(name)s,\n\nan individual employer has ended a permission of %(delegate)s. Nothing can be done "
            "under it any more:"
        ),
        "/acting-for/%(permission)s",
    ),
    "permission_ended_for_you": NoticeText(
        N_("A permission you gave has ended"),
        N_(
            "Hello %(name)s,\n\nyour council has ended the permission of %(delegate)s to act for you, as you asked. "
            "You can see what was done under it:"
        ),
        "/training-permissions/%(permission)s",
    ),
    "application_prepared": NoticeText(
        N_("An application waits for you to read and accept"),
        N_(
            "Hello %(name)s,\n\nan application for training money was prepared for you. Nothing is sent before you "
            "have read it and accepted the terms:"
        ),
        "/get-training-paid/applications/%(claim)s",
    ),
    "decision_for_employer": NoticeText(
        N_("An application you prepared was decided"),
        N_(
            "Hello %(name)s,\n\nan application that %(delegate)s works on for an employer was decided. Sign in to "
            "read the decision:"
        ),
        "/get-training-paid/applications/%(claim)s",
    ),
    "bank_details_given": NoticeText(
        N_("Your bank account was given to PALMS"),
        N_(
            "Hello %(name)s,\n\na bank account was given for your training money, with your password. If that was not "
            "you, change your password at once and tell your council:"
        ),
        "/get-training-paid",
    ),
    "bank_details_read": NoticeText(
        N_("Your council looked at your bank account"),
        N_(
            "Hello %(name)s,\n\na funding officer of your council looked at your bank account, to pay an "
            "application of yours that was approved:"
        ),
        "/get-training-paid/applications/%(claim)s",
    ),
    "bank_details_changed": NoticeText(
        N_("Your bank account in PALMS was changed"),
        N_(
            "Hello %(name)s,\n\nthe bank account for your training money was changed, with your password. If that was "
            "not you, change your password at once and tell your council:"
        ),
        "/get-training-paid",
    ),
}
