"""Pages: an authority's templates, writing one, and what somebody would get of it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.i18n import LANGUAGE_NAMES, Language
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing import labels, templates
from lms.notifications.writing.forms import TemplateForm
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("message_templates", __name__)


@pages.get("/desk/messages/templates")
@requires(Role.COORDINATOR)
def templates_page() -> ResponseReturnValue:
    """The templates of an authority, and in which languages each is there."""
    here = authority_for(Role.COORDINATOR)
    return render_template(
        "lms/notifications/writing/templates.html",
        authority=here,
        found=templates.templates_of(unit(), here),
        names=LANGUAGE_NAMES,
    )


@pages.route("/desk/messages/templates/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Write a new template in a language. Its form's number becomes its own, so that it is made once."""
    return _written(authority_for(Role.COORDINATOR), None)


@pages.route("/desk/messages/templates/<uuid:template_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def template(template_id: UUID) -> ResponseReturnValue:
    """Write a template in another language, or change it."""
    here = authority_for(Role.COORDINATOR)
    return _written(here, templates.template(unit(), here, template_id))


def _written(here: UUID, known: templates.Template | None) -> ResponseReturnValue:
    form = TemplateForm()
    if form.validate_on_submit():
        try:
            templates.write(
                unit(),
                once=form.key(),
                template_id=known.id if known else form.key(),
                authority_id=here,
                name=form.name.data or "",
                topic=Topic(form.topic.data),
                language=form.language.data,
                text=form.text,
                site=house().settings.base_url,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The template is saved."), "lms_done")
            return redirect(url_for(".templates_page", authority=here))
    elif request.method == "GET":
        _begin(form, known)
    return render_template(
        "lms/notifications/writing/template.html", authority=here, form=form, known=known, fields=labels.FIELDS
    )


def _begin(form: TemplateForm, known: templates.Template | None) -> None:
    asked = request.args.get("language", "")
    form.language.data = asked if asked in set(Language) else Language.ENGLISH.value
    if known is None:
        return
    form.name.data, form.topic.data = known.name, known.topic.value
    if text := known.texts.get(form.language.data):
        form.subject.data, form.body.data, form.short.data = text.subject, text.body, text.short


@pages.post("/desk/messages/templates/<uuid:template_id>/away")
@requires(Role.COORDINATOR)
def away(template_id: UUID) -> ResponseReturnValue:
    """A template is not offered any more."""
    here = authority_for(Role.COORDINATOR)
    templates.take_away(unit(), template_id=template_id, authority_id=here, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The template is gone. Messages that were sent with it stay as they are."), "lms_done")
    return redirect(url_for(".templates_page", authority=here))
