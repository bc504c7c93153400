"""The register team's desk: what waits, what lapses, and the list of every PA with ways to narrow it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import N_
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.register import agenda, exports, lists, queries
from lms.register.agenda import Agenda
from lms.register.content import Edition
from lms.register.doors import TEAM, pages
from lms.register.kinds import ListingState
from lms.register.listing.labels import STATES
from lms.register.lists import NONE, Chosen, ListRow
from lms.register.team_words import HAS_NOT_APPLIED, NEXT, RULES_SAY, WAITS, WITHIN_GRACE

LAPSING_SHOWN = 10
TITLES_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """A row of the list in words."""

    person: PersonView
    row: ListRow
    stands: str
    rules_say: str
    lacks: Sequence[str]
    more: int
    next_step: str


@pages.get("/register/desk")
@requires(*TEAM)
def desk_page() -> ResponseReturnValue:
    """What waits for the team, what is due first, and who lapses soon: the team's first page."""
    authority = authority_for(*TEAM)
    edition = queries.edition_for(unit(), authority, today())
    due = _agenda(authority, edition)
    lapsing, lapses = lists.lapsing(unit(), authority, today(), limit=LAPSING_SHOWN)
    names = people.persons(
        unit(), {each for each in (*(i.person_id for i in due.items), *(r.person_id for r in lapsing)) if each}
    )
    return render_template(
        "lms/register/desk.html",
        authority=authority,
        agenda=due,
        waits={kind: _(text) for kind, text in WAITS.items()},
        target=edition.file.processing_target_working_days if edition else None,
        names=names,
        lapsing=lapsing,
        lapses=lapses,
        more=_more(authority),
    )


@pages.get("/register/people")
@requires(*TEAM)
def people_list() -> ResponseReturnValue:
    """The authority's PAs, what changes next first, and why each is or is not listed."""
    authority, number = authority_for(*TEAM), page_number()
    chosen = Chosen.read(request.args)
    edition = queries.edition_for(unit(), authority, today())
    rows, total = lists.page_of(unit(), authority, today(), chosen, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/register/people.html",
        page=Page(shown(authority, edition, rows), number, total),
        pagination=pagination,
        authority=authority,
        chosen=chosen,
        told=chosen.told(),
        choices=_choices(edition),
    )


@pages.get("/register/people.csv")
@requires(*TEAM)
def people_csv() -> ResponseReturnValue:
    """The list as it is narrowed down, all of it, as CSV."""
    authority, chosen = authority_for(*TEAM), Chosen.read(request.args)
    return _file(exports.as_csv(*_sheet(authority, chosen)), "text/csv", "csv")


@pages.get("/register/people.xlsx")
@requires(*TEAM)
def people_xlsx() -> ResponseReturnValue:
    """The same as a spreadsheet."""
    authority, chosen = authority_for(*TEAM), Chosen.read(request.args)
    return _file(exports.as_xlsx(*_sheet(authority, chosen), title=_("PAs")), exports.XLSX, "xlsx")


def shown(authority: UUID, edition: Edition | None, rows: Sequence[ListRow]) -> list[Shown]:
    """Rows in this request's language: names, and titles of what is missing."""
    ids = [row.person_id for row in rows]
    names = people.persons(unit(), ids)
    lacks = lists.lacks_of(unit(), authority, ids) if ids else {}
    return [_shown(names[row.person_id], row, lacks, edition) for row in rows if row.person_id in names]


def _shown(person: PersonView, row: ListRow, lacks: dict[UUID, list[str]], edition: Edition | None) -> Shown:
    tongue = language()
    codes = lacks.get(row.person_id, []) if edition else []
    missing = [code for code in codes if edition and code in edition.lines and edition.lines[code].mandatory]
    titles = [edition.title(code, tongue) for code in missing] if edition else []
    return Shown(
        person=person,
        row=row,
        stands=_(STATES[row.listing]) if row.listing else _(HAS_NOT_APPLIED),
        rules_say=_(WITHIN_GRACE if row.missing and row.state is ListingState.LISTED else RULES_SAY[row.state]),
        lacks=titles,
        more=max(0, len(titles) - TITLES_SHOWN),
        next_step=_(NEXT[row.next_step]) if row.next_step else "",
    )


_MORE: Sequence[tuple[str, str, tuple[Role, ...]]] = (
    (N_("Rules of the register"), "lms.rules.editions", TEAM),
    (N_("Changes of the rules to come"), "lms.changing.to_come", TEAM),
    (N_("Profiles, vacancies and reports"), "lms.vacancies.queue", TEAM),
    (N_("What other systems are told"), "lms.feed.overview", TEAM),
    (N_("Systems that may ask"), "lms.tokens.systems", (Role.REGISTER_MANAGER,)),
    (N_("Systems told of the register"), "lms.webhooks.webhooks", TEAM),
)
"""Further pages of the team: what they are called, where they are, and whose they are."""


def _more(authority: UUID) -> list[tuple[str, str]]:
    return [(_(text), endpoint) for text, endpoint, roles in _MORE if authority in viewer().authorities(*roles)]


def _agenda(authority: UUID, edition: Edition | None) -> Agenda:
    target = edition.file.processing_target_working_days if edition else 0
    nation = edition.file.nation if edition else "england"
    return agenda.agenda(unit(), authority, today(), target_days=target, nation=nation)


def _choices(edition: Edition | None) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, in words."""
    tongue = language()
    lines = edition.lines.values() if edition else ()
    return {
        "listing": [
            (NONE, _(HAS_NOT_APPLIED)),
            *((state.value, _(text)) for state, text in STATES.items() if state is not ListingState.DRAFT),
        ],
        "rules": [(state.value, _(text)) for state, text in RULES_SAY.items()],
        "lacks": [(line.code, edition.title(line.code, tongue)) for line in lines] if edition else [],
        "step": [(step.value, _(text)) for step, text in NEXT.items()],
    }


def _sheet(authority: UUID, chosen: Chosen) -> tuple[list[str], list[list[str | date]]]:
    """Heads and rows of an export. What a disclosure says, or that one is talked about, is not among them."""
    edition = queries.edition_for(unit(), authority, today())
    heads = [
        _("Name"),
        _("E-mail address"),
        _("On the register"),
        _("Since"),
        _("What the rules say"),
        _("Missing"),
        _("What comes next"),
        _("Lapses on, if nothing is done"),
    ]
    rows: list[list[str | date]] = [
        _cells(each)
        for piece in lists.every(unit(), authority, today(), chosen)
        for each in shown(authority, edition, piece)
    ]
    rows.sort(key=lambda row: str(row[0]).casefold())
    return heads, rows


def _cells(each: Shown) -> list[str | date]:
    return [
        each.person.name,
        each.person.email or "",
        each.stands,
        each.row.since or "",
        each.rules_say,
        "; ".join(each.lacks),
        each.next_step if each.row.next_step not in exports.KEPT_BACK else "",
        (each.row.lapses_on or "") if each.row.shown else "",
    ]


def _file(data: bytes, mimetype: str, ending: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="register-{today().isoformat()}.{ending}"'
    return response
