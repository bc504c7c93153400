"""What is said to people about events. Never where it is, nor who comes: that stands on the page."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

GATHERINGS: Mapping[str, NoticeText] = {
    "gathering_given": NoticeText(
        N_("You have a place: %(event)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has given you a place at this event: %(event)s, %(day)s at %(clock)s. If "
            "you cannot come, give the place back, so that somebody else can have it:"
        ),
        "/events/%(gathering)s",
    ),
    "gathering_waits": NoticeText(
        N_("You are on the waiting list: %(event)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has put you on the waiting list of this event: %(event)s, %(day)s at "
            "%(clock)s. We tell you when a place is free. See how it stands:"
        ),
        "/events/%(gathering)s",
    ),
    "gathering_moved_up": NoticeText(
        N_("A place is free, and it is yours: %(event)s"),
        N_(
            "Hello %(name)s,\n\nyou waited for a place at this event, and now you have one: %(event)s, %(day)s at "
            "%(clock)s. If you cannot come any more, give it back, so that the next person can have it:"
        ),
        "/events/%(gathering)s",
    ),
    "gathering_gone": NoticeText(
        N_("You have no place any more: %(event)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has taken you off the list of this event: %(event)s, %(day)s at "
            "%(clock)s. If that is a mistake, tell your training coordinator. See what else there is:"
        ),
        "/events",
    ),
    "gathering_changed": NoticeText(
        N_("The time or place has changed: %(event)s"),
        N_(
            "Hello %(name)s,\n\nthe time or place of this event has changed. It is now: %(event)s, %(day)s at "
            "%(clock)s. Look whether it still suits you. If not, give your place back:"
        ),
        "/events/%(gathering)s",
    ),
    "gathering_cancelled": NoticeText(
        N_("Called off: %(event)s"),
        N_(
            "Hello %(name)s,\n\n%(authority)s had to call off this event: %(event)s, %(day)s at %(clock)s. You need "
            "not do anything. See what else there is:"
        ),
        "/events",
    ),
    "gathering_comes_up": NoticeText(
        N_("Coming up: %(event)s"),
        N_(
            "Hello %(name)s,\n\nyou have a place at this event: %(event)s, %(day)s at %(clock)s. The page says where "
            "it is. If you cannot come, give the place back, so that somebody else can have it:"
        ),
        "/events/%(gathering)s",
    ),
}
"""What each kind of notice says."""
