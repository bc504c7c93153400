"""The PA's own pages of the register: where they stand, what is missing, and what only the PA can say."""

from collections.abc import Mapping
from urllib.parse import quote
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.queries import OrganisationView
from lms.people.rules import Role
from lms.register import desk, front, queries, services
from lms.register.directory import queries as directory
from lms.register.doors import pages, told
from lms.register.forms import SayForm, WorkForm
from lms.register.kinds import Circumstance, RequirementKind
from lms.register.laid_out import groups_of
from lms.register.lines import Line
from lms.register.listing import history, labels, own
from lms.register.listing import queries as listings
from lms.register.queries import Judged
from lms.register.reaching.queries import contact_of
from lms.register.records import SAID_BY_THE_PA
from lms.register.rules import circumstances_asked
from lms.register.texts import CIRCUMSTANCES
from lms.register.ways import way

__all__ = ["desk", "front", "pages"]


@pages.get("/register")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """Where one stands on one's own authority's register, what to do next, and what is still missing."""
    authorities, asked = viewer().known_as(Role.PA), request.args.get("authority")
    chosen = next((a for a in authorities if asked in (None, "", str(a.organisation_id))), None)
    if chosen is None:
        raise NotFound("authority")
    here = chosen.organisation_id
    whole = history.whole_of(unit(), viewer().person_id, here)
    until_now = listings.before_of(whole.listing)
    judged = queries.verdict_of(unit(), viewer().person_id, here, today(), before=until_now)
    said = judged.said if judged else {}
    verdict, links = told(judged, said) if judged else None, _links(judged, here)
    return render_template(
        "lms/register/mine.html",
        way=way,
        authorities=authorities,
        chosen=chosen,
        standing=own.told_of(unit(), whole, judged) if judged else None,
        acts=labels.OWN,
        review=whole.review,
        told=verdict,
        groups=groups_of(verdict, links, _("Do this")) if verdict else (),
        questions=_questions(judged, said),
        unanswered=judged is not None and any(c not in said for c in circumstances_asked(judged.edition.rules)),
        links=links,
        contact=contact_of(unit(), here),
    )


@pages.route("/register/<uuid:authority_id>/say/<code>", methods=["GET", "POST"])
@requires(Role.PA)
def say(authority_id: UUID, code: str) -> ResponseReturnValue:
    """Confirm that one's details are right, or that one works or wants to work in the area."""
    authority, judged = _own(authority_id)
    line = judged.edition.lines.get(code)
    if line is None or line.kind not in SAID_BY_THE_PA - {RequirementKind.CODE_OF_CONDUCT}:
        raise NotFound("requirement")
    form = SayForm()
    if form.validate_on_submit():
        services.say_so(
            unit(),
            once=form.key(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            code=code,
            now=now(),
        )
        unit().commit()
        flash(_("Thank you. That is saved."), "lms_done")
        return redirect(url_for(".mine", authority=authority_id))
    me = people.person(unit(), viewer().person_id)
    return render_template("lms/register/say.html", form=form, authority=authority, line=line, me=me)


@pages.route("/register/<uuid:authority_id>/work", methods=["GET", "POST"])
@requires(Role.PA)
def work(authority_id: UUID) -> ResponseReturnValue:
    """Say what is so of one's work, since some requirements depend on it."""
    authority, judged = _own(authority_id)
    asked = circumstances_asked(judged.edition.rules)
    if not asked:
        raise NotFound("questions")
    form = WorkForm()
    form.ask_only(asked, queries.circumstances_of(unit(), viewer().person_id, authority_id))
    if form.validate_on_submit():
        services.say_circumstances(
            unit(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            answers=form.answers(),
            by=viewer().person_id,
            now=now(),
        )
        unit().commit()
        flash(_("Thank you. That is saved."), "lms_done")
        return redirect(url_for(".mine", authority=authority_id))
    return render_template("lms/register/work.html", form=form, authority=authority)


def _own(authority_id: UUID) -> tuple[OrganisationView, Judged]:
    """An authority that knows the viewer as a PA, and the verdict there. NotFound for any other."""
    known = people.authorities_of(unit(), viewer().person_id, today())
    authority = next((a for a in known if a.id == authority_id), None)
    judged = queries.verdict_of(unit(), viewer().person_id, authority_id, today()) if authority else None
    if authority is None or judged is None:
        raise NotFound("authority")
    return authority, judged


def _questions(judged: Judged | None, said: Mapping[Circumstance, bool]) -> list[tuple[str, str]]:
    """What the authority asks of the PA's work, each with the answer so far."""
    if judged is None:
        return []
    words = {True: _("Yes"), False: _("No"), None: _("Not answered yet")}
    return [(_(CIRCUMSTANCES[c]), words[said.get(c)]) for c in circumstances_asked(judged.edition.rules)]


def _links(judged: Judged | None, authority_id: UUID) -> dict[str, str]:
    """Where the PA can do something about a requirement at once, by its code."""
    lines = judged.edition.lines.values() if judged else ()
    return {line.code: url for line in lines if (url := _link(line, authority_id))}


def _link(line: Line, authority_id: UUID) -> str | None:
    if line.kind is RequirementKind.CODE_OF_CONDUCT:
        return way("lms.conduct.read", authority_id=authority_id)
    if line.kind is RequirementKind.DBS:
        return way("lms.checks.mine", authority_id=authority_id)
    if line.kind is RequirementKind.PROFILE and directory.is_on(unit(), authority_id):
        return way("lms.directory.profile", authority_id=authority_id)
    if line.kind in SAID_BY_THE_PA:
        return way("lms.register.say", authority_id=authority_id, code=quote(line.code, safe=""))
    return way("lms.learning.my_induction") if line.kind is RequirementKind.TRAINING else None
