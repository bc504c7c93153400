"""The pages on which an authority gives its systems tokens, and ends them."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.people.tokens import queries, services
from lms.people.tokens.forms import TokenForm
from lms.people.tokens.labels import HINTS, SCOPES
from lms.people.tokens.queries import TokenView
from lms.people.tokens.rules import USUAL

pages = room("tokens", __name__)

STAFF = (Role.ADMIN, Role.REGISTER_MANAGER)


@pages.get("/systems")
@requires(*STAFF)
def systems() -> ResponseReturnValue:
    """The systems that may ask, and those that may no more."""
    authority = authority_for(*STAFF)
    found = queries.tokens_of(unit(), authority)
    return render_template(
        "lms/people/tokens/systems.html",
        authority=people.organisation(unit(), authority),
        may=[one for one in found if one.open_on(today())],
        over=[one for one in found if not one.open_on(today())],
        names=people.persons(unit(), {one.made_by for one in found}),
        scopes=SCOPES,
    )


@pages.route("/systems/new", methods=["GET", "POST"])
@requires(*STAFF)
def make() -> ResponseReturnValue:
    """Make a token. The page that follows shows its secret, this one time."""
    authority = authority_for(*STAFF)
    form = TokenForm(ends_on=today() + USUAL)
    form.offer()
    if form.validate_on_submit():
        key = form.key()
        try:
            secret = services.make(
                unit(),
                once=key,
                authority_id=authority,
                system=form.system.data or "",
                scopes=form.chosen(),
                ends_on=form.ends_on.data or today(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return render_template("lms/people/tokens/secret.html", one=_own(key), secret=secret)
    return render_template("lms/people/tokens/new.html", form=form, authority=authority, hints=HINTS, scopes=SCOPES)


@pages.route("/systems/<uuid:token_id>/end", methods=["GET", "POST"])
@requires(*STAFF)
def end(token_id: UUID) -> ResponseReturnValue:
    """Ask, and end a token."""
    one = _own(token_id)
    if request.method == "POST":
        services.end(unit(), token_id=one.id, authority_id=one.authority_id, by=viewer().person_id, now=now())
        unit().commit()
        flash(_("The token of %(system)s opens nothing any more.", system=one.system), "lms_done")
        return redirect(url_for(".systems", authority=one.authority_id))
    return render_template("lms/people/tokens/end.html", one=one)


def _own(token_id: UUID) -> TokenView:
    one = queries.token(unit(), token_id)
    if one is None or one.authority_id not in viewer().authorities(*STAFF):
        raise NotFound("token")
    return one
