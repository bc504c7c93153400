"""The register team's desk: what waits, what lapses, and the list of every PA with ways to narrow it down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.i18n import day
from lms.core.shelves import shelf
from lms.core.web.pages import PAGE_SIZE, Page, addresses, page_number, pagination, placing
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import N_
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.register import agenda, exports, lists, queries
from lms.register.agenda import Agenda
from lms.register.content import Edition, RegisterRules
from lms.register.doors import TEAM, pages
from lms.register.kinds import ListingState
from lms.register.listing.labels import STATES
from lms.register.lists import NONE, Chosen, ListRow
from lms.register.team_words import HAS_NOT_APPLIED, NEXT, RULES_SAY, WAITS, WITHIN_GRACE

LAPSING_SHOWN = 10
TITLES_SHOWN = 3


class Shown(NamedTuple):
    """A row of the list in words."""

    row: ListRow
    stands: str
    rules_say: str
    lacks: Sequence[str]
    more: int
    next_step: str


class InWords(NamedTuple):
    """The same as the page shows it, all of it texts."""

    href: str
    name: str
    stands: str
    since: str
    rules_say: str
    lacks: str
    next_step: str
    changes: str
    lapses: str


@dataclass(frozen=True, eq=False)
class Choices:
    """What each filter of the list offers: value and text. One object a language and edition, so pieces are kept."""

    listing: Sequence[tuple[str, str]]
    rules: Sequence[tuple[str, str]]
    lacks: Sequence[tuple[str, str]]
    step: Sequence[tuple[str, str]]


class Due(NamedTuple):
    """A row of the desk in words: what waits, who it is about, since when and until when, and where it is done."""

    href: str
    what: str
    who: str
    since: str
    by: str
    late: bool


@pages.get("/register/desk")
@requires(*TEAM)
def desk_page() -> ResponseReturnValue:
    """What waits for the team, what is due first, and who lapses soon: the team's first page."""
    authority = authority_for(*TEAM)
    edition = queries.edition_for(unit(), authority, today())
    due = _agenda(authority, edition)
    lapsing, lapses = lists.lapsing(unit(), authority, today(), limit=LAPSING_SHOWN)
    soon = dict(lapsing)
    names = people.persons(unit(), {*(i.person_id for i in due.items if i.person_id), *soon})
    return render_template(
        "lms/register/desk.html",
        authority=authority,
        total=due.total,
        rows=_due_rows(due, names),
        kinds=[(_(text), due.totals[kind]) for kind, text in WAITS.items() if kind in due.totals],
        target=edition.file.processing_target_working_days if edition else None,
        names=names,
        lapsing=soon,
        pa_at=addresses(".person_page", "person_id", soon, authority_id=authority),
        lapses=lapses,
        more=_more(authority),
    )


def _due_rows(due: Agenda, names: Mapping[UUID, PersonView]) -> list[Due]:
    tongue, place, no_target = language(), placing(), _("No target")
    return [
        Due(
            href=place(each.endpoint, each.args),
            what=_(WAITS[each.kind]),
            who=names[each.person_id].name if each.person_id and each.person_id in names else "",
            since="–" if each.kind in agenda.SINCE_IS_DUE else day(each.since, tongue),
            by=day(each.due, tongue) if each.due else no_target,
            late=each.late,
        )
        for each in due.items
    ]


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
        page=Page(_rows(authority, shown(edition, rows)), number, total),
        pagination=pagination,
        authority=authority,
        chosen=chosen,
        told=chosen.told(),
        choices=_offered(edition),
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


def shown(edition: Edition | None, rows: Sequence[ListRow]) -> list[Shown]:
    """Rows in this request's language, with titles of what is missing; those without a name are left out."""
    tongue = language()
    lines = edition.lines.values() if edition else ()
    titles = {line.code: edition.title(line.code, tongue) for line in lines if line.mandatory} if edition else {}
    says = {state: _(text) for state, text in RULES_SAY.items()}
    stands = {state: _(text) for state, text in STATES.items()}
    steps = {step: _(text) for step, text in NEXT.items()}
    within_grace, has_not_applied = _(WITHIN_GRACE), _(HAS_NOT_APPLIED)

    def said(row: ListRow) -> Shown:
        missing = [titles[code] for code in row.lacks if code in titles]
        graced = row.missing and row.state is ListingState.LISTED
        return Shown(
            row=row,
            stands=stands[row.listing] if row.listing else has_not_applied,
            rules_say=within_grace if graced else says[row.state],
            lacks=missing,
            more=max(0, len(missing) - TITLES_SHOWN),
            next_step=steps[row.next_step] if row.next_step else "",
        )

    return [said(row) for row in rows if row.name is not None]


