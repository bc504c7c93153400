"""The plan that fills itself: which work is to be looked at again, and why. Plain Python, and the same each time.

Whoever has the policy, the work, what was chosen already and the seed gets the same answer: an auditor can repeat a
plan. What was chosen stays chosen; new work can only add to it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lms.assessment.quality.rules import Policy, Share, Stage, Waits, Weighed, place_in_line


class Why(StrEnum):
    """What led to a choice."""

    ASSESSOR_ONCE = "assessor_once"
    FINAL_SHARE = "final_share"
    INTERIM_SHARE = "interim_share"
    LEARNER_SHARE = "learner_share"
    STANDARD_TURN = "standard_turn"
    KIND_TURN = "kind_turn"
    CERTIFICATE_WAITS = "certificate_waits"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Work:
    """What one assessor decided of one learner's standard in a quarter."""

    key: str
    learner: str
    unit: str
    assessor: str
    framework: str = ""
    kinds: frozenset[str] = frozenset()
    risks: frozenset[Weighed] = frozenset()
    stage: Stage = Stage.INTERIM


@dataclass(frozen=True)
class Chosen:
    """A piece of work that is in the plan, the stage it was chosen at, and whether somebody has looked at it."""

    key: str
    stage: Stage
    looked: bool = False


@dataclass(frozen=True)
class Wanted:
    """A piece of work to be added to the plan, and what led to it."""

    key: str
    stage: Stage
    why: tuple[Why, ...]
    risks: tuple[Weighed, ...] = ()


@dataclass(frozen=True)
class ShareStand:
    """Where one share stands: of `total` things `wanted` are to be looked at, `chosen` are chosen, `looked` were."""

    share: Share
    percent: int
    total: int
    wanted: int
    chosen: int
    looked: int

    @property
    def met(self) -> bool:
        """Whether enough was looked at."""
        return self.looked >= self.wanted

    @property
    def lacking(self) -> int:
        """How many are still to be looked at."""
        return max(0, self.wanted - self.looked)


@dataclass(frozen=True)
class Plan:
    """What to add, and where each share stands once it is added."""

    wanted: tuple[Wanted, ...]
    stands: tuple[ShareStand, ...]

    @property
    def met(self) -> bool:
        """Whether every share is met."""
        return all(stand.met for stand in self.stands)


_Groups = Callable[[Work], Collection[str]]
"""What a piece of work counts for, where different ones are counted and not pieces."""

_OF: Mapping[Share, _Groups] = {
    Share.ASSESSORS: lambda work: (work.assessor,),
    Share.LEARNERS: lambda work: (work.learner,),
    Share.STANDARDS: lambda work: (work.unit,),
    Share.KINDS: lambda work: work.kinds,
}


@dataclass
class _Hand:
    """The plan while it is put together: what is chosen at which stage, and why it was added."""

    chosen: set[tuple[str, Stage]]
    added: dict[tuple[str, Stage], list[Why]] = field(default_factory=dict)

    def add(self, work: Work, why: Why, stage: Stage | None = None) -> None:
        key = (work.key, stage or work.stage)
        self.added.setdefault(key, []).append(why)
        self.chosen.add(key)

    def has(self, work: Work) -> bool:
        return (work.key, Stage.INTERIM) in self.chosen or (work.key, Stage.FINAL) in self.chosen


