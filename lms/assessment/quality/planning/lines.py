"""What a line of a plan says of a sample: put together here, so that the template of a long list calls nothing."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from lms.assessment.quality import labels
from lms.assessment.quality.samples.queries import SampleView
from lms.core import i18n
from lms.core.web.pages import addresses
from lms.core.web.pieces import page_pieces
from lms.core.web.texts import _, language


class Line(NamedTuple):
    """A sample in a plan. `unit` is its name with its number, in the language `tongue`, empty for a unit not loaded."""

    href: str
    learner: str
    number: str
    unit: str
    tongue: str
    mark: str
    colour: str
    state: str
    decided: str
    why: Markup


def lines(samples: Iterable[SampleView]) -> list[Line]:
    """The samples of a page, in the language of the page."""
    samples, reader, piece = list(samples), language(), page_pieces()
    where = addresses("lms.quality.sample", "sample_id", (each.id for each in samples))
    states = {state: _(tag.text) for state, tag in labels.STATES.items()}
    stages = {stage: _(text) for stage, text in labels.STAGES.items()}
    decided, taken, due = _("Decided by %(name)s"), _("With %(name)s."), _("Answer due by %(day)s.")
    found = []
    for each in samples:
        said = f"{decided % {'name': each.assessor_name}}, {stages[each.stage]}."
        if each.taken_by:
            said += f" {taken % {'name': each.taken_by_name}}"
        if each.due_on:
            said += f" {due % {'day': i18n.day(each.due_on, reader)}}"
        tag = labels.STATES[each.state]
        found.append(
            Line(
                where[each.id],
                each.learner_name,
                *_unit(each, reader),
                tag.mark,
                tag.colour,
                states[each.state],
                said,
                piece(
                    "lms/assessment/quality/why.html",
                    why=tuple(labels.WHY[one] for one in each.why),
                    risks=tuple(labels.RISKS[one] for one in each.risks),
                ),
            )
        )
    return found


def _unit(sample: SampleView, reader: str) -> tuple[str, str, str]:
    """Its number, its title, and the language that is in; the code alone where the unit is not loaded."""
    if sample.placed is None:
        return "", sample.unit, ""
    unit = sample.placed.unit
    return f"{unit.number}. " if unit.number else "", unit.title.text(reader), unit.title.language(reader)
