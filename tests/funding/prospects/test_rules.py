"""What is kept of a scheme's answer is the kernel's answer, for as long as it says it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.asked import Asked, Earlier
from lms.funding.content import Schemes
from lms.funding.prospects import rules
from lms.funding.prospects.rules import Learner, Place, Reading, Taught
from lms.funding.rules import claimable
from lms.funding.vocabulary import ClaimState, Decision, EvidenceKind, LearnerKind, Part
from lms.people.rules import Nation

HERE, SOMEBODY, HOME, LED = uuid4(), uuid4(), uuid4(), uuid4()
SINCE, TO = date(2025, 1, 1), date(2027, 12, 31)

days = st.dates(min_value=SINCE, max_value=TO)


@dataclass(frozen=True)
class Made:
    """A claim somebody made before."""

    scheme: str
    training: str
    item: str
    state: ClaimState
    claimant: UUID

    def plain(self, claimant: UUID | None) -> Earlier:
        return Earlier(
            scheme=self.scheme,
            state=self.state,
            item=self.item,
            training=self.training,
            part=Part.FULL,
            same_claimant=self.claimant == claimant,
        )


def place(**other: object) -> Place:
    values = {"id": HERE, "code": "RIVERMERE", "nation": Nation.ENGLAND, "user_led": LED, **other}
    return Place(**values)  # type: ignore[arg-type]


def learner(*trainings: Taught, before: Sequence[Made] = (), employer: UUID | None = HOME) -> Learner:
    return Learner(id=SOMEBODY, employer_id=employer, trainings=trainings, before=before)


def taught(code: str = "PAI-1", *, started: date = date(2026, 5, 1), completed: date | None = None) -> Taught:
    return Taught(code=code, enrolment_id=HOME, started_on=started, completed_on=completed)


def test_a_training_the_authority_counts_is_told_what_it_could_get(schemes: Schemes) -> None:
    found, _ = Reading(place(), schemes, date(2026, 6, 1)).said_to(learner(taught()))
    said = found[HOME, "PAI-1", "ULO-2026-27"]
    assert said.decision is not Decision.REFUSED
    assert (said.claimant_id, said.certified, said.claimed) == (LED, False, False)
    assert said.amount_pence > 0


def test_schemes_that_say_no_to_everybody_are_not_asked(schemes: Schemes) -> None:
    reading = Reading(place(), schemes, date(2026, 6, 1))
    assert {scheme.status.value for scheme in reading.live} <= {"open", "closing"}
    wales = Reading(place(nation=Nation.WALES), schemes, date(2026, 6, 1))
    assert not {scheme.code for scheme in wales.live} & {scheme.code for scheme in reading.live}


def test_a_claim_that_is_open_marks_the_training_as_claimed(schemes: Schemes) -> None:
    reading = Reading(place(), schemes, date(2026, 6, 1))
    for state, claimed in ((ClaimState.DRAFT, True), (ClaimState.PAID, True), (ClaimState.WITHDRAWN, False)):
        before = [Made("ULO-2026-27", "PAI-1", "TRAIN-DAY", state, LED)]
        found, _ = reading.said_to(learner(taught(), before=before))
        assert found[HOME, "PAI-1", "ULO-2026-27"].claimed is claimed


@given(
    on=days,
    started=days,
    gap=st.none() | st.integers(0, 400),
    employed=st.booleans(),
    state=st.sampled_from(ClaimState),
)
def test_what_is_kept_is_what_the_rules_say(
    schemes: Schemes, *, on: date, started: date, gap: int | None, employed: bool, state: ClaimState
) -> None:
    completed = None if gap is None else started + timedelta(days=gap)
    before = [Made("ULO-2026-27", "PAI-1", "TRAIN-DAY", state, uuid4())]
    someone = learner(taught(started=started, completed=completed), before=before, employer=HOME if employed else None)
    reading = Reading(place(), schemes, on)
    for _ in range(2):  # the second time from what it remembers
        found, _until = reading.said_to(someone)
        for (_enrolment, training, code), said in found.items():
            scheme = schemes.by_code[code]
            covered = schemes.covering("RIVERMERE", code, training)
            asked = Asked(
                item=said.item,
                training=training,
                days=covered.days if covered else None,
                nation=Nation.ENGLAND,
                area="RIVERMERE",
                claimant=said.claimant_kind,
                learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER if employed else LearnerKind.PERSONAL_ASSISTANT,
                started_on=started,
                completed_on=completed,
                certificate_on=completed,
                evidence=frozenset({EvidenceKind.CERTIFICATE} if completed else ()),
                earlier=tuple(one.plain(said.claimant_id or SOMEBODY) for one in before),
            )
            verdict = claimable(scheme, asked, on=on)
            assert (said.decision, said.amount_pence) == (verdict.decision, verdict.amount)
            assert said.missing.split() == list(verdict.missing)


@given(on=days, started=days, gap=st.none() | st.integers(0, 400), later=st.integers(0, 500))
def test_an_answer_holds_for_as_long_as_it_says(
    schemes: Schemes, on: date, started: date, gap: int | None, later: int
) -> None:
    completed = None if gap is None else started + timedelta(days=gap)
    someone = learner(taught(started=started, completed=completed))
    found, until = Reading(place(), schemes, on).said_to(someone)
    day = on + timedelta(days=later)
    if until is not None and day >= until:
        day = until - timedelta(days=1)
    assert Reading(place(), schemes, day).said_to(someone)[0] == found


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_the_calendar_is_looked_at_on_each_edge_of_a_window(schemes: Schemes, offset: int) -> None:
    scheme = schemes.by_code["ULO-2026-27"]
    for window in (scheme.windows.delivery, scheme.windows.application):
        if window is None or window.last is None:
            continue
        edge = rules.next_edge(scheme, window.last + timedelta(days=offset))
        assert offset >= 1 or edge is not None
        assert edge is None or edge > window.last + timedelta(days=offset)
