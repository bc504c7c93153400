"""What grids are put together from: each line in each place it can stand, said once for each language and kept.

Nothing in a piece is about anybody. A learner's grid is the pieces of where their lines stand, with the number of
pieces of evidence and the day of the decision put in; a cohort's is the pieces of its cells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from lms.assessment.content import Framework, Line, Unit
from lms.assessment.deciding.labels import STANDS
from lms.assessment.deciding.rules import Stand
from lms.assessment.grids.labels import SIGNS, UNIT_SIGNS, UNIT_WORDS
from lms.assessment.grids.queries import NOTHING_YET, CohortRow, LearnerGrid, LineRow
from lms.assessment.grids.rules import Cell
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.pieces import code_of, said, title_of
from lms.assessment.rules import Kind
from lms.core import i18n
from lms.core.web.texts import _, _n, language

_ROW = (
    '<tr><th scope="row"><b>{code}:</b> {text}</th><td data-is="{stand}" data-label="{where}">'
    '<span aria-hidden="true">{sign}</span> {words}</td>'
)
_NO_MORE = '<td data-none data-label="{evidence}">0</td><td data-none data-label="{decided}">–</td></tr>\n'
_HEAD = (
    '<h2 class="govuk-heading-m" id="{id}">{title}</h2>\n<p class="govuk-body">{{0}} '
    '<a class="govuk-link" href="{{1}}">{open}<span class="govuk-visually-hidden">: {title}</span></a></p>\n'
    '<table class="govuk-table palms-table palms-table--stack palms-grid">'
    '<caption class="govuk-table__caption govuk-visually-hidden">{caption}</caption>'
    '<thead><tr><th scope="col">{line}</th><th scope="col">{where}</th><th scope="col">{evidence}</th>'
    '<th scope="col">{decided}</th></tr></thead><tbody>\n'
)
_END = "</tbody></table>\n"
_NOTHING = NOTHING_YET.stand


class GridPieces:
    """The pieces of one edition in one language, each made when it is first wanted."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._rows: dict[tuple[str, Stand], str] = {}
        self._heads: dict[str, str] = {}
        self._met: dict[tuple[str, int, bool], str] = {}
        self._words = {name: str(escape(_(text))) for name, text in _WORDS.items()}
        self._none = _NO_MORE.format(**self._words)
        self._untouched: dict[str, str] = {}

    def unit(self, unit: Unit, grid: LearnerGrid, href: str, tongue: str) -> str:
        """A standard with its lines, as they stand for one learner."""
        rows, none, code, lines = self._rows, self._none, unit.code, grid.lines
        found = [lines[code, line.key] for line in unit.lines]
        untouched = found.count(NOTHING_YET) == len(found)
        met = 0 if untouched else [each[0] for each in found].count(Stand.MET)
        made = [self._head(unit).format(self._sentence(unit, met, signed=code in grid.signed_off), escape(href))]
        if untouched:  # as most standards of most learners
            made.append(self._untouched.get(code) or self._all_of(unit))
            return "".join(made)
        for line, row in zip(unit.lines, found, strict=True):
            stand, evidence, decided_at = row
            place = (line.key, stand)
            made.append(rows.get(place) or self._made(line, place))
            made.append(self._more(row, tongue) if evidence or decided_at else none)
        return "".join(made) + _END

    def _all_of(self, unit: Unit) -> str:
        """The lines of a standard of which nothing was shown yet."""
        rows = [self._rows.get((line.key, _NOTHING)) or self._made(line, (line.key, _NOTHING)) for line in unit.lines]
        self._untouched[unit.code] = "".join(row + self._none for row in rows) + _END
        return self._untouched[unit.code]

    def _made(self, line: Line, place: tuple[str, Stand]) -> str:
        stand = place[1]
        words = _(STANDS[stand].text)
        if stand is Stand.MET and line.kind is Kind.KNOWLEDGE:
            words = _("Met (knowledge)")
        self._rows[place] = _ROW.format(
            code=escape(code_of(line)),
            text=said(line.text),
            stand=stand.value,
            where=self._words["where"],
            sign=SIGNS[stand],
            words=escape(words),
        )
        return self._rows[place]

    def _more(self, row: LineRow, tongue: str) -> str:
        day = escape(i18n.day(row.decided_at, tongue)) if row.decided_at else "–"
        words = self._words
        return (
            f'<td data-label="{words["evidence"]}">{row.evidence}</td>'
            f'<td data-label="{words["decided"]}">{day}</td></tr>\n'
        )

    def _head(self, unit: Unit) -> str:
        if unit.code not in self._heads:
            title = title_of(unit) if unit.number is not None else said(unit.title)
            self._heads[unit.code] = _HEAD.format(
                id=escape(unit.code.lower()),
                title=_braces(title),
                open=_braces(escape(_("Open it"))),
                caption=_braces(escape(_("Where each point of %(unit)s stands", unit=unit.title.text(language())))),
                **self._words,
            )
        return self._heads[unit.code]

    def _sentence(self, unit: Unit, met: int, *, signed: bool) -> str:
        place = (unit.code, met, signed)
        if place not in self._met:
            said_ = _n("%(met)s of %(num)s point met.", "%(met)s of %(num)s points met.", len(unit.lines), met=met)
            self._met[place] = str(escape(f"{_('Signed off.')} {said_}" if signed else said_))
        return self._met[place]


