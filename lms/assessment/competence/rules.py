"""Who may decide on a learner's work: competent for that standard, independent of the learner, and the risk in it.

Plain Python. Whoever may not decide may still write down what they saw: their word is evidence, never a decision. The
rules are ours; where they come from the Care Certificate's own words for those who assess it, the manual says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from lms.assessment.rules import HOUSEHOLD, Capacity


class Basis(StrEnum):
    """What somebody's competence in a standard rests on."""

    QUALIFICATION = "qualification"
    EXPERIENCE = "experience"
    STANDARDISATION = "standardisation"
    OTHER = "other"


class Training(StrEnum):
    """How somebody learned to assess."""

    AWARD = "award"
    IN_HOUSE = "in_house"
    OTHER = "other"


class Mark(StrEnum):
    """What an authority says of one of its assessors as a whole.

    watched: every decision is countersigned until a day. experienced: no decision is, however few there were here.
    countersigns: they may countersign the decisions of others, also of learners they were not given.
    """

    WATCHED = "watched"
    EXPERIENCED = "experienced"
    COUNTERSIGNS = "countersigns"


class Relation(StrEnum):
    """How somebody is tied to a learner, or that they said they are not."""

    PARTNER = "partner"
    RELATIVE = "relative"
    SAME_HOME = "same_home"
    FRIEND = "friend"
    BUSINESS = "business"
    NONE = "none"


TOO_CLOSE = frozenset({Relation.PARTNER, Relation.RELATIVE, Relation.SAME_HOME})
"""May be a witness, never decides."""
_CLOSEST = list(Relation)


class Risk(StrEnum):
    """Why a quality assurer should look at a decision sooner than at others."""

    NEW_ASSESSOR = "new_assessor"
    EMPLOYER_AS_ASSESSOR = "employer_as_assessor"
    RELATIVE_DECLARED = "relative_declared"


class WhyNot(StrEnum):
    """Why somebody may not decide; the first that applies, in this order."""

    OWN_WORK = "own_work"
    TOO_CLOSE = "too_close"
    HOUSEHOLD_NEVER = "household_never"
    HOUSEHOLD_NOT_HERE = "household_not_here"
    NO_RECORD = "no_record"
    NOT_THAT_DAY = "not_that_day"
    ENDED = "ended"
    NO_TRAINING = "no_training"


class Needs(StrEnum):
    """Whether a framework asks for competence recorded for each of its units."""

    UNIT = "unit"
    NONE = "none"


class Household(StrEnum):
    """Whether a framework lets an employer, or who acts for one, decide."""

    ALWAYS = "always"
    WHERE_ALLOWED = "where_allowed"
    NEVER = "never"


class Employers(StrEnum):
    """Where a framework leaves it to the authority: whether an employer may decide on their own PA's work.

    no: they write down what they see. competent: those whose competence in the standard is recorded. countersigned:
    any employer, and a competent assessor countersigns each decision of one without such a record.
    """

    NO = "no"
    COMPETENT = "competent"
    COUNTERSIGNED = "countersigned"


NEW_FOR = 10
"""Decisions after which nobody counts as a new assessor; what is countersigned is the authority's own number."""
MOST_COUNTERSIGNED = 500


@dataclass(frozen=True)
class Policy:
    """How an authority lets people decide. `first` is how many decisions of a new assessor are countersigned."""

    employers: Employers = Employers.NO
    first: int = 0
    training: bool = False


@dataclass(frozen=True)
class Span:
    """From a day, up to and including another; None: it has no last day."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def shortened(since: date, until: date | None, last_day: date | None) -> Span | None:
    """A span as it was written down, and ended later on a day; None when it ended before its first day."""
    days = [day for day in (until, last_day) if day is not None]
    last = min(days, default=None)
    return None if last is not None and last < since else Span(since, last)


@dataclass(frozen=True)
class MayDecide:
    """Whether somebody may decide, why not, whether somebody has to countersign, and the risk in it."""

    yes: bool
    why: WhyNot | None = None
    countersign: bool = False
    flags: frozenset[Risk] = frozenset()

    def __bool__(self) -> bool:
        return self.yes


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything the rule asks. `on` is the day of the work, `today` the day of the decision.

    `competent` and `trained` are what the learner's own authority wrote down of this person, for this unit and at all;
    what another authority accepted is not in it. `done` counts their decisions there so far.
    """

    person: UUID
    learner: UUID
    capacity: Capacity
    on: date
    today: date
    needs: Needs
    household: Household
    policy: Policy = Policy()
    relation: Relation | None = None
    competent: Collection[Span] = ()
    trained: Collection[Span] = ()
    marks: Mapping[Mark, Collection[Span]] | None = None
    done: int = 0


