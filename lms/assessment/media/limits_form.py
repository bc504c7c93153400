"""The form in which an authority says how large files of evidence may be."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField
from wtforms.validators import InputRequired

from lms.assessment.media.rules import MOST_A_DAY_EVER, MOST_EVER, FileKind, Limits
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l

_NUMBER = _l("Enter a whole number of megabytes.")


class Megabytes(IntegerField):
    """A whole number of megabytes, with the most that can be set."""

    widget = GovTextInput()

    def __init__(self, label: Any, most: int, **kwargs: Any) -> None:
        hint = _l("In MB, at most %(most)s.", most=f"{most:,}")
        super().__init__(
            label,
            description=hint,
            validators=[InputRequired(_NUMBER)],
            render_kw={"inputmode": "numeric", "class": "govuk-input--width-5"},
            **kwargs,
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        """A number, or a sentence that says what is wanted."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(_NUMBER)) from error


class LimitsForm(OnceForm):
    """One size for each kind of file, and one for a day."""

    photo = Megabytes(_l("One photo"), MOST_EVER[FileKind.PHOTO])
    voice = Megabytes(_l("One voice recording"), MOST_EVER[FileKind.VOICE])
    video = Megabytes(_l("One video"), MOST_EVER[FileKind.VIDEO])
    document = Megabytes(_l("One document"), MOST_EVER[FileKind.DOCUMENT])
    a_day = Megabytes(_l("All that one person sends within a day"), MOST_A_DAY_EVER)

    def limits(self) -> Limits:
        """What was entered."""
        fields = (self.photo, self.voice, self.video, self.document, self.a_day)
        return Limits(*(field.data or 0 for field in fields))
