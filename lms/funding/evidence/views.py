"""Pages of evidence: what is there and what the payer would stumble over, files in and out, packs. Doorways only."""

from uuid import UUID, uuid4

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.uploads import ENDINGS
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.papers import download as handed_out
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.evidence import packs, queries, services, shown
from lms.funding.evidence.doors import DESK, MAY_ENTER, acting, at_desk, file_seen, seen
from lms.funding.evidence.forms import LARGEST_POST, WHOLE, FileForm, ReadForm, SureForm
from lms.funding.evidence.packing import ZIP
from lms.funding.evidence.shrinking import made_ready, megabytes
from lms.funding.evidence.texts import KINDS, PAID_SHOWN
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import EvidenceKind
from lms.people.guards import requires, viewer

pages = room("claim_evidence", __name__)

LINES = 25
"""Lines of a claim that stand on a page of their evidence."""


@pages.get("/funding/claims/<uuid:claim_id>/evidence")
@requires(*MAY_ENTER)
def evidence(claim_id: UUID) -> ResponseReturnValue:
    """What proves a claim, line by line; what its payer would stumble over; its packs."""
    found, number = seen(claim_id), page_number()
    lines = found.about.lines
    held = queries.held_for(unit(), lines)
    findings = queries.findings_in(held, lines, on=today())
    part = lines[(number - 1) * LINES : number * LINES]
    return render_template(
        "lms/funding/evidence/evidence.html",
        claim=found.claim,
        open=found.about.open,
        desk=found.desk,
        whole=shown.files_of(held, found.about, None),
        general=shown.sentences(findings, None),
        look=shown.counted(findings),
        page=Page([shown.line_shown(held, found, line, findings, today()) for line in part], number, len(lines), LINES),
        pagination=pagination,
        packs=packs.packs_of(unit(), claim_id) if found.desk else [],
        megabytes=megabytes,
        numbered=any(held.numbers.values()),
        once=uuid4(),
    )


@pages.route("/funding/claims/<uuid:claim_id>/evidence/add", methods=["GET", "POST"])
@requires(*MAY_ENTER)
def add(claim_id: UUID) -> ResponseReturnValue:
    """Hand in a file."""
    found, form = seen(claim_id), FileForm()
    asked = {line.line_id: line.needs for line in found.about.lines}
    form.offer(shown.choices(found), tuple(dict.fromkeys(k for needs in asked.values() for k in needs.taken)))
    if request.method == "GET":
        form.line.data, form.kind.data = request.args.get("line"), request.args.get("kind")
    if form.validate_on_submit() and (sent := form.bytes_sent()) is not None:
        line_id = None if form.line.data == WHOLE else UUID(form.line.data)
        limits = [asked[line_id]] if line_id else list(asked.values())
        try:
            ready = made_ready(
                sent[0],
                most=min(each.most_bytes for each in limits),
                media_types=tuple(t for t in ENDINGS if all(t in each.media_types for each in limits)),
            )
            acting(found, Deed.EVIDENCE_ADDED)
            services.add_file(
                unit(),
                house().files,
                file_id=form.key(),
                about=found.about,
                line_id=line_id,
                kind=EvidenceKind(form.kind.data),
                ready=ready,
                name=sent[1],
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The file is handed in.") + shown.smaller_note(ready, _), "lms_done")
            if form.kind.data == EvidenceKind.PAYMENT_PROOF:
                return redirect(url_for(".read", file_id=form.key()))
            return redirect(url_for(".evidence", claim_id=claim_id))
    return render_template("lms/funding/evidence/add.html", form=form, claim=found.claim, open=found.about.open)


add.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # a photo is larger than other posts


@pages.route("/funding/evidence/<uuid:file_id>/says", methods=["GET", "POST"])
@requires(*MAY_ENTER)
def read(file_id: UUID) -> ResponseReturnValue:
    """Type in what an invoice or a receipt says."""
    found, file = file_seen(file_id)
    form = ReadForm(data=shown.typed(file, found) if request.method == "GET" else None)
    form.offer()
    if form.validate_on_submit():
        try:
            acting(found, Deed.EVIDENCE_ADDED)
            services.read_off(
                unit(),
                read_id=form.key(),
                file_id=file_id,
                about=found.about,
                facts=form.facts(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("What the invoice says is noted."), "lms_done")
            return redirect(url_for(".evidence", claim_id=file.claim_id))
    return render_template("lms/funding/evidence/read.html", form=form, claim=found.claim, file=file, kinds=KINDS)


@pages.get("/funding/evidence/<uuid:file_id>/file")
@requires(*MAY_ENTER)
def download(file_id: UUID) -> ResponseReturnValue:
    """A file as it will be sent to the payer."""
    found, file = file_seen(file_id)
    return handed_out(file.sha256, f"{found.claim.reference}-{file.kind.value.replace('_', '-')}")


@pages.route("/funding/evidence/<uuid:file_id>/take-out", methods=["GET", "POST"])
@requires(*MAY_ENTER)
def take_out(file_id: UUID) -> ResponseReturnValue:
    """Take a file out of a claim that was not sent in."""
    found, file = file_seen(file_id)
    form = SureForm()
    if form.validate_on_submit():
        try:
            acting(found, Deed.EVIDENCE_TAKEN_BACK)
            services.take_out(unit(), file_id=file_id, about=found.about, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The file is taken out."), "lms_done")
            return redirect(url_for(".evidence", claim_id=file.claim_id))
    return render_template(
        "lms/funding/evidence/take_out.html",
        form=form,
        claim=found.claim,
        file=file,
        kinds=KINDS,
        paid_shown=PAID_SHOWN,
        megabytes=megabytes,
    )


@pages.post("/funding/claims/<uuid:claim_id>/packs")
@requires(*DESK)
def ask_pack(claim_id: UUID) -> ResponseReturnValue:
    """Ask for a pack of a claim as it stands now."""
    found = at_desk(claim_id)
    pack_id = packs.ask(
        unit(),
        pack_id=shown.once(request.form.get("once")),
        claim=found.claim,
        language=language(),
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    return redirect(url_for(".pack", claim_id=claim_id, pack_id=pack_id))


@pages.get("/funding/claims/<uuid:claim_id>/packs/<uuid:pack_id>")
@requires(*DESK)
def pack(claim_id: UUID, pack_id: UUID) -> ResponseReturnValue:
    """A pack on its way, or ready to be downloaded."""
    found = at_desk(claim_id)
    one = packs.pack_of(unit(), claim_id, pack_id)
    return render_template("lms/funding/evidence/pack.html", claim=found.claim, pack=one, megabytes=megabytes)


@pages.get("/funding/claims/<uuid:claim_id>/packs/<uuid:pack_id>/zip")
@requires(*DESK)
def download_pack(claim_id: UUID, pack_id: UUID) -> ResponseReturnValue:
    """The ZIP of a pack, piece by piece."""
    found = at_desk(claim_id)
    one = packs.pack_of(unit(), claim_id, pack_id)
    if one.sha256 is None or one.size is None:
        raise NotFound("pack")
    response = Response(house().files.part(one.sha256, 0, one.size), mimetype=ZIP)
    response.content_length = one.size
    response.headers["Content-Disposition"] = f'attachment; filename="{found.claim.reference}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
