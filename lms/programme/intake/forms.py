"""Forms of lists people come in on."""

from collections.abc import Sequence
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional

from lms.core.web.fields import Radios, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.programme.intake import labels
from lms.programme.intake.reading import LARGEST
from lms.programme.intake.words import NEW_ANSWER, OUT_ANSWER, DayOrder, Field

LARGEST_POST = LARGEST + 512 * 1024
"""Bytes of a post with a list, and what a browser sends around it."""


class UploadForm(OnceForm):
    """Choose a list."""

    file = FileField(
        _l("Your list"),
        description=_l("An Excel workbook (.xlsx) or a CSV file, at most 50 MB, with a row of headings."),
        widget=GovFileInput(),
    )

    def chosen(self) -> FileStorage | None:
        """The file; None, with an error at the field, when none was chosen."""
        if isinstance(self.file.data, FileStorage) and self.file.data.filename:
            return self.file.data
        self.file.errors = [_("Choose your list.")]
        return None


class ColumnsForm(LmsForm):
    """Which column says what, and how days are written."""

    day_order = RadioField(
        _l("How are days written in this file?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.ORDERS.items()],
        widget=Radios(),
        validators=[Optional()],
    )

    @property
    def columns(self) -> dict[Field, int]:
        """Which column was chosen for what."""
        return {each: int(self[each.value].data) for each in Field if self[each.value].data}

    @property
    def order(self) -> DayOrder | None:
        """How days are written, where somebody said."""
        return DayOrder(self.day_order.data) if self.day_order.data else None

    def offer(self, headings: Sequence[str], letters: Sequence[str]) -> None:
        """The columns of the file to choose from."""
        choices = [SelectChoice("", _("Not in this list"))]
        choices += [
            SelectChoice(str(place), f"{letters[place]}: {heading}")
            for place, heading in enumerate(headings)
            if heading
        ]
        for each in Field:
            self[each.value].choices = choices


for _each, _text in labels.FIELDS.items():
    setattr(ColumnsForm, _each.value, SelectField(_l(_text), widget=GovSelect(), validators=[Optional()]))


class StartForm(LmsForm):
    """Bring them in: on which course, and whether they are invited now."""

    course = SelectField(
        _l("Course for rows that name none"),
        widget=GovSelect(),
        validators=[Optional()],
    )
    invite = BooleanField(
        _l("Invite them now"),
        description=_l(
            "Everybody with an e-mail address gets a link to join. Without the tick nobody is told anything."
        ),
        widget=Tick(),
    )

    def offer(self, courses: Sequence[tuple[str, str]]) -> None:
        """The courses for PAs."""
        self.course.choices = [SelectChoice("", _("No course")), *(SelectChoice(*each) for each in courses)]


class WhoForm(LmsForm):
    """Who somebody on the list is."""

    who = RadioField(_l("Who is this?"), widget=Radios(), validators=[InputRequired(_l("Choose one."))])

    def offer(self, maybe: Sequence[tuple[UUID, str]]) -> None:
        """Those who are here, somebody new, or nobody."""
        self.who.choices = [
            *(SelectChoice(str(id), name) for id, name in maybe),
            SelectChoice(NEW_ANSWER, _("Somebody new with the same name")),
            SelectChoice(OUT_ANSWER, _("Leave this row out")),
        ]
