"""Forms of places. What is typed is bounded again where it is stored."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.funding.claims.forms import AnAmount
from lms.funding.money import pence_in
from lms.funding.places import labels, rules
from lms.funding.places.opening import LONGEST_TITLE, Wanted
from lms.funding.places.words import SHOWN, Need, Order, ProofKind

TOO_LONG = _l("That is too long.")


def _days(label: Any, **more: Any) -> DayField:
    return DayField(label, earliest=2025, latest=2100, validators=[DayNeeded()], **more)


class AskForm(OnceForm):
    """A PA asks for a place."""

    need = RadioField(
        _l("Why do you want to go?"),
        choices=[SelectChoice(code.value, _l(label)) for code, label in labels.OWN_NEEDS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose why you want to go."))],
    )

    @property
    def chosen(self) -> Need:
        """What was chosen; only of a form that validated."""
        return Need(self.need.data)


class RunForm(OnceForm):
    """A team opens a course with places."""

    what = SelectField(_l("Which kind of place"), widget=GovSelect(), validators=[InputRequired(_l("Choose one."))])
    training = SelectField(
        _l("What it leads to"),
        description=_l("Where it is one of the trainings in PALMS; the council's part then counts for its cost."),
        widget=GovSelect(),
        validators=[Optional()],
    )
    title = StringField(
        _l("What the course is called"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say what it is called.")), Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    title_cy = StringField(
        _l("The same in Welsh (optional)"),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    held_at = StringField(
        _l("Where it is"),
        description=_l("A place PAs can find, such as “Weir Bank library, room 2”. For an online course: “Online”."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Say where it is.")), Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    opens_on = _days(_l("First day to ask for a place"))
    closes_on = _days(_l("Last day to ask for a place"))
    starts_on = _days(_l("The course begins"))
    ends_on = _days(_l("The course ends"))
    quota = IntegerField(
        _l("How many places"),
        description=_l("Leave it empty where everybody who asks has one."),
        widget=GovTextInput(),
        validators=[
            Optional(),
            NumberRange(min=1, max=rules.MOST_PLACES, message=_l("Enter a number from 1 to 500.")),
        ],
    )
    cost = StringField(
        _l("What one place costs altogether, in pounds"),
        description=_l("With what the PA pays, for example 60.00."),
        widget=GovTextInput(),
        render_kw={"inputmode": "decimal"},
        validators=[InputRequired(_l("Enter what one place costs.")), Length(max=20), AnAmount()],
    )
    order = RadioField(
        _l("Who is offered a place first"),
        choices=[SelectChoice(code.value, _l(label)) for code, label in labels.ORDERS.items()],
        default=Order.FIRST_COME.value,
        widget=Radios(),
        validators=[InputRequired(_l("Choose who is offered a place first."))],
    )
    accept_days = IntegerField(
        _l("Days to answer an offer"),
        default=5,
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter how many days PAs have to answer.")),
            NumberRange(min=rules.FEWEST_DAYS, max=rules.MOST_DAYS, message=_l("Enter a number from 1 to 28.")),
        ],
    )

    def offer(self, what: Sequence[tuple[str, str]], trainings: Sequence[tuple[str, str]]) -> None:
        """What there is to choose from."""
        self.what.choices = [SelectChoice(code, label) for code, label in what]
        self.training.choices = [
            SelectChoice("", _l("None of them")),
            *(SelectChoice(code, label) for code, label in trainings),
        ]

    def wanted(self) -> Wanted:
        """What was typed; only of a form that validated."""
        scheme, _bar, item = (self.what.data or "").partition("|")
        days: list[date] = [
            field.data for field in (self.opens_on, self.closes_on, self.starts_on, self.ends_on) if field.data
        ]
        opens_on, closes_on, starts_on, ends_on = days
        return Wanted(
            scheme=scheme,
            item=item,
            training=self.training.data or "",
            title=self.title.data or "",
            title_cy=self.title_cy.data or "",
            held_at=self.held_at.data or "",
            opens_on=opens_on,
            closes_on=closes_on,
            starts_on=starts_on,
            ends_on=ends_on,
            quota=self.quota.data,
            cost_pence=pence_in(self.cost.data or "") or 0,
            order=Order(self.order.data),
            accept_days=self.accept_days.data or 0,
        )


class ProofForm(OnceForm):
    """Somebody of the team saw where a PA works."""

    kind = RadioField(
        _l("What did you see?"),
        description=_l("Do not keep a copy. PALMS keeps only what kind of thing it was."),
        choices=[SelectChoice(code.value, _l(labels.PROOFS[code])) for code in SHOWN],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you saw."))],
    )
    area = SelectField(_l("Area"), widget=GovSelect(), validators=[InputRequired(_l("Choose the area."))])
    seen_on = DayField(_l("The day you saw it"), earliest=2020, latest=2100, validators=[DayNeeded()])
    lasts_until = DayField(
        _l("Counts until (optional)"),
        description=_l("Where you leave it empty it counts for a year."),
        earliest=2020,
        latest=2100,
        validators=[Optional()],
    )

    def offer(self, areas: Sequence[str]) -> None:
        """The areas of the scheme."""
        self.area.choices = [SelectChoice(each, each) for each in areas]

    @property
    def seen(self) -> ProofKind:
        """What was chosen; only of a form that validated."""
        return ProofKind(self.kind.data)


class NeedForm(OnceForm):
    """Somebody of the team corrects how much a PA needs the training."""

    need = RadioField(
        _l("How much is it needed?"),
        description=_l("By what the training is for. Never write down anybody's health."),
        choices=[SelectChoice(code.value, _l(label)) for code, label in labels.NEEDS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose one."))],
    )


class ThereForm(OnceForm):
    """Who was there."""

    there = SelectMultipleField(_l("Who was there?"), widget=Checkboxes(), validators=[Optional()])

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Everybody with a place, by their asking."""
        self.there.choices = [SelectChoice(code, name) for code, name in people]


class SureForm(OnceForm):
    """Something that cannot be undone."""

    sure = BooleanField(
        _l("Yes, I am sure"), widget=Tick(), validators=[InputRequired(_l("Tick the box, or go back."))]
    )
