"""What the editor can ask for: each question knows its fields, how a rule file's value fills them, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.core.words import N_, Refused
from lms.register.across import Codes
from lms.register.authoring.learning import choices, shown

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_WHOLE = _l("Enter a whole number between %(min)s and %(max)s.")
LINE, TEXT = 200, 2_000
"""Characters of a line and of a longer text."""

Data = Mapping[str, Any]
Named = Mapping[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question. `needed` is what to say when it is left empty; without it, empty is allowed.

    What is written on a line may have to fit a pattern; `unfit` says how.
    """

    name: str
    label: Any
    hint: Any = ""
    needed: Any = None
    pattern: str = ""
    unfit: Any = ""

    def fields(self) -> dict[str, Field]:
        """The fields by name; the first is where a mistake is shown."""
        checks = [Length(max=LINE, message=_TOO_LONG)]
        fitting = [Regexp(self.pattern, message=self.unfit)] if self.pattern else []
        return {self.name: StringField(self.label, widget=GovTextInput(), **self._common(*checks, *fitting))}

    def filled(self, value: Any) -> dict[str, Any]:
        """What stands in the fields for a value of the rule file."""
        return {self.name: value}

    def written(self, form: OnceForm, known: Codes) -> Any:
        """The value for the rule file; None leaves it out. Refused with a sentence when it cannot be one."""
        return (form[self.name].data or "").strip() or None

    def _common(self, *checks: Any) -> dict[str, Any]:
        needed = [InputRequired(self.needed)] if self.needed is not None else [Optional()]
        return {"description": self.hint, "validators": [*needed, *checks]}


@dataclass(frozen=True, kw_only=True)
class Both(Ask):
    """A text in both languages."""

    long: bool = False

    def fields(self) -> dict[str, Field]:
        return {
            f"{self.name}_en": self._field(self.label, self.hint, self.needed),
            f"{self.name}_cy": self._field(_l("The same in Welsh (optional)"), "", None),
        }

    def _field(self, label: Any, hint: Any, needed: Any) -> Field:
        longest = TEXT if self.long else LINE
        checks = [InputRequired(needed) if needed is not None else Optional(), Length(max=longest, message=_TOO_LONG)]
        if self.long:
            return TextAreaField(
                label, description=hint, validators=checks, widget=GovTextArea(), render_kw={"rows": 3}
            )
        return StringField(label, description=hint, validators=checks, widget=GovTextInput())

    def filled(self, value: Any) -> dict[str, Any]:
        said = {"en": value} if isinstance(value, str) else value or {}
        return {f"{self.name}_en": said.get("en"), f"{self.name}_cy": said.get("cy")}

    def written(self, form: OnceForm, known: Codes) -> Any:
        english = (form[f"{self.name}_en"].data or "").strip()
        welsh = (form[f"{self.name}_cy"].data or "").strip()
        return {"en": english, "cy": welsh or None} if english else None


@dataclass(frozen=True, kw_only=True)
class Lines(Ask):
    """Several texts in both languages, one a line."""

    most: int = 40

    def fields(self) -> dict[str, Field]:
        def field(label: Any, hint: Any) -> Field:
            checks = [Optional(), Length(max=20_000)]
            return TextAreaField(
                label, description=hint, widget=GovTextArea(), validators=checks, render_kw={"rows": 10}
            )

        welsh = field(_l("The same in Welsh (optional)"), _l("The same number of lines, in the same order."))
        return {f"{self.name}_en": field(self.label, self.hint), f"{self.name}_cy": welsh}

    def filled(self, value: Any) -> dict[str, Any]:
        said = [{"en": each} if isinstance(each, str) else each for each in value or ()]
        welsh = [each.get("cy") or "" for each in said]
        return {
            f"{self.name}_en": "\n".join(each["en"] for each in said),
            f"{self.name}_cy": "\n".join(welsh) if any(welsh) else "",
        }

    def written(self, form: OnceForm, known: Codes) -> Any:
        english = [line.strip() for line in (form[f"{self.name}_en"].data or "").splitlines() if line.strip()]
        welsh = [line.strip() for line in (form[f"{self.name}_cy"].data or "").splitlines() if line.strip()]
        if welsh and len(welsh) != len(english):
            raise Refused(N_("The Welsh has to have as many lines as the English, in the same order."))
        if len(english) > self.most:
            raise Refused(N_("Write at most %(most)s lines."), most=self.most)
        return [{"en": en, "cy": welsh[i] if welsh else None} for i, en in enumerate(english)]


@dataclass(frozen=True, kw_only=True)
class Number(Ask):
    """A whole number between two."""

    least: int = 1
    most: int = 600

    def fields(self) -> dict[str, Field]:
        between = NumberRange(self.least, self.most, message=_WHOLE)
        widget = GovTextInput()
        shape = {"classes": "govuk-input--width-4", "inputmode": "numeric"}
        return {
            self.name: IntegerField(self.label, widget=widget, render_kw={"params": shape}, **self._common(between))
        }

    def written(self, form: OnceForm, known: Codes) -> Any:
        return form[self.name].data


@dataclass(frozen=True, kw_only=True)
class Numbers(Ask):
    """Several whole numbers with commas between them."""

    def filled(self, value: Any) -> dict[str, Any]:
        return {self.name: ", ".join(map(str, value or ()))}

    def written(self, form: OnceForm, known: Codes) -> Any:
        parts = [part.strip() for part in (form[self.name].data or "").split(",") if part.strip()]
        if any(not part.isascii() or not part.isdigit() or len(part) > 4 for part in parts):
            raise Refused(N_("Write whole numbers with commas between them, such as 60, 30, 7."))
        return [int(part) for part in parts]


