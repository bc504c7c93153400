"""The board: how claims stand, which last days are near, what stands in the way; each number opens its list."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from lms.core.content import Words
from lms.core.i18n import day, money
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.state import today, unit
from lms.core.web.texts import _, _n, language
from lms.funding import texts
from lms.funding.board import exports, queries, sheets, words
from lms.funding.board.doors import pages
from lms.funding.board.queries import AtRisk, Listed, Number, Wanted
from lms.funding.board.rules import SHOWN, Age, Due
from lms.funding.claims.home import DESK
from lms.funding.labels import MISSING
from lms.funding.prospects import queries as prospects
from lms.funding.prospects.queries import ProspectView
from lms.funding.prospects.schemes import schemes_of
from lms.funding.vocabulary import ClaimState
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer

Cell = tuple[str, Markup]
"""A cell of a table: what its column is called, and the number in it."""


ROWS = 25
"""Rows on one page of a list."""


@dataclass(frozen=True)
class ClaimLine:
    """A claim in a list, in words."""

    reference: str
    address: str
    lines: str
    claimant: str
    scheme: Words
    state: str
    since: str
    amount: str
    last_day: str
    risk: str
    ask: str


@dataclass(frozen=True)
class TrainingLine:
    """A training nobody has claimed yet, in words."""

    address: str
    learner: str
    training: str
    standing: str
    scheme: Words
    amount: str
    last_day: str
    missing: str


@pages.get("/funding/board")
@requires(*DESK)
def board() -> ResponseReturnValue:
    """All the numbers of one authority at once."""
    here = authority_for(*DESK)
    counted = queries.by_state(unit(), [here], today())
    dues = queries.due(unit(), [here], today())
    coming = _coming(here)
    risks = queries.at_risk(unit(), [here])
    lists, learners = _opening(".claims", here), _opening(".trainings", here)
    return render_template(
        "lms/funding/board/board.html",
        authority=here,
        authorities=_authorities(),
        states=[_line(state, counted, lists) for state in SHOWN],
        ages=[_(words.AGES[age]) for age in Age],
        total=_sum(counted.values()),
        dues=[_due(due, dues[due], coming.get(due), lists, learners) for due in Due],
        risks=[_at_risk(each, lists) for each in risks],
        at_risk=_sum(each.number for each in risks),
    )


_NONE = Markup('<span class="palms-number">0</span>')


def _opening(endpoint: str, authority_id: UUID) -> str:
    """The address of a list of the board, escaped; what narrows it is put behind."""
    return str(escape(url_for(endpoint, authority=authority_id)))


def _number(found: Number, address: str, narrowed: str) -> Markup:
    """A number that opens the list it counts; nothing to open is plain text. Half a hundred of them are on the page.

    `address` and `narrowed` are escaped: the first by `_opening`, the second made of codes.
    """
    if not found.count:
        return _NONE
    return Markup(  # noqa: S704
        f'<a class="govuk-link palms-number" href="{address}{narrowed}">{found.count}</a><br>'
        f'<span class="govuk-hint govuk-!-margin-bottom-0 palms-number">{money(found.pence)}</span>'
    )


def _due(
    due: Due, found: Number, coming: Number | None, lists: str, learners: str
) -> tuple[str, Markup | str, Markup | str]:
    narrowed = f"&amp;due={due.value}"
    unclaimed = _("Not counted") if coming is None else _number(coming, learners, narrowed)
    return _(words.DUES[due]), _number(found, lists, narrowed), unclaimed


def _at_risk(each: AtRisk, lists: str) -> tuple[str, str, Markup]:
    narrowed = f"&amp;risk={quote(each.risk)}&amp;ask={quote(each.ask)}"
    return words.risk(each.risk, _), words.ask(each.ask, _), _number(each.number, lists, narrowed)


@pages.get("/funding/board/claims")
@requires(*DESK)
def claims() -> ResponseReturnValue:
    """The claims behind a number."""
    here, wanted, number = authority_for(*DESK), _wanted(), page_number()
    total = queries.count(unit(), [here], wanted, today())
    found = queries.listed(unit(), [here], wanted, today(), offset=(number - 1) * ROWS, limit=ROWS)
    return render_template(
        "lms/funding/board/claims.html",
        authority=here,
        page=Page(_claims(found), number, total.count, ROWS),
        pagination=pagination,
        pence=total.pence,
        said=_said(wanted),
        asked={key: request.args[key] for key in _NARROWS if key in request.args},
    )


@pages.get("/funding/board/trainings")
@requires(*DESK)
def trainings() -> ResponseReturnValue:
    """Trainings that nobody has claimed yet, whose last day is near."""
    here, due, number = authority_for(*DESK), _one(Due, "due") or Due.IN_90, page_number()
    first, last = due.between(today())
    count, pence = prospects.count_due(unit(), [here], first, last)
    found = prospects.due(unit(), [here], first, last, offset=(number - 1) * ROWS, limit=ROWS)
    return render_template(
        "lms/funding/board/trainings.html",
        authority=here,
        page=Page(_trainings(found), number, count, ROWS),
        pagination=pagination,
        pence=pence,
        due=_(words.DUES[due]),
    )


@pages.get("/funding/board/claims.csv")
@requires(*DESK)
def claims_csv() -> ResponseReturnValue:
    """The lines of the claims behind a number, as CSV."""
    heads, rows = _sheet()
    return _file(sheets.as_csv(heads, rows), "text/csv; charset=utf-8", "csv")


@pages.get("/funding/board/claims.xlsx")
@requires(*DESK)
def claims_xlsx() -> ResponseReturnValue:
    """The same as a spreadsheet."""
    heads, rows = _sheet()
    return _file(sheets.as_xlsx(heads, rows, title=_("Claims")), sheets.XLSX, "xlsx")


def _sheet() -> tuple[list[str], list[list[sheets.Cell]]]:
    found = exports.lines(unit(), [authority_for(*DESK)], _wanted(), today())
    return [_(head) for head in exports.HEADS], exports.rows(found, _, language(), titles(unit(), language()))


def _file(data: bytes, kind: str, ending: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="claims-{today().isoformat()}.{ending}"'
    return response


_NARROWS = ("state", "age", "due", "risk", "ask", "scheme")


def _coming(authority_id: UUID) -> dict[Due, Number]:
    """Trainings nobody has claimed yet; those whose day has gone are nobody's to claim any more."""
    (first, in_30), (_first, in_90) = Due.IN_30.between(today()), Due.IN_90.between(today())
    near, far = prospects.count_soon(unit(), [authority_id], first, (in_30, in_90))
    return {Due.IN_30: Number(*near), Due.IN_90: Number(*far)}


