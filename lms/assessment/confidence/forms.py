"""How sure somebody feels of a few standards at a time."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from lms.assessment.confidence.rules import Sure
from lms.assessment.content import Unit
from lms.core.web.fields import Radios
from lms.core.web.forms import LmsForm
from lms.core.web.texts import _, _l, language

SAYS: dict[Sure, Any] = {
    Sure.NOT_YET: _l("I do not know much about this yet"),
    Sure.A_LITTLE: _l("I know a little"),
    Sure.MOSTLY: _l("I know most of it"),
    Sure.SURE: _l("I feel sure of it"),
}
"""What pages say for how sure somebody feels."""

REASONS: dict[Sure | None, Any] = {
    Sure.NOT_YET: _l("You do not know much about this yet."),
    Sure.A_LITTLE: _l("You know a little about this."),
    None: _l("You have not said how sure you feel of this."),
    Sure.MOSTLY: _l("You know most of this."),
    Sure.SURE: _l("You feel sure of this, so it may go quickly."),
}
"""Why a standard is suggested; what is left to show is said after it."""

_CHOICES = [SelectChoice(str(sure), text) for sure, text in SAYS.items()]


class PartForm(LmsForm):
    """A few standards, each with the four answers; none of them has to be given."""

    def said(self) -> dict[str, Sure]:
        """What was chosen, by the code of the standard."""
        return {field.name: Sure(field.data) for field in self if field.data}


def part_form(units: Sequence[Unit]) -> type[PartForm]:
    """A form about these standards."""
    return type("AskedPartForm", (PartForm,), {unit.code: _asked(unit) for unit in units})


def _asked(unit: Unit) -> RadioField:
    tongue = language()
    return RadioField(
        _("Standard %(number)s: %(title)s", number=unit.number, title=unit.title.text(tongue)),
        description=unit.about.text(tongue) if unit.about else "",
        choices=_CHOICES,
        widget=Radios(),
        validators=[Optional()],
    )
