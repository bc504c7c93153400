"""The progress log of a standard: each line, how it was shown, where the evidence is, when, by whom, and sign-off.

A page and a PDF are made of the same rows, so that they cannot say different things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from lms.assessment.content import Line
from lms.assessment.knowledge.labels import HOW, MARKED_BY_PALMS, WHERE, Tag
from lms.assessment.knowledge.pieces import code_of, said, tag_of
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.queries import LineProgress, Showing, UnitProgress
from lms.assessment.knowledge.rules import Work
from lms.assessment.rules import Kind
from lms.core import i18n
from lms.core.web.texts import _, language


@dataclass(frozen=True)
class Shown:
    """One way in which a line was shown, in words; `href` leads to the evidence, for those who may open it."""

    how: str
    where: str
    href: str | None
    at: datetime
    by: str


@dataclass(frozen=True)
class LogRow:
    """A line of the log. `sign_off` is that of the whole standard; a dash where it is not for whoever reads."""

    line: Line
    code: str
    text: Markup
    tag: Tag
    shown: tuple[Shown, ...]
    sign_off: str


def log_rows(progress: UnitProgress, places: Places | None = None) -> tuple[LogRow, ...]:
    """The rows of a standard; without `places`, as on paper, nothing leads anywhere."""
    end = _sign_off(progress.work)
    return tuple(_row(line, places, end) for line in progress.lines)


def _sign_off(work: Work | None) -> str:
    if work is None:
        return "–"
    return i18n.day(work.signed_on, language()) if work.signed_on is not None else _("Not yet")


def _row(found: LineProgress, places: Places | None, sign_off: str) -> LogRow:
    return LogRow(
        line=found.line,
        code=code_of(found.line),
        text=said(found.line.text),
        tag=tag_of(found.line, found.seen if found.line.kind is Kind.PRACTICE else found.state),
        shown=tuple(_shown(found.showings, places)),
        sign_off=sign_off,
    )


def _shown(showings: tuple[Showing, ...], places: Places | None) -> Iterator[Shown]:
    """Each way once: a line that several outcomes teach may have been shown in one and the same check."""
    told = set()
    for each in showings:
        way = (each.how, each.source_id)
        if way not in told:
            told.add(way)
            yield Shown(
                how=_(HOW[each.how]),
                where=_("%(what)s, unit %(module)s", what=_(WHERE[each.how]), module=each.module),
                href=places.evidence(each) if places else None,
                at=each.at,
                by=each.judged_by_name or _(MARKED_BY_PALMS),
            )
