"""Pages of groups: which there are and how far they are, who is in one, and who comes and goes."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, language, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.funding.board import sheets
from lms.learning.catalogue import Courses
from lms.learning.titles import titles
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import lists, setting, texts
from lms.programme.desk.lists import Wanted, Which
from lms.programme.groups import queries, services
from lms.programme.groups.forms import GroupForm, LeaveForm, MembersForm
from lms.programme.groups.labels import COUNTED, NARROWED
from lms.programme.groups.queries import GroupView, MemberView
from lms.programme.groups.rules import Standing

pages = room("groups", __name__)
AT_ONCE = 25

HEADS = (
    N_("Name"),
    N_("Person identifier"),
    N_("Enrolment identifier"),
    N_("Course"),
    N_("In the group since"),
    N_("In the group until"),
    N_("State"),
    N_("Began on"),
    N_("Completed on"),
    N_("Waits for"),
    N_("Since"),
)
"""The columns of a file, in this order; new ones come at the end."""


@pages.get("/desk/groups")
@requires(Role.COORDINATOR)
def groups() -> ResponseReturnValue:
    """Every group of an authority, with how far it is."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    limits = setting.setting_of(unit(), here).limits
    found, total = queries.groups_in(unit(), here, limits, today(), offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    return render_template(
        "lms/programme/groups/groups.html",
        authority=here,
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        titles=titles(unit(), language()),
        standings=COUNTED,
        links=addresses(".group", "group_id", [each.id for each, _far in found]),
    )


@pages.route("/desk/groups/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def make() -> ResponseReturnValue:
    """Make a group."""
    here, form = authority_for(Role.COORDINATOR), GroupForm()
    form.offer(_courses())
    if form.validate_on_submit():
        try:
            services.make_group(
                unit(), once=form.key(), authority_id=here, about=form.about(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The group is made. Now say who is in it."), "lms_done")
            return redirect(url_for(".add", group_id=form.key()))
    elif request.method == "GET":
        form.since.data = today()
    return render_template("lms/programme/groups/change.html", form=form, authority=here, group=None)


@pages.route("/desk/groups/<uuid:group_id>/change", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def change(group_id: UUID) -> ResponseReturnValue:
    """Say anew what a group is called, and how long it goes on."""
    group = _own(group_id)
    form = GroupForm(
        data={"name": group.name, "course": group.course or "", "since": group.since, "until": group.until}
    )
    form.offer(_courses())
    if form.validate_on_submit():
        try:
            services.change_group(unit(), group_id=group_id, about=form.about(), by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved."), "lms_done")
            return redirect(url_for(".group", group_id=group_id))
    return render_template("lms/programme/groups/change.html", form=form, authority=group.authority_id, group=group)


@pages.get("/desk/groups/<uuid:group_id>")
@requires(Role.COORDINATOR)
def group(group_id: UUID) -> ResponseReturnValue:
    """Who is in a group, and where each of them stands."""
    found, number = _own(group_id), page_number()
    name, show = request.args.get("name", "").strip()[:100], request.args.get("show", "")
    past, only = show == "past", _only(found, show)
    offset = (number - 1) * AT_ONCE
    some, total = queries.members(unit(), found, name=name, past=past, only=only, offset=offset, limit=AT_ONCE)
    return render_template(
        "lms/programme/groups/group.html",
        group=found,
        search=name,
        past=past,
        narrowed=None if only is None else NARROWED[Standing(show)],
        show=None if only is None else show,
        page=Page(some, number, total, AT_ONCE),
        pagination=pagination,
        titles=titles(unit(), language()),
        states=texts.STATES,
        who=texts.WHO,
        stories=addresses(
            "lms.programme_desk.story", "person_id", [each.person_id for each in some], authority=found.authority_id
        ),
        leaves=addresses(".leave", "member_id", [each.id for each in some], group_id=group_id),
    )


@pages.route("/desk/groups/<uuid:group_id>/add", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def add(group_id: UUID) -> ResponseReturnValue:
    """Tick who comes into a group, among those on its course who are not in it."""
    found, form, number = _own(group_id), MembersForm(), page_number()
    name = request.args.get("name", "").strip()[:100]
    there = queries.enrolments_in(unit(), group_id)
    wanted = Wanted(which=Which.WORKING, course=found.course or "", name=name)
    here, limits = found.authority_id, setting.setting_of(unit(), found.authority_id).limits
    offset = (number - 1) * AT_ONCE
    some, total = lists.page_of(unit(), here, wanted, limits, today(), offset=offset, limit=AT_ONCE)
    called = titles(unit(), language())
    form.offer(
        (str(each.enrolment_id), f"{each.name}, {called.get(each.course, each.course)}")
        for each in some
        if each.enrolment_id not in there
    )
    if form.validate_on_submit():
        assert form.since.data is not None
        try:
            new = services.add_members(
                unit(),
                group_id=group_id,
                enrolment_ids=[UUID(each) for each in form.people.data or ()],
                since=form.since.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_n("%(num)s person is added.", "%(num)s people are added.", len(new)), "lms_done")
            return redirect(url_for(".group", group_id=group_id))
    elif request.method == "GET":
        form.since.data = max(found.since, min(today(), found.until or today()))
    return render_template(
        "lms/programme/groups/add.html",
        form=form,
        group=found,
        search=name,
        page=Page(some, number, total, AT_ONCE),
        pagination=pagination,
    )


@pages.route("/desk/groups/<uuid:group_id>/members/<uuid:member_id>/leave", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def leave(group_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Say until when somebody was in a group; that they were in it stays."""
    found, form = _own(group_id), LeaveForm(data={"until": today()})
    some, _total = queries.members(unit(), found)
    mine = next((each for each in some if each.id == member_id), None)
    if mine is None:
        raise NotFound("member")
    if form.validate_on_submit():
        assert form.until.data is not None
        try:
            services.end_member(
                unit(),
                group_id=group_id,
                member_id=member_id,
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("%(name)s is not in the group any more.", name=mine.name), "lms_done")
            return redirect(url_for(".group", group_id=group_id))
    return render_template("lms/programme/groups/leave.html", form=form, group=found, member=mine)


@pages.get("/desk/groups/<uuid:group_id>.csv")
@requires(Role.COORDINATOR)
def group_csv(group_id: UUID) -> ResponseReturnValue:
    """Everybody in a group as CSV."""
    rows = _rows(_own(group_id))
    return _file(sheets.as_csv([_(head) for head in HEADS], rows), "text/csv; charset=utf-8", "group.csv")


@pages.get("/desk/groups/<uuid:group_id>.xlsx")
@requires(Role.COORDINATOR)
def group_xlsx(group_id: UUID) -> ResponseReturnValue:
    """The same as a spreadsheet."""
    rows = _rows(_own(group_id))
    return _file(sheets.as_xlsx([_(head) for head in HEADS], rows, title=_("Group")), sheets.XLSX, "group.xlsx")


def _rows(of: GroupView) -> list[list[sheets.Cell]]:
    """Everybody in it, then everybody who was; or only those the page shows."""
    called, only = titles(unit(), language()), _only(of, request.args.get("show", ""))
    if only is not None:
        return [_row(each, called) for each in queries.members(unit(), of, only=only)[0]]
    every = [each for past in (False, True) for each in queries.members(unit(), of, past=past)[0]]
    return [_row(each, called) for each in every]


def _only(of: GroupView, show: str) -> list[UUID] | None:
    """Whom a number of the group counts, by the ids of their being in it; None for everybody."""
    if show not in set(Standing):
        return None
    limits = setting.setting_of(unit(), of.authority_id).limits
    return queries.standing_so(unit(), of, Standing(show), limits, today())


def _row(each: MemberView, called: dict[str, str]) -> list[sheets.Cell]:
    line: Any = each.line
    first: list[sheets.Cell] = [each.name, str(each.person_id), str(each.enrolment_id)]
    if line is None:
        return [*first, "", each.since, each.until, "", None, None, "", None]
    return [
        *first,
        called.get(line.course, line.course),
        each.since,
        each.until,
        _(texts.STATES[line.state]),
        line.started_on,
        line.completed_on,
        _(texts.WHO[line.waits_for]) if line.waits_for else "",
        line.since,
    ]


def _file(data: bytes, kind: str, name: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{today().isoformat()}-{name}"'
    return response


def _courses() -> list[tuple[str, str]]:
    """Every course that is taught, by its title."""
    found = shelf(unit(), Courses).courses.items()
    return sorted(((code, each.title.text(language())) for code, each in found), key=lambda each: each[1])


def _own(group_id: UUID) -> GroupView:
    """A group of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.group(unit(), group_id, viewer().authorities(Role.COORDINATOR))
