"""Forms of evidence: a file with its kind, what an invoice says, and learners' numbers."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovTextInput
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.core.uploads import LARGEST
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.funding.claims.forms import AnAmount
from lms.funding.evidence.models import LONGEST_FACT
from lms.funding.evidence.numbers import LONGEST
from lms.funding.evidence.rules import InvoiceFacts
from lms.funding.evidence.services import MOST_LEARNERS
from lms.funding.evidence.texts import ABOUT_KINDS, KINDS, PAID_SHOWN
from lms.funding.evidence.vocabulary import PaidShown
from lms.funding.money import pence_in
from lms.funding.vocabulary import EvidenceKind

LARGEST_POST = LARGEST + 512 * 1024
"""Bytes of a post with a file and what is typed beside it: `largest_post` of the view."""

WHOLE = "whole"
"""What stands for the whole claim among its lines."""


class FileForm(OnceForm):
    """A file for a line or for the whole claim, and what it shows."""

    line = SelectField(_l("What is it for?"), widget=GovSelect(), validate_choice=True)
    kind = RadioField(
        _l("What does it show?"), widget=Radios(), validators=[InputRequired(_l("Say what the file shows."))]
    )
    file = FileField(
        _l("The file"),
        widget=GovFileInput(),
        render_kw={"accept": "image/jpeg,image/png,application/pdf"},
        description=_l("A photo (JPEG or PNG) or a PDF, at most 10 MB. It is made smaller for the payer where needed."),
    )

    def offer(self, lines: Sequence[tuple[str, str]], kinds: Sequence[EvidenceKind]) -> None:
        """Say which lines and kinds there are; a claim of one line has nothing to choose."""
        whole = [SelectChoice(WHOLE, _("The whole claim, such as an invoice for everybody"))] if len(lines) > 1 else []
        self.line.choices = [*whole, *(SelectChoice(value, text) for value, text in lines)]
        self.kind.choices = [SelectChoice(kind.value, f"{_(KINDS[kind])}. {_(ABOUT_KINDS[kind])}") for kind in kinds]

    def bytes_sent(self) -> tuple[bytes, str] | None:
        """The bytes of the chosen file and its name, no more of them than may be kept; None when none was chosen."""
        chosen = self.file.data
        if not isinstance(chosen, FileStorage) or not chosen.filename:
            self.file.errors = [_("Choose a file.")]
            return None
        return chosen.stream.read(LARGEST + 1), str(chosen.filename)


class ReadForm(OnceForm):
    """What an invoice says."""

    payer = StringField(_l("Who paid?"), description=_l("As the invoice says it."), widget=GovTextInput())
    payee = StringField(_l("Who was paid?"), widget=GovTextInput())
    course = StringField(_l("What for?"), description=_l("The course, as the invoice calls it."), widget=GovTextInput())
    amount = StringField(
        _l("The amount, in pounds"),
        description=_l("Of the whole invoice, with VAT. For example 150.00."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the amount of the invoice.")), Length(max=20), AnAmount()],
    )
    learners = IntegerField(
        _l("For how many learners?"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter for how many learners the invoice is.")),
            NumberRange(1, MOST_LEARNERS, _l("Enter a number from 1 to 1,000.")),
        ],
    )
    invoiced_on = DayField(_l("The day of the invoice"), earliest=2010, validators=[DayNeeded()])
    paid_shown = RadioField(
        _l("How does it show that it was paid?"),
        widget=Radios(),
        validators=[InputRequired(_l("Say how the payment can be seen."))],
    )
    paid_on = DayField(
        _l("The day it was paid"),
        description=_l("As the receipt or the invoice says. Leave it empty if it cannot be seen."),
        earliest=2010,
        validators=[Optional()],
    )

    def offer(self) -> None:
        """Say the ways in which a payment can be seen."""
        self.paid_shown.choices = [SelectChoice(each.value, _(PAID_SHOWN[each])) for each in PaidShown]
        for field in (self.payer, self.payee, self.course):
            field.validators = [InputRequired(_("Fill this in as the invoice says it.")), Length(max=LONGEST_FACT)]
            field.flags.required = True

    def facts(self) -> InvoiceFacts:
        """What was typed; only of a form that validated."""
        assert self.invoiced_on.data is not None
        return InvoiceFacts(
            payer=self.payer.data or "",
            payee=self.payee.data or "",
            course=self.course.data or "",
            amount=pence_in(self.amount.data or "") or 0,
            invoiced_on=self.invoiced_on.data,
            paid_on=self.paid_on.data,
            learners=int(self.learners.data or 0),
            paid_shown=PaidShown(self.paid_shown.data),
        )


class NumberForm(OnceForm):
    """One number of a learner."""

    kind = HiddenField()
    number = StringField(
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the number.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class SureForm(LmsForm):
    """Nothing but the press of a button."""
