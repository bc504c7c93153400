"""What is said when somebody gets a role at an authority, loses one, or is about to: to them, and to its admins."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

ROLES: Mapping[str, NoticeText] = {
    "role_given": NoticeText(
        N_("You have a role at %(authority)s: %(role)s"),
        N_(
            "Hello %(name)s,\n\n%(by)s has given you a role at %(authority)s: %(role)s, from %(since)s %(until)s. It "
            "opens pages for you from that day on:"
        ),
        "/",
    ),
    "role_changed": NoticeText(
        N_("Your role at %(authority)s has another last day"),
        N_(
            "Hello %(name)s,\n\n%(by)s has changed the last day of your role at %(authority)s: %(role)s, from "
            "%(since)s %(until)s. If that surprises you, ask at once."
        ),
        "/",
    ),
    "role_ended": NoticeText(
        N_("Your role at %(authority)s has ended: %(role)s"),
        N_(
            "Hello %(name)s,\n\n%(by)s has ended your role at %(authority)s: %(role)s. It opens nothing any more. If "
            "that surprises you, ask at once."
        ),
        "/messages",
    ),
    "role_told_given": NoticeText(
        N_("Somebody has a new role at %(authority)s"),
        N_(
            "Hello %(name)s,\n\n%(by)s has given %(who)s a role at %(authority)s: %(role)s, from %(since)s %(until)s. "
            "You are told because you are an administrator. If that surprises you, ask at once. The reason is written "
            "here:"
        ),
        "/settings/roles/changes",
    ),
    "role_told_changed": NoticeText(
        N_("A role at %(authority)s was changed"),
        N_(
            "Hello %(name)s,\n\n%(by)s has changed the role of %(who)s at %(authority)s: %(role)s, from %(since)s "
            "%(until)s. You are told because you are an administrator. If that surprises you, ask at once. The reason "
            "is written here:"
        ),
        "/settings/roles/changes",
    ),
    "role_told_ended": NoticeText(
        N_("A role at %(authority)s has ended"),
        N_(
            "Hello %(name)s,\n\n%(by)s has ended the role of %(who)s at %(authority)s: %(role)s. You are told because "
            "you are an administrator. The reason is written here:"
        ),
        "/settings/roles/changes",
    ),
    "role_told_invited": NoticeText(
        N_("Somebody was invited to a role at %(authority)s"),
        N_(
            "Hello %(name)s,\n\n%(by)s has invited %(who)s to a role at %(authority)s: %(role)s. You are told because "
            "you are an administrator. If that surprises you, ask at once. See who is invited:"
        ),
        "/settings/roles",
    ),
    "role_ends_soon": NoticeText(
        N_("Your role at %(authority)s ends on %(day)s"),
        N_(
            "Hello %(name)s,\n\nthe last day of your role at %(authority)s, %(role)s, is %(day)s. If you still need "
            "it, tell an administrator."
        ),
        "/",
    ),
    "role_told_ends_soon": NoticeText(
        N_("A role at %(authority)s ends on %(day)s"),
        N_(
            "Hello %(name)s,\n\nthe last day of the role of %(who)s at %(authority)s, %(role)s, is %(day)s. If they "
            "still need it, change the last day here:"
        ),
        "/settings/roles",
    ),
}