@dataclass(frozen=True, kw_only=True)
class Names(Ask):
    """Several codes with commas between them."""

    def filled(self, value: Any) -> dict[str, Any]:
        return {self.name: ", ".join(value or ())}

    def written(self, form: OnceForm, known: Codes) -> Any:
        return [part.strip() for part in (form[self.name].data or "").split(",") if part.strip()]


@dataclass(frozen=True, kw_only=True)
class Yes(Ask):
    """A box to tick."""

    def fields(self) -> dict[str, Field]:
        return {self.name: BooleanField(self.label, description=self.hint, widget=Tick())}

    def written(self, form: OnceForm, known: Codes) -> Any:
        return bool(form[self.name].data)


@dataclass(frozen=True, kw_only=True)
class One(Ask):
    """One of several. `empty` is how leaving it open is called, where that is allowed."""

    of: Named
    empty: Any = None
    as_list: bool = False

    def fields(self) -> dict[str, Field]:
        options = [SelectChoice(str(value), label) for value, label in self.of.items()]
        if self.empty is not None:
            options = [SelectChoice("", self.empty), *options]
        if self.as_list:
            return {self.name: SelectField(self.label, choices=options, widget=GovSelect(), description=self.hint)}
        checks = [] if self.empty is not None else [InputRequired(self.needed or _l("Choose one."))]
        return {
            self.name: RadioField(
                self.label, choices=options, widget=Radios(), description=self.hint, validators=checks
            )
        }

    def filled(self, value: Any) -> dict[str, Any]:
        return {self.name: value if value is not None else ""}

    def written(self, form: OnceForm, known: Codes) -> Any:
        return form[self.name].data or None


@dataclass(frozen=True, kw_only=True)
class Several(Ask):
    """Any number of several."""

    of: Named

    def fields(self) -> dict[str, Field]:
        options = [SelectChoice(str(value), label) for value, label in self.of.items()]
        return {
            self.name: SelectMultipleField(
                self.label, choices=options, widget=Checkboxes(), description=self.hint, validators=[Optional()]
            )
        }

    def filled(self, value: Any) -> dict[str, Any]:
        return {self.name: list(value or ())}

    def written(self, form: OnceForm, known: Codes) -> Any:
        return list(form[self.name].data or ())


@dataclass(frozen=True, kw_only=True)
class Day(Ask):
    """A day."""

    def fields(self) -> dict[str, Field]:
        checks = [DayNeeded()] if self.needed is not None else [Optional()]
        return {self.name: DayField(self.label, description=self.hint, validators=checks)}

    def filled(self, value: Any) -> dict[str, Any]:
        try:
            return {self.name: date.fromisoformat(str(value)) if value else None}
        except ValueError:
            return {self.name: None}

    def written(self, form: OnceForm, known: Codes) -> Any:
        day = form[self.name].data
        return day.isoformat() if day else None


@dataclass(frozen=True, kw_only=True)
class Learning(Ask):
    """Learning that counts, one way a line."""

    def fields(self) -> dict[str, Field]:
        rows = {"rows": 5}
        return {
            self.name: TextAreaField(
                self.label, widget=GovTextArea(), render_kw=rows, **self._common(Length(max=5_000))
            )
        }

    def shown(self, value: Any, known: Codes) -> str:
        """A rule file's choices, as they are typed."""
        return shown(value or (), known)

    def written(self, form: OnceForm, known: Codes) -> Any:
        return choices(form[self.name].data or "", known)


def form_class(asks: Sequence[Ask]) -> type[OnceForm]:
    """A form that asks these questions, in their order."""
    fields = {name: field for ask in asks for name, field in ask.fields().items()}
    return type("SectionForm", (OnceForm,), fields)


def filled(asks: Sequence[Ask], value: Data, known: Codes) -> dict[str, Any]:
    """What stands in the fields for a section of a draft."""
    found: dict[str, Any] = {}
    for ask in asks:
        there = value.get(ask.name)
        found |= {ask.name: ask.shown(there, known)} if isinstance(ask, Learning) else ask.filled(there)
    return found


def written(asks: Sequence[Ask], form: OnceForm, before: Data, known: Codes) -> dict[str, Any] | None:
    """A section as the form says it; what the form does not ask for stays as it was. None, with errors in the form,
    when something cannot be read."""
    asked = {ask.name for ask in asks}
    found = {name: value for name, value in before.items() if name not in asked}
    for ask in asks:
        try:
            value = ask.written(form, known)
        except Refused as refusal:
            _wrong(form, ask, refusal.said(_))
            continue
        if value not in (None, [], ()) or (isinstance(value, list) and ask.name in before):
            found[ask.name] = value
    return None if any(field.errors for field in form) else found


def blame(asks: Sequence[Ask], form: OnceForm, where: Sequence[str | int], said: str) -> None:
    """Put a mistake at the field it is about, or at the top of the form when none is."""
    name = str(where[0]) if where else ""
    ask = next((ask for ask in asks if ask.name == name), None)
    if ask is None:
        form.refuse(said)
    else:
        _wrong(form, ask, said)


def _wrong(form: OnceForm, ask: Ask, said: str) -> None:
    field = form[next(iter(ask.fields()))]
    field.errors = [*field.errors, said]