def share_of(percent: int, total: int) -> int:
    """How many of a total a percentage asks for, rounded up: any share above nothing of anything is at least one."""
    return -(-percent * total // 100)


def plan(
    policy: Policy,
    work: Iterable[Work],
    chosen: Collection[Chosen],
    seed: str,
    last_looked: Mapping[str, str] | None = None,
) -> Plan:
    """What is to be added so that every share is met as far as there is work to meet it.

    `last_looked`: when each standard and kind of evidence was last sampled before this quarter, as a code that sorts;
    what is missing there was never sampled and goes first, so that over time each has its turn.
    """
    weight = policy.weight
    line = sorted(work, key=lambda w: (-place_in_line(seed, w.key, weight(w.risks)), w.key))
    hand = _Hand({(each.key, each.stage) for each in chosen})
    _because_certificates_wait(policy, line, hand)
    _each_assessor(policy, line, hand)
    _stages(policy, line, hand)
    _learners(policy, line, hand)
    for share in _TURNS:
        _turns(policy, share, line, hand, last_looked or {})
    by_key = {each.key: each for each in line}
    wanted = (Wanted(key, stage, tuple(why), _ordered(by_key[key].risks)) for (key, stage), why in hand.added.items())
    return Plan(tuple(wanted), _stands(policy, line, chosen, hand))


def _ordered(risks: Collection[Weighed]) -> tuple[Weighed, ...]:
    return tuple(risk for risk in Weighed if risk in risks)


def _because_certificates_wait(policy: Policy, line: Sequence[Work], hand: _Hand) -> None:
    """Where every certificate waits, all finished work is looked at."""
    for each in line:
        waits = each.stage is Stage.FINAL and policy.waits_for(each.framework) is Waits.EVERY
        if waits and (each.key, Stage.FINAL) not in hand.chosen:
            hand.add(each, Why.CERTIFICATE_WAITS)


def _each_assessor(policy: Policy, line: Sequence[Work], hand: _Hand) -> None:
    """Somebody looks at the work of every assessor at least once a quarter (or of the share the policy names)."""
    _fill(policy, Share.ASSESSORS, Why.ASSESSOR_ONCE, line, hand)


def _learners(policy: Policy, line: Sequence[Work], hand: _Hand) -> None:
    _fill(policy, Share.LEARNERS, Why.LEARNER_SHARE, line, hand)


def _fill(policy: Policy, share: Share, why: Why, line: Sequence[Work], hand: _Hand) -> None:
    """Add work, the first in line first, until enough different groups have something chosen."""
    of = _OF[share]
    groups = {group for each in line for group in of(each)}
    there = {group for each in line if hand.has(each) for group in of(each)}
    wanted = share_of(policy.shares.get(share, 0), len(groups))
    for each in line:
        if len(there) >= wanted:
            return
        if not there.issuperset(of(each)):
            hand.add(each, why)
            there.update(of(each))


def _stages(policy: Policy, line: Sequence[Work], hand: _Hand) -> None:
    for stage, share, why in (
        (Stage.FINAL, Share.FINAL, Why.FINAL_SHARE),
        (Stage.INTERIM, Share.INTERIM, Why.INTERIM_SHARE),
    ):
        those = [each for each in line if each.stage is stage]
        lacking = share_of(policy.shares.get(share, 0), len(those))
        lacking -= sum((each.key, stage) in hand.chosen for each in those)
        for each in those:
            if lacking <= 0:
                break
            if (each.key, stage) not in hand.chosen:
                hand.add(each, why)
                lacking -= 1


_TURNS: Mapping[Share, Why] = {Share.STANDARDS: Why.STANDARD_TURN, Share.KINDS: Why.KIND_TURN}


def _turns(policy: Policy, share: Share, line: Sequence[Work], hand: _Hand, last_looked: Mapping[str, str]) -> None:
    """Standards and kinds of evidence: those that have waited longest for their turn go first."""
    of = _OF[share]
    groups: dict[str, Work] = {}
    for each in line:
        for group in of(each):
            groups.setdefault(group, each)
    there = {group for each in line if hand.has(each) for group in of(each)}
    lacking = share_of(policy.shares.get(share, 0), len(groups)) - len(there)
    place = {each.key: number for number, each in enumerate(line)}
    waiting = sorted(groups.keys() - there, key=lambda g: (last_looked.get(g, ""), place[groups[g].key], g))
    for group in waiting:
        if lacking <= 0:
            return
        if group in there:
            continue
        hand.add(groups[group], _TURNS[share])
        new = set(of(groups[group])) - there
        there |= new
        lacking -= len(new)


def _stands(policy: Policy, line: Sequence[Work], chosen: Collection[Chosen], hand: _Hand) -> tuple[ShareStand, ...]:
    looked = {(each.key, each.stage) for each in chosen if each.looked}
    return tuple(_stand(policy, share, line, hand.chosen, looked) for share in Share)


def _stand(
    policy: Policy,
    share: Share,
    line: Sequence[Work],
    chosen: Collection[tuple[str, Stage]],
    looked: Collection[tuple[str, Stage]],
) -> ShareStand:
    percent = policy.shares.get(share, 0)
    if share in (Share.FINAL, Share.INTERIM):
        stage = Stage(share.value)
        keys = [(each.key, stage) for each in line if each.stage is stage]
        total, had, done = len(keys), sum(key in chosen for key in keys), sum(key in looked for key in keys)
    else:
        of = _OF[share]
        total = len({group for each in line for group in of(each)})
        had, done = (
            len({group for each in line for group in of(each) if _any_stage(each, those)}) for those in (chosen, looked)
        )
    return ShareStand(share, percent, total, share_of(percent, total), had, done)


def _any_stage(work: Work, those: Collection[tuple[str, Stage]]) -> bool:
    return (work.key, Stage.INTERIM) in those or (work.key, Stage.FINAL) in those
