"""What is said to PAs before the rules of a register change."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

_PATH = "/register/%(authority_id)s/changes/%(edition)s/%(valid_from)s"

RULE_CHANGES: Mapping[str, NoticeText] = {
    "rule_change_loses": NoticeText(
        N_("Something more is asked for from %(day)s"),
        N_(
            "Hello %(name)s,\n\nfrom %(day)s %(authority)s asks for more before it shows a PA on its register. As "
            "things stand today, you would then be shown no more, or only with a label. There is time to do something "
            "about it. See what is asked for:"
        ),
        _PATH,
    ),
    "rule_change_more_to_do": NoticeText(
        N_("Something more is asked for from %(day)s"),
        N_(
            "Hello %(name)s,\n\nfrom %(day)s %(authority)s asks for more before it shows a PA on its register. As "
            "things stand today, something more would then be missing for you. See what it is:"
        ),
        _PATH,
    ),
    "rule_change_gains": NoticeText(
        N_("From %(day)s you can do more on the register"),
        N_(
            "Hello %(name)s,\n\nfrom %(day)s %(authority)s has other rules for its register. As things stand today, "
            "less would then be missing for you than now. See what that means:"
        ),
        _PATH,
    ),
    "rule_change_off": NoticeText(
        N_("The rules do not change on %(day)s after all"),
        N_(
            "Hello %(name)s,\n\nwe told you that %(authority)s changes the rules of its register on %(day)s. That was "
            "taken back. You need do nothing because of it. See what is asked for now:"
        ),
        "/register?authority=%(authority_id)s",
    ),
}
