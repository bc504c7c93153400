"""Read checks: what waits for a register team, and what is held about one PA's checks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.register import holding
from lms.register.checks import rules
from lms.register.checks.kinds import Outcome, RightToAsk, Waits
from lms.register.checks.models import (
    CheckWaits,
    DisclosureNumber,
    DisclosureReview,
    EmployerMayKnow,
    FactorConsidered,
    Invitation,
    ReviewDecided,
    StatusConsent,
)
from lms.register.checks.rules import MayReview
from lms.register.disclosures import (
    Content,
    Decision,
    Disclosure,
    Factor,
    FollowUp,
    StatusResult,
    Taken,
    complete,
    waits_for,
)
from lms.register.kinds import RequirementKind
from lms.register.models import DisclosureStep, RequirementRecord, Standing


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the register team. `due` is the last day in time; None: as soon as the team can.

    `disclosure_id` names the record it is about and `code` the requirement it was recorded for.
    """

    person_id: UUID
    what: Waits
    since: date
    due: date | None
    disclosure_id: UUID
    code: str


_WAITING = (
    select(
        CheckWaits.person_id,
        CheckWaits.what,
        CheckWaits.since,
        CheckWaits.due,
        CheckWaits.disclosure_id,
        CheckWaits.code,
    )
    .join(
        Standing,
        and_(Standing.person_id == CheckWaits.person_id, Standing.authority_id == CheckWaits.authority_id),
    )
    .where(
        CheckWaits.authority_id == bindparam("authority_id"),
        CheckWaits.since <= bindparam("on"),
        or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
    )
    .order_by(CheckWaits.since, CheckWaits.number)
)
_COUNTS = _WAITING.with_only_columns(CheckWaits.what, func.count()).order_by(None).group_by(CheckWaits.what)


def waiting(db: Db, authority_id: UUID, on: date, *, limit: int = 200) -> list[Waiting]:
    """What waits on a day, the longest first; of PAs whom the authority knows that day. One query."""
    rows = columns(db, _WAITING.limit(limit), {"authority_id": authority_id, "on": on})
    return [Waiting(*row) for row in rows]


def count_waiting(db: Db, authority_id: UUID, on: date) -> dict[Waits, int]:
    """How much of each kind waits on a day. One query."""
    return dict(columns(db, _COUNTS, {"authority_id": authority_id, "on": on}).all())


@dataclass(frozen=True)
class StepView:
    """A step that followed a certificate: when, by whom, and what of it has a code."""

    step: FollowUp
    on: date
    by: UUID
    decision: Decision | None
    status: StatusResult | None
    factors: tuple[Factor, ...]
    place: str


@dataclass(frozen=True)
class ReviewView:
    """A review of a decision; `outcome` and the rest are None while nobody has decided it."""

    asked_on: date
    outcome: Outcome | None
    decided_on: date | None
    by: UUID | None


@dataclass(frozen=True, kw_only=True)
class DisclosureView:
    """All that is held about one certificate. `number` is there only for the team, and only until `delete_on`.

    `number_deleted` is when it went; both days are None where no number was ever kept.
    """

    id: UUID
    person_id: UUID
    code: str
    seen_by: UUID
    disclosure: Disclosure
    steps: Sequence[StepView]
    waits_for: FollowUp | None
    reviews: Sequence[ReviewView]
    employers: Sequence[UUID]
    number: str | None
    delete_on: date | None
    number_deleted: date | None

    @property
    def has_content(self) -> bool:
        """Whether there is content on the certificate."""
        return self.disclosure.content is Content.SOME

    @property
    def decision(self) -> Decision | None:
        """The decision that stands, once it is complete."""
        made = complete(self._taken())
        return made.decision if made else None

    @property
    def review(self) -> ReviewView | None:
        """The review that is open."""
        return next((each for each in self.reviews if each.outcome is None), None)

    @property
    def may_review(self) -> MayReview:
        """Whether the PA can ask that the decision is looked at again."""
        decision = self.decision if self.waits_for is None else None
        return rules.may_review(decision, open_review=self.review is not None)

    @property
    def second_person_other_than(self) -> UUID | None:
        """Who decided, while the decision waits for somebody else to look at it."""
        deciders = [s.by for s in self.steps if s.step is FollowUp.DECIDED]
        return deciders[-1] if deciders and self.waits_for is FollowUp.AGREED else None

    @property
    def had_a_part(self) -> frozenset[UUID]:
        """Who decided or agreed, and so cannot look at it again."""
        return frozenset(s.by for s in self.steps if s.step in {FollowUp.DECIDED, FollowUp.AGREED})

    @property
    def invitation(self) -> StepView | None:
        """The invitation to talk that stands, while the talk has not been held."""
        invited = [s for s in self.steps if s.step is FollowUp.INVITED]
        return invited[-1] if invited and self.waits_for is FollowUp.DISCUSSED else None

    def done(self, step: FollowUp) -> StepView | None:
        """The newest step of a kind."""
        return next((s for s in reversed(self.steps) if s.step is step), None)

    def _taken(self) -> list[Taken]:
        return [Taken(step=s.step, on=s.on, by=s.by, decision=s.decision) for s in self.steps]


