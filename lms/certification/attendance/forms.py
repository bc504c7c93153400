"""Forms about workshops."""

from collections.abc import Iterable
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.certification.attendance.finding import MOST_LINES
from lms.certification.attendance.labels import PLACES
from lms.certification.attendance.queries import WorkshopView
from lms.certification.attendance.rules import LONGEST_TITLE, Place, hours_of, minutes_of
from lms.certification.attendance.services import Held
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.people.queries import PersonView

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class WorkshopForm(OnceForm):
    """What is recorded of a workshop."""

    title = StringField(
        _l("What was it called?"),
        description=_l("It stands on the certificates. No names of people."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Say what the workshop was called.")),
            Length(max=LONGEST_TITLE, message=_TOO_LONG),
        ],
    )
    on = DayField(_l("Which day?"), description=_l("For example, 21 11 2026."), validators=[DayNeeded()])
    hours = StringField(
        _l("How many hours?"),
        description=_l("For example 2, 2.5 or 1:15."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say how many hours it took."))],
    )
    place = RadioField(
        _l("Where was it?"), widget=Radios(), validators=[InputRequired(_l("Choose what kind of place it was."))]
    )
    led_by = StringField(
        _l("Who led it? (optional)"),
        description=_l("A person or an organisation. It stands on the certificates."),
        widget=GovTextInput(),
        validators=[Length(max=120, message=_TOO_LONG)],
    )

    def prepare(self) -> None:
        """Put in the choices."""
        self.place.choices = [SelectChoice(str(each), _(PLACES[each])) for each in Place]

    def validate_hours(self, field: StringField) -> None:
        """Hours as people type them, in quarters."""
        if minutes_of(field.data or "") is None:
            raise ValidationError(_("Enter hours in quarters, such as 2, 2.5 or 1:15, and at most 40."))

    def held(self) -> Held:
        """What was typed; only once it is valid."""
        assert self.on.data is not None  # the form asked for it
        return Held(
            title=self.title.data or "",
            on=self.on.data,
            minutes=minutes_of(self.hours.data or "") or 0,
            place=Place(self.place.data),
            led_by=self.led_by.data or "",
        )

    @staticmethod
    def filled(workshop: WorkshopView) -> dict[str, Any]:
        """What stands in the form for a workshop."""
        return {
            "title": workshop.title,
            "on": workshop.on,
            "hours": hours_of(workshop.minutes),
            "place": str(workshop.place),
            "led_by": workshop.led_by,
        }


class PeopleForm(OnceForm):
    """Who attended: ticked in a list."""

    people = SelectMultipleField(
        _l("Who was there?"), widget=Checkboxes(), validators=[InputRequired(_l("Tick who was there."))]
    )

    def offer(self, people: Iterable[PersonView]) -> None:
        """Put in whom one can tick."""
        self.people.choices = [SelectChoice(str(each.id), each.name) for each in people]


class ListForm(OnceForm):
    """Who attended: a list that is pasted in."""

    listed = TextAreaField(
        _l("Paste a list"),
        description=_l("One person a line: e-mail address, username, or the whole name."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Paste at least one line.")),
            Length(max=MOST_LINES * 100, message=_l("Paste a shorter list.")),
        ],
    )
