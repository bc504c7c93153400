"""The PA's pages of the code of conduct: read it, accept it, and read what one accepted before."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.content import Words
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.register import queries, services
from lms.register.conduct import desk, known
from lms.register.conduct.doors import pages
from lms.register.conduct.forms import AcceptForm
from lms.register.conduct.known import Known
from lms.register.conduct.queries import current
from lms.register.conduct.rules import last_day
from lms.register.doors import TEAM
from lms.register.lines import CodeLine
from lms.register.reaching.queries import contact_of

__all__ = ["desk", "pages"]


@pages.route("/register/<uuid:authority_id>/code-of-conduct", methods=["GET", "POST"])
@requires(Role.PA)
def read(authority_id: UUID) -> ResponseReturnValue:
    """Read the code of conduct that holds, and accept it."""
    authority, line = _own(authority_id), _line(authority_id)
    form = AcceptForm()
    if form.validate_on_submit() and _accepted(form, authority_id):
        flash(_("You have accepted the code of conduct."), "lms_done")
        return redirect(url_for("lms.register.mine", authority=authority_id))
    accepted = known.accepted_on(unit(), viewer().person_id, authority_id)
    anew = bool(accepted) and line.version not in accepted
    return render_template(
        "lms/register/conduct/read.html",
        form=form,
        authority=authority,
        line=line,
        still_fine=anew and _still_fine(authority_id, line),
        news=_news(authority_id, line) if anew else None,
        accepted=accepted,
        contact=contact_of(unit(), authority_id) if line.version not in accepted else None,
        last=last_day(line.version_from, line.reaccept_on_new_version_days),
        today=today(),
    )


@pages.get("/register/<uuid:authority_id>/code-of-conduct/versions")
@requires(Role.PA, *TEAM)
def versions(authority_id: UUID) -> ResponseReturnValue:
    """Every version there was and is, with the day on which the reader accepted it."""
    authority = _readable(authority_id)
    return render_template(
        "lms/register/conduct/versions.html",
        authority=authority,
        versions=[each for each in reversed(known.known(unit(), authority_id)) if each.from_day <= today()],
        accepted=known.accepted_on(unit(), viewer().person_id, authority_id),
        back=_back(authority_id),
    )


@pages.get("/register/<uuid:authority_id>/code-of-conduct/versions/<version>")
@requires(Role.PA, *TEAM)
def version(authority_id: UUID, version: str) -> ResponseReturnValue:
    """One version as it was. One that has not come yet is for the register team only."""
    authority, found = _readable(authority_id), _version(authority_id, version)
    return render_template(
        "lms/register/conduct/version.html",
        authority=authority,
        found=found,
        accepted=known.accepted_on(unit(), viewer().person_id, authority_id),
        today=today(),
    )


def _still_fine(authority_id: UUID, line: CodeLine) -> bool:
    """Whether an earlier version that was accepted still counts for the viewer."""
    judged = queries.verdict_of(unit(), viewer().person_id, authority_id, today())
    found = judged.verdict.finding(line.code) if judged else None
    return found is not None and found.satisfied


def _news(authority_id: UUID, line: CodeLine) -> Words | None:
    """What is new in the version that holds, if anybody wrote it."""
    published = current(unit(), authority_id, today())
    return published.news if published and published.version == line.version else None


def _accepted(form: AcceptForm, authority_id: UUID) -> bool:
    try:
        services.accept_code(
            unit(),
            once=form.key(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            version=request.form.get("version", "")[:20],
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True


def _own(authority_id: UUID) -> OrganisationView:
    """An authority that knows the viewer as a PA. NotFound for any other."""
    if authority_id not in viewer().authorities(Role.PA):
        raise NotFound("authority")
    return people.organisation(unit(), authority_id)


def _readable(authority_id: UUID) -> OrganisationView:
    """An authority of which the viewer is a PA or of the register team."""
    if authority_id not in viewer().authorities(Role.PA, *TEAM):
        raise NotFound("authority")
    return people.organisation(unit(), authority_id)


def _line(authority_id: UUID) -> CodeLine:
    edition = queries.edition_for(unit(), authority_id, today())
    line = next((each for each in edition.lines.values() if isinstance(each, CodeLine)), None) if edition else None
    if line is None:
        raise NotFound("code of conduct")
    return line


def _version(authority_id: UUID, version: str) -> Known:
    found = next((each for each in known.known(unit(), authority_id) if each.version == version), None)
    early = authority_id not in viewer().authorities(*TEAM)
    if found is None or (early and found.from_day > today()):
        raise NotFound("code of conduct")
    return found


def _back(authority_id: UUID) -> str:
    if authority_id in viewer().authorities(*TEAM):
        return url_for(".overview", authority=authority_id)
    return url_for(".read", authority_id=authority_id)
