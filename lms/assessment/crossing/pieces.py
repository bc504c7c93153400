"""What the gap list is put together from: each line in each state it can have, said once a language and kept.

An edition has some two hundred lines, and all but where somebody stands is the same for everybody. Nothing in a piece
is about a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, url_for
from markupsafe import Markup, escape

from lms.assessment.content import Line
from lms.assessment.crossing.forms import GRADES, SURE
from lms.assessment.crossing.gap import Gap, GapLine, Grade, UnitGap
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.labels import MARKS
from lms.assessment.knowledge.pieces import code_of, said, tag_of, title_of
from lms.assessment.knowledge.queries import Standing
from lms.assessment.knowledge.rules import LineState
from lms.core.web.texts import _, _n, language, page_words

_HEAD = Markup('<h2 class="govuk-heading-m" id="{id}">{title}</h2>\n')
_NEW = Markup('<h3 class="govuk-heading-s">{grade}<span class="govuk-visually-hidden">, {title}</span></h3>\n')
_ROW = Markup(
    '<li class="palms-requirement palms-requirement--{mark}"><p class="palms-requirement__name">'
    "{code}: {text}</p>"
    '<p class="palms-requirement__state"><strong class="govuk-tag govuk-tag--{colour}">{tag}</strong></p>'
    '<p class="palms-requirement__reason">{why}</p></li>\n'
)
_FOLD = Markup(
    '<details class="govuk-details govuk-!-margin-bottom-3"><summary class="govuk-details__summary">'
    '<span class="govuk-details__summary-text">{summary}<span class="govuk-visually-hidden">, {title}</span></span>'
    '</summary><div class="govuk-details__text">'
)
_SHUT = "</div></details>\n"
_QUIET = Markup('<li>{code}: {text} <span class="palms-muted">{why}</span></li>')


def _summary(grade: Grade, count: int) -> str:
    """What a folded list says of itself."""
    if grade is Grade.CHANGED:
        return _n("%(num)s point changed", "%(num)s points changed", count)
    if grade is Grade.NOT_ESTABLISHED:
        return _n("%(num)s point is not established", "%(num)s points are not established", count)
    if grade is Grade.MOVED:
        return _n("%(num)s point moved, nothing else", "%(num)s points moved, nothing else", count)
    return _n("%(num)s point is unchanged", "%(num)s points are unchanged", count)


_Frame = tuple[str, list[tuple[str, tuple[GapLine, ...], str]], str]
"""The heading of a standard, its lists of lines with what stands before and after each, and its end."""


class GapPieces:
    """The pieces of one gap in one language, each made when it is first wanted."""

    def __init__(self, gap: Gap) -> None:
        self._gap = gap
        self._rows: dict[tuple[str, LineState], str] = {}
        self._frames = [self._frame(unit) for unit in gap.units]

    def page(self, standing: Standing) -> Markup:
        """Every standard with what is new in it, as its lines stand for one learner."""
        return Markup("".join(self._parts(standing)))  # noqa: S704  made of pieces that are safe

    def _parts(self, standing: Standing) -> Iterator[str]:
        states, rows = standing.lines, self._rows
        for head, lists, foot in self._frames:
            yield head
            for before, lines, after in lists:
                yield before
                yield '<ul class="palms-requirements">\n'
                for each in lines:
                    place = (each.line.key, states[each.line.key])
                    yield rows.get(place) or self._made(each, place)
                yield "</ul>\n"
                yield after
            yield foot

    def _made(self, each: GapLine, place: tuple[str, LineState]) -> str:
        tag = tag_of(each.line, place[1])
        self._rows[place] = _ROW.format(
            mark=MARKS[place[1]],
            code=code_mark(each.line),
            text=said(each.line.text),
            colour=tag.colour,
            tag=_(tag.text),
            why=_why(each, self._gap),
        )
        return self._rows[place]

    def _frame(self, unit: UnitGap) -> _Frame:
        """What stands around the lines of a standard. What is new stands open, everything else is folded."""
        title = title_of(unit.unit)
        new = _NEW.format(grade=_(GRADES[Grade.NEW], edition=self._gap.newer.edition), title=title)
        lists: list[tuple[str, tuple[GapLine, ...], str]] = [(new, unit.of(Grade.NEW), "")]
        for grade in (Grade.CHANGED, Grade.NOT_ESTABLISHED):
            lines = unit.of(grade)
            lists += [(_FOLD.format(summary=_summary(grade, len(lines)), title=title), lines, _SHUT)]
        foot = "".join(self._quiet(unit, grade, title) for grade in (Grade.MOVED, Grade.SAME))
        return _HEAD.format(id=unit.unit.code.lower(), title=title), [each for each in lists if each[1]], foot

    def _quiet(self, unit: UnitGap, grade: Grade, title: Markup) -> str:
        """Lines of which there is nothing to do: what they are and where they were."""
        if not (lines := unit.of(grade)):
            return ""
        rows = "".join(
            _QUIET.format(code=code_mark(each.line), text=said(each.line.text), why=_why(each, self._gap))
            for each in lines
        )
        fold = _FOLD.format(summary=_summary(grade, len(lines)), title=title)
        return f'{fold}<ul class="govuk-list govuk-list--spaced">{rows}</ul>{_SHUT}'


def gap_pieces(gap: Gap) -> GapPieces:
    """The pieces of a gap in the language of the page."""
    return kept("gap pieces", (gap,), lambda: GapPieces(gap), language())


@dataclass(frozen=True)
class Around:
    """What stands above and below the standards of a gap list; the same for everybody."""

    before: Markup
    after: Markup


def around(gap: Gap) -> Around:
    """Both in the language of the page, rendered once. They know the gap and nothing of who is looking."""
    return kept("around gap", (gap,), lambda: Around(_fixed("before", gap), _fixed("after", gap)), *_page())


def _fixed(which: str, gap: Gap) -> Markup:
    template = current_app.jinja_env.get_template(f"lms/assessment/crossing/between_{which}.html")
    known = {**page_words(), "gap": gap, "grades": GRADES, "code_mark": code_mark}
    return Markup(template.render(known))  # noqa: S704  our own template, escaped


def _page() -> tuple[str, str]:
    """What a page differs by that is not about anybody: its language, and the address PALMS hangs at.

    Two sites of one process may read the same shelves and hang at different places.
    """
    return language(), url_for("lms.crossing.crosswalk")


def code_mark(line: Line) -> Markup:
    """A line's code, kept whole on one line; the words that stand for an unknown one may be broken."""
    return Markup('<span class="palms-code">{}</span>').format(line.code) if line.code else escape(code_of(line))


def _why(each: GapLine, gap: Gap) -> Markup:
    """Where the line comes from, what changed, and how sure that is."""
    told = (escape(_from(each, gap)), *map(said, each.notes), escape(_(SURE[each.sure])))
    return Markup(" ").join(text for text in told if text)


def _from(each: GapLine, gap: Gap) -> str:
    """The codes it had before, where they are others; that nobody knows, where nobody does."""
    old = {"codes": ", ".join(each.before), "edition": gap.older.edition}
    if each.grade is Grade.NEW or each.before == (each.line.code,):
        return ""
    if not each.before:
        return _("Nobody has established whether %(edition)s asked for this.", **old)
    if each.line.code is None:
        return _("The same matter as %(codes)s in %(edition)s. Its new code is not established.", **old)
    return _("%(codes)s in %(edition)s.", **old)
