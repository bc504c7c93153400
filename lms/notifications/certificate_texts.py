"""What is said to people about certificates: the holder, and whoever else has to know that one was moved."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

CERTIFICATES: Mapping[str, NoticeText] = {
    "certificate_issued": NoticeText(
        N_("Your certificate is here"),
        N_(
            "Hello %(name)s,\n\nwell done. Your certificate “%(title)s” is issued. Its number is %(number)s, and "
            "anybody you give the number to can check it.\n\nYou find it here:"
        ),
        "/certificates",
    ),
    "certificate_suspended": NoticeText(
        N_("Your certificate %(number)s is suspended"),
        N_(
            "Hello %(name)s,\n\nfor the time being your certificate “%(title)s” does not count. Somebody looks into "
            "it, and it can count again. What you were told about it is not in this message. Sign in to read it:"
        ),
        "/certificates/%(certificate)s",
    ),
    "certificate_lifted": NoticeText(
        N_("Your certificate %(number)s counts again"),
        N_(
            "Hello %(name)s,\n\nyour certificate “%(title)s” is no longer suspended. It counts again as before. "
            "You need do nothing. You find it here:"
        ),
        "/certificates/%(certificate)s",
    ),
    "certificate_withdrawn": NoticeText(
        N_("Your certificate %(number)s was withdrawn"),
        N_(
            "Hello %(name)s,\n\nyour certificate “%(title)s” was withdrawn and does not count any more. Why, and what "
            "you were told about it, is not in this message. If you think that is wrong, ask your training "
            "coordinator. Sign in to read it:"
        ),
        "/certificates/%(certificate)s",
    ),
    "certificate_replaced": NoticeText(
        N_("Your certificate has a new number"),
        N_(
            "Hello %(name)s,\n\nyour certificate “%(title)s” was issued anew with your right name. Its number is now "
            "%(number)s. The old number says that it was replaced, so please give the new one to whoever has the old. "
            "You find it here:"
        ),
        "/certificates/%(certificate)s",
    ),
    "certificate_ends_soon": NoticeText(
        N_("Your certificate %(number)s ends soon"),
        N_(
            "Hello %(name)s,\n\nyour certificate “%(title)s” counts until %(last)s. See what you need for a new one, "
            "so that there is no gap:"
        ),
        "/certificates",
    ),
    "certificate_ended": NoticeText(
        N_("Your certificate %(number)s no longer counts"),
        N_(
            "Hello %(name)s,\n\nyour certificate “%(title)s” counted until %(last)s. It stays yours, and shows what "
            "you had until then. See what you need for a new one:"
        ),
        "/certificates",
    ),
    "certificate_moved": NoticeText(
        N_("News about the certificate %(number)s"),
        N_(
            "Hello %(name)s,\n\nthere is something new about the certificate %(number)s of your authority. What it "
            "is, and who did it, stands here:"
        ),
        "/certificates/issued/%(certificate)s",
    ),
}
