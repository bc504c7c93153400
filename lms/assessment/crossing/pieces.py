"""What the gap list is put together from: each line in each state it can have, said once a language and kept.

An edition has some two hundred lines, and all but where somebody stands is the same for everybody. Nothing in a piece
is about a person.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from lms.assessment.crossing.forms import GRADES, SURE
from lms.assessment.crossing.gap import Gap, GapLine, Grade, UnitGap
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.labels import MARKS
from lms.assessment.knowledge.pieces import code_of, said, tag_of, title_of
from lms.assessment.knowledge.queries import Standing
from lms.assessment.knowledge.rules import LineState
from lms.core.web.texts import _, _n, language

_TOLD = (Grade.NEW, Grade.CHANGED, Grade.MOVED, Grade.NOT_ESTABLISHED)
_HEAD = Markup('<h2 class="govuk-heading-m" id="{id}">{title}</h2>\n')
_GRADE = Markup('<h3 class="govuk-heading-s">{grade}<span class="govuk-visually-hidden">, {title}</span></h3>\n')
_ROW = Markup(
    '<li class="palms-requirement palms-requirement--{mark}"><p class="palms-requirement__name">'
    '<span class="palms-code">{code}</span> {text}</p>'
    '<p class="palms-requirement__state"><strong class="govuk-tag govuk-tag--{colour}">{tag}</strong></p>'
    '<p class="palms-requirement__reason">{why}</p></li>\n'
)
_FOLD = Markup(
    '<details class="govuk-details"><summary class="govuk-details__summary">'
    '<span class="govuk-details__summary-text">{summary}<span class="govuk-visually-hidden">, {title}</span></span>'
    '</summary><div class="govuk-details__text"><ul class="govuk-list">{rows}</ul></div></details>\n'
)
_SAME = Markup('<li><span class="palms-code">{code}</span> {text}{why}</li>')


class GapPieces:
    """The pieces of one gap in one language, each made when it is first wanted."""

    def __init__(self, gap: Gap) -> None:
        self._gap = gap
        self._rows: dict[tuple[str, LineState], str] = {}
        self._fixed = {unit.unit.code: self._frame(unit) for unit in gap.units}

    def page(self, standing: Standing) -> Markup:
        """Every standard with what is new in it, as its lines stand for one learner."""
        return Markup("".join(self._parts(standing)))  # noqa: S704  made of pieces that are safe

    def _parts(self, standing: Standing) -> Iterator[str]:
        states, rows = standing.lines, self._rows
        for unit in self._gap.units:
            head, grades, fold = self._fixed[unit.unit.code]
            yield head
            for title, lines in grades:
                yield title
                yield '<ul class="palms-requirements">\n'
                for each in lines:
                    place = (each.line.key, states[each.line.key])
                    yield rows.get(place) or self._made(each, place)
                yield "</ul>\n"
            yield fold

    def _made(self, each: GapLine, place: tuple[str, LineState]) -> str:
        tag = tag_of(each.line, place[1])
        self._rows[place] = _ROW.format(
            mark=MARKS[place[1]],
            code=code_of(each.line),
            text=said(each.line.text),
            colour=tag.colour,
            tag=_(tag.text),
            why=_why(each, self._gap),
        )
        return self._rows[place]

    def _frame(self, unit: UnitGap) -> tuple[str, Sequence[tuple[str, tuple[GapLine, ...]]], str]:
        """What stands around the lines of a standard: its heading, those of its grades, and what is unchanged."""
        title = title_of(unit.unit)
        grades = [
            (_GRADE.format(grade=_(GRADES[grade], edition=self._gap.newer.edition), title=title), unit.of(grade))
            for grade in _TOLD
            if unit.of(grade)
        ]
        same = unit.of(Grade.SAME)
        rows = Markup("").join(
            _SAME.format(code=code_of(each.line), text=said(each.line.text), why=_notes(each)) for each in same
        )
        summary = _n("%(num)s point is unchanged", "%(num)s points are unchanged", len(same))
        fold = _FOLD.format(summary=summary, title=title, rows=rows) if same else ""
        return _HEAD.format(id=unit.unit.code.lower(), title=title), grades, fold


def gap_pieces(gap: Gap) -> GapPieces:
    """The pieces of a gap in the language of the page."""
    return kept("gap pieces", (gap,), lambda: GapPieces(gap), language())


def _why(each: GapLine, gap: Gap) -> Markup:
    """Where the line comes from, what changed, and how sure that is."""
    told = [Markup("{}").format(_from(each, gap)), *(said(note) for note in each.notes)]
    return Markup(" ").join([*told, Markup('<span class="palms-muted">{}</span>').format(_(SURE[each.sure]))])


def _from(each: GapLine, gap: Gap) -> str:
    """The codes it had before; that nobody knows, where nobody does."""
    old = {"codes": ", ".join(each.before), "edition": gap.older.edition}
    if each.grade is Grade.NEW:
        return ""
    if not each.before:
        return _("Nobody has established whether %(edition)s asked for this.", **old)
    if each.grade is Grade.NOT_ESTABLISHED:
        return _("The same matter as %(codes)s in %(edition)s. Its new code is not established.", **old)
    return _("%(codes)s in %(edition)s.", **old)


def _notes(each: GapLine) -> Markup:
    """What is worth knowing of a line that is unchanged."""
    return Markup("").join(Markup(' <span class="palms-muted">{}</span>').format(said(note)) for note in each.notes)