def consent_of(db: Db, person_id: UUID, authority_id: UUID) -> tuple[RightToAsk, datetime] | None:
    """What the PA said last about status checks, and when; None when they were never asked."""
    newest = (
        select(StatusConsent.given, StatusConsent.at)
        .where(StatusConsent.person_id == person_id, StatusConsent.authority_id == authority_id)
        .order_by(StatusConsent.turn.desc())
        .limit(1)
    )
    found = db.execute(newest).one_or_none()
    return (found.given, found.at) if found else None


def disclosures_of(db: Db, person_id: UUID, authority_id: UUID) -> list[DisclosureView]:
    """The certificates an authority saw of a PA, the newest first. A constant number of queries."""
    found = [r for r in holding.records_of(db, person_id, authority_id) if r.kind is RequirementKind.DBS]
    return _views(db, found[::-1])


def disclosure_behind(db: Db, record_id: UUID, authority_ids: Collection[UUID]) -> DisclosureView:
    """One certificate of one of these authorities. Raises NotFound, also for another authority's."""
    row = db.scalar(
        select(RequirementRecord).where(
            RequirementRecord.id == record_id, RequirementRecord.authority_id.in_(authority_ids)
        )
    )
    if row is None or row.kind is not RequirementKind.DBS:
        raise NotFound("disclosure")
    return _views(db, [row])[0]


def _views(db: Db, rows: Sequence[Any]) -> list[DisclosureView]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    wanted = select(DisclosureStep).where(DisclosureStep.disclosure_id.in_(ids)).order_by(DisclosureStep.number)
    steps = _by(db.scalars(wanted), "disclosure_id")
    every = [step.id for some in steps.values() for step in some]
    factors = _by(db.scalars(select(FactorConsidered).where(FactorConsidered.step_id.in_(every))), "step_id")
    places = {i.step_id: i.place for i in db.scalars(select(Invitation).where(Invitation.step_id.in_(every)))}
    numbers = {
        n.disclosure_id: n for n in db.scalars(select(DisclosureNumber).where(DisclosureNumber.disclosure_id.in_(ids)))
    }
    reviews = _by(db.execute(_REVIEWS.where(DisclosureReview.disclosure_id.in_(ids))), "disclosure_id")
    told = select(EmployerMayKnow).where(EmployerMayKnow.disclosure_id.in_(ids), EmployerMayKnow.ended_at.is_(None))
    employers = _by(db.scalars(told), "disclosure_id")
    return [
        _view(
            row,
            steps[row.id],
            factors,
            places,
            numbers.get(row.id),
            reviews=[_review(each) for each in reviews[row.id]],
            employers=[each.employer_id for each in employers[row.id]],
        )
        for row in rows
    ]


_REVIEWS = (
    select(
        DisclosureReview.disclosure_id,
        DisclosureReview.at.label("asked_at"),
        ReviewDecided.outcome,
        ReviewDecided.at,
        ReviewDecided.by,
    )
    .outerjoin(ReviewDecided, ReviewDecided.review_id == DisclosureReview.id)
    .order_by(DisclosureReview.turn)
)


