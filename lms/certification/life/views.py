"""Staff pages: an authority's certificates, one with its whole life, and what can be done to it."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.chains import chain_of
from lms.certification.content import CertificateDesigns
from lms.certification.holder import queries as holders
from lms.certification.holder.labels import written
from lms.certification.life import labels, queries, services
from lms.certification.life.forms import MoveForm, ReasonedForm, ReplaceForm
from lms.certification.life.moves import Move
from lms.certification.life.queries import Wanted
from lms.certification.life.reasons import SuspensionReason
from lms.certification.rules import Standing, WithdrawalReason
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, addresses, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("life", __name__)

STAFF = (Role.COORDINATOR, Role.QUALITY_ASSURER)
LONGEST_SEARCH = 100


@pages.get("/certificates/issued")
@requires(*STAFF)
def issued() -> ResponseReturnValue:
    """An authority's certificates, the newest first; found by number, part of a name, kind and standing."""
    authority, number = authority_for(*STAFF), page_number()
    kinds = queries.kinds_in(unit(), authority)
    wanted = Wanted(
        search=request.args.get("search", "").strip()[:LONGEST_SEARCH],
        kind=next((kind for kind in kinds if kind == request.args.get("kind")), ""),
        standing=next((each for each in Standing if each.value == request.args.get("standing")), None),
    )
    found, total = queries.issued_in(
        unit(), authority, wanted, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/certification/life/issued.html",
        page=Page(found, number, total),
        pagination=pagination,
        wanted=wanted,
        kinds=[(kind, kind_name(kind)) for kind in kinds],
        authority=authority,
        labels=labels,
        standings={each: _(said) for each, said in labels.STANDINGS.items()},
        pages_of=addresses(".one", "certificate_id", [each.id for each in found]),
    )


@pages.get("/certificates/issued/<uuid:certificate_id>")
@requires(*STAFF)
def one(certificate_id: UUID) -> ResponseReturnValue:
    """One certificate with its whole life, and what the viewer may do to it now."""
    found = queries.looked_after(unit(), certificate_id, viewer())
    return render_template(
        "lms/certification/life/one.html",
        certificate=found,
        standing=found.standing(today()),
        life=queries.life_of(unit(), found, today()),
        chain=chain_of(unit(), found),
        moves=queries.moves_for(found, viewer(), today()),
        own=found.holder_id == viewer().person_id,
        opens_pdf=found.authority_id in viewer().authorities(Role.COORDINATOR),
        labels=labels,
        today=today(),
        written=written,
        achieved=holders.achieved(unit(), found.id) if found.achievements else "",
        Move=Move,
        Happened=queries.Happened,
        Standing=Standing,
    )


@pages.route("/certificates/issued/<uuid:certificate_id>/suspend", methods=["GET", "POST"])
@requires(*STAFF)
def suspend(certificate_id: UUID) -> ResponseReturnValue:
    """Let a certificate not count for the time being."""
    form = ReasonedForm()

    def act() -> None:
        services.suspend(
            unit(),
            id=form.key(),
            certificate_id=certificate_id,
            reason=SuspensionReason(form.reason.data),
            word=form.word.data or "",
            by=viewer().person_id,
            now=now(),
        )

    return _moving(certificate_id, Move.SUSPEND, form, act)


@pages.route("/certificates/issued/<uuid:certificate_id>/lift", methods=["GET", "POST"])
@requires(*STAFF)
def lift(certificate_id: UUID) -> ResponseReturnValue:
    """Let a suspended certificate count again."""
    form = MoveForm()

    def act() -> None:
        services.lift(
            unit(),
            id=form.key(),
            certificate_id=certificate_id,
            word=form.word.data or "",
            by=viewer().person_id,
            now=now(),
        )

    return _moving(certificate_id, Move.LIFT, form, act)


@pages.route("/certificates/issued/<uuid:certificate_id>/withdraw", methods=["GET", "POST"])
@requires(*STAFF)
def withdraw(certificate_id: UUID) -> ResponseReturnValue:
    """Withdraw a certificate for good."""
    form = ReasonedForm()

    def act() -> None:
        services.withdraw(
            unit(),
            id=form.key(),
            certificate_id=certificate_id,
            reason=WithdrawalReason(form.reason.data),
            word=form.word.data or "",
            by=viewer().person_id,
            now=now(),
        )

    return _moving(certificate_id, Move.WITHDRAW, form, act)


@pages.route("/certificates/issued/<uuid:certificate_id>/replace", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def replace(certificate_id: UUID) -> ResponseReturnValue:
    """Issue a certificate anew with the right name; leads to the new one."""
    form = ReplaceForm()

    def act() -> UUID:
        return services.replace(
            unit(),
            id=form.key(),
            certificate_id=certificate_id,
            holder_name=form.holder_name.data or "",
            word=form.word.data or "",
            by=viewer().person_id,
            now=now(),
        )

    return _moving(certificate_id, Move.REPLACE, form, act)


def _moving(certificate_id: UUID, move: Move, form: MoveForm, act: Callable[[], UUID | None]) -> ResponseReturnValue:
    """The confirmation page of a move, and the move. What cannot be done now is said instead of the form."""
    found = queries.looked_after(unit(), certificate_id, viewer())
    classes = queries.moves_for(found, viewer(), today()).get(move, frozenset())
    if isinstance(form, ReasonedForm):
        kinds: type[SuspensionReason | WithdrawalReason]
        kinds = SuspensionReason if move is Move.SUSPEND else WithdrawalReason
        form.offer((str(each), each.sentence) for each in kinds if str(each) in classes or form.is_submitted())
    if form.validate_on_submit():
        try:
            new = act()
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_(labels.MOVES[move].done), "lms_done")
            return redirect(url_for(".one", certificate_id=new or certificate_id))
    if not classes and not form.is_submitted():
        return redirect(url_for(".one", certificate_id=certificate_id))
    holder = people.person(unit(), found.holder_id)
    return render_template(
        "lms/certification/life/move.html",
        form=form,
        certificate=found,
        holder=holder,
        saying=labels.MOVES[move],
        move=move,
        Move=Move,
        standing=found.standing(today()),
        labels=labels,
        authority=people.organisation(unit(), found.authority_id),
    )


def kind_name(kind: str) -> str:
    """A kind of certificate in words; one that no pack brings any more by its code."""
    design = shelf(unit(), CertificateDesigns).by_kind.get(kind)
    named = design.phrases.get("kind") if design else None
    return named.text(language()) if named else kind.replace("-", " ").replace("_", " ").capitalize()
