"""Forms about keeping and clearing records."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.web.fields import DayField, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.funding.records import labels
from lms.funding.records.services import LONGEST_NOTE

TOO_LONG = _l("That is too long.")


class HoldForm(OnceForm):
    """Keep records longer: of one claim, or of everything under a scheme."""

    reference = StringField(
        _l("Reference of the claim"),
        description=_l("For example RIVERMERE-2026-0007. Leave it empty to hold everything under a scheme."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=60, message=TOO_LONG)],
    )
    scheme = SelectField(_l("Or everything under a scheme"), widget=GovSelect(), validators=[Optional()])
    reason = RadioField(
        _l("Why are they kept longer?"),
        choices=[SelectChoice(code.value, _l(label)) for code, label in labels.REASONS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose why they are kept longer."))],
    )
    note = TextAreaField(
        _l("Anything colleagues should know (optional)"),
        description=_l("Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=TOO_LONG)],
    )
    until = DayField(
        _l("Until when? (optional)"),
        description=_l("The last day counts. Leave it empty to hold them until somebody lets them go."),
        earliest=2026,
        latest=2100,
        validators=[Optional()],
    )

    def offer(self, schemes: Sequence[tuple[str, str]]) -> None:
        """The schemes there are."""
        self.scheme.choices = [
            SelectChoice("", _("One claim only")),
            *(SelectChoice(code, title) for code, title in schemes),
        ]


class ConfirmForm(OnceForm):
    """Have records cleared for good."""

    sure = BooleanField(
        _l("I have read the list. Clear these records for good."),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box, or go back."))],
    )
