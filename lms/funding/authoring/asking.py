"""What the editor can ask for: each question knows its field, how a file's value fills it, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, Field, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from lms.core.web.fields import Checkboxes, DayField, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.core.words import N_, Refused
from lms.funding.authoring.editing import at
from lms.funding.money import pence_in

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_WHOLE = _l("Enter a whole number between %(min)s and %(max)s.")
LINE, TEXT = 200, 2_000
"""Characters of a line and of a longer text."""

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question about the value at a path. `needed` is what to say when it is left empty; else empty is allowed.

    `group` is a heading that begins with this question.
    """

    path: str
    label: Any
    hint: Any = ""
    needed: Any = None
    pattern: str = ""
    unfit: Any = ""
    group: Any = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return self.path.replace(".", "__")

    def field(self) -> Field:
        """The field; here a line of text."""
        checks = [Length(max=LINE, message=_TOO_LONG)]
        fitting = [Regexp(self.pattern, message=self.unfit)] if self.pattern else []
        return StringField(self.label, widget=GovTextInput(), **self._common(*checks, *fitting))

    def filled(self, value: Any) -> Any:
        """What stands in the field for a value of the file."""
        return value

    def written(self, field: Field) -> Any:
        """The value for the file; None leaves it out. Refused with a sentence when it cannot be one."""
        return (field.data or "").strip() or None

    def _common(self, *checks: Any) -> dict[str, Any]:
        needed = [InputRequired(self.needed)] if self.needed is not None else [Optional()]
        return {"description": self.hint, "validators": [*needed, *checks]}


@dataclass(frozen=True, kw_only=True)
class Long(Ask):
    """A longer text."""

    def field(self) -> Field:
        widget = GovTextArea()
        return TextAreaField(
            self.label, widget=widget, render_kw={"rows": 3}, **self._common(Length(max=TEXT, message=_TOO_LONG))
        )


@dataclass(frozen=True, kw_only=True)
class Pounds(Ask):
    """An amount typed in pounds, kept in pence."""

    def field(self) -> Field:
        shape = {"classes": "govuk-input--width-10", "inputmode": "decimal", "prefix": {"text": "£"}}
        return StringField(self.label, widget=GovTextInput(), render_kw={"params": shape}, **self._common())

    def filled(self, value: Any) -> Any:
        pence = value if isinstance(value, int) else None
        return "" if pence is None else f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"

    def written(self, field: Field) -> Any:
        typed = (field.data or "").strip()
        pence = pence_in(typed) if typed else None
        if typed and pence is None:
            raise Refused(N_("Enter an amount in pounds and whole pence, such as 75 or 75.50."))
        return pence


@dataclass(frozen=True, kw_only=True)
class Number(Ask):
    """A whole number between two."""

    least: int = 0
    most: int = 100_000

    def field(self) -> Field:
        between = NumberRange(self.least, self.most, message=_WHOLE)
        shape = {"classes": "govuk-input--width-5", "inputmode": "numeric"}
        return IntegerField(self.label, widget=GovTextInput(), render_kw={"params": shape}, **self._common(between))

    def written(self, field: Field) -> Any:
        return field.data


@dataclass(frozen=True, kw_only=True)
class Names(Ask):
    """Several codes with commas between them."""

    def filled(self, value: Any) -> Any:
        return ", ".join(map(str, value or ()))

    def written(self, field: Field) -> Any:
        return [part.strip() for part in (field.data or "").split(",") if part.strip()] or None


@dataclass(frozen=True, kw_only=True)
class Yes(Ask):
    """A box to tick; `says` is what the file says when it is ticked."""

    says: Any = True

    def field(self) -> Field:
        return BooleanField(self.label, description=self.hint, widget=Tick())

    def filled(self, value: Any) -> Any:
        return value == self.says

    def written(self, field: Field) -> Any:
        return self.says if field.data else None


@dataclass(frozen=True, kw_only=True)
class One(Ask):
    """One of several. `empty` is how leaving it open is called, where that is allowed."""

    of: Mapping[Any, Any]
    empty: Any = None
    unsaid: Any = ""

    def field(self) -> Field:
        options = [SelectChoice(str(value), _(label)) for value, label in self.of.items()]
        if self.empty is not None:
            options = [SelectChoice("", self.empty), *options]
        return SelectField(self.label, choices=options, widget=GovSelect(), description=self.hint)

    def filled(self, value: Any) -> Any:
        return str(self.unsaid) if value is None else str(value)

    def written(self, field: Field) -> Any:
        chosen = next((value for value in self.of if str(value) == field.data), None)
        return str(chosen) if isinstance(chosen, str) else chosen


@dataclass(frozen=True, kw_only=True)
class Several(Ask):
    """Any number of several."""

    of: Mapping[Any, Any]
    keep_empty: bool = False

    def field(self) -> Field:
        options = [SelectChoice(str(value), _(label)) for value, label in self.of.items()]
        checks = [Optional()] if self.needed is None else [InputRequired(self.needed)]
        return SelectMultipleField(
            self.label, choices=options, widget=Checkboxes(), description=self.hint, validators=checks
        )

    def filled(self, value: Any) -> Any:
        return [str(each) for each in value or ()]

    def written(self, field: Field) -> Any:
        return list(field.data or ()) or ([] if self.keep_empty else None)


@dataclass(frozen=True, kw_only=True)
class Day(Ask):
    """A day."""

    def field(self) -> Field:
        return DayField(self.label, description=self.hint, validators=[Optional()])

    def filled(self, value: Any) -> Any:
        try:
            return date.fromisoformat(str(value)) if value else None
        except ValueError:
            return None

    def written(self, field: Field) -> Any:
        return field.data.isoformat() if field.data else None


def form_class(asks: Sequence[Ask]) -> type[OnceForm]:
    """A form that asks these questions, in their order."""
    return type("PlaceForm", (OnceForm,), {ask.name: ask.field() for ask in asks})


def filled(asks: Sequence[Ask], entry: Data) -> dict[str, Any]:
    """What stands in the fields for an entry of a draft."""
    return {ask.name: ask.filled(at(entry, ask.path)) for ask in asks}


def written(asks: Sequence[Ask], form: OnceForm) -> dict[str, Any] | None:
    """The values at their paths as the form says them. None, with errors in the form, when something cannot be read."""
    found: dict[str, Any] = {}
    for ask in asks:
        try:
            found[ask.path] = ask.written(form[ask.name])
        except Refused as refusal:
            _wrong(form, ask, refusal.said(_))
    return None if any(field.errors for field in form) else found


def blame(asks: Sequence[Ask], form: OnceForm, where: Sequence[str | int], said: str) -> None:
    """Put a mistake at the field it is about, or at the top of the form when none is."""
    path = ".".join(str(part) for part in where if isinstance(part, str))
    ask = next((ask for ask in asks if ask.path == path or path.startswith(f"{ask.path}.")), None)
    ask = ask or next((ask for ask in asks if path and ask.path.startswith(f"{path}.")), None)
    if ask is None:
        form.refuse(said)
    else:
        _wrong(form, ask, said)


def _wrong(form: OnceForm, ask: Ask, said: str) -> None:
    field = form[ask.name]
    field.errors = [*field.errors, said]
