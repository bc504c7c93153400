"""The form of the public check page."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.certification.numbers import LONGEST, reads
from lms.core.web.forms import LmsForm
from lms.core.web.texts import _, _l


class VerifyForm(LmsForm):
    """Enter a number. It is sent by GET and changes nothing, so it needs no token, and its address can be kept."""

    class Meta(LmsForm.Meta):
        csrf = False

    number = StringField(
        _l("Certificate number"),
        description=_l("For example PALMS-7K2M-9QXD-P. Capital or small letters, with or without dashes."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter the number of a certificate.")),
            Length(max=LONGEST, message=_l("Enter a shorter number.")),
        ],
    )

    def validate_number(self, field: StringField) -> None:
        """The check symbol at the end has to fit the rest."""
        if reads(field.data or "") is None:
            raise ValidationError(
                _("Check the number: something in it was mistyped, since its characters do not fit together.")
            )
