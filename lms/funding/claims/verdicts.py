"""What every scheme says to one training: the question as it stands today, and the answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, bindparam, case, select

from lms.core.db import Db, columns
from lms.funding.asked import Asked, Earlier
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.content import Schemes
from lms.funding.reasons import Verdict
from lms.funding.rules import claimable
from lms.funding.scheme import Scheme
from lms.funding.trainings import Training
from lms.funding.vocabulary import ClaimantKind, ClaimState, EvidenceKind, Part, Provenance
from lms.people.queries import OrganisationView


@dataclass(frozen=True, kw_only=True)
class SchemeVerdict:
    """What one scheme says to one training, who would claim, and what was asked to find out."""

    scheme: Scheme
    verdict: Verdict
    asked: Asked
    claimant: OrganisationView | None


@dataclass(frozen=True, kw_only=True)
class EarlierLine:
    """A line that was asked for before, by anybody. What it says of the claimant is never shown to another one.

    `counts` is what it takes of yearly limits, in pence: what was approved, before that what was asked; of a first part
    the whole item.
    """

    line_id: UUID
    claim_id: UUID
    scheme: str
    state: ClaimState
    item: str
    unit_code: str | None
    training: str
    part: Part
    credits: int | None
    counts: int
    approved: int | None
    claimant: UUID

    def plain(self, claimant: UUID | None) -> Earlier:
        """The same for the rules, as seen by one claimant."""
        return Earlier(
            scheme=self.scheme,
            state=self.state,
            item=self.item,
            unit_code=self.unit_code,
            training=self.training,
            part=self.part,
            same_claimant=self.claimant == claimant,
        )


def earlier_of(db: Db, learner_ids: Collection[UUID]) -> dict[UUID, tuple[EarlierLine, ...]]:
    """Everything ever asked for these learners, across all walls and claimants: for rules, never for pages."""
    found: dict[UUID, list[EarlierLine]] = {learner_id: [] for learner_id in learner_ids}
    if found:
        for row in columns(db, _EARLIER, {"learner_ids": list(found)}):
            found[row.learner_id].append(
                EarlierLine(
                    line_id=row.id,
                    claim_id=row.claim_id,
                    scheme=row.scheme,
                    state=row.state,
                    item=row.item,
                    unit_code=row.unit_code,
                    training=row.training,
                    part=row.part,
                    credits=row.credits,
                    counts=row.counts,
                    approved=row.approved_pence,
                    claimant=row.claimant_id or row.claimant_person_id,
                )
            )
    return {learner_id: tuple(lines) for learner_id, lines in found.items()}


COUNTS = case(
    (ClaimLine.approved_pence.is_(None), ClaimLine.counts_pence),
    (ClaimLine.part == Part.FULL, ClaimLine.approved_pence),
    (ClaimLine.approved_pence == 0, 0),
    else_=ClaimLine.counts_pence,
)
_EARLIER: Select[*tuple[object, ...]] = (
    select(
        ClaimLine.id,
        ClaimLine.claim_id,
        ClaimLine.learner_id,
        ClaimLine.scheme,
        ClaimLine.item,
        ClaimLine.training,
        ClaimLine.part,
        ClaimLine.credits,
        COUNTS.label("counts"),
        ClaimLine.approved_pence,
        ClaimLine.asked["unit_code"].as_string().label("unit_code"),
        Claim.state,
        Claim.claimant_id,
        Claim.claimant_person_id,
    )
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(ClaimLine.learner_id.in_(bindparam("learner_ids", expanding=True)), ClaimLine.taken_out_at.is_(None))
    .order_by(ClaimLine.added_at, ClaimLine.id)
)


def verdicts_for(db: Db, training: Training, *, on: date) -> list[SchemeVerdict]:
    """What every scheme says to a training on a day, claimable ones first, then in order of code."""
    return verdicts_for_each(db, [training], on=on)[0]


def verdicts_for_each(db: Db, trainings: Sequence[Training], *, on: date) -> list[list[SchemeVerdict]]:
    """The same for several trainings, in their order; what was asked for their learners before is read once."""
    earlier = earlier_of(db, {training.learner_id for training in trainings})
    found = []
    for training in trainings:
        schemes = schemes_for(db, training.authority.id, on=on)
        said = verdicts_of(schemes, training, earlier[training.learner_id], on=on)
        found.append(sorted(said, key=lambda f: not f.verdict.claimable))
    return found


def verdicts_of(
    schemes: Schemes, training: Training, earlier: Sequence[EarlierLine], *, on: date
) -> list[SchemeVerdict]:
    """The same, of schemes and earlier lines that were read before; in order of code."""
    plain: dict[UUID, tuple[Earlier, ...]] = {}
    return [verdict_of(schemes, scheme, training, earlier, on=on, plain=plain) for scheme in schemes.all]


def verdict_of(
    schemes: Schemes,
    scheme: Scheme,
    training: Training,
    earlier: Sequence[EarlierLine],
    *,
    on: date,
    part: Part = Part.FULL,
    plain: dict[UUID, tuple[Earlier, ...]] | None = None,
) -> SchemeVerdict:
    """What one scheme says to a training, asked for whole or for its first part.

    `plain` keeps the earlier lines as each claimant sees them, for schemes that are asked one after the other.
    """
    kind = _claimant(scheme, training.claimants)
    claimant = training.claimants.get(kind)
    covered = schemes.covering(training.authority.code, scheme.code, training.code)
    adopted = schemes.adoption(training.authority.code, scheme.code)
    who = claimant.id if claimant else training.learner_id
    before = plain if plain is not None else {}
    if who not in before:
        before[who] = tuple(line.plain(who) for line in earlier)
    asked = Asked(
        item=covered.item if covered else training.code,
        part=part,
        training=training.code,
        days=covered.days if covered else None,
        days_provenance=adopted.provenance if adopted else Provenance.ILLUSTRATIVE,
        nation=training.authority.nation,
        area=training.authority.code,
        claimant=kind,
        learner=training.learner,
        started_on=training.started_on,
        completed_on=training.completed_on,
        certificate_on=training.completed_on if training.certificate_id else None,
        evidence=frozenset({EvidenceKind.CERTIFICATE} if training.certificate_id else ()),
        earlier=before[who],
    )
    return SchemeVerdict(scheme=scheme, verdict=claimable(scheme, asked, on=on), asked=asked, claimant=claimant)


def _claimant(scheme: Scheme, claimants: Mapping[ClaimantKind, OrganisationView | None]) -> ClaimantKind:
    """Who would claim: the first kind the scheme allows that there is here, else whoever employs, else the PA."""
    usual = (ClaimantKind.INDIVIDUAL_EMPLOYER, ClaimantKind.PERSONAL_ASSISTANT)
    return next(kind for kind in (*scheme.claimants, *usual) if kind in claimants)
