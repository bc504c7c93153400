"""The programme by area: every number of the glance, a line for each area, and who has none."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import N_
from lms.funding.board import sheets
from lms.people.areas import queries as areas
from lms.people.guards import authority_for, requires
from lms.people.rules import Role
from lms.programme.desk import lists, setting
from lms.programme.desk.doors import pages
from lms.programme.desk.files import as_csv, as_xlsx
from lms.programme.desk.lists import NO_AREA, Glance, Which

HEADS = (
    N_("Area"),
    N_("Area code"),
    N_("Working towards it"),
    N_("Completed"),
    N_("Waiting for assessment"),
    N_("Sign-offs overdue"),
    N_("Stuck"),
)
"""The columns of a file, in this order; new ones come at the end."""

NUMBERS: tuple[Which, ...] = (Which.WORKING, Which.COMPLETED, Which.ASSESSMENT, Which.OVERDUE, Which.STUCK)
"""The lists behind the columns."""


class AreaLine(NamedTuple):
    """An area with its numbers, those of NUMBERS in their order. `asked` is what its lists are narrowed to."""

    name: str
    code: str
    asked: str
    numbers: tuple[int, ...]


def _lines(here: UUID) -> list[AreaLine]:
    """Every area of an authority, those without one last. Three queries."""
    found = lists.by_area(unit(), here, setting.setting_of(unit(), here).limits, today())
    lines = [
        AreaLine(one.called(language()), one.code, str(one.id), _numbers(found.get(one.id, Glance())))
        for one in areas.areas_of(unit(), here)
        if not one.closed or one.id in found
    ]
    return [*lines, AreaLine(_("No area"), "", NO_AREA, _numbers(found.get(None, Glance())))]


def _numbers(of: Glance) -> tuple[int, ...]:
    return of.working, of.completed, of.assessment, of.overdue, of.stuck


def _total(lines: Sequence[AreaLine]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*(line.numbers for line in lines), strict=True))


@pages.get("/desk/by-area")
@requires(Role.COORDINATOR)
def by_area() -> ResponseReturnValue:
    """The programme at a glance, by area."""
    here = authority_for(Role.COORDINATOR)
    lines = _lines(here)
    return render_template(
        "lms/programme/desk/by_area.html",
        authority=here,
        lines=lines,
        total=_total(lines),
        heads=[_(head) for head in HEADS[2:]],
        which=[each.value for each in NUMBERS],
    )


@pages.get("/desk/by-area.csv")
@requires(Role.COORDINATOR)
def by_area_csv() -> Response:
    """The table as CSV."""
    return as_csv("by-area", HEADS, _cells())


@pages.get("/desk/by-area.xlsx")
@requires(Role.COORDINATOR)
def by_area_xlsx() -> Response:
    """The same as a spreadsheet."""
    return as_xlsx("by-area", HEADS, _cells(), _("By area"))


def _cells() -> list[list[sheets.Cell]]:
    return [[line.name, line.code, *line.numbers] for line in _lines(authority_for(Role.COORDINATOR))]
