"""Who can see what, and why: of one person of the staff, about one PA, and for the PA themself in plain words."""

from uuid import UUID

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.saying import say
from lms.core.web.state import today, unit
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.forms import ROLE_NAMES
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.authority import access, roles
from lms.programme.authority.doors import pages
from lms.programme.authority.labels import KINDS, TEAMS

LOOKERS = (Role.ADMIN, Role.COORDINATOR)
FEWEST = 25


@pages.get("/settings/access")
@requires(*LOOKERS)
def access_of() -> ResponseReturnValue:
    """What each person of the staff can see; with ?person=… one of them, kind by kind."""
    here, search = authority_for(*LOOKERS), request.args.get("name", "").strip()[:100]
    asked, number = request.args.get("person", ""), page_number()
    answers, someone = [], None
    if asked:
        someone = _of_staff(asked, here)
        answers = access.seen_by(unit(), someone.id, here, _opened(), today())
    found = roles.held(unit(), here, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, name=search)
    page = Page(found, number, roles.count_held(unit(), here, today(), name=search))
    return render_template(
        "lms/programme/authority/access.html",
        authority=here,
        person=someone,
        answers=answers,
        page=page,
        pagination=pagination,
        search=search,
        names=ROLE_NAMES,
        kinds=KINDS,
        is_admin=here in viewer().authorities(Role.ADMIN),
        pas=_pas(here),
    )


def _of_staff(asked: str, authority_id: UUID) -> people.PersonView:
    """Somebody who holds or will hold a role of the staff here. Raises NotFound for anybody else."""
    try:
        person_id = UUID(asked)
    except ValueError as error:
        raise NotFound("person") from error
    if not roles.is_of_staff(unit(), person_id, authority_id, today()):
        raise NotFound("person")
    return people.person(unit(), person_id)


def _pas(authority_id: UUID) -> list[people.PersonView] | None:
    """PAs by part of a name, for coordinators, who see their names anyway; None for those who do not."""
    if authority_id not in viewer().authorities(Role.COORDINATOR):
        return None
    wanted = request.args.get("pa", "").strip()[:100]
    return people.people_in(unit(), authority_id, Role.PA, today(), limit=FEWEST, search=wanted) if wanted else []


@pages.get("/settings/access/pa/<uuid:pa_id>")
@requires(Role.COORDINATOR)
def access_to(pa_id: UUID) -> ResponseReturnValue:
    """Who can see what about one PA today, and why."""
    ours = [
        each
        for each in people.authorities_of(unit(), pa_id, today())
        if each.id in viewer().authorities(Role.COORDINATOR)
    ]
    if not ours:
        raise NotFound("person")
    return render_template(
        "lms/programme/authority/access_to.html",
        authority=ours[0].id,
        person=people.person(unit(), pa_id),
        say=say,
        seers=[each for place in ours for each in access.seers_of(unit(), pa_id, place.id, _opened(), today())],
        names=ROLE_NAMES,
        kinds=KINDS,
        teams=TEAMS,
    )


@pages.get("/account/who-sees-me")
@requires(Role.PA)
def who_sees_me() -> ResponseReturnValue:
    """For the PA: who can see what about them today, and why."""
    me = viewer().person_id
    places = people.authorities_of(unit(), me, today())
    return render_template(
        "lms/programme/authority/who_sees_me.html",
        say=say,
        places=[(place, access.seers_of(unit(), me, place.id, _opened(), today())) for place in places],
        names=ROLE_NAMES,
        kinds=KINDS,
        teams=TEAMS,
    )


def _opened() -> access.Opened:
    """What each role opens, worked out once for an application: its doors do not change while it runs."""
    kept: access.Opened | None = current_app.extensions.get("lms_opened")
    if kept is None:
        kept = current_app.extensions["lms_opened"] = access.opened(current_app.view_functions)
    return kept
