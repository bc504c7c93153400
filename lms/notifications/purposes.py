"""What each kind of notice is for. A kind that stands nowhere here has to be told: better once too often than never."""

from collections.abc import Mapping

from lms.notifications.preferences.rules import Purpose

_BY_PURPOSE: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.SAFETY: (
        "invitation",
        "sign_in_link",
        "mobile_code",
        "alert_waits",
        "alert_waits_again",
        "safeguarding_named",
        "safeguarding_ended",
        "safeguarding_changed",
        "link_asked",
        "link_reminder",
        "together_recorded",
        "bank_details_given",
        "bank_details_changed",
        "bank_details_read",
        "role_given",
        "role_changed",
        "role_ended",
        "role_told_given",
        "role_told_changed",
        "role_told_ended",
        "role_told_invited",
    ),
    Purpose.LEARNING: (
        "text_commented",
        "text_read",
        "prior_decided",
        "report_answered",
        "assessor_asked",
        "assessor_found",
        "request_answered",
        "gathering_given",
        "gathering_waits",
        "gathering_moved_up",
        "gathering_gone",
        "gathering_changed",
        "gathering_cancelled",
    ),
    Purpose.REMINDERS: (
        "work_waits",
        "work_waits_long",
        "nudge_self",
        "gathering_comes_up",
        "nudge_other",
        "register_reminder",
        "competence_ends",
        "personal_ending",
        "certificate_ends_soon",
        "sample_waits_long",
        "role_ends_soon",
        "role_told_ends_soon",
    ),
    Purpose.WORK: (
        "directory_message",
        "introduction_asked",
        "introduction_agreed",
        "vacancy_published",
        "vacancy_answered",
        "assessor_found_for_pa",
        "learner_given",
        "meeting_asked",
        "knowledge_shared",
    ),
    Purpose.COORDINATOR: ("coordinator_message", "message_through"),
}
PURPOSES: Mapping[str, Purpose] = {kind: purpose for purpose, kinds in _BY_PURPOSE.items() for kind in kinds}


def purpose_of(kind: str) -> Purpose:
    """What a kind of notice is for."""
    return PURPOSES.get(kind, Purpose.DECISIONS)