def _authorities() -> list[tuple[str, str]]:
    ids = viewer().authorities(*DESK)
    if len(ids) == 1:
        return []
    return sorted((each.name, str(id)) for id, each in people.organisations(unit(), ids).items())


def _line(
    state: ClaimState, counted: dict[tuple[ClaimState, Age], Number], lists: str
) -> tuple[str, list[Cell], Markup]:
    """One row of the table of states: a number for each age, and all together."""
    there = [(age, counted.get((state, age), Number())) for age in Age]
    narrowed = f"&amp;state={state.value}"
    cells = [(_(words.AGES[age]), _number(found, lists, f"{narrowed}&amp;age={age.value}")) for age, found in there]
    return _(texts.STATES[state]), cells, _number(_sum(found for _age, found in there), lists, narrowed)


def _sum(numbers: "exports.Numbers") -> Number:
    every = list(numbers)
    return Number(sum(each.count for each in every), sum(each.pence for each in every))


def _claims(found: list[Listed]) -> list[ClaimLine]:
    """The rows of a page; what several rows say alike is put into words once."""
    links, tongue = addresses("lms.funding.claim", "claim_id", [each.id for each in found]), language()
    risks = {each.risk: words.risk(each.risk, _) for each in found}
    asks = {each.ask: words.ask(each.ask, _) for each in found}
    states, none = {state: _(said) for state, said in texts.STATES.items()}, _("None")
    return [
        ClaimLine(
            reference=each.reference,
            address=links[each.id],
            lines=_n("%(num)s line", "%(num)s lines", each.lines),
            claimant=each.claimant_name,
            scheme=each.scheme_title,
            state=states[each.state],
            since=_("since %(day)s", day=day(each.since, tongue)),
            amount=money(each.amount_pence),
            last_day=day(each.deadline_on, tongue) if each.deadline_on else none,
            risk=risks[each.risk],
            ask=_("Ask: %(who)s", who=asks[each.ask]) if asks[each.ask] else "",
        )
        for each in found
    ]


def _trainings(found: list[ProspectView]) -> list[TrainingLine]:
    learners = people.persons(unit(), {each.learner_id for each in found})
    links, tongue = addresses("lms.funding.training", "learner_id", learners), language()
    known, called = schemes_of(unit(), authority_for(*DESK), today()).by_code, titles(unit(), tongue)
    issued, running, nothing = _("Certificate issued"), _("Not finished yet"), _("Nothing")
    return [
        TrainingLine(
            address=f"{links[each.learner_id]}?training={quote(each.training)}",
            learner=learners[each.learner_id].name,
            training=called.get(each.training, each.training),
            standing=issued if each.certified else running,
            scheme=known[each.scheme].title if each.scheme in known else Words(en=each.scheme),
            amount=money(each.amount_pence),
            last_day=day(each.deadline_on, tongue) if each.deadline_on else "",
            missing="; ".join(_(MISSING[code]) for code in each.missing if code in MISSING) or nothing,
        )
        for each in found
    ]


def _wanted() -> Wanted:
    return Wanted(
        state=_one(ClaimState, "state"),
        age=_one(Age, "age"),
        due=_one(Due, "due"),
        risk=request.args.get("risk") or None,
        ask=request.args.get("ask") or None,
        scheme=request.args.get("scheme") or None,
    )


def _said(wanted: Wanted) -> list[str]:
    """What a list is narrowed to, in words."""
    return [
        *([_(texts.STATES[wanted.state])] if wanted.state else []),
        *([_(words.AGES[wanted.age])] if wanted.age else []),
        *([_(words.DUES[wanted.due])] if wanted.due else []),
        *([words.risk(wanted.risk, _)] if wanted.risk else []),
        *([_("Ask: %(who)s", who=words.ask(wanted.ask, _))] if wanted.ask and words.ask(wanted.ask, _) else []),
    ]


Code = TypeVar("Code", bound=StrEnum)


def _one(kind: type[Code], name: str) -> Code | None:
    try:
        return kind(request.args.get(name, ""))
    except ValueError:
        return None
