"""The questions about a worked case: what is given, and what has to come out."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.core.web.texts import _l
from lms.funding.authoring import names
from lms.funding.authoring.asking import Ask, Day, Names, Number, One, Pounds, Several
from lms.funding.labels import CLAIMANTS, DECISIONS, LEARNERS
from lms.funding.vocabulary import Part

PARTS = {
    Part.FULL.value: _l("The whole"),
    Part.FIRST.value: _l("The first part"),
    Part.SECOND.value: _l("The second part"),
    Part.BOTH.value: _l("Both parts"),
}
_UNSAID = _l("Not said")


def of_case(data: Mapping[str, Any]) -> Sequence[Ask]:
    """The questions of the page of a case. What a case says beyond them stays as it is."""
    codes = ", ".join(str(each.get("code")) for each in data.get("items") or ())
    return (
        Ask(
            path="id",
            label=_l("Name"),
            hint=_l("Small letters and hyphens, such as place-outside-area."),
            needed=_l("Enter a name."),
            pattern=r"^[a-z0-9][a-z0-9-]{0,79}$",
            unfit=_l("Write small letters, figures and hyphens."),
        ),
        Names(path="items", label=_l("Items asked for"), hint=codes, needed=_l("Enter an item.")),
        One(path="given.part", label=_l("Part"), of=PARTS, empty=_UNSAID, group=_l("What is given")),
        One(path="given.claimant", label=_l("Who claims"), of=CLAIMANTS, empty=_UNSAID),
        One(path="given.learner", label=_l("The learner is"), of=LEARNERS, empty=_UNSAID),
        Pounds(path="given.cost_paid_pence", label=_l("Cost paid")),
        Pounds(path="given.cost_quoted_pence", label=_l("Cost quoted")),
        Number(path="given.credits", label=_l("Credits"), most=1_000),
        Ask(
            path="given.days",
            label=_l("Days"),
            hint=_l("Such as 0.5."),
            pattern=r"^\d{1,3}(\.\d{1,2})?$",
            unfit=_l("Write a number such as 1 or 0.5."),
        ),
        Pounds(path="given.had_this_year_pence", label=_l("The learner had this year")),
        Pounds(path="given.organisation_had_this_year_pence", label=_l("The organisation had this year")),
        Day(path="given.started_on", label=_l("Started on")),
        Day(path="given.paid_on", label=_l("Paid on")),
        Day(path="given.completed_on", label=_l("Finished on")),
        Day(path="given.certificate_on", label=_l("Certificate dated")),
        Day(path="given.applied_on", label=_l("Applied on")),
        Day(path="given.submitted_on", label=_l("Claim sent in on")),
        Several(path="given.evidence", label=_l("Evidence held (nothing ticked: not said)"), of=names.EVIDENCE),
        One(path="expect.decision", label=_l("The answer"), of=DECISIONS, group=_l("What has to come out")),
        Pounds(path="expect.amount_pence", label=_l("Amount")),
        Pounds(path="expect.requested_pence", label=_l("Amount the funder is asked for")),
        Pounds(path="expect.first_part_pence", label=_l("First part")),
        Pounds(path="expect.second_part_pence", label=_l("Second part")),
        Pounds(path="expect.grant_pence", label=_l("Paid by the grant")),
        Pounds(path="expect.match_pence", label=_l("Matched here")),
        Several(path="expect.reasons", label=_l("What speaks against it"), of=names.REFUSALS),
    )
