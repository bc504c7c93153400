"""Pages of teams: make one, who is in it, and the share that is trained. For coordinators only."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.board import sheets
from lms.learning.catalogue import Course
from lms.people import acting_for, invitations
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import charts
from lms.programme.teams import labels, queries, services
from lms.programme.teams.forms import InviteForm, NewTeamForm, TeamForm
from lms.programme.teams.queries import TeamView

pages = room("teams", __name__)
MOST_FOUND = 25


@pages.get("/desk/teams")
@requires(Role.COORDINATOR)
def teams() -> ResponseReturnValue:
    """Every team with the share that is trained now, in each course for it."""
    authority = authority_for(Role.COORDINATOR)
    found = queries.teams(unit(), authority)
    lines = queries.lines(unit(), found, today())
    return render_template(
        "lms/programme/teams/teams.html", authority=authority, teams=found, lines=lines, labels=labels, today=today()
    )


@pages.get("/desk/teams.<any(csv, xlsx):kind>")
@requires(Role.COORDINATOR)
def coverage_file(kind: str) -> ResponseReturnValue:
    """The share trained of every team, course and month as a file; ?team=… narrows it to one."""
    authority = authority_for(Role.COORDINATOR)
    found = queries.teams(unit(), authority)
    asked = request.args.get("team")
    if asked:
        found = [each for each in found if str(each.id) == asked]
        if not found:
            raise NotFound("team")
    tongue = language()
    rows: list[list[sheets.Cell]] = [
        [
            line.team.name,
            _(labels.WHOM[line.team.whom]),
            line.course.title.text(tongue),
            line.course.code,
            month.on,
            month.members,
            month.trained,
            month.percent,
            line.team.target,
            str(line.team.id),
        ]
        for line in queries.lines(unit(), found, today())
        for month in line.months
    ]
    heads = [_(head) for head in labels.HEADS]
    if kind == "xlsx":
        content, content_type = sheets.as_xlsx(heads, rows, title=_("Share trained")), sheets.XLSX
    else:
        content, content_type = sheets.as_csv(heads, rows), "text/csv; charset=utf-8"
    named = {"Content-Disposition": f'attachment; filename="teams.{kind}"', "Cache-Control": "no-store"}
    return Response(content, content_type=content_type, headers=named)


@pages.route("/desk/teams/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Make a team."""
    authority, form = authority_for(Role.COORDINATOR), NewTeamForm()
    if form.validate_on_submit():
        try:
            services.make(
                unit(),
                once=form.key(),
                authority_id=authority,
                name=form.name.data or "",
                whom=form.audience(),
                target=form.percent,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The team is made. Now bring people in."), "lms_done")
            return redirect(url_for(".people", team_id=form.key(), authority=authority))
    return render_template("lms/programme/teams/edit.html", form=form, authority=authority, team=None)


def _team(team_id: UUID) -> TeamView:
    """One of the authority's own teams; any other answers 404."""
    return queries.team(unit(), authority_for(Role.COORDINATOR), team_id)


def _course(found: TeamView) -> tuple[list[Course], Course]:
    """The courses for a team, and the one that was asked for, else the first."""
    courses = queries.courses_for(unit(), found.whom)
    asked = request.values.get("course")
    chosen = next((each for each in courses if asked in {None, "", each.code}), None)
    if chosen is None:
        raise NotFound("course")
    return courses, chosen


@pages.get("/desk/teams/<uuid:team_id>")
@requires(Role.COORDINATOR)
def team(team_id: UUID) -> ResponseReturnValue:
    """A team: how much of it is trained, month by month, and where each person is."""
    found = _team(team_id)
    courses, course = _course(found)
    line = next(each for each in queries.lines(unit(), [found], today()) if each.course is course)
    members = queries.members(unit(), found, course.code, today())
    bars = [(month.on, month.percent or 0) for month in line.months]
    return render_template(
        "lms/programme/teams/team.html",
        team=found,
        courses=courses,
        course=course,
        line=line,
        chart=charts.series(bars, found.target),
        members=members,
        to_enrol=sum(1 for each in members if not each.enrolled and each.trained_on is None),
        labels=labels,
    )


@pages.route("/desk/teams/<uuid:team_id>/change", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def change(team_id: UUID) -> ResponseReturnValue:
    """Another name or target."""
    found, form = _team(team_id), TeamForm()
    if form.validate_on_submit():
        try:
            services.change(
                unit(), found, name=form.name.data or "", target=form.percent, by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved."), "lms_done")
            return _back(found)
    elif request.method == "GET":
        form.name.data, form.target.data = found.name, str(found.target or "")
    return render_template("lms/programme/teams/edit.html", form=form, authority=found.authority_id, team=found)


def _back(found: TeamView) -> ResponseReturnValue:
    course = request.values.get("course") or None
    return redirect(url_for(".team", team_id=found.id, authority=found.authority_id, course=course))


@pages.post("/desk/teams/<uuid:team_id>/end")
@requires(Role.COORDINATOR)
def end(team_id: UUID) -> ResponseReturnValue:
    """End a team."""
    found = _team(team_id)
    services.end(unit(), found, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("%(team)s has ended. What its people learned stays theirs.", team=found.name), "lms_done")
    return redirect(url_for(".teams", authority=found.authority_id))


@pages.route("/desk/teams/<uuid:team_id>/people", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def people(team_id: UUID) -> ResponseReturnValue:
    """Bring people in: those who are here by name, and of staff those who are not by invitation."""
    found, form = _team(team_id), InviteForm()
    courses = queries.courses_for(unit(), found.whom)
    form.offer([(each.code, each.title.text(language())) for each in courses])
    if form.validate_on_submit():
        try:
            services.invite(
                unit(),
                found,
                once=form.key(),
                name=form.name.data or "",
                email=form.email.data or "",
                course=form.course.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation is on its way to %(name)s.", name=form.name.data or ""), "lms_done")
            return redirect(url_for(".people", team_id=found.id, authority=found.authority_id))
    search = request.args.get("name", "").strip()[:100]
    roles = services.may_join(found.whom)
    listed = acting_for.find(unit(), found.authority_id, roles, today(), name=search, limit=MOST_FOUND + 1)
    inside = {each.person_id for each in queries.spells(unit(), [found.id]).get(found.id, ()) if each.on(today())}
    return render_template(
        "lms/programme/teams/people.html",
        team=found,
        form=form,
        search=search,
        listed=[(id, name, id in inside) for id, name in listed[:MOST_FOUND]],
        more=len(listed) > MOST_FOUND,
        waiting=invitations.waiting_among(unit(), queries.invited(unit(), found.id), now=now()),
    )


@pages.post("/desk/teams/<uuid:team_id>/people/<uuid:person_id>/add")
@requires(Role.COORDINATOR)
def add(team_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Somebody is in the team from today."""
    found = _team(team_id)
    services.bring_in(unit(), found, person_id=person_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("They are in the team from today."), "lms_done")
    name = request.form.get("name", "")[:100] or None
    return redirect(url_for(".people", team_id=found.id, authority=found.authority_id, name=name))


@pages.post("/desk/teams/<uuid:team_id>/people/<uuid:person_id>/take-out")
@requires(Role.COORDINATOR)
def take_out(team_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Somebody is in the team no more."""
    found = _team(team_id)
    services.let_go(unit(), found, person_id=person_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("They are in the team no more. What they learned stays theirs."), "lms_done")
    return _back(found)


@pages.post("/desk/teams/<uuid:team_id>/enrol")
@requires(Role.COORDINATOR)
def enrol(team_id: UUID) -> ResponseReturnValue:
    """Put everybody in the team on a course who is not on it."""
    found = _team(team_id)
    _courses, course = _course(found)
    many = services.enrol_everybody(unit(), found, course=course.code, by=viewer().person_id, now=now())
    unit().commit()
    flash(_n("%(num)s person was put on the course.", "%(num)s people were put on the course.", many), "lms_done")
    return _back(found)
