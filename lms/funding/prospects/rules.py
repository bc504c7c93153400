"""What the schemes of an authority say to everything its learners learn. Plain Python; the kernel's rules decide.

Very many learners are asked about alike: a scheme's answer is worked out once for all who stand the same, and kept
while one reading lasts. A scheme that says no to everybody alike is not asked: one that is closed or was withdrawn, one
of another nation or area, and one on whose list a training is not. Nothing a learner does changes that, and the page of
a training says it all the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from lms.funding.asked import Asked, Earlier
from lms.funding.content import Schemes
from lms.funding.days import last_day_to_submit
from lms.funding.question import Question
from lms.funding.reasons import Act, Verdict
from lms.funding.rules import claimable
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    Decision,
    EvidenceKind,
    LearnerKind,
    Provenance,
    SchemeStatus,
)
from lms.people.rules import Nation

LIVE = frozenset({SchemeStatus.OPEN, SchemeStatus.CLOSING})
OVER = frozenset({ClaimState.REJECTED, ClaimState.WITHDRAWN})
"""A claim in one of these states leaves its training unclaimed."""

MOST_KEPT = 200_000
"""Answers kept at once during one reading: about as many as different ones there are in a large country."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The authority whose learners are read: how schemes know it, and the user-led organisation that would claim."""

    id: UUID
    code: str
    nation: Nation
    user_led: UUID | None


@dataclass(frozen=True, kw_only=True)
class Taught:
    """A training of a learner. `completed_on` is the day of its certificate; None while there is none."""

    code: str
    enrolment_id: UUID
    started_on: date
    completed_on: date | None


class Before(Protocol):
    """A claim there is already for a learner, whoever made it."""

    @property
    def scheme(self) -> str:
        """Its scheme."""

    @property
    def training(self) -> str:
        """The training it is for."""

    @property
    def state(self) -> ClaimState:
        """Where it stands."""

    def plain(self, claimant: UUID | None) -> Earlier:
        """As the rules ask about it, for one claimant."""


