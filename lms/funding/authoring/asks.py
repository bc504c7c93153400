"""The questions of each page of the editor, by the parts of a scheme file."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.core.web.texts import _l
from lms.funding.authoring import names
from lms.funding.authoring.asking import Ask, Day, Long, Names, Number, One, Pounds, Several, Yes
from lms.funding.labels import CLAIMANTS, COSTS, LEARNERS, NATIONS, SCHEME_STATUSES, WAGES
from lms.funding.vocabulary import Provenance
from lms.funding.windows import WINDOW_NAMES

Data = Mapping[str, Any]

CODE = r"^[A-Z0-9][A-Z0-9-]{0,39}$"
_CODE_UNFIT = _l("Write capital letters, figures and hyphens, such as CLASS or PLACES-2027-28.")
_SURE = _l("How sure is this?")
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"

TITLES = {
    "about": _l("What it is"),
    "who": _l("Who it is for"),
    "dates": _l("Dates"),
    "limits": _l("Limits and shares"),
    "running": _l("How it is run"),
}
"""The pages of a draft but its items and cases."""


def of_part(part: str, data: Data) -> Sequence[Ask]:
    """The questions of one page."""
    return {"about": _about, "who": _who, "dates": _dates, "limits": _limits, "running": _running}[part](data)


def _standing(path: str) -> Ask:
    return One(path=path, label=_SURE, of=names.STANDINGS, unsaid=Provenance.ILLUSTRATIVE.value)


def _about(_data: Data) -> Sequence[Ask]:
    return (
        Ask(path="code", label=_l("Code"), needed=_l("Enter a code."), pattern=CODE, unfit=_CODE_UNFIT),
        Ask(path="title.en", label=_l("Name"), needed=_l("Enter a name.")),
        Ask(path="title.cy", label=_l("Name in Welsh (optional)")),
        Ask(path="administrator", label=_l("Who runs it"), needed=_l("Say who runs it.")),
        One(path="nation", label=_l("Nation"), of=NATIONS),
        One(path="kind", label=_l("What sort of money it is"), of=names.KINDS),
        One(path="status", label=_l("Where it stands"), of=SCHEME_STATUSES),
        Day(
            path="status_from",
            label=_l("Closing or closed since (optional)"),
            hint=_l("Left empty, it is the day after its year ends, or after its last date."),
        ),
        Long(path="note.en", label=_l("Something to know about it (optional)")),
        Ask(path="claim_year.label", label=_l("Its year is called"), hint=_l("Such as 2027-28."), group=_l("Its year")),
        Day(path="claim_year.from", label=_l("First day")),
        Day(path="claim_year.to", label=_l("Last day"), hint=_l("The last day counts.")),
        _standing("claim_year.provenance"),
    )


def _own(data: Data, field: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The words we know, and those this scheme brought itself."""
    words = data.get("words") or {}
    own = {word: (words.get(word) or {}).get("en") or word for word in data.get(field) or () if word not in known}
    return {**known, **own}


def _who(data: Data) -> Sequence[Ask]:
    return (
        Several(path="claimants", label=_l("Who can claim"), of=CLAIMANTS, keep_empty=True),
        Several(
            path="beneficiaries",
            label=_l("Whose training it pays for"),
            of=LEARNERS,
            hint=_l("Left empty, everybody's that is not left out below."),
        ),
        Several(path="excluded_learners", label=_l("Whose training it does not pay for"), of=LEARNERS),
        Several(
            path="conditions",
            label=_l("What has to be so"),
            of=_own(data, "conditions", names.CLAIMANT_CONDITIONS),
        ),
        Several(
            path="learner_conditions",
            label=_l("What has to be so of the learner"),
            of=_own(data, "learner_conditions", names.OF_LEARNERS),
        ),
        Several(
            path="funding_sources_of_employer",
            label=_l("Employers who pay their PA from"),
            of=WAGES,
            hint=_l("Left empty, it does not matter."),
        ),
        Names(
            path="area_codes",
            label=_l("Only for PAs who work in"),
            hint=_l("Codes of authorities with commas between them. Left empty, it does not matter."),
        ),
    )


def _dates(data: Data) -> Sequence[Ask]:
    asks: list[Ask] = []
    for name in WINDOW_NAMES:
        asks += _window(name, data)
    return (
        *asks,
        *_months("full", _l("Months for a claim paid at once"), _l("Months after a day")),
        *_months("first", _l("Months for the first of two parts"), ""),
        *_months("second", _l("Months for the second part"), ""),
        Day(
            path="windows.submission.discretionary_until",
            label=_l("Up to which day may the funder still say yes (optional)"),
        ),
    )


def _window(name: str, data: Data) -> Sequence[Ask]:
    here = f"windows.{name}"
    told = _l("First day (optional)"), _l("Last day (optional)")
    hours: tuple[Ask, ...] = ()
    if name in {"application", "submission"} or "closes_at" in ((data.get("windows") or {}).get(name) or {}):
        hint = _l("Such as 17:00, in the United Kingdom. The last minute counts.")
        unfit = _l("Write an hour such as 17:00.")
        label = _l("Closes on the last day at (optional)")
        hours = (Ask(path=f"{here}.closes_at", label=label, hint=hint, pattern=f"{_HOUR[:-1]}(:00)?$", unfit=unfit),)
    return (
        Day(path=f"{here}.from", label=told[0], group=names.WINDOWS[name]),
        Day(path=f"{here}.to", label=told[1]),
        *hours,
        _standing(f"{here}.provenance"),
    )


