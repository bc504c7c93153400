"""Forms of templates and messages."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.i18n import LANGUAGE_NAMES, Language
from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing import labels
from lms.notifications.writing.rules import LONGEST_BODY, LONGEST_SHORT, LONGEST_SUBJECT, Text
from lms.notifications.writing.services import LONGEST_EVENT
from lms.notifications.writing.templates import LONGEST_NAME

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


def _subject(label: Any, *checks: Any) -> StringField:
    return StringField(
        label, widget=GovTextInput(), validators=[*checks, Length(max=LONGEST_SUBJECT, message=_TOO_LONG)]
    )


def _body(label: Any, *checks: Any) -> TextAreaField:
    return TextAreaField(label, widget=GovTextArea(), validators=[*checks, Length(max=LONGEST_BODY, message=_TOO_LONG)])


def _short(label: Any) -> TextAreaField:
    return TextAreaField(
        label,
        description=_l("For people who want text messages: 160 letters are one. Without it they get the subject."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_SHORT, message=_TOO_LONG)],
    )


def _topic() -> RadioField:
    return RadioField(
        _l("What is it about?"),
        choices=[SelectChoice(topic.value, _l(text)) for topic, text in labels.TOPICS.items()],
        widget=Radios(),
        default=Topic.LEARNING.value,
        validators=[InputRequired(_l("Choose one."))],
    )


class MessageForm(OnceForm):
    """A message, in English and, where it is there, in Welsh."""

    topic = _topic()
    event = StringField(
        _l("Which event? (optional)"),
        description=_l("Name, day and place. It stands where you write ((event))."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST_EVENT, message=_TOO_LONG)],
    )
    subject = _subject(_l("Subject"), InputRequired(_l("Write a subject.")))
    body = _body(_l("Message"), InputRequired(_l("Write the message.")))
    short = _short(_l("As a text message (optional)"))
    subject_cy = _subject(_l("Subject in Welsh (optional)"), Optional())
    body_cy = _body(_l("Message in Welsh (optional)"), Optional())
    short_cy = _short(_l("As a text message in Welsh (optional)"))

    def texts(self) -> dict[str, Text]:
        """What was written, by language."""
        found = {"en": Text(self.subject.data or "", self.body.data or "", self.short.data or "")}
        if any((self.subject_cy.data, self.body_cy.data, self.short_cy.data)):
            found["cy"] = Text(self.subject_cy.data or "", self.body_cy.data or "", self.short_cy.data or "")
        return found

    def fill(self, texts: dict[str, Text]) -> None:
        """Begin with a template."""
        for language, end in (("en", ""), ("cy", "_cy")):
            if text := texts.get(language):
                self["subject" + end].data, self["body" + end].data = text.subject, text.body
                self["short" + end].data = text.short


class TemplateForm(OnceForm):
    """A template in one language."""

    name = StringField(
        _l("Name of the template"),
        description=_l("Only you and other coordinators see it."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Give the template a name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
    )
    topic = _topic()
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice(each.value, LANGUAGE_NAMES[each]) for each in Language],
        widget=GovSelect(),
    )
    subject = _subject(_l("Subject"), InputRequired(_l("Write a subject.")))
    body = _body(_l("Message"), InputRequired(_l("Write the message.")))
    short = _short(_l("As a text message (optional)"))

    @property
    def text(self) -> Text:
        """What was written."""
        return Text(self.subject.data or "", self.body.data or "", self.short.data or "")
