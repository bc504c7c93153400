"""The forms of the public check page: a number, a file, a name."""

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovTextInput
from werkzeug.datastructures import FileStorage
from wtforms import FileField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from lms.certification.checking.files.verdicts import LARGEST
from lms.certification.checking.names import LONGEST as LONGEST_NAME
from lms.certification.checking.slips import slip
from lms.certification.numbers import LONGEST, reads
from lms.core.web.forms import LmsForm
from lms.core.web.texts import _, _l

LARGEST_POST = LARGEST + 256 * 1024
"""Bytes of a post with a file, and what a browser sends around it."""


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
        """The check symbol at the end has to fit the rest; what is wrong is said."""
        typed = field.data or ""
        if reads(typed) is None:
            sentence = _(slip(typed).sentence)
            raise ValidationError(_("Check the number: something in it was mistyped. %(slip)s", slip=sentence))


class FileForm(LmsForm):
    """Choose a file, or drop it."""

    paper = FileField(
        _l("The file of the certificate"),
        description=_l(
            "Its PDF as it was sent to you, or its badge or other credential (PNG, SVG or JSON). At most 2 MB."
        ),
        widget=GovFileInput(),
    )

    def bytes(self) -> bytes | None:
        """The file, at most LARGEST bytes; None with an error at the field when there is none, or too much."""
        chosen = self.paper.data
        if not isinstance(chosen, FileStorage) or not chosen.filename:
            self.paper.errors = [_("Choose the file of a certificate.")]
            return None
        data = chosen.stream.read(LARGEST + 1)
        if not data:
            self.paper.errors = [_("The file is empty. Choose it again.")]
        elif len(data) > LARGEST:
            self.paper.errors = [
                _("The file is larger than 2 MB, so it is not one of our certificates as we issued it. Choose its PDF.")
            ]
        return None if self.paper.errors else data


class NameForm(LmsForm):
    """Type the holder's whole name to see whether it is the one on the certificate. The page draws the field itself."""

    name = StringField(
        _l("The holder’s whole name"),
        validators=[
            DataRequired(_l("Type the whole name.")),
            Length(max=LONGEST_NAME, message=_l("Type a shorter name.")),
        ],
    )
