"""Forms of prior learning."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.certification.queries import CertificateView
from lms.core.web.fields import Checkboxes, DayField, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.papers import PaperForm
from lms.core.web.texts import _, _l
from lms.learning.prior.rules import LONGEST_TEXT, LONGEST_TITLE

NONE = "none"
_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
Choices = Sequence[tuple[str, str]]


class OfferForm(PaperForm):
    """A learner says what they learned before, and shows a paper or a certificate from here for it."""

    outcomes = SelectMultipleField(
        _l("What have you learned already?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose at least one thing that you have learned already."))],
    )
    title = StringField(
        _l("What was it called?"),
        description=_l("As it stands on your certificate, for example “Food hygiene, level 2”."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Say what it was, for example “Food hygiene, level 2”.")),
            Length(max=LONGEST_TITLE, message=_TOO_LONG),
        ],
    )
    earned_on = DayField(_l("When did you finish it? (you can leave this out)"), validators=[Optional()])
    proof = RadioField(_l("What can you show?"), widget=Radios(), default="paper")
    certificate = SelectField(_l("Which certificate?"), widget=GovSelect(), validate_choice=False)
    says = TextAreaField(
        _l("Is there more that the assessor should know? (you can leave this out)"),
        description=_l("For example how you use it at work. No names or health details of people you support."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG)],
    )

    def offer(self, outcomes: Choices, held: Sequence[CertificateView]) -> None:
        """Fill in what there is to choose from."""
        self.outcomes.choices = [SelectChoice(*each) for each in outcomes]
        self.proof.choices = [SelectChoice("paper", _("A paper: I hand in a photo or a PDF"))]
        if held:
            self.proof.choices.append(SelectChoice("certificate", _("A certificate that was issued here")))
        self.certificate.choices = [SelectChoice("", _("Choose a certificate"))]
        self.certificate.choices += [SelectChoice(each.number, f"{each.title} ({each.number})") for each in held]


class DecideForm(OnceForm):
    """An assessor says which outcomes they accept, and why."""

    accepted = SelectMultipleField(
        _l("What do you accept as learned before?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Tick what you accept, or say that you accept none of it."))],
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("Say what you looked at and why it is enough, or what is missing. The learner reads this."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say why. The learner reads it, and so may an auditor.")),
            Length(max=LONGEST_TEXT, message=_TOO_LONG),
        ],
    )

    def offer(self, outcomes: Choices) -> None:
        """Fill in what was offered."""
        choices = [*outcomes, (NONE, _("None of these"))]
        self.accepted.choices = [SelectChoice(*each) for each in choices]

    def validate_accepted(self, field: SelectMultipleField) -> None:
        """None is none: it cannot stand beside something accepted."""
        if NONE in (field.data or []) and len(field.data or []) > 1:
            raise ValidationError(_("You ticked “None of these” and something else. Tick one or the other."))

    @property
    def kept(self) -> list[str]:
        """The outcomes that are accepted."""
        return [code for code in self.accepted.data or [] if code != NONE]
