"""Forms of events."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.core.clock import london_day
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.programme.gatherings import labels
from lms.programme.gatherings.planning import Plan, moment
from lms.programme.gatherings.rules import MOST_DAYS, MOST_PLACES, clock_of
from lms.programme.gatherings.words import Access, Kind, Open, Where

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_CHOOSE = _l("Choose one.")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def clock(typed: str | None) -> time | None:
    """A time as people type it, 18:30 or 9.15; None when it is no such time."""
    found = _CLOCK.fullmatch((typed or "").strip()) if (typed or "").isascii() else None
    return time(int(found.group(1)), int(found.group(2))) if found else None


class PlanForm(OnceForm):
    """Everything a coordinator says of an event."""

    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(each.value, _l(labels.KINDS[each])) for each in Kind if each is not Kind.STANDARDISATION],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    title = StringField(
        _l("What is it called?"),
        description=_l("It stands in calendars and messages. No names of people."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say what the event is called.")), Length(max=160, message=_TOO_LONG)],
    )
    about = TextAreaField(
        _l("What is it about? (optional)"), widget=GovTextArea(), validators=[Length(max=2000, message=_TOO_LONG)]
    )
    led_by = StringField(
        _l("Who leads it? (optional)"),
        description=_l("A person or an organisation. It stands on the page, and on certificates."),
        widget=GovTextInput(),
        validators=[Length(max=120, message=_TOO_LONG)],
    )
    on = DayField(_l("Which day?"), earliest=2020, latest=2100, validators=[DayNeeded()])
    starts = StringField(
        _l("When does it start?"),
        description=_l("For example 18:30. Evenings and weekends are fine."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say when it starts."))],
    )
    ends = StringField(
        _l("When does it end?"),
        description=_l("On the same day."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say when it ends."))],
    )
    where = RadioField(
        _l("Where is it?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.WHERE.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    place = StringField(
        _l("The place, for a venue"),
        description=_l("Name and address of a public place. Never anybody’s home."),
        widget=GovTextInput(),
        validators=[Length(max=300, message=_TOO_LONG)],
    )
    link = StringField(
        _l("The link to join online"),
        description=_l("It begins with https:// and is shown to those who have a place."),
        widget=GovTextInput(),
        validators=[Length(max=500, message=_TOO_LONG)],
    )
    employer = SelectField(
        _l("Whose home, if it is in one?"),
        description=_l("No address is kept here. Agree with the employer how people find it."),
        widget=GovSelect(),
    )
    access = SelectMultipleField(
        _l("What does the place have?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.ACCESS.items()],
        widget=Checkboxes(),
    )
    access_notes = TextAreaField(
        _l("More about access (optional)"), widget=GovTextArea(), validators=[Length(max=500, message=_TOO_LONG)]
    )
    capacity = StringField(
        _l("How many places? (optional)"),
        description=_l("Empty: as many as come. When it is full, people go on a waiting list."),
        widget=GovTextInput(),
    )
    paid = BooleanField(_l("PAs are paid for the time they attend"), widget=Tick())
    paid_by = StringField(
        _l("Who pays for it?"),
        description=_l("For example: your council, or the employer."),
        widget=GovTextInput(),
        validators=[Length(max=120, message=_TOO_LONG)],
    )
    open_to = SelectMultipleField(
        _l("Who can sign up?"),
        description=_l("Nobody ticked: only people to whom you give a place."),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.OPEN.items()],
        widget=Checkboxes(),
    )
    group = SelectField(_l("Which group, if it is for one?"), widget=GovSelect())
    course = SelectField(_l("Which course, if it is for one?"), widget=GovSelect())
    walk_ins = BooleanField(_l("They can also come without signing up"), widget=Tick())
    remind = StringField(
        _l("Remind people how many days before?"),
        description=_l("Up to four numbers with commas between them, for example 7, 1. Empty: nobody is reminded."),
        widget=GovTextInput(),
    )

    def offer(
        self,
        homes: Iterable[tuple[UUID, str]],
        groups: Iterable[tuple[UUID, str]],
        courses: Iterable[tuple[str, str]],
    ) -> None:
        """What can be chosen in an authority."""
        none = SelectChoice("", _("None"))
        self.employer.choices = [none, *(SelectChoice(str(id), name) for id, name in homes)]
        self.group.choices = [none, *(SelectChoice(str(id), name) for id, name in groups)]
        self.course.choices = [none, *(SelectChoice(code, name) for code, name in courses)]

    def validate_starts(self, field: StringField) -> None:
        """A time of the clock."""
        if clock(field.data) is None:
            raise ValidationError(_("Enter a time such as 18:30."))

    validate_ends = validate_starts

    def validate_capacity(self, field: StringField) -> None:
        """A whole number, or nothing."""
        typed = (field.data or "").strip()
        if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) <= MOST_PLACES):
            raise ValidationError(_("Enter a number from 1 to %(most)s, or nothing.", most=MOST_PLACES))

    def validate_remind(self, field: StringField) -> None:
        """At most four whole numbers."""
        parts = _parts(field.data)
        if len(parts) > 4 or not all(p.isascii() and p.isdigit() and 0 < int(p[:4]) <= MOST_DAYS for p in parts):
            raise ValidationError(_("Enter at most four numbers from 1 to %(most)s.", most=MOST_DAYS))

    def plan(self) -> Plan:
        """What was typed; only once it is valid. Refused for a time the clocks leave out."""
        starts, ends, on = clock(self.starts.data), clock(self.ends.data), self.on.data
        assert starts is not None, "the form asked for it"
        assert ends is not None, "the form asked for it"
        assert on is not None, "the form asked for it"
        typed = (self.capacity.data or "").strip()
        return Plan(
            kind=Kind(self.kind.data),
            title=self.title.data or "",
            about=self.about.data or "",
            led_by=self.led_by.data or "",
            starts_at=moment(on, starts),
            ends_at=moment(on, ends),
            where=Where(self.where.data),
            place=self.place.data or "",
            link=self.link.data or "",
            employer_id=UUID(self.employer.data) if self.employer.data else None,
            access=frozenset(Access(each) for each in self.access.data or ()),
            access_notes=self.access_notes.data or "",
            capacity=int(typed) if typed else None,
            paid=bool(self.paid.data),
            paid_by=self.paid_by.data or "",
            open_to=frozenset(Open(each) for each in self.open_to.data or ()),
            group_id=UUID(self.group.data) if self.group.data else None,
            course=self.course.data or None,
            walk_ins=bool(self.walk_ins.data),
            remind=tuple(int(each) for each in _parts(self.remind.data)),
        )

    @staticmethod
    def filled(plan: Plan) -> dict[str, Any]:
        """What stands in the form for an event."""
        return {
            "kind": plan.kind.value,
            "title": plan.title,
            "about": plan.about,
            "led_by": plan.led_by,
            "on": london_day(plan.starts_at),
            "starts": clock_of(plan.starts_at),
            "ends": clock_of(plan.ends_at),
            "where": plan.where.value,
            "place": plan.place,
            "link": plan.link,
            "employer": str(plan.employer_id or ""),
            "access": [each.value for each in plan.access],
            "access_notes": plan.access_notes,
            "capacity": str(plan.capacity or ""),
            "paid": plan.paid,
            "paid_by": plan.paid_by,
            "open_to": [each.value for each in plan.open_to],
            "group": str(plan.group_id or ""),
            "course": plan.course or "",
            "walk_ins": plan.walk_ins,
            "remind": ", ".join(str(each) for each in plan.remind),
        }


def _parts(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").split()


class CopyForm(OnceForm):
    """The same event on another day."""

    on = DayField(_l("On which day?"), earliest=2020, latest=2100, validators=[DayNeeded()])


class CancelForm(OnceForm):
    """Why an event is off."""

    why = StringField(
        _l("Why? (optional)"),
        description=_l("People see it on the page of the event. No names."),
        widget=GovTextInput(),
        validators=[Length(max=300, message=_TOO_LONG)],
    )


class GiveForm(OnceForm):
    """Who gets a place."""

    people = SelectMultipleField(
        _l("Who gets a place?"), widget=Checkboxes(), validators=[InputRequired(_l("Tick at least one person."))]
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Put in whom one can tick."""
        self.people.choices = [SelectChoice(*each) for each in people]


class TakeForm(OnceForm):
    """Signing up, with what somebody needs on the day."""

    needs = TextAreaField(
        _l("Is there anything you need on the day? (optional)"),
        description=_l("For example an interpreter or a ground-floor room. Only those who plan the event read it."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=500, message=_TOO_LONG)],
    )


class CodeForm(OnceForm):
    """The code that is shown in the room."""

    code = StringField(
        _l("The code on the screen in the room"),
        description=_l("Five letters and numbers. Capital or small makes no difference."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Type the code you see in the room.")), Length(max=20, message=_TOO_LONG)],
    )
