"""A holder's pages: one's certificates, one of them, its files, who was shown it, and what strangers see."""

from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.sharing import queries as sharing
from lms.assessment.sharing.rules import What
from lms.certification import follows, queries
from lms.certification.chains import chain_of
from lms.certification.checking import looking
from lms.certification.checking.rules import Way
from lms.certification.credentials import queries as credentials
from lms.certification.holder import queries as holders
from lms.certification.holder import services
from lms.certification.holder.forms import NO, YES, ChoiceForm, ShareForm
from lms.certification.holder.labels import WAYS, written
from lms.certification.holder.queries import ShareView
from lms.certification.holder.rules import NameShown, initials
from lms.certification.life.labels import COLOURS, STANDINGS
from lms.certification.life.queries import latest_words
from lms.certification.numbers import spoken
from lms.certification.printing.pdf import address_of, code_of
from lms.certification.printing.rendering import MEDIA_TYPE
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.certification.waiting import waiting_of
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.doors import beside
from lms.people import queries as people
from lms.people.guards import requires, signed_in, viewer
from lms.people.rules import Role
from lms.people.secrets import digest

pages = room("holder", __name__)

beside.follows = follows.what_follows
beside.certificates = follows.of_course


@pages.get("/certificates")
@signed_in
def mine() -> ResponseReturnValue:
    """One's own certificates: what is on the way, what counts, and what was before. No role is asked for, since
    whoever once was a PA keeps them."""
    number, person_id = page_number(), viewer().person_id
    held, total = queries.page_of(unit(), person_id, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    counting = [each for each in held if each.standing(today()) is Standing.VALID]
    others = held[len(counting) :]  # those that count come first
    return render_template(
        "lms/certification/holder/mine.html",
        counting=counting,
        others=others,
        words_to_holder=latest_words(unit(), [each.id for each in others]),
        page=Page(held, number, total),
        pagination=pagination,
        today=today(),
        last_day=last_day,
        soon=today() + SOON,
        waiting=waiting_of(unit(), person_id) if number == 1 else (),
        on_the_way=_on_the_way() if number == 1 else [],
        choice=holders.choice_of(unit(), person_id),
        standings=STANDINGS,
        colours=COLOURS,
        language=language(),
    )


@pages.get("/certificates/of-my-pas")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def of_my_pas() -> ResponseReturnValue:
    """The certificates of the PAs who work for the viewer's household today, each with how it stands. What holders were
    told, share and have on the way stays theirs."""
    number = page_number()
    pas = people.pas_of(unit(), viewer().organisations(Role.EMPLOYER, Role.REPRESENTATIVE), today())
    names = {each.id: each.name for each in pas}
    shared = sharing.shared_with_households(unit(), viewer(), today())
    letting = [id for id, what in shared.items() if What.RECORD in what]
    held, total = holders.of_employed(unit(), list(names), letting, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/certification/holder/of_my_pas.html",
        groups=[(names[id], list(some)) for id, some in groupby(held, key=lambda each: each.holder_id)],
        page=Page(held, number, total),
        pagination=pagination,
        today=today(),
        last_day=last_day,
        standings=STANDINGS,
        colours=COLOURS,
    )


@pages.get("/certificates/<uuid:certificate_id>")
@signed_in
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """One certificate, for its holder, for coordinators of its authority, and for whoever employs the holder today."""
    found = _open_to_viewer(certificate_id)
    address, own = address_of(house().settings.base_url, found.number), _is_own(found)
    return render_template(
        "lms/certification/holder/certificate.html",
        own=own,
        address=address,
        code=code_of(address),
        chain=chain_of(unit(), found) if own else [],
        word=latest_words(unit(), [found.id]).get(found.id, "") if own else "",
        times=looking.times_of(unit(), found.id) if own else 0,
        credential_ready=own and credentials.ready(unit(), found.id),
        achieved=_achieved(found),
        standings=STANDINGS,
        **_shown(found),
    )


@pages.get("/certificates/<uuid:certificate_id>/page")
@signed_in
def page(certificate_id: UUID) -> ResponseReturnValue:
    """The paper as a page: the same facts in the same order, for whoever listens to it or reads it large."""
    found = _open_to_viewer(certificate_id)
    return render_template(
        "lms/certification/holder/page.html",
        own=_is_own(found),
        achieved=_achieved(found),
        say=holders.said_again(unit(), found.id) if found.also else {},
        **_shown(found),
    )


@pages.get("/certificates/<uuid:certificate_id>/pdf")
@signed_in
def pdf(certificate_id: UUID) -> ResponseReturnValue:
    """The PDF of a certificate; while it is not made yet, the page that says so."""
    found = _open_to_viewer(certificate_id)
    sha256 = queries.pdf_digest(unit(), certificate_id)
    if sha256 is None:
        return redirect(url_for(".certificate", certificate_id=certificate_id))
    response = Response(house().files.get(sha256), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name_of_file(found)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@pages.route("/certificates/<uuid:certificate_id>/share", methods=["GET", "POST"])
@signed_in
def share(certificate_id: UUID) -> ResponseReturnValue:
    """The links by which others see one certificate: make one, see how often each was opened, end one."""
    found = _own(certificate_id)
    form = ShareForm(until=today() + USUAL)
    if form.validate_on_submit():
        try:
            services.share(
                unit(),
                id=form.key(),
                key=_key(),
                certificate_id=certificate_id,
                for_whom=form.for_whom.data or "",
                name_shown=NameShown(form.name_shown.data),
                until=form.until.data or today(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The link is made. Copy it from the list and send it to them."), "lms_done")
            return redirect(url_for(".share", certificate_id=certificate_id))
    number = page_number()
    shares = holders.shares_of(unit(), certificate_id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/certification/holder/share.html",
        form=form,
        links=[(each, _address(each) if each.works(today()) else None) for each in shares],
        page=Page(shares, number, holders.count_shares_of(unit(), certificate_id)),
        pagination=pagination,
        NameShown=NameShown,
        can_share=found.standing(today()) not in (Standing.WITHDRAWN, Standing.REPLACED),
        **_shown(found),
    )


@pages.post("/certificates/shared/<uuid:share_id>/end")
@signed_in
def end_share(share_id: UUID) -> ResponseReturnValue:
    """End a link at once."""
    certificate_id = services.end_share(unit(), share_id=share_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The link has ended. Whoever opens it is told so."), "lms_done")
    return redirect(url_for(".share", certificate_id=certificate_id))


@pages.get("/certificates/<uuid:certificate_id>/looks")
@signed_in
def looks(certificate_id: UUID) -> ResponseReturnValue:
    """How often somebody looked, by day and way; never who, since that is not kept."""
    found = _own(certificate_id)
    return render_template(
        "lms/certification/holder/looks.html",
        looks=looking.looks_of(unit(), certificate_id),
        times=looking.times_of(unit(), certificate_id),
        ways=WAYS,
        Way=Way,
        **_shown(found),
    )


@pages.route("/certificates/what-others-see", methods=["GET", "POST"])
@signed_in
def choices() -> ResponseReturnValue:
    """What strangers see of one's name, and whether certificates stay checkable after the account is closed."""
    chosen = holders.choice_of(unit(), viewer().person_id)
    stays = None if chosen.made_at is None else YES if chosen.stays_checkable else NO
    form = ChoiceForm(name_shown=str(chosen.name_shown), stays=stays)
    if form.validate_on_submit():
        services.choose(
            unit(),
            id=form.key(),
            holder_id=viewer().person_id,
            name_shown=NameShown(form.name_shown.data),
            stays_checkable=form.stays.data == YES,
            now=now(),
        )
        unit().commit()
        flash(_("Saved. It holds for all your certificates from now on."), "lms_done")
        return redirect(url_for(".mine"))
    return render_template(
        "lms/certification/holder/choices.html",
        form=form,
        chosen=chosen,
        initials=initials(viewer().name),
    )


USUAL = timedelta(days=30)
"""How long a link is suggested to work."""

SOON = timedelta(days=90)
"""How long before its end a certificate is shown as ending soon."""


def _on_the_way() -> list[tuple[follows.OnTheWay, list[str]]]:
    """What is on the way to the viewer, each with what is missing for it in the language of the page."""
    every = follows.on_the_way(unit(), viewer().person_id, now())
    return [(each, each.lines(_, language())) for each in every]


def name_of_file(found: CertificateView) -> str:
    """What a downloaded PDF is called: what it is for and its number. It names nobody, so a shared folder does not."""
    code = "".join(c for c in found.code if c.isascii() and (c.isalnum() or c == "-"))
    return f"certificate-{code}-{found.number}.pdf" if code else f"{found.number}.pdf"


def last_day(found: CertificateView) -> date | None:
    """The last day on which a certificate counts; None when it has no end."""
    return found.lapses_on - timedelta(days=1) if found.lapses_on else None


def _open_to_viewer(certificate_id: UUID) -> CertificateView:
    return queries.certificate_for(unit(), certificate_id, viewer(), today())


def _is_own(found: CertificateView) -> bool:
    return found.holder_id == viewer().person_id


def _own(certificate_id: UUID) -> CertificateView:
    found = queries.certificate(unit(), certificate_id)
    if not _is_own(found):
        raise NotFound("certificate")
    return found


def _achieved(found: CertificateView) -> str:
    return holders.achieved(unit(), found.id) if found.achievements else ""


def _key() -> str:
    return str(current_app.secret_key)


def _address(found: ShareView) -> str | None:
    """The address of a link; None when the site has another secret key since, so that it cannot be worked out."""
    secret = services.secret_of(_key(), found.id)
    if digest(secret) != found.secret_digest:
        return None
    return f"{house().settings.base_url}/shared/{secret}"


def _shown(found: CertificateView) -> dict[str, object]:
    return {
        "certificate": found,
        "standing": found.standing(today()),
        "Standing": Standing,
        "last_day": last_day(found),
        "today": today(),
        "written": written,
        "spoken": spoken(found.number, language()),
        "file_name": name_of_file(found),
    }
