"""Parts of an authored scheme that say how it is run: parts of payment, files, delegation, records, who decides."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from lms.core.content import Authored
from lms.funding.money import Pence
from lms.funding.vocabulary import KeptFrom, Provenance


class SplitRules(Authored):
    """What holds between the two parts of an item that is paid in two."""

    second_part_needs_first_approved: bool = True
    same_employer_for_both_parts: bool = True
    completed_but_not_passed_still_pays: bool = False
    provenance: Provenance


class EvidenceFiles(Authored):
    """What the payer accepts as files: kinds by ending, bytes of one file, and how many for one kind of evidence."""

    formats: tuple[str, ...] = ("pdf", "jpg", "jpeg", "png")
    max_bytes: int = Field(default=2_000_000, gt=0, le=50_000_000)
    max_files_per_evidence: int = Field(default=4, gt=0, le=50)
    provenance: Provenance = Provenance.PROTOTYPE


class Delegation(Authored):
    """What an employer may let somebody else do for a claim of this scheme."""

    prepare: bool = True
    submit: bool = False
    accept_terms: bool = False
    provenance: Provenance = Provenance.ILLUSTRATIVE


class Retention(Authored):
    """For how many years the records of a claim are kept, and from which day; and for how many days after the end of
    an application the account of an individual employer is."""

    years: int = Field(default=6, gt=0, le=100)
    counted_from: KeptFrom = Field(default=KeptFrom.CLAIM_YEAR_END, alias="from")
    bank_details_days: int = Field(default=90, gt=0, le=3660)
    provenance: Provenance = Provenance.ILLUSTRATIVE


class Identifier(Authored):
    """A number that names a learner to the payer, and what it has to look like."""

    kind: str
    digits: int | None = Field(default=None, gt=0, le=40)
    required: bool = True
    unique: bool = False
    must_differ_from: str | None = None
    provenance: Provenance


class Totals(Authored):
    """What a partnership grant came to altogether, and the programme it was a share of."""

    grant: Pence = Field(ge=0)
    programme: Pence = Field(ge=0)
    provenance: Provenance


class WorkforceRule(Authored):
    """When an employer's workforce record counts as current: whole, nearly complete, and looked at this financial year.

    Source: the published program code of the adult social care workforce data set service (official). Once met, it
    lasts until the end of the financial year on 31 March.
    """

    staff_records_equal_declared_staff: bool = True
    minimum_records: int = Field(default=1, ge=0)
    minimum_eligible_ratio: Decimal = Field(default=Decimal("0.9"), ge=0, le=1)
    updated_on_or_after: Literal["financial_year_start"] = "financial_year_start"
    once_met_lasts_until: Literal["financial_year_end"] = "financial_year_end"
