"""The words and small functions that the templates about practice share."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from lms.assessment.competence.labels import RISKS
from lms.assessment.content import Placed
from lms.assessment.deciding.labels import (
    COUNTS,
    JUDGEMENTS,
    NEXT_FOR_KNOWLEDGE,
    NEXT_FOR_LEARNER,
    OUTCOMES,
    REVIEWS,
    STANDS,
    UNIT_TAGS,
    WITHDRAWERS,
    judged,
)
from lms.assessment.deciding.queries import LineStand, UnitStand
from lms.assessment.deciding.rules import Stand
from lms.assessment.deciding.shown import met_of, parted, still_open
from lms.assessment.evidence.labels import KIND_NAMES, PARTS, WAYS
from lms.assessment.forms import LABELS
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.rules import Kind, UnitState
from lms.core.web.texts import _, _n, language

_TO_WORK_ON = frozenset({Stand.NOT_YET_MET, Stand.MORE_EVIDENCE})


def words() -> dict[str, Any]:
    """What every template about practice finds beside its own."""
    return {
        "stands": STANDS,
        "judgements": JUDGEMENTS,
        "judged": judged,
        "counts": COUNTS,
        "unit_tags": UNIT_TAGS,
        "withdrawers": WITHDRAWERS,
        "reviews": REVIEWS,
        "outcomes": OUTCOMES,
        "flags": RISKS,
        "kinds": KIND_NAMES,
        "parts": PARTS,
        "ways": WAYS,
        "labels": LABELS,
        "code_of": code_of,
        "met_of": met_of,
        "parted": parted,
        "next_step": next_step,
        "unit_rows": unit_rows,
    }


class UnitRow(NamedTuple):
    """A unit in a list of units, as it is said: `tongue` is the language the title really is in."""

    code: str
    number: int | None
    title: str
    tongue: str
    met: str
    colour: str
    state: str


class Standing(Protocol):
    """What of a unit a list of units says."""

    @property
    def placed(self) -> Placed:
        """The unit and its framework."""

    @property
    def state(self) -> UnitState:
        """Where it stands."""

    @property
    def met(self) -> int:
        """How many of its lines are met."""


def unit_rows(units: Iterable[Standing]) -> list[UnitRow]:
    """Units as a list says them, with how much of each is met; put together here, since they are many."""
    reader, rows = language(), []
    for each in units:
        unit, tag = each.placed.unit, UNIT_TAGS[each.state]
        met, num = each.met, len(unit.lines)
        said = _n("%(met)s of %(num)s point met", "%(met)s of %(num)s points met", num, met=met)
        title, tongue = unit.title.text(reader), unit.title.language(reader)
        rows.append(UnitRow(unit.code, unit.number, title, tongue, said, tag.colour, _(tag.text)))
    return rows


def next_step(stand: LineStand) -> str:
    """What a learner can do next about a line; a message id, empty where there is nothing."""
    if stand.line.kind is Kind.KNOWLEDGE and stand.stand in NEXT_FOR_KNOWLEDGE:
        return NEXT_FOR_KNOWLEDGE[stand.stand]
    return NEXT_FOR_LEARNER[stand.stand]


def next_words(stand: UnitStand) -> tuple[str, str]:
    """What a learner can do next about a standard: a heading and a sentence."""
    seen, knowledge = still_open(stand)
    if any(each.stand in _TO_WORK_ON for each in (*seen, *knowledge)):
        return _("Read the feedback below, and work on it"), _("Then ask to be seen again, or offer what is missing.")
    if seen:
        about = _n("%(num)s point is still to be seen.", "%(num)s points are still to be seen.", len(seen))
        return _("Ask somebody who may assess it to see you at work"), about
    if knowledge:
        about = _n("%(num)s point of knowledge is open.", "%(num)s points of knowledge are open.", len(knowledge))
        return _("Study what is left, or say it to your assessor"), about
    return _("Everything is met. Your assessor signs it off next"), _("You need do nothing.")


def to_work_on(stand: UnitStand) -> list[LineStand]:
    """The lines with feedback to work on."""
    return [each for each in stand.lines.values() if each.stand in _TO_WORK_ON]
