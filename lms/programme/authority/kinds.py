"""Which kind of information stands behind which door. Each door of the site belongs to exactly one; a test holds it.

A door is a view; who may enter is what the view itself says (`roles`, see lms.people.guards). Here stands only what is
behind it, so that "who can see what" is worked out from the same guards that keep everybody else out.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """A kind of information about people, or none about others."""

    NAMES = "names"
    LEARNING = "learning"
    PRACTICE = "practice"
    FILES = "files"
    CERTIFICATES = "certificates"
    REGISTER = "register"
    CHECKS = "checks"
    TOLD = "told"
    MONEY = "money"
    BANK = "bank"
    NUMBERS = "numbers"
    STORY = "story"
    REPORTS = "reports"
    MESSAGES = "messages"
    NOTES = "notes"
    CALLS = "calls"
    ALERTS = "alerts"
    EXPORTS = "exports"
    SETTINGS = "settings"
    OWN = "own"
    PUBLIC = "public"


ABOUT_PEOPLE: tuple[Kind, ...] = tuple(kind for kind in Kind if kind not in {Kind.SETTINGS, Kind.OWN, Kind.PUBLIC})
"""Kinds of information about other people, in the order pages name them."""

_ROOMS: Mapping[Kind, str] = {
    Kind.NAMES: "desk employers allocation mentors areas intake groups",
    Kind.LEARNING: (
        "learning writing reading on_paper paper knowledge sharing prior_desk offline confidence crossing prior "
        "teams gatherings"
    ),
    Kind.PRACTICE: (
        "assessment asking deciding signing links competence visits household personal queues grids quality together "
        "evidence"
    ),
    Kind.FILES: "media uploads",
    Kind.CERTIFICATES: "holder life bulk attendance credentials",
    Kind.REGISTER: "register directory vacancies conduct merging reminding listing feed changing",
    Kind.CHECKS: "checks",
    Kind.MONEY: (
        "funding payments budgets places money_sources funding_records funding_board claim_evidence permissions "
        "training_paid"
    ),
    Kind.STORY: "programme_desk bulk_work",
    Kind.REPORTS: "reports",
    Kind.MESSAGES: "messages_out message_people",
    Kind.NOTES: "contacts",
    Kind.CALLS: "callbacks",
    Kind.ALERTS: "safeguarding",
    Kind.SETTINGS: (
        "tokens authoring lines appearance keys reaching rules webhooks schemes settings message_templates forgetting"
    ),
    Kind.OWN: "people notifications preferences",
    Kind.PUBLIC: "core api said shared checking entrance look demo register_api",
}
"""By the names of blueprints."""

_DOORS: Mapping[Kind, str] = {
    Kind.EXPORTS: (
        "register.people_csv register.people_xlsx programme_desk.learners_csv programme_desk.learners_xlsx "
        "programme_desk.lapsing_csv programme_desk.lapsing_xlsx contacts.export bulk.as_sheet bulk.as_paper bulk.part "
        "changing.as_csv payments.as_sheet budgets.as_sheet funding_board.claims_csv funding_board.claims_xlsx "
        "funding_board.audit funding_board.audit_file claim_evidence.ask_pack claim_evidence.pack "
        "claim_evidence.download_pack teams.coverage_file "
        "intake.mistakes intake.pas_csv intake.pas_xlsx groups.group_csv groups.group_xlsx gatherings.people_csv "
        "gatherings.people_xlsx bulk_work.as_sheet bulk_work.as_book reports.report_xlsx reports.report_pdf"
    ),
    Kind.TOLD: "checks.told",
    Kind.BANK: "training_paid.pay_out training_paid.show_account",
    Kind.NUMBERS: (
        "claim_evidence.numbers claim_evidence.keep_number claim_evidence.show_numbers claim_evidence.delete_numbers "
        "claim_evidence.list_numbers"
    ),
    Kind.LEARNING: "authoring.report_list authoring.report_page",
    Kind.SETTINGS: (
        "programme_desk.settings callbacks.settings safeguarding.named safeguarding.end directory.settings "
        "media.limits links.days competence.policy quality.policy"
    ),
    Kind.NAMES: "settings.access_to",
    Kind.OWN: (
        "learning.check_page learning.question_page learning.save_choice learning.answers_page learning.result_page "
        "learning.lesson_page learning.keep_place learning.activity_page learning.move_edition learning.my_induction "
        "learning.course_page learning.module_page learning.picture learning.recording learning.words_page "
        "authoring.rate_lesson authoring.report_lesson authoring.report_question authoring.my_reports "
        "contacts.mine crossing.crosswalk crossing.sheet settings.who_sees_me "
        "gatherings.event_file gatherings.calendar gatherings.end_calendar gatherings.mine gatherings.event "
        "gatherings.give_back gatherings.here mentors.mine mentors.offer mentors.ask mentors.stop mentors.take_back "
        "mentors.got_in_touch mentors.end"
    ),
    Kind.PUBLIC: (
        "together.their_part together.back people.home people.join offline.worker credentials.issuer "
        "credentials.status credentials.badge gatherings.feed preferences.no_more_mail "
        "reports.figures reports.figures_json"
    ),
}
"""Doors that are not of their room's kind, by the last two parts of the endpoint."""

_OF_ROOM = {room: kind for kind, rooms in _ROOMS.items() for room in rooms.split()}
_OF_DOOR = {door: kind for kind, doors in _DOORS.items() for door in doors.split()}
_OF_SITE = {"lms.static": Kind.PUBLIC, "lms.metrics": Kind.PUBLIC, "static": Kind.PUBLIC}


def kind_of(endpoint: str) -> Kind | None:
    """What is behind a door of ours; None for one that nobody has sorted yet."""
    if endpoint in _OF_SITE:
        return _OF_SITE[endpoint]
    room, _, door = endpoint.removeprefix("lms.").partition(".")
    return _OF_DOOR.get(f"{room}.{door}") or _OF_ROOM.get(room)


def sorted_doors() -> frozenset[str]:
    """Every door that is named by itself, to find out whether it is there."""
    return frozenset(f"lms.{door}" for door in _OF_DOOR)


def sorted_rooms() -> frozenset[str]:
    """Every room that is named, to find out whether it is there."""
    return frozenset(_OF_ROOM)
