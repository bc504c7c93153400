"""What reports, their tables, rows and columns are called, and what each table counts, in plain words."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.people.rules import Role
from lms.programme.reports.kinds import Made, ReportKind

KINDS: Mapping[ReportKind, str] = {
    ReportKind.PROGRAMME: N_("The programme"),
    ReportKind.REGISTER: N_("The register"),
    ReportKind.MONEY: N_("Money in and out"),
}

READERS: Mapping[ReportKind, tuple[Role, ...]] = {
    ReportKind.PROGRAMME: (Role.COORDINATOR,),
    ReportKind.REGISTER: (Role.COORDINATOR, Role.REGISTER_MANAGER),
    ReportKind.MONEY: (Role.COORDINATOR, Role.FUNDING_OFFICER),
}
"""Who makes and reads each kind: whoever may see the same people or the same money on other pages, nobody else."""

ANY = (Role.COORDINATOR, Role.REGISTER_MANAGER, Role.FUNDING_OFFICER)

MADE: Mapping[Made, str] = {
    Made.WAITS: N_("Step 1 of 2: the numbers are being counted."),
    Made.COUNTED: N_("Step 2 of 2: the files are being made."),
    Made.DONE: N_("Made"),
}

TABLES: Mapping[str, tuple[str, str]] = {
    "stages": (
        N_("Learners by stage"),
        N_(
            "Everybody who had begun a course for PAs by the last day of the period, each person once. Somebody with a "
            "course under way works towards it; otherwise somebody who has completed a course has completed; "
            "otherwise they left."
        ),
    ),
    "courses": (
        N_("Time to complete"),
        N_(
            "People who completed a course in the period, each once, by the course they completed last. Days are whole "
            "days from beginning to completing. A quarter of the people took at most the shorter time, and a quarter "
            "took at least the longer time."
        ),
    ),
    "months": (
        N_("Month by month"),
        N_(
            "People who began a course in the period, each once, in the month they first began in it; and people who "
            "completed one, each once, in the month they last completed in it."
        ),
    ),
    "areas": (
        N_("By area"),
        N_("Learners by stage, by the area a person belongs to on the day the report is counted."),
    ),
    "languages": (
        N_("By language"),
        N_("Learners by stage, by the language each person chose for these pages."),
    ),
    "employers": (
        N_("By kind of employer"),
        N_("Learners by stage, by the kind of employer each person worked for on the last day of the period."),
    ),
    "waits": (
        N_("How long assessment takes"),
        N_(
            "Pieces of evidence first decided on in the period. Days are whole days from when a piece was offered to "
            "its first decision. What an assessor wrote down and decided on themself is left out: it did not wait."
        ),
    ),
    "quality": (
        N_("Quality assurance"),
        N_(
            "Decisions made, pieces of work chosen to be looked at again, those sent back to the assessor, each once, "
            "and appeals against a decision, all in the period."
        ),
    ),
    "verdicts": (
        N_("Who may be listed"),
        N_("PAs on the day the report is counted, by what the rules of the register say of each."),
    ),
    "listings": (
        N_("Who is listed"),
        N_("The same PAs, by where their own listing stands."),
    ),
    "lacking": (
        N_("What is missing"),
        N_("PAs who have not met a requirement of the register, by requirement. Somebody can be in several rows."),
    ),
    "money": (
        N_("Money by scheme and quarter"),
        N_(
            "In pounds. A claim line counts as claimed once, on the day it was first sent in; as approved once, on the "
            "day of its last decision up to the end of the period; paid and taken back on the days the money moved. "
            "The second quarter of a year begins in April."
        ),
    ),
}
"""Each table's name and its definition. A test holds the manual to these."""

COLUMNS: Mapping[str, str] = {
    "people": N_("People"),
    "working": N_("Working towards it"),
    "completed": N_("Completed"),
    "left": N_("Left the course"),
    "began": N_("Began"),
    "median": N_("Middle (days)"),
    "lower": N_("Shorter quarter (days)"),
    "upper": N_("Longer quarter (days)"),
    "pieces": N_("Pieces of evidence"),
    "longest": N_("Longest (days)"),
    "number": N_("Number"),
    "claimed": N_("Claimed"),
    "approved": N_("Approved"),
    "paid": N_("Paid"),
    "recovered": N_("Taken back"),
}

ROWS: Mapping[str, str] = {
    "total": N_("All"),
    "working": N_("Working towards it"),
    "completed": N_("Completed"),
    "left": N_("Left the course"),
    "none": N_("None known"),
    "both": N_("More than one kind"),
    "en": N_("English"),
    "cy": N_("Welsh"),
    "individual_employer": N_("Individual employer"),
    "college": N_("College"),
    "training_provider": N_("Training provider"),
    "support_organisation": N_("Support organisation"),
    "home_care_agency": N_("Home care agency"),
    "authority": N_("Council"),
    "decisions": N_("Decisions"),
    "sampled": N_("Chosen to be looked at again"),
    "sent_back": N_("Sent back"),
    "appealed": N_("Appeals"),
    "draft": N_("Not sent yet"),
    "submitted": N_("Sent"),
    "checking": N_("Something is missing"),
    "provisional": N_("May be shown with a label"),
    "listed": N_("Listed, or nothing is missing"),
    "paused": N_("Paused"),
    "lapsed": N_("Something ran out"),
    "suspended": N_("Hidden by the team"),
    "removed": N_("Ended"),
    "refused": N_("Turned down"),
}

KEPT_BACK = N_("kept back")
"""What stands in place of a number that could tell of somebody."""

WHY_KEPT_BACK = N_(
    "Numbers about fewer than %(threshold)s people are kept back, and as many others beside them as it takes that "
    "nobody can work them out from the totals."
)
