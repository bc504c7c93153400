"""One page per PA: where they stand now, and the whole story in time order."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.areas import queries as areas
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk import lists, texts
from lms.programme.desk.doors import pages
from lms.programme.desk.list_views import AT_ONCE
from lms.programme.desk.lists import Line
from lms.programme.desk.story import story as story_of
from lms.programme.desk.story_entries import Entry
from lms.programme.desk.story_words import PARTS, Part

DOUBLES_TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
"""Who may read two records as one person."""


@pages.get("/desk/people/<uuid:person_id>")
@requires(Role.COORDINATOR)
def story(person_id: UUID) -> ResponseReturnValue:
    """A PA of this authority, today or in the past: their courses, and everything that happened here."""
    number, part = page_number(), _part()
    here, courses, is_pa = _known(person_id)
    every = story_of(unit(), person_id, here, viewer())
    counted = {each: sum(entry.part is each for entry in every) for each in Part}
    shown = [entry for entry in every if part in {None, entry.part}]
    on_page = shown[(number - 1) * AT_ONCE :][:AT_ONCE]
    names = people.persons(unit(), {entry.by for entry in on_page if entry.by})
    called = titles(unit(), language())
    return render_template(
        "lms/programme/desk/story.html",
        authority=here,
        person=people.person(unit(), person_id),
        is_pa=is_pa,
        courses=courses,
        titles=called,
        on=today(),
        who=texts.WHO,
        whys=texts.WHYS,
        states=texts.STATES,
        page=Page(
            [_line(entry, called, {id: each.name for id, each in names.items()}) for entry in on_page],
            number,
            len(shown),
            AT_ONCE,
        ),
        pagination=pagination,
        areas=areas.areas_of(unit(), here),
        area_id=areas.area_of_people(unit(), here, [person_id]).get(person_id),
        twice=here in viewer().authorities(*DOUBLES_TEAM),
        part=part,
        parts=[(each, _(PARTS[each]), counted[each]) for each in Part if counted[each]],
        total=len(every),
    )


def _known(person_id: UUID) -> tuple[UUID, list[Line], bool]:
    """The authority that is looked from, their courses there, and whether they are a PA there today.

    Without one in the address it is the first of the viewer's own that knows them. Raises NotFound where none does.
    """
    ours = (
        [authority_for(Role.COORDINATOR)] if request.args.get("authority") else viewer().authorities(Role.COORDINATOR)
    )
    for here in sorted(ours):
        courses = lists.of_person(unit(), here, person_id)
        is_pa = people.holds(unit(), person_id, Role.PA, [here], today())
        if courses or is_pa:
            return here, courses, is_pa
    raise NotFound("person")


def _part() -> Part | None:
    asked = request.args.get("part", "")
    return Part(asked) if asked in set(Part) else None


def _line(entry: Entry, called: dict[str, str], names: dict[UUID, str]) -> dict[str, object]:
    """An entry in the reader's language."""
    values = {
        **entry.values,
        **{name: called.get(code, code) for name, code in entry.titled.items()},
        **{name: _(said) for name, said in entry.worded.items()},
    }
    return {
        "at": entry.at,
        "said": _(entry.said, **values),
        "part": _(PARTS[entry.part]),
        "by": names.get(entry.by, "") if entry.by else "",
        "href": url_for(entry.endpoint, **entry.args) if entry.endpoint else "",  # type: ignore[arg-type]  # ids
    }
