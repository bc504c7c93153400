"""Which facts are told in somebody's story, in which part of it, and in what words. What is not here is not told."""

from collections.abc import Mapping
from enum import StrEnum

from lms.core.words import N_


class Part(StrEnum):
    """The parts a story can be narrowed to."""

    STUDY = "study"
    EVIDENCE = "evidence"
    DECISIONS = "decisions"
    CERTIFICATES = "certificates"
    REGISTER = "register"
    MONEY = "money"
    WORK = "work"
    CONTACTS = "contacts"


PARTS: Mapping[Part, str] = {
    Part.STUDY: N_("Study"),
    Part.EVIDENCE: N_("Evidence"),
    Part.DECISIONS: N_("Decisions"),
    Part.CERTIFICATES: N_("Certificates"),
    Part.REGISTER: N_("The register"),
    Part.MONEY: N_("Money"),
    Part.WORK: N_("Employers and roles"),
    Part.CONTACTS: N_("Contacts"),
}

SAID: Mapping[str, tuple[Part, str]] = {
    "LearnerEnrolled": (Part.STUDY, N_("Enrolled on %(course)s")),
    "LearnerLeft": (Part.STUDY, N_("Left the course %(course)s")),
    "DoneAmongMany": (Part.WORK, N_("What was done at this moment was done for many at once")),
    "LessonStudied": (Part.STUDY, N_("Finished a lesson of %(module)s")),
    "CheckPassed": (Part.STUDY, N_("Passed the knowledge check of %(module)s")),
    "CheckNotPassed": (Part.STUDY, N_("Took the knowledge check of %(module)s and did not pass yet")),
    "ModuleStudied": (Part.STUDY, N_("Finished all the learning of %(module)s")),
    "TextHandedOver": (Part.STUDY, N_("Handed over a text of %(module)s to be read")),
    "TextTakenBack": (Part.STUDY, N_("Took back a text of %(module)s that nobody had read")),
    "TextRead": (Part.STUDY, N_("A text of %(module)s was read")),
    "PriorOffered": (Part.STUDY, N_("Offered what was learned before for %(module)s")),
    "PriorDecided": (Part.STUDY, N_("It was decided what was learned before for %(module)s")),
    "EvidenceOffered": (Part.EVIDENCE, N_("Evidence was offered")),
    "EvidenceWithdrawn": (Part.EVIDENCE, N_("Evidence was withdrawn")),
    "LinkAsked": (Part.EVIDENCE, N_("Somebody was asked what they saw, for %(unit)s")),
    "LinkAnswered": (Part.EVIDENCE, N_("Somebody who was asked said what they saw")),
    "AssessorAllocated": (Part.DECISIONS, N_("%(who)s became their assessor")),
    "AllocationEnded": (Part.DECISIONS, N_("%(who)s stops being their assessor")),
    "StandardsOpened": (Part.DECISIONS, N_("Began to show practice in the standards")),
    "DecisionsFinalised": (Part.DECISIONS, N_("Points were decided: %(met)s met, %(others)s not yet")),
    "UnitSignedOff": (Part.DECISIONS, N_("%(unit)s was signed off")),
    "SignOffWithdrawn": (Part.DECISIONS, N_("The sign-off of %(unit)s was withdrawn")),
    "DecisionAppealed": (Part.DECISIONS, N_("Appealed against a decision on %(unit)s")),
    "CertificateIssued": (Part.CERTIFICATES, N_("Certificate %(number)s was issued: %(title)s")),
    "CertificateWithdrawn": (Part.CERTIFICATES, N_("Certificate %(number)s was withdrawn")),
    "CertificateReplaced": (Part.CERTIFICATES, N_("Certificate %(number)s was replaced")),
    "CertificateSuspended": (Part.CERTIFICATES, N_("Certificate %(number)s does not count for a while")),
    "CertificateSuspensionLifted": (Part.CERTIFICATES, N_("Certificate %(number)s counts again")),
    "CertificateLapsed": (Part.CERTIFICATES, N_("Certificate %(number)s came to its end")),
    "ListingMoved": (Part.REGISTER, N_("On the register: %(state)s")),
    "ClaimDrafted": (Part.MONEY, N_("A claim for training money was drafted")),
    "ClaimSubmitted": (Part.MONEY, N_("A claim for training money was sent in")),
    "ClaimApproved": (Part.MONEY, N_("A claim for training money was approved")),
    "ClaimRejected": (Part.MONEY, N_("A claim for training money was rejected")),
    "ClaimPaid": (Part.MONEY, N_("A claim for training money was paid")),
    "ClaimRecovered": (Part.MONEY, N_("Money of a claim was taken back")),
    "ClaimWithdrawn": (Part.MONEY, N_("A claim for training money was withdrawn")),
    "RoleGiven": (Part.WORK, N_("Became a PA here")),
    "RoleEnded": (Part.WORK, N_("Stops being a PA here")),
    "EmploymentStarted": (Part.WORK, N_("Began to work for %(employer)s")),
    "EmploymentEnded": (Part.WORK, N_("Stops working for %(employer)s")),
    "CoordinatorWrote": (Part.CONTACTS, N_("A message was sent to them")),
    "GroupJoined": (Part.STUDY, N_("Joined a group")),
    "GroupLeft": (Part.STUDY, N_("Left a group")),
    "GatheringPlaceTaken": (Part.STUDY, N_("Signed up for an event")),
    "GatheringAttended": (Part.STUDY, N_("Was at an event")),
    "GatheringMissed": (Part.STUDY, N_("Was not at an event they had a place at")),
    "Nudged": (Part.CONTACTS, N_("%(who)s was reminded")),
}
"""By the name of the fact."""
