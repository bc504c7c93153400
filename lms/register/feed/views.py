"""Pages about what other systems are told: the PA's own, and the register team's."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.people.tokens import queries as tokens
from lms.register.feed import queries, services, sources
from lms.register.feed.asking import may_be_told, sent
from lms.register.feed.forms import AgreeForm
from lms.register.feed.labels import PARTS, TOLD, WAYS
from lms.register.feed.rules import Told
from lms.register.feed.saying import rows_of

pages = room("feed", __name__)

TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
SHOWN_DAYS = timedelta(days=30)
NEWEST = 50


@pages.route("/register/<uuid:authority_id>/feed", methods=["GET", "POST"])
@requires(Role.PA)
def mine(authority_id: UUID) -> ResponseReturnValue:
    """What other systems are told of oneself, agreeing to it, and who received what."""
    authority = _own(authority_id)
    may = may_be_told(authority_id)
    said = queries.agreement_of(unit(), viewer().person_id, authority_id)
    form = AgreeForm(verdict=said is not None and Told.VERDICT in said.told)
    if form.validate_on_submit() and _agreed(form, authority_id):
        flash(_("You agreed. You can take it back on this page at any time."), "lms_done")
        return redirect(url_for(".mine", authority_id=authority_id))
    agreed = said if said is not None and said.agreed else None
    me = viewer().person_id
    told = queries.told_now(unit(), me, authority_id) if agreed else None
    preview = None if agreed else sources.told_if_agreed(unit(), me, authority_id, today())
    return render_template(
        "lms/register/feed/mine.html",
        form=form,
        authority=authority,
        may=may,
        agreed=agreed,
        asked=said is None,
        more=agreed is not None and not set(may) <= agreed.told,
        told=rows_of(told) if told else None,
        preview=rows_of(preview) if preview else None,
        words=TOLD,
        once=uuid4(),
        **_received(authority_id),
    )


@pages.post("/register/<uuid:authority_id>/feed/take-back")
@requires(Role.PA)
def take_back(authority_id: UUID) -> ResponseReturnValue:
    """Say no, or take the agreement back: then other systems are told to forget."""
    _own(authority_id)
    before = queries.agreement_of(unit(), viewer().person_id, authority_id)
    services.take_back(unit(), once=_once(), person_id=viewer().person_id, authority_id=authority_id, now=now())
    unit().commit()
    took_back = before is not None and before.agreed
    flash(_("You took it back. Other systems are told to forget you now.") if took_back else _("Saved."), "lms_done")
    return redirect(url_for(".mine", authority_id=authority_id))


@pages.get("/register/feed")
@requires(*TEAM)
def overview() -> ResponseReturnValue:
    """The register team's view: how many are told of, which system received what, and what changed last."""
    authority = authority_for(*TEAM)
    head = queries.head(unit(), authority)
    newest = queries.newest(unit(), authority, limit=NEWEST)
    received = queries.received_by_day(unit(), authority, since=today() - SHOWN_DAYS)
    return render_template(
        "lms/register/feed/overview.html",
        authority=people.organisation(unit(), authority),
        head=head.last,
        listed=queries.count_listed(unit(), authority),
        newest=newest,
        names=people.persons(unit(), {one.person for one in newest if one.person}),
        received=received,
        systems=tokens.tokens(unit(), {one.token_id for one in received}),
        ways=WAYS,
        manages=Role.REGISTER_MANAGER in viewer().held,
    )


def _own(authority_id: UUID) -> OrganisationView:
    """An authority that knows the viewer as a PA. NotFound for any other."""
    known = people.authorities_of(unit(), viewer().person_id, today())
    found = next((one for one in known if one.id == authority_id), None)
    if found is None:
        raise NotFound("authority")
    return found


def _agreed(form: AgreeForm, authority_id: UUID) -> bool:
    """Keep the PA's agreement to exactly what the page they answered showed."""
    told = sent() | ({Told.VERDICT} if form.verdict.data else set())
    try:
        services.agree(
            unit(),
            once=form.key(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            told=told,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _received(authority_id: UUID) -> dict[str, Any]:
    """Who was told what on which day; in how many ways they asked is of no interest to a PA."""
    found: dict[tuple[date, UUID], set[str]] = {}
    for one in queries.received_of(unit(), viewer().person_id, authority_id):
        found.setdefault((one.on, one.token_id), set()).update(one.told)
    return {
        "received": [
            (on, token_id, [part for part in PARTS if part in told]) for (on, token_id), told in found.items()
        ],
        "systems": tokens.tokens(unit(), {token_id for _on, token_id in found}),
        "parts": PARTS,
    }


def _once() -> UUID:
    try:
        return UUID(request.form.get("once", ""))
    except ValueError:
        return uuid4()