_WORDS = {"line": "Point", "where": "Where it stands", "evidence": "Pieces of evidence", "decided": "Last decided"}


def _words() -> tuple[str, ...]:  # so that the words above are in the catalogue
    return _("Point"), _("Where it stands"), _("Pieces of evidence"), _("Last decided")


def _braces(text: str) -> str:
    """Text that is put in by format a second time, with its own braces kept."""
    return str(text).replace("{", "{{").replace("}", "}}")


def grid_pieces(framework: Framework) -> GridPieces:
    """The pieces of an edition in the language of the page."""
    return kept("grid", (framework,), lambda: GridPieces(framework), language())


def learner_table(grid: LearnerGrid, href: Callable[[str], str]) -> Markup:
    """Every unit of a learner's grid; `href` gives where a unit's own page is."""
    tongue = language()
    made = (
        grid_pieces(placed.framework).unit(placed.unit, grid, href(placed.unit.code), tongue) for placed in grid.units
    )
    return Markup("".join(made))  # noqa: S704  made of pieces that are escaped


class CellPieces:
    """The cells of a cohort in one language: of each learner by where all of their standards stand, made once."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}

    def rows(self, rows: Iterable[CohortRow], columns: Mapping[str, str], href: str) -> Iterator[str]:
        """A row a learner. `columns` gives each unit its short heading; `href` has NOBODY where the enrolment goes."""
        before, after = href.split(NOBODY)
        made = self._rows
        for row in rows:
            yield (
                f'<tr><th scope="row"><a class="govuk-link" href="{before}{row.enrolment_id}{after}">'
                f"{escape(row.name)}</a></th>"
            )
            yield made.get(row.spelled) or self._made(row, columns)

    def _made(self, row: CohortRow, columns: Mapping[str, str]) -> str:
        cells = row.cells
        if len(self._rows) >= MOST:
            self._rows.clear()
        self._rows[row.spelled] = "".join(_cell(heading, cells.get(unit)) for unit, heading in columns.items())
        return self._rows[row.spelled]


MOST = 4000
"""Ways in which all standards of somebody may stand that are kept; then it begins anew."""


def _cell(heading: str, cell: Cell | None) -> str:
    """A cell: its sign and its words, and how many points are met of how many."""
    if cell is None:
        return f'<td data-u="{escape(heading)}">–'  # a <td> needs no end, and there are many
    number = f"{cell.met}/{cell.needed}" if cell.needed else "0"
    sign = UNIT_SIGNS[cell.state]
    if not sign:
        return f'<td data-u="{escape(heading)}">{number}'
    words = f'<span class="govuk-visually-hidden"> {escape(_(str(UNIT_WORDS[cell.state])))}</span>'
    return (
        f'<td data-u="{escape(heading)}" data-is="{cell.state.value}"><span aria-hidden="true">{sign}</span>'
        f" {number}{words}"
    )


NOBODY = "00000000-0000-0000-0000-000000000000"
"""An enrolment that is nobody's: an address is made once and every learner put in its place."""


def cohort_rows(framework: Framework, rows: Iterable[CohortRow], columns: Mapping[str, str], href: str) -> Markup:
    """The rows of a cohort's table."""
    cells = kept("cells", (framework,), CellPieces, language())
    return Markup("".join(cells.rows(rows, columns, href)))  # noqa: S704  made of pieces that are escaped
