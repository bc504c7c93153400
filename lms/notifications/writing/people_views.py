"""Pages: choosing somebody to write to, and whom messages did not reach and what to do about it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _
from lms.core.words import NotFound
from lms.notifications.channels import queries as channels
from lms.notifications.channels import services as channel_services
from lms.notifications.writing.audience import belonging
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role, told_apart

pages = room("message_people", __name__)


@pages.get("/desk/messages/who")
@requires(Role.COORDINATOR)
def choose() -> ResponseReturnValue:
    """PAs by name, to write to one of them."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    search = request.args.get("name", "").strip()[:100]
    total = people.count_people_in(unit(), here, Role.PA, today(), search=search)
    offset = (number - 1) * PAGE_SIZE
    found = people.people_in(unit(), here, Role.PA, today(), offset=offset, limit=PAGE_SIZE, search=search)
    return render_template(
        "lms/notifications/writing/choose.html",
        authority=here,
        search=search,
        page=Page(told_apart((each.id, each.name, each.email or each.username) for each in found), number, total),
        pagination=pagination,
    )


@pages.get("/desk/messages/not-reached")
@requires(Role.COORDINATOR)
def not_reached() -> ResponseReturnValue:
    """People of the authority with an address that does not work, the newest first."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    every = channels.every(unit())
    mine = belonging(unit(), here, {each.person_id for each in every if each.person_id}, today())
    found = [each for each in every if each.person_id in mine]
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render_template(
        "lms/notifications/writing/not_reached.html",
        authority=here,
        page=Page(shown, number, len(found)),
        pagination=pagination,
        names=people.persons(unit(), {each.person_id for each in shown if each.person_id}),
    )


@pages.post("/desk/messages/not-reached/<uuid:person_id>/<any(email, text):way>")
@requires(Role.COORDINATOR)
def try_again(person_id: UUID, way: str) -> ResponseReturnValue:
    """Somebody says the address works again."""
    here = authority_for(Role.COORDINATOR)
    if person_id not in belonging(unit(), here, [person_id], today()):
        raise NotFound("person")
    channel_services.try_again(unit(), person_id=person_id, way=way, by=viewer().person_id, behalf=here, now=now())
    unit().commit()
    flash(_("The next message goes there again."), "lms_done")
    return redirect(url_for(".not_reached", authority=here))
