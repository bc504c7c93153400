"""The form with which a work on many is begun: first what and for whom, then what that kind needs to know more."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from lms.core.web.fields import Checkboxes, DayField, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.programme.bulk.choosing import LONGEST
from lms.programme.bulk.labels import WHATS
from lms.programme.bulk.words import What

MOST_ASSESSORS = 20

NEEDS: Mapping[What, tuple[str, ...]] = {
    What.INVITE: ("course",),
    What.ENROL: ("course",),
    What.AREA: ("area",),
    What.GROUP: ("group", "out_of"),
    What.ALLOCATE: ("assessors", "most", "until"),
    What.EXTEND: ("until",),
    What.PROLONG: ("until",),
    What.CERTIFY: ("certificate",),
    What.REMIND: (),
    What.LEAVE: (),
}
"""What each kind asks for more."""

_MAY_BE_EMPTY = {(What.INVITE, "course"), (What.GROUP, "out_of"), (What.ALLOCATE, "most"), (What.ALLOCATE, "until")}


def _choose(label: Any, description: Any = "") -> SelectField:
    return SelectField(
        label, description=description, widget=GovSelect(), validators=[Optional()], choices=[], validate_choice=False
    )


class BeginForm(OnceForm):
    """What is done for whom. `chosen` carries who was chosen on a list; without it they are pasted in."""

    step = HiddenField()
    chosen = HiddenField()
    pasted = TextAreaField(
        _l("For whom? One person on each line"),
        description=_l("E-mail addresses, usernames, whole names or identifiers."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST, message=_l("Paste at most %(max)d characters at once."))],
    )
    what = RadioField(
        _l("What should be done?"),
        choices=[SelectChoice(what.value, _l(said)) for what, (said, _hint) in WHATS.items()],
        widget=Radios(),
        validators=[Optional()],
        validate_choice=False,
    )
    course = _choose(_l("Which course?"))
    certificate = _choose(_l("Which certificate?"))
    area = _choose(_l("Which area?"))
    group = _choose(_l("Into which group?"))
    out_of = _choose(_l("Out of which group?"), _l("If they leave one for it."))
    assessors = SelectMultipleField(
        _l("Who can take them?"),
        description=_l("Learners go to whoever has fewest."),
        widget=Checkboxes(),
        validators=[Optional(), Length(max=MOST_ASSESSORS, message=_l("Choose at most %(max)d."))],
        validate_choice=False,
    )
    most = StringField(
        _l("How many learners may one of them have in all?"),
        description=_l("Counting those they have today. Leave it empty for no limit."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=6, message=_l("Enter a whole number, such as 12."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    until = DayField(_l("Up to and including which day?"), earliest=2020, latest=2100, validators=[Optional()])

    def offer(self, offered: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Put in the choices there are, by field."""
        for name, choices in offered.items():
            listed = [SelectChoice(value, label) for value, label in choices]
            first = [] if name == "assessors" else [SelectChoice("", _("Choose"))]
            self[name].choices = [*first, *listed]

    def kind(self) -> What | None:
        """The kind that was chosen; None before, and for a code that is none of those offered."""
        return What(self.what.data) if self.what.data in {each.value for each in WHATS} else None

    def details(self, what: What, today: date) -> dict[str, Any] | None:
        """What the kind needs, as it is kept; None when something is missing, which its field then says."""
        found = {name: self._kept(what, name, today) for name in NEEDS[what]}
        return None if any(self[name].errors for name in NEEDS[what]) else {k: v for k, v in found.items() if v}

    def _kept(self, what: What, name: str, today: date) -> Any:
        value = self._offered(name)
        if not value and (what, name) not in _MAY_BE_EMPTY and not self[name].errors:
            self._say(name, _("Enter a date.") if name == "until" else _("Choose one."))
        if name == "most" and value:
            if value.isascii() and value.isdigit() and int(value) > 0:
                return int(value)
            self._say(name, _("Enter a whole number, such as 12."))
        if isinstance(value, date):
            if value < today:
                self._say(name, _("Choose a last day that has not passed."))
            return value.isoformat()
        return value

    def _offered(self, name: str) -> Any:
        """What was chosen, without what was never offered."""
        field = self[name]
        if not isinstance(field, SelectField | SelectMultipleField):
            return field.data
        there = {each.value for each in field.choices or ()}  # type: ignore[union-attr]  # all are made above
        if isinstance(field.data, list):
            return [each for each in field.data if each in there]
        return field.data if field.data in there else ""

    def _say(self, name: str, sentence: str) -> None:
        self[name].errors = [*self[name].errors, sentence]
