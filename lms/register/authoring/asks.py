"""The questions of the editor: what it asks for each kind of requirement and each part of an authority's rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.register import check_words
from lms.register.across import Codes
from lms.register.authoring.asking import Ask, Both, Day, Learning, Lines, Names, Number, Numbers, One, Several, Yes
from lms.register.kinds import Circumstance, ContactModel, RequirementKind
from lms.register.texts import REFERENCE_SOURCES

Kind = RequirementKind

KINDS: Mapping[RequirementKind, Any] = {
    Kind.IDENTITY: _l("Proof of identity"),
    Kind.RIGHT_TO_WORK: _l("Right to work"),
    Kind.DBS: _l("DBS check"),
    Kind.REFERENCE: _l("References"),
    Kind.TRAINING: _l("Training"),
    Kind.ASSESSMENT: _l("Competence seen at work by an assessor"),
    Kind.CODE_OF_CONDUCT: _l("Code of conduct"),
    Kind.INTERVIEW: _l("Talk with the register team"),
    Kind.INSURANCE: _l("Insurance"),
    Kind.SELF_EMPLOYED_EVIDENCE: _l("Proof of self-employment"),
    Kind.DECLARATION: _l("The PA’s own declaration"),
    Kind.PROFILE: _l("Public profile"),
    Kind.AVAILABILITY: _l("The PA confirms their details"),
    Kind.WORK_AREA: _l("Work area"),
    Kind.FEE: _l("Fee"),
}
VISIBLE = {
    "none": _l("Nothing"),
    "met_only": _l("That it is met, and the month"),
    "summary": _l("Its title and date"),
    "full": _l("All of it"),
}
WHEN = {
    Circumstance.SELF_EMPLOYED: _l("PAs who are self-employed"),
    Circumstance.CHILD: _l("PAs who support a child, or work where a child lives or visits"),
    Circumstance.DRIVES: _l("PAs who drive for their work"),
}
CONTACT = {
    ContactModel.OPEN_DIRECTORY: _l("Employers see how to reach a PA"),
    ContactModel.MASKED: _l("Messages go through the site, until the PA agrees to more"),
    ContactModel.ADVERT_REPLY: _l("Employers post adverts and PAs answer them"),
    ContactModel.TEAM_MATCH: _l("Only the register team searches and introduces"),
}
PAYS = {
    "authority": _l("The authority"),
    "direct_payment_budget": _l("The direct payment"),
    "employer": _l("The employer"),
    "pa": _l("The PA"),
}
LEVELS = {level: _l(text) for level, text in check_words.LEVELS.items()}
WORKFORCES = {workforce: _l(text) for workforce, text in check_words.WORKFORCES.items()}
WRITERS = {source: _l(text) for source, text in REFERENCE_SOURCES.items()}
LANGUAGES = {"en": _l("English"), "cy": _l("Welsh")}
_MONTHS = _l("In months. Leave it empty if it counts for good.")


class Weight(One):
    """Mandatory or recommended: one question, two words in the rule file."""

    def filled(self, value: Any) -> dict[str, Any]:
        """Mandatory until something else is said."""
        return {self.name: "no" if value is False else "yes"}

    def written(self, form: OnceForm, known: Codes) -> Any:
        """True where it is mandatory."""
        return form[self.name].data == "yes"


_HEAD: Sequence[Ask] = (
    Ask(
        name="code",
        label=_l("Code"),
        hint=_l("Capital letters, digits and hyphens, such as RM-REF. It stays when the title changes."),
        needed=_l("Enter a code, such as RM-REF."),
        pattern=r"^\s*[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\s*$",
        unfit=_l("Write the code in capital letters, digits and single hyphens, such as RM-REF."),
    ),
    Both(name="title", label=_l("What PAs read"), needed=_l("Say in a few words what is asked for.")),
    Both(name="about", label=_l("More for the PA to know (optional)"), long=True),
    Weight(
        name="mandatory",
        label=_l("Does a PA need it?"),
        of={"yes": _l("Yes, without it nobody is listed"), "no": _l("No, it is recommended")},
    ),
    One(name="when", label=_l("Who is asked for it?"), of=WHEN, empty=_l("Every PA")),
)
_TAIL: Sequence[Ask] = (
    One(name="visible", label=_l("What does an employer see of it?"), of=VISIBLE),
    Yes(
        name="waivable",
        label=_l("A manager may do without it for a time"),
        hint=_l("Never for identity, right to work and the declaration, whatever is ticked here."),
    ),
)
_LASTS = Number(name="validity_months", label=_l("How long does it count?"), hint=_MONTHS)
_DOCUMENT = One(
    name="validity",
    label=_l("Does the document have a last day of its own?"),
    of={"document_end_date": _l("Yes, it counts to that day")},
    empty=_l("No"),
)
_WITHIN = Number(
    name="completed_within_months",
    label=_l("How recent must it be for somebody new?"),
    hint=_l("In months. Leave it empty if that does not matter."),
)
_LEARNING: Sequence[Ask] = (
    Learning(
        name="any_of",
        label=_l("Ways to meet it"),
        hint=_l(
            "One way a line. When a way needs several, write them on one line with commas: CC3, CC10. "
            "Any one line is enough."
        ),
    ),
    Learning(
        name="all_of",
        label=_l("Needed in every case (optional)"),
        hint=_l("Codes that have to be there whichever way is taken."),
    ),
    _WITHIN,
    _LASTS,
)

OF_KIND: Mapping[RequirementKind, Sequence[Ask]] = {
    **dict.fromkeys(Kind, (_LASTS,)),
    Kind.RIGHT_TO_WORK: (_DOCUMENT, _LASTS),
    Kind.INSURANCE: (_DOCUMENT, _LASTS),
    Kind.SELF_EMPLOYED_EVIDENCE: (_DOCUMENT, _LASTS),
    Kind.DBS: (
        One(name="level", label=_l("Which level?"), of=LEVELS),
        One(name="workforce", label=_l("For work with whom?"), of=WORKFORCES),
        _LASTS,
        Yes(name="update_service_accepted", label=_l("A status check with the update service counts too")),
        Number(
            name="update_service_recheck_months",
            label=_l("After how many months is the status checked again?"),
            hint=_l("Leave it empty if the update service does not count."),
        ),
        One(name="paid_by", label=_l("Who pays?"), of=PAYS),
    ),
    Kind.REFERENCE: (
        Number(name="count", label=_l("How many?"), most=10, needed=_l("Say how many references.")),
        Several(name="must_include", label=_l("Who has to be among the writers?"), of=WRITERS),
        Yes(name="no_relatives", label=_l("Not from a relative")),
    ),
    Kind.TRAINING: _LEARNING,
    Kind.ASSESSMENT: _LEARNING,
    Kind.CODE_OF_CONDUCT: (
        Ask(name="version", label=_l("Version"), needed=_l("Enter a version, such as 2027-1.")),
        Day(
            name="version_from",
            label=_l("Since when is this version there?"),
            hint=_l("Not later than the first day of these rules."),
        ),
        Number(
            name="reaccept_on_new_version_days",
            label=_l("How many days does a listed PA have to accept a new version?"),
            least=0,
            most=3660,
            needed=_l("Enter a number of days; 0 for at once."),
        ),
        _LASTS,
        Lines(name="commitments", label=_l("What the PA promises"), hint=_l("One promise a line.")),
    ),
    Kind.PROFILE: (Yes(name="moderated", label=_l("The register team looks at it before it counts")), _LASTS),
    Kind.WORK_AREA: (
        Names(
            name="areas",
            label=_l("Areas"),
            hint=_l("Codes with commas between them, such as NORTH, SOUTH."),
            needed=_l("Name at least one area."),
        ),
        _LASTS,
    ),
}
"""What is asked besides what every requirement has."""


def of_requirement(kind: RequirementKind) -> Sequence[Ask]:
    """Every question about a requirement of a kind."""
    return (*_HEAD, *OF_KIND[kind], *_TAIL)


def of_part(part: str, requirements: Mapping[str, str], sees: Sequence[str]) -> Sequence[Ask]:
    """Every question about a part. `requirements` are titles by code, `sees` all that employers could be shown."""
    if part == "provisional":
        return _provisional(requirements)
    if part == "sight":
        named = {name: SIGHTS.get(name, name) for name in sees}
        return (
            Several(name="employer_sees", label=_l("What employers see"), of=named),
            Several(name="employer_never_sees", label=_l("What employers never see"), of=named),
        )
    return _PARTS[part]


SIGHTS: Mapping[str, Any] = {
    "display_name": _l("Display name"),
    "area": _l("Area"),
    "availability": _l("Availability"),
    "skills": _l("Skills"),
    "languages": _l("Languages"),
    "languages_spoken": _l("Languages spoken"),
    "profile": _l("Profile"),
    "message": _l("Message"),
    "contact_phone": _l("Telephone number"),
    "contact_email": _l("E-mail address"),
    "training_titles": _l("Titles of training"),
    "requirement_statements": _l("Which requirements are met"),
    "references": _l("References"),
    "interview_notes": _l("Notes of the talk with the team"),
    "dbs_detail": _l("Details of a DBS check"),
    "home_address": _l("Home address"),
    "date_of_birth": _l("Date of birth"),
    "national_insurance_number": _l("National Insurance number"),
}


def _provisional(requirements: Mapping[str, str]) -> Sequence[Ask]:
    return (
        Yes(name="allowed", label=_l("PAs can be shown with a label while something is missing")),
        Both(name="label", label=_l("The label"), needed=_l("Enter the label, such as “Training in progress”.")),
        Several(name="needs", label=_l("What has to be there for that"), of=requirements),
        Several(
            name="needs_when_applicable",
            label=_l("What has to be there where it applies"),
            hint=_l("Only requirements that are not for every PA."),
            of=requirements,
        ),
        Number(
            name="maximum_days",
            label=_l("For how many days at most?"),
            hint=_l("Leave it empty for no limit."),
            most=3660,
        ),
        Yes(name="may_apply_for_adverts", label=_l("They may answer adverts meanwhile")),
    )


def _days(name: str, label: Any, hint: Any = "") -> Number:
    return Number(
        name=name, label=label, hint=hint, least=0, most=3660, needed=_l("Enter a number of days; 0 for none.")
    )


_PARTS: Mapping[str, Sequence[Ask]] = {
    "about": (
        Day(
            name="valid_from",
            label=_l("From which day should these rules hold?"),
            hint=_l("Tomorrow or later. Those affected are told beforehand, so leave them time."),
            needed=_l("Enter a day."),
        ),
        Both(name="name", label=_l("Name of the authority"), needed=_l("Enter the name.")),
        One(
            name="status",
            label=_l("Whose rules are these?"),
            of={
                "set_by_authority": _l("The authority set them"),
                "example": _l("They are an example, and pages say so"),
            },
        ),
        Several(name="languages", label=_l("Languages of the register"), of=LANGUAGES),
        One(
            name="default_language",
            label=_l("In which language does the team write first?"),
            of={"ask": _l("It asks the PA"), **LANGUAGES},
        ),
        One(name="contact_model", label=_l("How do employers and PAs find each other?"), of=CONTACT),
        _days("processing_target_working_days", _l("Working days in which the team wants to answer")),
        Both(name="statement_to_users", label=_l("What to say to everybody who uses the register"), long=True),
        Several(name="not_required", label=_l("What is expressly not asked for"), of=KINDS),
    ),
    "renewal": (
        Number(
            name="review_months",
            label=_l("After how many months is a listing looked at again?"),
            needed=_l("Enter a number of months."),
        ),
        Numbers(
            name="remind_days_before",
            label=_l("How many days before something runs out do we remind?"),
            hint=_l("With commas between them, such as 60, 30, 7."),
            needed=_l("Enter at least one number of days."),
        ),
        _days("grace_days", _l("Days of grace after something ran out"), _l("Only for PAs who are listed.")),
    ),
    "removal": (
        _days("notice_days", _l("Days of notice before the team ends a listing")),
        Names(
            name="immediate_grounds",
            label=_l("Grounds for ending it at once"),
            hint=_l("Small letters and underscores, with commas between them, such as barred, false_declaration."),
        ),
        Yes(name="reasons_may_be_withheld", label=_l("Reasons may be withheld where giving them could do harm")),
        Yes(name="review_route", label=_l("The PA can ask for a review by somebody else")),
    ),
    "retention": (
        Number(
            name="inactive_profile_months",
            label=_l("How many months is a profile kept that nobody uses?"),
            needed=_l("Enter a number of months."),
        ),
        Number(
            name="decision_record_years",
            label=_l("How many years are decisions kept?"),
            most=100,
            needed=_l("Enter a number of years."),
        ),
    ),
    "waivers": (
        Several(
            name="never_waivable_kinds",
            label=_l("What can never be waived"),
            hint=_l("Identity, right to work and the declaration never can, ticked or not."),
            of=KINDS,
        ),
        Number(
            name="maximum_days_default",
            label=_l("For how many days at most?"),
            most=366,
            needed=_l("Enter a number of days."),
        ),
    ),
    "adverts": (
        Yes(name="moderated", label=_l("The team looks at an advert before it is shown")),
        Yes(name="employer_address_hidden", label=_l("Addresses of employers are never shown")),
        _days("expires_days", _l("After how many days does an advert end?")),
    ),
    "welsh": (
        Yes(name="record_language_choice", label=_l("The language a PA chooses is recorded")),
        Yes(
            name="welsh_text_required_to_publish_pages",
            label=_l("Pages are published only when their Welsh is there"),
        ),
        Yes(name="same_response_time", label=_l("Welsh is answered as quickly as English")),
        Yes(name="profile_may_be_either_language", label=_l("A profile may be in either language")),
    ),
}

TITLES: Mapping[str, Any] = {
    "about": _l("About the register"),
    "provisional": _l("Being shown with a label"),
    "renewal": _l("Reminders, grace and looking again"),
    "removal": _l("Ending a listing"),
    "retention": _l("How long things are kept"),
    "sight": _l("What employers see"),
    "waivers": _l("Waivers"),
    "adverts": _l("Adverts"),
    "welsh": _l("Welsh"),
}
"""What each part is called."""
