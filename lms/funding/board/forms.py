"""The form on which a year-end statement is asked for."""

from datetime import date
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from lms.core.web.fields import DayField, DayNeeded
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l


class StatementForm(OnceForm):
    """Which organisation, which year, and the day at whose end the money is shown."""

    claimant = SelectField(_l("Organisation"), widget=GovSelect())
    year = SelectField(_l("Year"), widget=GovSelect())
    as_at = DayField(
        _l("Show the money as it stood at the end of"),
        description=_l("For example 31 3 2027. Today at the latest."),
        earliest=2010,
        latest=2100,
        validators=[DayNeeded()],
    )

    def offer(self, claimants: dict[UUID, str], today: date) -> None:
        """Fill in the organisations, by name, and the financial years from this one back."""
        named = sorted(claimants.items(), key=lambda each: each[1])
        self.claimant.choices = [SelectChoice(str(id), name) for id, name in named]
        newest = today.year if today >= date(today.year, 4, 1) else today.year - 1
        self.year.choices = [
            SelectChoice(str(year), _l("1 April %(year)s to 31 March %(next)s", year=year, next=year + 1))
            for year in range(newest, newest - 6, -1)
        ]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the year; only of a form that validated."""
        year = int(self.year.data)
        return date(year, 4, 1), date(year + 1, 3, 31)