def _months(part: str, label: Any, group: Any) -> Sequence[Ask]:
    here = f"windows.submission.months_after.{part}"
    return (
        Number(path=f"{here}.months", label=label, least=1, most=60, group=group),
        One(path=f"{here}.from", label=_l("counted from"), of=names.COUNTED),
    )


def _limits(_data: Data) -> Sequence[Ask]:
    return (
        Pounds(path="limits.per_learner_per_year_pence", label=_l("Most for one learner in a year (optional)")),
        Number(
            path="limits.per_learner_per_year_credits", label=_l("Most credits for one learner in a year (optional)")
        ),
        Yes(
            path="limits.per_organisation_cap",
            label=_l("There is a most for one organisation"),
            says="exists",
            hint=_l("Tick this also when you do not know how much. Verdicts then say so."),
        ),
        Pounds(path="limits.per_organisation_cap_pence", label=_l("Most for one organisation in a year (optional)")),
        _standing("limits.provenance"),
        Number(
            path="grant_share.grant_percent", label=_l("Percent the grant pays"), most=100, group=_l("Shares of a cost")
        ),
        Number(path="grant_share.match_percent", label=_l("Percent matched here"), most=100),
        _standing("grant_share.provenance"),
    )


def _running(_data: Data) -> Sequence[Ask]:
    return (
        One(path="decided_by", label=_l("Who decides"), of=names.DECIDERS, empty=_l("As usual for its sort")),
        Number(path="decision_within_days", label=_l("Days until the decision (optional)"), least=1, most=366),
        Several(
            path="eligible_costs", label=_l("Costs that count"), of=COSTS, hint=_l("Left empty, all but those below.")
        ),
        Several(path="excluded_costs", label=_l("Costs that never count"), of=COSTS),
        Several(
            path="duplicate_rule.key",
            label=_l("The same thing twice is the same of"),
            of=names.KEYS,
            group=_l("Claimed twice"),
        ),
        One(path="duplicate_rule.scope", label=_l("Whose claims count"), of=names.SCOPES),
        One(
            path="duplicate_rule.lifetime",
            label=_l("For how long"),
            of={True: _l("For life, under any scheme"), False: _l("Under this scheme alone")},
        ),
        _standing("duplicate_rule.provenance"),
        Yes(path="delegation.submit", label=_l("An employer may let somebody else send it in"), group=_l("By others")),
        _standing("delegation.provenance"),
        Number(
            path="evidence_files.max_bytes",
            label=_l("Most bytes of a file"),
            least=1,
            most=50_000_000,
            group=_l("Files of evidence"),
        ),
        Number(path="evidence_files.max_files_per_evidence", label=_l("Most files for one thing"), least=1, most=50),
        _standing("evidence_files.provenance"),
        Number(path="retention.years", label=_l("Years"), least=1, most=100, group=_l("How long records are kept")),
        One(path="retention.from", label=_l("counted from"), of=names.KEPT),
        Number(
            path="retention.bank_details_days",
            label=_l("For how many days the bank account of an employer is kept after their application ended"),
            least=1,
            most=3660,
        ),
        _standing("retention.provenance"),
    )


def of_item(entry: Data, data: Data) -> Sequence[Ask]:
    """The questions about one item; what the scheme's words for conditions are, `data` says."""
    others = {each["code"]: each["code"] for each in data.get("items") or () if each.get("code") != entry.get("code")}
    return (
        Ask(path="code", label=_l("Code"), needed=_l("Enter a code."), pattern=CODE, unfit=_CODE_UNFIT),
        Ask(path="title.en", label=_l("Name"), needed=_l("Enter a name.")),
        Ask(path="title.cy", label=_l("Name in Welsh (optional)")),
        One(path="kind", label=_l("What it is"), of=names.ITEM_KINDS),
        Pounds(path="max_amount_pence", label=_l("Most it pays"), needed=_l("Enter the most it pays.")),
        One(path="measure", label=_l("The most is"), of=names.MEASURES),
        Pounds(path="guide_min_pence", label=_l("Least of the guide (optional)")),
        Pounds(
            path="price_to_pa_pence", label=_l("Price to the PA (optional)"), hint=_l("What the PA pays of a place.")
        ),
        _standing("amount_provenance"),
        One(path="payment_model", label=_l("It is paid"), of=names.PAYMENTS),
        Yes(path="fixed_rate", label=_l("It pays this amount whatever the cost")),
        Yes(path="case_by_case", label=_l("The funder decides each request by itself")),
        Yes(
            path="over_maximum",
            label=_l("A cost above the most is a question for the funder, not cut"),
            says="ask_for_justification",
        ),
        Yes(path="any_staff", label=_l("Regulated professionals on the claimant's staff count as well")),
        Yes(path="last_year_for_item", label=_l("This is the last year it is paid for")),
        One(
            path="requires_approved_item",
            label=_l("Another item has to be approved first"),
            of=others,
            empty=_l("No"),
        ),
        Number(path="places", label=_l("How many places (optional)"), least=1, most=10_000),
        Several(
            path="item_conditions", label=_l("What has to be so"), of=_own(entry, "item_conditions", names.OF_ITEMS)
        ),
        Several(path="evidence", label=_l("What it has to be shown with"), of=names.EVIDENCE, keep_empty=True),
        Several(path="evidence_alternatives", label=_l("Or, instead of all that, one of"), of=names.EVIDENCE),
    )
