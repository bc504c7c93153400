"""Year-end statements: those that were made, making one, one as a page and as a PDF."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.papers import download
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.board import statements as services
from lms.funding.board.doors import pages
from lms.funding.board.forms import StatementForm
from lms.funding.board.models import YearStatement
from lms.funding.claims.home import DESK
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer


@dataclass(frozen=True)
class StatementLine:
    """A statement in the list."""

    row: YearStatement
    reference: str


@pages.route("/funding/statements", methods=["GET", "POST"])
@requires(*DESK)
def statements() -> ResponseReturnValue:
    """The statements of an authority, the newest first, and the form that makes another."""
    here, form = authority_for(*DESK), StatementForm()
    known = services.claimants_in(unit(), here)
    form.offer(known, today())
    if form.validate_on_submit():
        first, last = form.days
        try:
            made = services.make(
                unit(),
                statement_id=form.key(),
                authority_id=here,
                claimant_id=UUID(form.claimant.data),
                first=first,
                last=last,
                as_at=form.as_at.data or today(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The statement is made. Its PDF follows in a moment."), "lms_done")
            return redirect(url_for(".statement", statement_id=made))
    number = page_number()
    found, total = services.statements_in(unit(), here, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    code = people.organisation(unit(), here).code or ""
    return render_template(
        "lms/funding/board/statements.html",
        authority=here,
        form=form if known else None,
        page=Page([StatementLine(each, services.reference_of(each, code)) for each in found], number, total),
        pagination=pagination,
    )


@pages.get("/funding/statements/<uuid:statement_id>")
@requires(*DESK)
def statement(statement_id: UUID) -> ResponseReturnValue:
    """One statement as it was made."""
    found = _own(statement_id)
    data = found.data
    return render_template(
        "lms/funding/board/statement.html",
        found=found,
        reference=_reference(found),
        data=data,
        days={name: date.fromisoformat(data[name]) for name in ("first", "last", "as_at")},
        made_by=people.person(unit(), found.made_by).name,
        titles=titles(unit(), language()),
    )


@pages.get("/funding/statements/<uuid:statement_id>.pdf")
@requires(*DESK)
def statement_pdf(statement_id: UUID) -> ResponseReturnValue:
    """The same as a PDF."""
    found = _own(statement_id)
    if found.sha256 is None:
        raise NotFound("PDF")
    return download(found.sha256, _reference(found))


def _own(statement_id: UUID) -> YearStatement:
    return services.statement(unit(), statement_id, viewer().authorities(*DESK))


def _reference(found: YearStatement) -> str:
    return services.reference_of(found, people.organisation(unit(), found.authority_id).code or "")
