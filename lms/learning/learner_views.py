"""A coordinator's list of learners: how far each one is, and who has stopped."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import today, unit
from lms.learning import queries
from lms.learning.doors import courses, pages
from lms.people import queries as people
from lms.people.guards import authority_for, requires
from lms.people.rules import Role


@pages.get("/learners")
@requires(Role.COORDINATOR)
def learners() -> ResponseReturnValue:
    """The authority's PAs by name, each with where they are in what they study."""
    authority, search = authority_for(Role.COORDINATOR), request.args.get("name", "").strip()[:100]
    number = page_number()
    total = people.count_people_in(unit(), authority, Role.PA, today(), search=search)
    found = people.people_in(
        unit(), authority, Role.PA, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, search=search
    )
    far = queries.progress_of(unit(), [person.id for person in found], authority_id=authority)
    return render_template(
        "lms/learning/learners.html",
        page=Page([(person, far[person.id]) for person in found], number, total),
        pagination=pagination,
        search=search,
        asked_authority=request.args.get("authority", "")[:40],
        courses=courses(),
    )
