"""The pages on which an authority chooses which systems are told that its register has something new."""

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.register.feed import queries as feed
from lms.register.webhooks import queries, services, signing
from lms.register.webhooks.forms import AddForm
from lms.register.webhooks.labels import CAME, STOPPED
from lms.register.webhooks.queries import WebhookView
from lms.register.webhooks.services import STAFF, TEAM

pages = room("webhooks", __name__)


@pages.get("/register/notifications")
@requires(*TEAM)
def webhooks() -> ResponseReturnValue:
    """The systems that are notified."""
    authority = authority_for(*TEAM)
    return render_template(
        "lms/register/webhooks/webhooks.html",
        authority=authority,
        found=queries.webhooks_of(unit(), authority),
        head=feed.head(unit(), authority).last,
        may_change=authority in viewer().authorities(*STAFF),
        has_desk=authority in viewer().authorities(Role.REGISTER_OFFICER, Role.REGISTER_MANAGER),
    )


@pages.route("/register/notifications/add", methods=["GET", "POST"])
@requires(*STAFF)
def add() -> ResponseReturnValue:
    """Notify one more system; its secret is shown on the page that answers, and never again."""
    authority = authority_for(*STAFF)
    form = AddForm()
    if form.validate_on_submit():
        key = form.key()
        try:
            secret = services.add(
                unit(),
                house().settings,
                once=key,
                authority_id=authority,
                name=form.name.data or "",
                url=form.url.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return _secret_page(queries.webhook(unit(), key, [authority]), secret)
    return render_template("lms/register/webhooks/add.html", form=form, authority=authority)


@pages.get("/register/notifications/<uuid:webhook_id>")
@requires(*TEAM)
def one(webhook_id: UUID) -> ResponseReturnValue:
    """One system: how it stands, what it was sent, and what can be done."""
    found, number = _own(webhook_id, *TEAM), page_number()
    sent, total = queries.deliveries_of(unit(), found.id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/register/webhooks/one.html",
        found=found,
        page=Page(sent, number, total),
        pagination=pagination,
        head=feed.head(unit(), found.authority_id).last,
        came=CAME,
        stopped=STOPPED,
        once=uuid4(),
        may_change=found.authority_id in viewer().authorities(*STAFF),
        key_changed=_key_changed(found),
    )


@pages.route("/register/notifications/<uuid:webhook_id>/secret", methods=["GET", "POST"])
@requires(*STAFF)
def secret(webhook_id: UUID) -> ResponseReturnValue:
    """Ask before the secret is made anew, and show it once."""
    found = _own(webhook_id)
    if request.method == "POST":
        turn = request.form.get("turn", "")
        try:
            made = services.renew_secret(
                unit(),
                settings=house().settings,
                webhook_id=found.id,
                authority_id=found.authority_id,
                turn=int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < 9 else 0,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            flash(say_refusal(refusal), "lms_note")
            return redirect(url_for(".one", webhook_id=found.id))
        unit().commit()
        return _secret_page(_own(webhook_id), made)
    return render_template("lms/register/webhooks/renew.html", found=found, key_changed=_key_changed(found))


@pages.post("/register/notifications/<uuid:webhook_id>/test")
@requires(*STAFF)
def test(webhook_id: UUID) -> ResponseReturnValue:
    """Send a test."""
    try:
        once = UUID(request.form.get("once", ""))
    except ValueError:
        once = uuid4()
    said = _("A test is on its way. Look again in a moment to see what came of it.")
    return _do(webhook_id, lambda **who: services.test(unit(), once=once, now=now(), **who), said)


@pages.post("/register/notifications/<uuid:webhook_id>/stop")
@requires(*STAFF)
def stop(webhook_id: UUID) -> ResponseReturnValue:
    """Send nothing for now."""
    said = _("Stopped. What is new meanwhile is sent when you let it go on.")
    return _do(webhook_id, lambda **who: services.stop(unit(), now=now(), **who), said)


@pages.post("/register/notifications/<uuid:webhook_id>/go-on")
@requires(*STAFF)
def go_on(webhook_id: UUID) -> ResponseReturnValue:
    """Send again."""
    said = _("It goes on, beginning with what has come meanwhile.")
    return _do(webhook_id, lambda **who: services.go_on(unit(), settings=house().settings, now=now(), **who), said)


@pages.route("/register/notifications/<uuid:webhook_id>/end", methods=["GET", "POST"])
@requires(*STAFF)
def end(webhook_id: UUID) -> ResponseReturnValue:
    """Ask, then never send to a system again."""
    found = _own(webhook_id)
    if request.method == "GET":
        return render_template("lms/register/webhooks/end.html", found=found)
    services.end(unit(), webhook_id=found.id, authority_id=found.authority_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("%(name)s is not told any more.", name=found.name), "lms_done")
    return redirect(url_for(".webhooks", authority=found.authority_id))


@pages.post("/register/notifications/<uuid:webhook_id>/again/<uuid:delivery_id>")
@requires(*TEAM)
def again(webhook_id: UUID, delivery_id: UUID) -> ResponseReturnValue:
    """Send one message again."""
    said = _("It is sent again. Look again in a moment to see what came of it.")

    def send(webhook_id: UUID, authority_id: UUID, by: UUID) -> None:
        services.send_again(
            unit(), webhook_id=webhook_id, delivery_id=delivery_id, authority_id=authority_id, by=by, now=now()
        )

    return _do(webhook_id, send, said, *TEAM)


def _do(webhook_id: UUID, act: Callable[..., object], said: str, *roles: Role) -> ResponseReturnValue:
    """Do something to a system of one's own, and say that it is done or why not."""
    found = _own(webhook_id, *roles)
    try:
        act(webhook_id=found.id, authority_id=found.authority_id, by=viewer().person_id)
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(said, "lms_done")
    return redirect(url_for(".one", webhook_id=found.id))


def _own(webhook_id: UUID, *roles: Role) -> WebhookView:
    return queries.webhook(unit(), webhook_id, viewer().authorities(*(roles or STAFF)))


def _key_changed(found: WebhookView) -> bool:
    """Whether its secret cannot be made any more."""
    return not signing.still_counts(house().settings.secret_key, found.id, found.turn, found.fingerprint)


def _secret_page(found: WebhookView, made: str) -> str:
    return render_template("lms/register/webhooks/secret.html", found=found, secret=made)
