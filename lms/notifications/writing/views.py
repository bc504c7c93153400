"""Pages: a coordinator's messages, writing one, who gets it how, sending it off and stopping it."""

from collections.abc import Mapping
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import LANGUAGE_NAMES, Language, say_in
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.notifications.letters import queries as letters
from lms.notifications.preferences.rules import Topic, Way
from lms.notifications.writing import labels, queries, services, templates
from lms.notifications.writing.audience import belonging, on_list
from lms.notifications.writing.forms import MessageForm
from lms.notifications.writing.lengths import counted_lengths
from lms.notifications.writing.models import BulkMessage
from lms.notifications.writing.rules import MOST_PEOPLE
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.desk.lists import Wanted
from lms.programme.groups import queries as groups

pages = room("messages_out", __name__)

NAMED = 10
"""So many people of a message are named on the page where it is written."""


@pages.get("/desk/messages")
@requires(Role.COORDINATOR)
def outbox() -> ResponseReturnValue:
    """What was written, by whom, and how far it is."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.outbox(unit(), here, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/notifications/writing/outbox.html",
        authority=here,
        page=Page(found, number, total),
        pagination=pagination,
        given=queries.of_messages(unit(), [each.id for each in found]),
        writers=people.persons(unit(), {each.by for each in found}),
    )


@pages.route("/desk/messages/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Write to one person, to those another page chose, to a group, or to everybody on a list of the desk."""
    here, form = authority_for(Role.COORDINATOR), MessageForm()
    wanted, chosen = _list_asked(), _people_asked()
    ids = chosen if wanted is None else on_list(unit(), here, wanted, today(), most=MOST_PEOPLE)
    there = belonging(unit(), here, ids, today())
    ids = [id for id in dict.fromkeys(ids) if id in there]
    if not ids:
        raise NotFound("people")
    if request.method == "POST" and "subject" in request.form and form.validate():
        try:
            services.prepare(
                unit(),
                once=form.key(),
                authority_id=here,
                texts=form.texts(),
                topic=Topic(form.topic.data),
                people=ids,
                site=house().settings.base_url,
                by=viewer().person_id,
                now=now(),
                audience=wanted.told() if wanted else None,
                event=form.event.data or "",
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".one", message_id=form.key()))
    offered = templates.templates_of(unit(), here)
    if "subject" not in request.form:
        _begin(form, offered)
    return render_template(
        "lms/notifications/writing/new.html",
        authority=here,
        form=form,
        offered=offered,
        people=[each.name for each in people.persons(unit(), ids[:NAMED]).values()],
        total=len(ids),
        chosen=ids if wanted is None else [],
        told=wanted.told() if wanted else {},
        fields=labels.FIELDS,
        lengths=counted_lengths(form.texts()) if form.short.data or form.short_cy.data else [],
    )


def _people_asked() -> list[UUID]:
    """The people who were named; of a group that was named, whoever is in it now. NotFound for another's group."""
    found = []
    if asked := request.args.get("group", type=UUID):
        groups.group(unit(), asked, viewer().authorities(Role.COORDINATOR))
        found = sorted(groups.people_in(unit(), asked))
    for each in request.values.getlist("person")[: MOST_PEOPLE + 1]:
        try:
            found.append(UUID(each))
        except ValueError:
            raise NotFound("person") from None
    return found


def _list_asked() -> Wanted | None:
    """The list of the desk a message is for, when one is named."""
    return Wanted.read(request.args, today()) if request.args.get("which") else None


def _begin(form: MessageForm, offered: list[templates.Template]) -> None:
    asked = request.values.get("template", "")
    template = next((each for each in offered if str(each.id) == asked), None)
    if template is not None:
        form.fill(dict(template.texts))
        form.topic.data = template.topic.value


def own(message_id: UUID) -> BulkMessage:
    """A message of the viewer's authority; anybody else's answers 404."""
    return services.own(unit(), message_id, viewer().authorities(Role.COORDINATOR))


@pages.get("/desk/messages/<uuid:message_id>")
@requires(Role.COORDINATOR)
def one(message_id: UUID) -> ResponseReturnValue:
    """One message: who gets it how and who does not, before it goes; afterwards, how far it is."""
    row = own(message_id)
    counted, number = queries.counted(unit(), row.id), page_number()
    left_out = request.args.get("show") == "left-out"
    total = sum(counted.out.values()) if left_out else counted.ready
    lines = queries.people_of(unit(), row.id, left_out=left_out, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/notifications/writing/one.html",
        message=queries.view(row),
        counted=counted,
        left_out=left_out,
        page=Page(lines, number, total),
        pagination=pagination,
        homes=people.organisations(unit(), {line.via_id for line in lines if line.via_id}),
        writer=people.person(unit(), row.asked_by).name,
        labels=labels,
        ways=_ways(),
        unspoken=[
            (LANGUAGE_NAMES[Language(tongue)], many)
            for tongue, many in counted.languages.items()
            if tongue not in row.texts
        ],
        files=letters.files_of(unit(), row.id),
        form=OnceForm(),
    )


def _ways() -> Mapping[Way, str]:
    return labels.POSTED if house().settings.posts else labels.WAYS


@pages.get("/desk/messages/<uuid:message_id>/people/<uuid:person_id>")
@requires(Role.COORDINATOR)
def person(message_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Exactly what one person gets, in their language and the way it goes."""
    row = own(message_id)
    site = house().settings.base_url
    someone = people.persons(unit(), [person_id]).get(person_id)
    say = say_in(someone.language if someone else "en")
    found = queries.exactly(unit(), row, person_id, say, site=site, now=now())
    return render_template(
        "lms/notifications/writing/person.html", message=queries.view(row), found=found, labels=labels, ways=_ways()
    )


@pages.post("/desk/messages/<uuid:message_id>/send")
@requires(Role.COORDINATOR)
def send(message_id: UUID) -> ResponseReturnValue:
    """Send it off."""
    row = own(message_id)
    try:
        services.send_off(
            unit(),
            message_id=row.id,
            authority_ids=viewer().authorities(Role.COORDINATOR),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("The message is on its way."), "lms_done")
    return redirect(url_for(".one", message_id=message_id))


@pages.post("/desk/messages/<uuid:message_id>/stop")
@requires(Role.COORDINATOR)
def stop(message_id: UUID) -> ResponseReturnValue:
    """Nobody else gets it from now on."""
    row = own(message_id)
    try:
        services.stop(
            unit(),
            posts=house().settings.posts,
            message_id=row.id,
            authority_ids=viewer().authorities(Role.COORDINATOR),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Stopped. Nobody else gets it."), "lms_done")
    return redirect(url_for(".one", message_id=message_id))