def _rows(authority: UUID, rows: Sequence[Shown]) -> list[InWords]:
    tongue, place = language(), placing()
    since, lapses, more = _("since %(day)s"), _("lapses on %(day)s"), _("and %(number)s more")
    nothing, no_date = _("Nothing"), _("No date")

    def said(one: Shown) -> InWords:
        row, lacks = one.row, "; ".join(one.lacks[:TITLES_SHOWN])
        return InWords(
            href=place("lms.register.person_page", {"authority_id": authority, "person_id": row.person_id}),
            name=row.name or "",
            stands=one.stands,
            since=since % {"day": day(row.since, tongue)} if row.since and row.listing else "",
            rules_say=one.rules_say,
            lacks=f"{lacks} {more % {'number': one.more}}" if one.more else lacks,
            next_step=one.next_step or nothing,
            changes=day(row.holds_until, tongue) if row.holds_until else no_date,
            lapses=lapses % {"day": day(row.lapses_on, tongue)} if row.shown and row.lapses_on else "",
        )

    return [said(each) for each in rows]


_MORE: Sequence[tuple[str, str, tuple[Role, ...]]] = (
    (N_("Rules of the register"), "lms.rules.editions", TEAM),
    (N_("Changes of the rules to come"), "lms.changing.to_come", TEAM),
    (N_("Profiles, vacancies and reports"), "lms.vacancies.queue", TEAM),
    (N_("What other systems are told"), "lms.feed.overview", TEAM),
    (N_("How PAs reach you"), "lms.reaching.contact", (Role.REGISTER_MANAGER,)),
    (N_("Systems that may ask"), "lms.tokens.systems", (Role.REGISTER_MANAGER,)),
    (N_("Systems told of the register"), "lms.webhooks.webhooks", TEAM),
)
"""Further pages of the team: what they are called, where they are, and whose they are."""


def _more(authority: UUID) -> tuple[tuple[str, str], ...]:
    someone = viewer()
    return tuple((text, endpoint) for text, endpoint, roles in _MORE if authority in someone.authorities(*roles))


def _agenda(authority: UUID, edition: Edition | None) -> Agenda:
    target = edition.file.processing_target_working_days if edition else 0
    nation = edition.file.nation if edition else "england"
    return agenda.agenda(unit(), authority, today(), target_days=target, nation=nation)


def _offered(edition: Edition | None) -> Choices:
    known, tongue = shelf(unit(), RegisterRules).known, language()
    place = ("choices", edition.rules.authority if edition else "", edition.rules.edition if edition else "", tongue)
    found: Choices | None = known.get(place)
    if found is None:
        found = known[place] = _choices(edition)
    return found


def _choices(edition: Edition | None) -> Choices:
    """What each filter offers, in words."""
    tongue = language()
    lines = edition.lines.values() if edition else ()
    return Choices(
        listing=(
            (NONE, _(HAS_NOT_APPLIED)),
            *((state.value, _(text)) for state, text in STATES.items() if state is not ListingState.DRAFT),
        ),
        rules=tuple((state.value, _(text)) for state, text in RULES_SAY.items()),
        lacks=tuple((line.code, edition.title(line.code, tongue)) for line in lines) if edition else (),
        step=tuple((step.value, _(text)) for step, text in NEXT.items()),
    )


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
    rows: list[list[str | date]] = []
    for piece in lists.every(unit(), authority, today(), chosen):
        ids = [row.person_id for row in piece]
        found, lacks = people.persons(unit(), ids), lists.lacks_of(unit(), authority, ids)
        named = [
            row._replace(name=found[row.person_id].name, lacking=",".join(lacks.get(row.person_id, ())))
            for row in piece
            if row.person_id in found
        ]
        rows += [_cells(each, found[each.row.person_id].email) for each in shown(edition, named)]
    rows.sort(key=lambda row: str(row[0]).casefold())
    return heads, rows


def _cells(each: Shown, email: str | None) -> list[str | date]:
    return [
        each.row.name or "",
        email or "",
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
