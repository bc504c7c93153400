"""What can be done under a permission, who somebody is to a claim, and as what they accept terms."""

from enum import StrEnum


class Deed(StrEnum):
    """What was done under a permission, as the employer reads it."""

    RECORD_SEEN = "record_seen"
    QUESTIONS_BEGUN = "questions_begun"
    PREPARED = "prepared"
    LINE_ADDED = "line_added"
    LINE_TAKEN_OUT = "line_taken_out"
    COST_CHANGED = "cost_changed"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_TAKEN_BACK = "evidence_taken_back"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    DECISION_READ = "decision_read"
    DECISION_SENT = "decision_sent"


class Standing(StrEnum):
    """What somebody is to the claimant of a claim."""

    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"
    DELEGATE = "delegate"
    DESK = "desk"


class Capacity(StrEnum):
    """As what somebody accepts the terms of a grant."""

    EMPLOYER = "employer"
    SENIOR_OFFICER = "senior_officer"
    PERSONAL_ASSISTANT = "personal_assistant"
