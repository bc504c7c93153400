"""How things of the settings are said."""

from lms.core.words import N_
from lms.people.rules import Role
from lms.programme.authority.kinds import Kind
from lms.programme.authority.words import RoleStep

STEPS = {
    RoleStep.GIVEN: N_("Given"),
    RoleStep.INVITED: N_("Invited to it"),
    RoleStep.END_CHANGED: N_("Last day changed"),
    RoleStep.ENDED: N_("Ended at once"),
    RoleStep.TAKEN_BACK: N_("Taken back before it began"),
}

KINDS = {
    Kind.NAMES: N_("Names, e-mail addresses and who works for whom"),
    Kind.LEARNING: N_("Learning: courses, checks, texts"),
    Kind.PRACTICE: N_("Practice: evidence and decisions about it"),
    Kind.FILES: N_("Photos, voice and video"),
    Kind.CERTIFICATES: N_("Certificates"),
    Kind.REGISTER: N_("The register: listing, profile, messages about it"),
    Kind.CHECKS: N_("Criminal record checks"),
    Kind.TOLD: N_("Of a criminal record check, only what the PA agreed they are told"),
    Kind.MONEY: N_("Training money: claims, permissions, courses paid"),
    Kind.BANK: N_("Bank details of employers"),
    Kind.NUMBERS: N_("Learner numbers in claims"),
    Kind.STORY: N_("The whole story on the desk, and who is stuck"),
    Kind.REPORTS: N_("Reports: numbers, with small ones left out"),
    Kind.MESSAGES: N_("Messages written to people"),
    Kind.NOTES: N_("Contact notes"),
    Kind.CALLS: N_("Answers in call-backs"),
    Kind.ALERTS: N_("Safeguarding alerts"),
    Kind.EXPORTS: N_("Taking lists out, as CSV, XLSX or ZIP"),
}
TEAMS = {
    Role.COORDINATOR: N_("The training coordinators"),
    Role.REGISTER_OFFICER: N_("The register officers"),
    Role.REGISTER_MANAGER: N_("The register managers"),
    Role.FUNDING_OFFICER: N_("The funding officers"),
    Role.QUALITY_ASSURER: N_("The quality assurers"),
    Role.VERIFIER: N_("Verifiers from outside"),
    Role.ADMIN: N_("The administrators"),
}
TITLES = {
    Role.COORDINATOR: N_("Training coordinator"),
    Role.REGISTER_OFFICER: N_("Register officer"),
    Role.REGISTER_MANAGER: N_("Register manager"),
    Role.FUNDING_OFFICER: N_("Funding officer"),
    Role.QUALITY_ASSURER: N_("Quality assurer"),
    Role.ASSESSOR: N_("Assessor"),
    Role.ADMIN: N_("Administrator"),
    Role.VERIFIER: N_("Verifier from outside"),
}
"""Roles in messages, which know nothing of pages."""
