"""Forms of sitting together: the assessor's part, the learner's word, and each one's own secret."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextArea, GovTextInput
from wtforms import HiddenField, PasswordField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.assessment.admission import WRONG_DAYS
from lms.assessment.evidence.rules import ASKED_FOR, EvidenceKind
from lms.assessment.forms import LABELS
from lms.assessment.rules import Setting, wrong_day
from lms.assessment.together import rules
from lms.assessment.together.queries import SittingView
from lms.assessment.together.services import Part
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.people.rules import LONGEST_PASSWORD

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
KINDS = {
    EvidenceKind.PROFESSIONAL_DISCUSSION: _l("A talk about the work"),
    EvidenceKind.ORAL_QUESTIONS: _l("Questions answered aloud"),
    EvidenceKind.DIRECT_OBSERVATION: _l("Going over what I saw"),
}
"""What can be done together, as the assessor reads it."""


class PartForm(OnceForm):
    """The assessor's part."""

    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(str(kind), text) for kind, text in KINDS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what it is."))],
    )
    lines = SelectMultipleField(
        _l("Which points is it about?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose at least one point."))],
    )
    on = DayField(
        _l("Which day was it?"),
        description=_l("For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=2015,
    )
    setting = RadioField(
        _l("Where was it?"),
        description=_l("The kind of place only, never an address."),
        choices=[SelectChoice(str(kind), text) for kind, text in LABELS["settings"].items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose the kind of place."))],
    )
    asked = TextAreaField(
        _l("What did you ask, or talk about?"),
        description=_l("Leave it empty when you only go over what you saw."),
        widget=GovTextArea(),
        validators=[Length(max=rules.LONGEST_ASKED, message=_TOO_LONG)],
    )
    text = TextAreaField(
        _l("What was said, or what did you see?"),
        description=_l("They read this word for word. Use initials for the person supported."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write what was said or seen. Notes are enough.")),
            Length(max=rules.LONGEST_TEXT, message=_TOO_LONG),
        ],
    )
    enrolled_on: date
    today: date

    def about(self, lines: Sequence[tuple[str, str]], *, enrolled_on: date, today: date) -> None:
        """Fill the choices, and say which days there can be."""
        self.lines.choices = [SelectChoice(*each) for each in lines]
        self.enrolled_on, self.today = enrolled_on, today

    def begin(self) -> None:
        """Today is most likely the day."""
        if not self.is_submitted():
            self.on.data = self.on.data or self.today

    def fill(self, found: SittingView) -> None:
        """Show what was written before."""
        self.kind.data, self.lines.data, self.on.data = str(found.kind), list(found.lines), found.on
        self.setting.data = str(found.setting) if found.setting else None
        self.asked.data, self.text.data = found.asked, found.text

    def validate_on(self, field: Any) -> None:
        """The day has come, and is not before the enrolment."""
        problem = wrong_day(field.data, enrolled_on=self.enrolled_on, today=self.today) if field.data else None
        if problem:
            raise ValidationError(_(WRONG_DAYS[problem]))

    def validate_asked(self, field: Any) -> None:
        """Kinds with a question say it."""
        if self.kind.data in ASKED_FOR and not (field.data or "").strip():
            raise ValidationError(_("Write what you asked, or what you talked about."))

    def part(self) -> Part:
        """What was filled in."""
        return Part(
            kind=EvidenceKind(self.kind.data),
            on=self.on.data or self.today,
            text=self.text.data or "",
            lines=tuple(self.lines.data or ()),
            asked=self.asked.data or "",
            setting=Setting(self.setting.data),
        )


YES, NO = "yes", "no"


class WordForm(LmsForm):
    """The learner's word."""

    read = HiddenField()
    right = RadioField(widget=Radios(), validators=[InputRequired(_l("Choose one answer."))])
    text = TextAreaField(
        _l("Anything to add? Or what is not right?"),
        widget=GovTextArea(),
        validators=[Length(max=rules.LONGEST_ADDED, message=_TOO_LONG)],
    )
    password = PasswordField(
        widget=GovPasswordInput(),
        validators=[Length(max=LONGEST_PASSWORD)],
    )

    def about(self, name: str, assessor: str) -> None:
        """Put the names into what is asked."""
        self.right.label.text = _("Is this what you said, and is it right?")
        self.right.choices = [
            SelectChoice(YES, _("Yes, this is right")),
            SelectChoice(NO, _("No, something is not right")),
        ]
        self.password.label.text = _("%(name)s: your own password or passphrase", name=name)
        self.password.description = _(
            "It shows that it was you who said yes. %(assessor)s cannot see it, and it is not kept on this phone. You "
            "do not need it to say no.",
            assessor=assessor,
        )

    def validate_text(self, field: Any) -> None:
        """Whoever declines says why, in a word."""
        if self.right.data == NO and not (field.data or "").strip():
            raise ValidationError(_("Say in a word what is not right."))

    def validate_password(self, field: Any) -> None:
        """A yes is confirmed by one's own secret."""
        if self.right.data == YES and not field.data:
            raise ValidationError(_("Enter your own password or passphrase."))


class SecretForm(LmsForm):
    """The assessor's own secret, and the code from their app where they sign in with one."""

    password = PasswordField(
        widget=GovPasswordInput(),
        validators=[InputRequired(_l("Enter your own password or passphrase.")), Length(max=LONGEST_PASSWORD)],
    )
    code = StringField(
        _l("6-digit code"),
        description=_l("Open the authenticator app on your phone. The code changes every 30 seconds."),
        widget=GovTextInput(),
        validators=[Length(max=12)],
    )

    def of(self, name: str, *, with_code: bool) -> None:
        """Put the name into what is asked."""
        self.password.label.text = _("%(name)s: your own password or passphrase", name=name)
        if not with_code:
            del self.code