def may_decide(case: Case) -> MayDecide:
    """Whether somebody may decide on one unit of a learner's work.

    Nobody decides on their own work, nor a partner, relative or somebody of the same home. Competence has to hold on
    the day of the work, since somebody has to know what they look at, and on the day of the decision: what has ended
    stops new decisions and leaves old ones as they are.
    """
    at_home = case.capacity in HOUSEHOLD
    flags = _flags(case, at_home=at_home)
    why = _too_close(case) or _household(case, at_home=at_home)
    if why is None and case.needs is Needs.NONE:
        return MayDecide(yes=True, flags=flags)
    recorded = _competence(case)
    stands_in = at_home and case.policy.employers is Employers.COUNTERSIGNED and case.household is not Household.NEVER
    if why is None and not stands_in:
        why = recorded or _training(case)
    if why is not None:
        return MayDecide(yes=False, why=why, flags=flags)
    return MayDecide(yes=True, countersign=bool(stands_in and recorded) or is_watched(case), flags=flags)


def _too_close(case: Case) -> WhyNot | None:
    if case.person == case.learner:
        return WhyNot.OWN_WORK
    return WhyNot.TOO_CLOSE if case.relation in TOO_CLOSE else None


def _household(case: Case, *, at_home: bool) -> WhyNot | None:
    if not at_home or case.household is Household.ALWAYS:
        return None
    if case.household is Household.NEVER:
        return WhyNot.HOUSEHOLD_NEVER
    return WhyNot.HOUSEHOLD_NOT_HERE if case.policy.employers is Employers.NO else None


def _competence(case: Case) -> WhyNot | None:
    return lacking(case.competent, on=case.on, today=case.today)


def lacking(spans: Collection[Span], *, on: date, today: date) -> WhyNot | None:
    """Why recorded competence does not carry a decision of today on the work of a day; None when it does."""
    if not spans:
        return WhyNot.NO_RECORD
    if not any(span.holds(today) for span in spans):
        over = all(span.until is not None and span.until < today for span in spans)
        return WhyNot.ENDED if over else WhyNot.NO_RECORD
    return None if any(span.holds(on) for span in spans) else WhyNot.NOT_THAT_DAY


def _training(case: Case) -> WhyNot | None:
    if not case.policy.training or any(span.holds(case.today) for span in case.trained):
        return None
    return WhyNot.NO_TRAINING


def is_watched(case: Case) -> bool:
    """Whether somebody has to countersign: said of this assessor, or one of their first decisions here."""
    if _marked(case, Mark.WATCHED):
        return True
    return not _marked(case, Mark.EXPERIENCED) and case.done < case.policy.first


def _marked(case: Case, mark: Mark) -> bool:
    return any(span.holds(case.today) for span in (case.marks or {}).get(mark, ()))


def _flags(case: Case, *, at_home: bool) -> frozenset[Risk]:
    found = set()
    if at_home:
        found.add(Risk.EMPLOYER_AS_ASSESSOR)
    if case.relation not in {None, Relation.NONE}:
        found.add(Risk.RELATIVE_DECLARED)
    new = case.needs is Needs.UNIT and case.done < max(NEW_FOR, case.policy.first)
    if _marked(case, Mark.WATCHED) or (new and not _marked(case, Mark.EXPERIENCED)):
        found.add(Risk.NEW_ASSESSOR)
    return frozenset(found)


def closest(relations: Iterable[Relation]) -> Relation | None:
    """The relation that weighs most of several; None when nobody said anything."""
    return min(relations, key=_CLOSEST.index, default=None)


@dataclass(frozen=True, kw_only=True)
class Countersigner:
    """What the rule asks about somebody who would countersign. `open_to_them`: the learner is theirs, or they were
    named to countersign in this authority, or they assess for the authority itself."""

    person: UUID
    decided_by: UUID
    open_to_them: bool
    may: MayDecide


def may_countersign(who: Countersigner) -> bool:
    """Whether somebody may countersign a decision: another person, who could have made it and is not new themselves."""
    return who.open_to_them and who.person != who.decided_by and who.may.yes and not who.may.countersign


REMINDED = (60, 14)
"""Days before the last one on which an assessor hears that their competence in a standard ends."""


def due_reminder(until: date, today: date) -> int | None:
    """Which reminder is due: the one with the fewest days that has begun; None before, and once it is over."""
    left = (until - today).days
    return min((days for days in REMINDED if 0 <= left <= days), default=None)


def runs_out_soon(until: date | None, today: date) -> bool:
    """Whether something ends within the time of the first reminder."""
    return until is not None and today <= until <= today + timedelta(days=max(REMINDED))