def _by(rows: Iterable[Any], name: str) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _review(row: Any) -> ReviewView:
    return ReviewView(london_day(row.asked_at), row.outcome, london_day(row.at) if row.at else None, row.by)


def _view(
    row: Any,
    steps: Sequence[Any],
    factors: defaultdict[UUID, list[Any]],
    places: dict[UUID, str],
    number: DisclosureNumber | None,
    *,
    reviews: Sequence[ReviewView],
    employers: Sequence[UUID],
) -> DisclosureView:
    taken = [Taken(step=s.step, on=s.done_on, by=s.by, decision=s.decision) for s in steps]
    disclosure = holding.disclosure(row, steps)
    return DisclosureView(
        id=row.id,
        person_id=row.person_id,
        code=row.code,
        seen_by=row.by,
        disclosure=disclosure,
        steps=[
            StepView(
                step=s.step,
                on=s.done_on,
                by=s.by,
                decision=s.decision,
                status=s.status_result,
                factors=tuple(each for each in Factor if each in {f.factor for f in factors[s.id]}),
                place=places.get(s.id, ""),
            )
            for s in steps
        ],
        waits_for=waits_for(taken) if disclosure.content is Content.SOME else None,
        reviews=reviews,
        employers=employers,
        number=number.number if number else None,
        delete_on=number.delete_on if number else None,
        number_deleted=london_day(number.deleted_at) if number and number.deleted_at else None,
    )


@dataclass(frozen=True)
class ToldEmployer:
    """A decision that a PA agreed to let an employer know: the PA, the authority, what was decided and when."""

    pa_id: UUID
    authority_id: UUID
    employer_id: UUID
    decision: Decision | None
    decided_on: date | None
    agreed_on: date


def told_to(db: Db, employer_ids: Collection[UUID]) -> list[ToldEmployer]:
    """What PAs agreed to let these employers know, the newest first; what was taken back is left out."""
    wanted = (
        select(EmployerMayKnow, RequirementRecord)
        .join(RequirementRecord, RequirementRecord.id == EmployerMayKnow.disclosure_id)
        .where(EmployerMayKnow.employer_id.in_(employer_ids), EmployerMayKnow.ended_at.is_(None))
        .order_by(EmployerMayKnow.at.desc())
        .limit(100)
    )
    found = db.execute(wanted).all()
    ids = [record.id for _known, record in found]
    every = select(DisclosureStep).where(DisclosureStep.disclosure_id.in_(ids)).order_by(DisclosureStep.number)
    steps = _by(db.scalars(every), "disclosure_id")
    told = []
    for known, record in found:
        decided = holding.disclosure(record, steps[record.id])
        told.append(
            ToldEmployer(
                pa_id=record.person_id,
                authority_id=record.authority_id,
                employer_id=known.employer_id,
                decision=decided.decision,
                decided_on=decided.decided_on,
                agreed_on=london_day(known.at),
            )
        )
    return told


@dataclass(frozen=True)
class News:
    """The newest step about a PA's certificate that they have to know of: invited to talk, or told of a decision."""

    authority_id: UUID
    step: FollowUp


_LATER = aliased(DisclosureStep)
_NEWS = (
    select(RequirementRecord.authority_id, DisclosureStep.step)
    .join(RequirementRecord, RequirementRecord.id == DisclosureStep.disclosure_id)
    .where(
        RequirementRecord.person_id == bindparam("person_id"),
        DisclosureStep.step.in_([FollowUp.INVITED, FollowUp.TOLD]),
        DisclosureStep.done_on >= bindparam("since"),
        ~select(_LATER.id)
        .where(_LATER.disclosure_id == DisclosureStep.disclosure_id, _LATER.number > DisclosureStep.number)
        .exists(),
    )
)


def news_of(db: Db, person_id: UUID, since: date) -> list[News]:
    """What a PA has to know of their checks, of steps taken since a day. One query."""
    return [News(*row) for row in columns(db, _NEWS, {"person_id": person_id, "since": since})]
