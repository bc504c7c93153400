"""Forms of reports: ask for one, and what an authority sets about them."""

from datetime import date

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import NumberRange

from lms.core.web.fields import DayField, DayNeeded
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.programme.reports.hiding import LEAST, MOST
from lms.programme.reports.kinds import ReportKind
from lms.programme.reports.services import LEAST_YEARS, MOST_YEARS
from lms.programme.reports.words import KINDS


class ReportForm(OnceForm):
    """What a report is about, and from when to when."""

    kind = SelectField(_l("What it is about"), widget=GovSelect())
    first = DayField(_l("First day"), description=_l("For example 1 4 2026"), earliest=2010, validators=[DayNeeded()])
    last = DayField(
        _l("Last day"),
        description=_l("For example 31 3 2027. Today at the latest, and one year after the first day at most."),
        earliest=2010,
        validators=[DayNeeded()],
    )

    def offer(self, kinds: list[ReportKind], today: date) -> None:
        """Fill in what may be asked for, and the council's year so far."""
        self.kind.choices = [SelectChoice(kind.value, _l(KINDS[kind])) for kind in kinds]
        if not self.is_submitted():
            year = today.year if today >= date(today.year, 4, 1) else today.year - 1
            self.first.data, self.last.data = date(year, 4, 1), today


class SettingForm(LmsForm):
    """Under how many people a number is kept back, and for how many years reports are kept."""

    threshold = IntegerField(
        _l("Keep back numbers about fewer people than"),
        widget=GovTextInput(),
        description=_l("From 3 to 20. It counts for reports you make from now on."),
        validators=[NumberRange(LEAST, MOST, _l("Choose a number of people from 3 to 20."))],
    )
    keep_years = IntegerField(
        _l("Keep reports for so many years"),
        widget=GovTextInput(),
        description=_l("From 1 to 30. After that a report and its files are deleted."),
        validators=[NumberRange(LEAST_YEARS, MOST_YEARS, _l("Choose a number of years from 1 to 30."))],
    )
