"""Forms of asking for an assessor, and of answering. Lengths are bounded here and once more where they are stored."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.assessment.asking.labels import DAYS
from lms.assessment.asking.rules import Day, Profile, listed
from lms.assessment.asking.services import LONGEST, LONGEST_PLACE, MOST_LEARNERS
from lms.core.i18n import LANGUAGE_NAMES
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l

_LANGUAGES = [SelectChoice(str(code), name) for code, name in LANGUAGE_NAMES.items()]
TOO_LONG = _l("Shorten this to at most %(max)d characters.")


def _units(label: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, widget=Checkboxes(), validators=[InputRequired(_l("Choose at least one standard."))]
    )


def _days(label: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=_l("Leave all empty if any day will do."),
        choices=[SelectChoice(str(day), _l(text)) for day, text in DAYS.items()],
        widget=Checkboxes(),
    )


def _text(label: Any, description: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST, message=TOO_LONG)],
    )


class _WithUnits(OnceForm):
    units: SelectMultipleField

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Fill the list of standards."""
        self.units.choices = [SelectChoice(*each) for each in units]


class AskForm(_WithUnits):
    """Ask for an assessor."""

    units = _units(_l("Which standards shall somebody look at?"))
    place = StringField(
        _l("Where, roughly?"),
        description=_l("The first part of the postcode, such as BS3, or the name of the area. Never the address."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Write the first part of the postcode, or the area.")),
            Length(max=LONGEST_PLACE, message=TOO_LONG),
        ],
    )
    days = _days(_l("Which days suit?"))
    suits = _text(_l("What times suit? (optional)"), _l("For example: mornings, or only every other week."))
    language = StringField(
        _l("Which language is spoken at work?"),
        description=_l("For example English, Welsh, or British Sign Language."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST_PLACE, message=TOO_LONG)],
    )
    needs = _text(
        _l("What should an assessor know before they come? (optional)"),
        _l(
            "Ask the person supported what they want said here. No names, no health records. For example: please do "
            "not wear scent, there is a dog, the person uses a letter board."
        ),
    )

    def chosen_days(self) -> frozenset[Day]:
        """The days, once the form is valid."""
        return frozenset(Day(day) for day in self.days.data or [])


class ChooseForm(_WithUnits):
    """Give an assessor some of what was asked for."""

    units = _units(_l("Which standards?"))
    until = DayField(
        _l("Last day (optional)"), description=_l("After it they see nothing of this learner."), earliest=2020
    )


class GiveForm(_WithUnits):
    """Give a learner an assessor, for all they show or for some of it, from a day, until another where wanted."""

    assessor = SelectField(
        _l("Assessor"), widget=GovSelect(), validators=[InputRequired(_l("Choose an assessor."))], default=""
    )
    units = SelectMultipleField(
        _l("For which parts?"), description=_l("Leave all empty for everything they show."), widget=Checkboxes()
    )
    since = DayField(
        _l("First day"),
        description=_l("They can judge what they see from this day on. For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=2015,
    )
    until = DayField(
        _l("Last day (optional)"), description=_l("After it they see nothing of this learner."), earliest=2020
    )

    def offer_people(self, assessors: list[tuple[str, str]]) -> None:
        """Fill the list of assessors."""
        self.assessor.choices = [
            SelectChoice("", _("Choose an assessor")),
            *(SelectChoice(*each) for each in assessors),
        ]


class HandOverForm(OnceForm):
    """Let another assessor take over what one has of a learner."""

    assessor = SelectField(
        _l("Who takes over?"), widget=GovSelect(), validators=[InputRequired(_l("Choose an assessor."))], default=""
    )

    def offer_people(self, assessors: list[tuple[str, str]]) -> None:
        """Fill the list of assessors."""
        self.assessor.choices = [
            SelectChoice("", _("Choose an assessor")),
            *(SelectChoice(*each) for each in assessors),
        ]


class CloseForm(OnceForm):
    """Be done with a request, with a word to those who asked."""

    words = TextAreaField(
        _l("A word to those who asked"),
        description=_l("What happens next, or whom they can ring."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write a word to those who asked.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )


class ProfileForm(OnceForm):
    """Where, when and for how many learners an assessor can work."""

    places = TextAreaField(
        _l("Where do you travel to?"),
        description=_l("First parts of postcodes, such as BS3, or names of areas. One on each line."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=2000, message=TOO_LONG)],
    )
    days = _days(_l("Which days do you work as an assessor?"))
    languages = StringField(
        _l("Which languages do you speak or sign?"),
        description=_l("With commas between them."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST, message=TOO_LONG)],
    )
    most = IntegerField(
        _l("How many learners at the same time, at most? (optional)"),
        widget=GovTextInput(),
        validators=[
            Optional(),
            NumberRange(min=0, max=MOST_LEARNERS, message=_l("Enter a number from %(min)s to %(max)s.")),
        ],
    )
    away_from = DayField(_l("Away from (optional)"), description=_l("The first day you are away."), earliest=2020)
    away_until = DayField(_l("Away until (optional)"), description=_l("The last day you are away."), earliest=2020)

    def said(self) -> Profile:
        """What was said, once the form is valid."""
        return Profile(
            places=listed(self.places.data or ""),
            days=frozenset(Day(day) for day in self.days.data or []),
            languages=listed(self.languages.data or ""),
            most=self.most.data,
            away_from=self.away_from.data,
            away_until=self.away_until.data,
        )


class InviteForm(_WithUnits):
    """Invite an assessor of a college or an agency for named learners."""

    organisation = SelectField(
        _l("Where do they work?"), widget=GovSelect(), validators=[InputRequired(_l("Choose where they work."))]
    )
    name = StringField(
        _l("Name"), widget=GovTextInput(), validators=[InputRequired(_l("Enter their name.")), Length(max=120)]
    )
    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter their e-mail address.")), Length(max=254)],
    )
    language = RadioField(
        _l("Which language shall we write to them in?"), choices=_LANGUAGES, default="en", widget=Radios()
    )
    units = SelectMultipleField(
        _l("Which standards?"), description=_l("Leave all empty for everything they show."), widget=Checkboxes()
    )
    until = DayField(
        _l("Last day"),
        description=_l("After it they see nothing of these learners. For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=2020,
    )

    def offer_places(self, places: list[tuple[str, str]]) -> None:
        """Fill the list of organisations."""
        self.organisation.choices = [
            SelectChoice("", _("Choose where they work")),
            *(SelectChoice(*each) for each in places),
        ]
