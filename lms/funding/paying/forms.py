"""Forms of payments. Lengths and amounts are bounded here and once more in the services."""

from collections.abc import Iterable
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovTextArea, GovTextInput
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.types import Pence
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.funding.claims.forms import AnAmount
from lms.funding.money import pence_in
from lms.funding.paying import texts
from lms.funding.paying.models import LONGEST_REASON, LONGEST_REFERENCE
from lms.funding.paying.reading import LARGEST
from lms.funding.paying.words import NEEDED, Choice, Column, DayOrder

LARGEST_POST = LARGEST + 64 * 1024
"""Bytes of a post with a file, and what a browser sends around it."""

_SHORT = Length(max=LONGEST_REASON, message=_l("Use at most 500 characters."))


class UploadForm(OnceForm):
    """Choose a payer's file."""

    file = FileField(
        _l("The payer's list of payments"),
        description=_l("A CSV file with a row of headings, at most 2 MB and 5,000 rows."),
        widget=GovFileInput(),
    )

    def chosen(self) -> FileStorage | None:
        """The file; None, with an error at the field, when none was chosen."""
        if isinstance(self.file.data, FileStorage) and self.file.data.filename:
            return self.file.data
        self.file.errors = [_("Choose the payer's file.")]
        return None


class ColumnsForm(LmsForm):
    """Which column says what, and how days are written."""

    reference = SelectField(widget=GovSelect(), validators=[InputRequired(_l("Choose a column."))])
    amount = SelectField(widget=GovSelect(), validators=[InputRequired(_l("Choose a column."))])
    day = SelectField(widget=GovSelect(), validators=[Optional()])
    payment = SelectField(widget=GovSelect(), validators=[Optional()])
    line = SelectField(widget=GovSelect(), validators=[Optional()])
    day_order = RadioField(
        _l("How does the payer write 5 June 2026?"),
        choices=[
            SelectChoice(DayOrder.DAY_FIRST.value, _l("05/06/2026, the day first")),
            SelectChoice(DayOrder.MONTH_FIRST.value, _l("06/05/2026, the month first")),
        ],
        widget=Radios(),
        validators=[Optional()],
    )
    paid_on = DayField(
        _l("If the file names no days: the day the money came"), earliest=2010, latest=2100, validators=[Optional()]
    )

    def offer(self, headings: Iterable[str]) -> None:
        """The headings of the file to choose from."""
        for column in Column:
            field, (label, hint) = self[column.value], texts.COLUMNS[column]
            field.label.text, field.description = _(label), _(hint)
            none = _("Choose a column") if column in NEEDED else _("None")
            field.choices = [SelectChoice("", none), *(SelectChoice(each, each) for each in headings)]

    @property
    def columns(self) -> dict[Column, str]:
        """Which heading was chosen for what."""
        return {column: self[column.value].data or "" for column in Column}

    @property
    def order(self) -> DayOrder | None:
        """How days are written, where somebody said."""
        return DayOrder(self.day_order.data) if self.day_order.data else None


class DecideForm(LmsForm):
    """What to do with a row, and why."""

    situation = HiddenField()
    choice = RadioField(
        _l("What shall happen to this row?"), widget=Radios(), validators=[InputRequired(_l("Say what shall happen."))]
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("Whoever checks the books reads it. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[_SHORT],
    )

    def offer(self, choices: Iterable[Choice]) -> None:
        """What may be decided about this row."""
        self.choice.choices = [SelectChoice(each.value, _(texts.CHOICES[each])) for each in choices]


class MoneyForm(OnceForm):
    """An amount that came or went back, on a day."""

    amount = StringField(
        _l("Amount in pounds"),
        description=_l("For example 75.00."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the amount.")), Length(max=20), AnAmount()],
    )
    paid_on = DayField(
        _l("The day"), description=_l("For example 21 11 2026."), earliest=2010, latest=2100, validators=[DayNeeded()]
    )
    reference = StringField(
        _l("Payment reference, if there is one"),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_REFERENCE, message=_l("Use at most 60 characters."))],
    )
    note = TextAreaField(
        _l("Note"),
        description=_l("Needed when it is more than is waited for. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[_SHORT],
    )

    @property
    def pence(self) -> Pence:
        """The amount in pence; only of a form that validated."""
        return pence_in(self.amount.data or "") or 0


class GiveBackForm(MoneyForm):
    """Money that went back to the payer; it needs no note, since the recovery says why."""

    note: Any = None


class SettleForm(OnceForm):
    """Why a difference is settled."""

    reason = TextAreaField(
        _l("Why?"),
        description=_l("Whoever checks the books reads it. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Say why.")), _SHORT],
    )
