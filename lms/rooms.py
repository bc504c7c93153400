"""Every room that has tables, named once, so that migrations and tests know all of them."""

from importlib import import_module

ROOMS = (
    "core",
    "people",
    "people.tokens",
    "learning",
    "learning.offline",
    "learning.writing",
    "learning.editions",
    "learning.authoring",
    "learning.prior",
    "learning.paper",
    "learning.shown",
    "assessment",
    "assessment.lines",
    "assessment.knowledge",
    "assessment.crossing",
    "assessment.confidence",
    "assessment.sharing",
    "assessment.evidence",
    "assessment.deciding",
    "assessment.signing",
    "assessment.media",
    "assessment.competence",
    "assessment.asking",
    "assessment.links",
    "assessment.together",
    "assessment.visits",
    "assessment.quality",
    "assessment.personal",
    "assessment.queues",
    "certification",
    "certification.life",
    "certification.keys",
    "certification.checking",
    "certification.holder",
    "certification.credentials",
    "certification.bulk",
    "certification.attendance",
    "certification.appearance",
    "register",
    "register.authoring",
    "register.changing",
    "register.checks",
    "register.listing",
    "register.conduct",
    "register.merging",
    "register.reminding",
    "register.feed",
    "register.webhooks",
    "register.directory",
    "register.vacancies",
    "funding",
    "notifications",
)


def import_models() -> None:
    """Make every room's tables known, for migrations and tests."""
    for room in ROOMS:
        import_module(f"lms.{room}.models")
