"""What is said to PAs about subsidised places."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.notice_text import NoticeText

PLACES: Mapping[str, NoticeText] = {
    "place_offered": NoticeText(
        N_("A place on a course is yours if you take it"),
        N_(
            "Hello %(name)s,\n\n%(authority)s has a place for you: %(course)s. Take it by %(day)s. After that day it "
            "goes to the next in the line:"
        ),
        "/places/%(run)s",
    ),
    "place_lapsed": NoticeText(
        N_("The place went to somebody else"),
        N_(
            "Hello %(name)s,\n\nthere was no answer in time, so the place went to the next in the line: %(course)s. "
            "You can ask again while asking is open:"
        ),
        "/places/%(run)s",
    ),
    "place_proof": NoticeText(
        N_("Show where you work, to get a place"),
        N_(
            "Hello %(name)s,\n\nyou asked %(authority)s for a place: %(course)s. It pays for PAs who work in its area. "
            "Show its team a letter, your contract or a payslip. They keep no copy. Your place in the line stays:"
        ),
        "/places/%(run)s",
    ),
    "place_refused": NoticeText(
        N_("No place on this course"),
        N_(
            "Hello %(name)s,\n\n%(authority)s pays only for PAs who work in its area, so there is no place for you: "
            "%(course)s. If that is wrong, tell its team, or ask again:"
        ),
        "/places/%(run)s",
    ),
    "place_called_off": NoticeText(
        N_("A course is called off"),
        N_("Hello %(name)s,\n\n%(authority)s had to call this course off: %(course)s. You pay nothing for it:"),
        "/places/%(run)s",
    ),
}
"""What each kind of notice says. The course by its title; never why somebody needs it."""
