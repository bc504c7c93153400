"""What would come of a list: read, matched with who is here, and counted. Nothing is written by that."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.telling import Tell, tell_nobody
from lms.core.words import N_
from lms.learning.catalogue import Courses
from lms.people import bringing as people
from lms.people import households
from lms.programme.intake import matching, rules, tables
from lms.programme.intake.matching import Known, Outcome, There
from lms.programme.intake.rules import Line, Sense, Wrong, folded
from lms.programme.intake.words import DayOrder, Fate, Field

EVERY = 5_000
"""Rows after which somebody is told how far it is."""
MOST_WRONG = 20_000
"""Mistakes that are kept; a list with more has another column, or another kind of day, than was said."""

TWO_HOMES = N_("Two employers of yours have this name. Give one of them another, then look again.")


@dataclass
class Plan:
    """What would come of a list. Nothing is carried out while there is anything `wrong`, unclear, or to be asked."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    employers: dict[str, UUID] = field(default_factory=dict)
    new_employers: dict[str, str] = field(default_factory=dict)
    asks_for_order: bool = False
    more_wrong: int = 0

    @property
    def tally(self) -> dict[str, int]:
        """Counts for the page, by what is counted."""
        first = [each for each in self.outcome.matched if each.same_as is None]
        fates = Counter(each.fate.value for each in first)
        lines = [each.line for each in self.outcome.matched if each.fate in {Fate.NEW, Fate.HERE}]
        return {
            "rows": len(self.lines) + len({each.row for each in self.wrong}),
            **{fate.value: fates[fate.value] for fate in Fate},
            "employers": len(self.new_employers),
            "employments": sum(1 for line in lines if line.employer),
            "courses": sum(1 for line in lines if line.course),
            "certificates": sum(1 for line in lines if line.certificate),
            "wrong": len(self.wrong) + self.more_wrong,
            "unclear": len(self.outcome.unclear),
        }

    @property
    def ready(self) -> bool:
        """Whether it can be carried out as it is."""
        return not (self.wrong or self.outcome.unclear or self.asks_for_order)


def sense_of(db: Db, columns: Mapping[str, int], width: int, order: DayOrder | None, now: datetime) -> Sense:
    """How the rows of a list are read."""
    courses = shelf(db, Courses)
    titled = [
        (code, [text for text in (course.title.en, course.title.cy) if text])
        for code, course in courses.courses.items()
        if course.for_pas
    ]
    chosen = {Field(name): place for name, place in columns.items()}
    return Sense(chosen, width, order, rules.called(titled), london_day(now))


def read(data: bytes, sense: Sense, *, tell: Tell = tell_nobody, total: int = 0) -> Plan:
    """Read every row. Raises Refused for a file that is no table."""
    plan, days = Plan(), _Days(sense.columns.keys())
    for number, cells in tables.read(data).rows:
        line, wrong = rules.line_of(number, cells, sense)
        if sense.order is None:
            days.look(rules.days_in([cells], sense.columns))
        if line is not None:
            plan.lines.append(line)
        room = MOST_WRONG - len(plan.wrong)
        plan.wrong += wrong[:room]
        plan.more_wrong += max(0, len(wrong) - room)
        if number % EVERY == 0:
            tell(number, max(number, total))
    plan.asks_for_order = sense.order is None and rules.asks_for_order(days.seen)
    return plan


class _Days:
    """Days of a list, as many different ones as say something about how they are written."""

    def __init__(self, columns: Collection[Field]) -> None:
        self._wanted, self.seen = bool(columns), set[str]()

    def look(self, days: Iterable[str]) -> None:
        if self._wanted:
            self.seen.update(days)


def match(db: Db, plan: Plan, authority_id: UUID, answers: Mapping[int, str], width: Mapping[str, int]) -> None:
    """Find out who is here. `width` says by field name in which column a clash is told."""
    known = [Known(*each) for each in people.pas_ever_in(db, authority_id)]
    ours = {word for each in known for word in (each.email, each.username) if word}
    emails = {line.email for line in plan.lines if line.email} - ours
    usernames = {line.username for line in plan.lines if line.username} - ours
    elsewhere = {*people.accounts_by_email(db, emails), *people.accounts_by_username(db, usernames)}
    plan.employers = _employers(db, plan, authority_id, width)
    names = {folded(line.name) for line in plan.lines if line.name}
    namesakes = [each.id for each in known if folded(each.name) in names]
    called = {id: name for name, id in plan.employers.items()}
    works_for = {
        pa_id: {called[each] for each in homes if each in called}
        for pa_id, homes in people.employers_of(db, namesakes, authority_id).items()
    }
    plan.outcome = matching.match(plan.lines, There(known, elsewhere, works_for), answers)
    plan.wrong += [
        Wrong(each.line.row, width.get(each.which), each.sentence, each.values) for each in plan.outcome.clashes
    ]
    plan.wrong.sort(key=lambda each: (each.row, -1 if each.column is None else each.column))


def _employers(db: Db, plan: Plan, authority_id: UUID, width: Mapping[str, int]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    twice: set[str] = set()
    for home in households.employers_in(db, authority_id):
        key = folded(home.name)
        if key in found:
            twice.add(key)
        found[key] = home.id
    for line in plan.lines:
        key = folded(line.employer) if line.employer else ""
        if key in twice:
            plan.wrong.append(Wrong(line.row, width.get(Field.EMPLOYER.value), TWO_HOMES))
        elif key and key not in found:
            plan.new_employers.setdefault(key, line.employer or "")
    return found