@dataclass(frozen=True, kw_only=True)
class Learner:
    """All that schemes ask about one learner. `employer_id` is the individual employer who would claim, if any."""

    id: UUID
    employer_id: UUID | None
    trainings: Sequence[Taught]
    before: Sequence[Before] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one scheme says to one training: the row that is kept, without its keys."""

    item: str
    claimant_kind: ClaimantKind
    claimant_id: UUID | None
    decision: Decision
    amount_pence: int
    cost_known: bool
    certified: bool
    claimed: bool
    act: Act | None
    deadline_on: date | None
    against: str
    missing: str


Key = tuple[UUID, str, str]
"""Enrolment, training, scheme."""


@dataclass
class Reading:
    """One reading of an authority's learners on one day."""

    place: Place
    schemes: Schemes
    on: date
    live: tuple[Scheme, ...] = field(init=False)
    _known: dict[Any, tuple[Verdict, date | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.live = live_in(self.schemes, self.place, self.on)

    def said_to(self, learner: Learner) -> tuple[dict[Key, Said], date | None]:
        """Every answer to a learner's trainings, and the first day on which one of them may be another."""
        found: dict[Key, Said] = {}
        until = [day for scheme in self.live if (day := next_edge(scheme, self.on))] if learner.trainings else []
        for training in learner.trainings:
            for scheme in self.live:
                way = self._way(scheme, training, learner)
                if way is None:
                    continue
                verdict, last = self._verdict(scheme, training, learner, way)
                if last and last >= self.on:
                    until.append(last + _DAY)
                key = training.enrolment_id, training.code, scheme.code
                found[key] = _said(verdict, way, training, already=claimed(scheme, training, learner))
        return found, min(until, default=None)

    def _way(self, scheme: Scheme, training: Taught, learner: Learner) -> "_Way | None":
        covered = self.schemes.covering(self.place.code, scheme.code, training.code)
        item = covered.item if covered else training.code
        if scheme.item(item) is None:
            return None
        return _Way(item, covered.days if covered else None, *claimant_of(scheme, self.place, learner))

    def _verdict(self, scheme: Scheme, training: Taught, learner: Learner, way: "_Way") -> tuple[Verdict, date | None]:
        before = tuple(one.plain(way.claimant or learner.id) for one in learner.before)
        employed = learner.employer_id is not None
        key = (scheme.code, training.code, way.kind, employed, training.started_on, training.completed_on, before)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            asked = self._asked(scheme, training, learner, way, before=before)
            last = last_day_to_submit(Question(scheme, scheme.item(way.item), asked, self.on))
            known = self._known[key] = claimable(scheme, asked, on=self.on), last
        return known

    def _asked(
        self, scheme: Scheme, training: Taught, learner: Learner, way: "_Way", *, before: tuple[Earlier, ...]
    ) -> Asked:
        adopted = self.schemes.adoption(self.place.code, scheme.code)
        employed = learner.employer_id is not None
        return Asked(
            item=way.item,
            training=training.code,
            days=way.days,
            days_provenance=adopted.provenance if adopted else Provenance.ILLUSTRATIVE,
            nation=self.place.nation,
            area=self.place.code,
            claimant=way.kind,
            learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER if employed else LearnerKind.PERSONAL_ASSISTANT,
            started_on=training.started_on,
            completed_on=training.completed_on,
            certificate_on=training.completed_on,
            evidence=frozenset({EvidenceKind.CERTIFICATE} if training.completed_on else ()),
            earlier=before,
        )


@dataclass(frozen=True)
class _Way:
    """As what a scheme is asked about a training, and who would claim."""

    item: str
    days: Any
    kind: ClaimantKind
    claimant: UUID | None


def live_in(schemes: Schemes, place: Place, on: date) -> tuple[Scheme, ...]:
    """The schemes that can say anything but no in a place on a day."""
    return tuple(
        scheme
        for scheme in schemes.all
        if scheme.status_on(on) in LIVE
        and scheme.nation == place.nation
        and (not scheme.area_codes or place.code in scheme.area_codes)
    )


def counted(schemes: Schemes, place: Place, on: date) -> frozenset[str]:
    """The trainings that a place counts under a live scheme, or that stand on one's own list by their code."""
    live = live_in(schemes, place, on)
    named = {item.code for scheme in live for item in scheme.items}
    return frozenset({*named, *_covered(schemes, place, live)})


def _covered(schemes: Schemes, place: Place, live: Iterable[Scheme]) -> Iterator[str]:
    for scheme in live:
        adopted = schemes.adoption(place.code, scheme.code)
        if adopted:
            yield from (covered.training for covered in adopted.covers)


def claimant_of(scheme: Scheme, place: Place, learner: Learner) -> tuple[ClaimantKind, UUID | None]:
    """Who would claim: the first kind the scheme allows that there is here, else whoever employs, else the PA."""
    there: Mapping[ClaimantKind, UUID | None] = {
        ClaimantKind.PERSONAL_ASSISTANT: None,
        ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP: place.id,
        **({ClaimantKind.INDIVIDUAL_EMPLOYER: learner.employer_id} if learner.employer_id else {}),
        **({ClaimantKind.USER_LED_ORGANISATION: place.user_led} if place.user_led else {}),
    }
    usual = (ClaimantKind.INDIVIDUAL_EMPLOYER, ClaimantKind.PERSONAL_ASSISTANT)
    kind = next(kind for kind in (*scheme.claimants, *usual) if kind in there)
    return kind, there[kind]


def claimed(scheme: Scheme, training: Taught, learner: Learner) -> bool:
    """Whether a claim of this scheme for this training is open or done."""
    return any(
        one.scheme == scheme.code and one.training == training.code and one.state not in OVER for one in learner.before
    )


def next_edge(scheme: Scheme, on: date) -> date | None:
    """The first day after `on` on which a window of the scheme opens or has closed."""
    days: list[date | None] = []
    for _name, window in (*scheme.windows.named(), ("claim_year", scheme.claim_year)):
        if window is not None:
            days += [window.first, window.last + _DAY if window.last else None]
    days.append(scheme.status_from)
    if scheme.windows.submission and scheme.windows.submission.discretionary_until:
        days.append(scheme.windows.submission.discretionary_until + _DAY)
    return min((day for day in days if day and day > on), default=None)


def _said(verdict: Verdict, way: _Way, training: Taught, *, already: bool) -> Said:
    deadline = verdict.deadline
    return Said(
        item=way.item,
        claimant_kind=way.kind,
        claimant_id=way.claimant,
        decision=verdict.decision,
        amount_pence=verdict.amount,
        cost_known=verdict.cost_known,
        certified=training.completed_on is not None,
        claimed=already,
        act=deadline.act if deadline else None,
        deadline_on=deadline.on if deadline else None,
        against=" ".join(dict.fromkeys(code.value for code in verdict.refusals)),
        missing=" ".join(verdict.missing),
    )
