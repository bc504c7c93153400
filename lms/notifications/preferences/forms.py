"""Forms: how somebody is told, their mobile number, and the code that confirms it."""

from datetime import time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.web.fields import Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.notifications.preferences.queries import Chosen
from lms.notifications.preferences.rules import CHOICES, Purpose, Way
from lms.notifications.preferences.services import LONGEST_ADDRESS, Choice
from lms.notifications.writing.labels import PURPOSES

WAYS = {
    Way.EMAIL: _l("E-mail"),
    Way.TEXT: _l("Text message"),
    Way.LETTER: _l("Letter"),
    Way.PAGE: _l("Only on my page in PALMS"),
}
_HOURS = [(f"{minutes // 60:02d}:{minutes % 60:02d}") for minutes in range(0, 24 * 60, 30)]


def _way(purpose: Purpose) -> SelectField:
    choices = [SelectChoice(way.value, WAYS[way]) for way in CHOICES[purpose]]
    return SelectField(_l(PURPOSES[purpose]), choices=choices, widget=GovSelect())


def _hour(label: Any) -> SelectField:
    return SelectField(label, choices=[SelectChoice(each, each) for each in _HOURS], widget=GovSelect())


class ChoiceForm(LmsForm):
    """How somebody is told."""

    decisions = _way(Purpose.DECISIONS)
    learning = _way(Purpose.LEARNING)
    reminders = _way(Purpose.REMINDERS)
    work = _way(Purpose.WORK)
    coordinator = _way(Purpose.COORDINATOR)
    digest = BooleanField(_l("One e-mail a day with everything, instead of one for each"), widget=Tick())
    quiet = BooleanField(_l("Nothing at night"), widget=Tick())
    quiet_from = _hour(_l("Night begins at"))
    quiet_until = _hour(_l("Night ends at"))
    sundays = BooleanField(_l("Nothing on Sundays"), widget=Tick())
    postal = TextAreaField(
        _l("Address for letters (optional)"),
        description=_l("Without your name, the postcode last. It is for letters from your council and nothing else."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_ADDRESS, message=_l("Shorten this to at most %(max)d characters."))],
    )

    def fill(self, chosen: Chosen) -> None:
        """Show what counts now."""
        for purpose in CHOICES:
            self[purpose.value].data = chosen.wishes.way(purpose).value
        wishes = chosen.wishes
        self.digest.data, self.quiet.data, self.sundays.data = wishes.digest, wishes.quiet, wishes.sundays
        self.quiet_from.data, self.quiet_until.data = _said(wishes.quiet_from), _said(wishes.quiet_until)
        self.postal.data = chosen.postal

    def choice(self) -> Choice:
        """What was chosen."""
        return Choice(
            ways={purpose: Way(self[purpose.value].data) for purpose in CHOICES},
            digest=bool(self.digest.data),
            quiet=bool(self.quiet.data),
            quiet_from=time.fromisoformat(self.quiet_from.data),
            quiet_until=time.fromisoformat(self.quiet_until.data),
            sundays=bool(self.sundays.data),
            postal=self.postal.data or "",
        )


def _said(clock: time) -> str:
    return f"{clock.hour:02d}:{30 if clock.minute >= 30 else 0:02d}"


class MobileForm(OnceForm):
    """A mobile number."""

    number = StringField(
        _l("Your mobile number"),
        description=_l("We send you a code, to see that it is yours."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your mobile number.")), Length(max=30)],
        render_kw={"type": "tel", "autocomplete": "tel"},
    )


class CodeForm(OnceForm):
    """The code that was sent."""

    code = StringField(
        _l("The code from the text message"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the six figures.")), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
