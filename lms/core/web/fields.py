"""Fields and widgets GOV.UK's WTForms package leaves to us: groups with their legend, and a day in three boxes."""

from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovDateInput, GovRadioInput
from wtforms import DateField, Field
from wtforms.validators import ValidationError

from lms.core.web.texts import _, _l


class _Grouped:
    """Adds the field's label as legend, so that a screen reader says the question with every choice."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]  # mixed in
        legend = params.setdefault("fieldset", {}).setdefault("legend", {"text": field.label.text})
        legend.setdefault("classes", "govuk-fieldset__legend--s")
        params["idPrefix"] = field.id
        if not field.description:
            params["hint"] = None
        return params


class Radios(_Grouped, GovRadioInput):
    """One choice of several, with the label as legend."""


class Checkboxes(_Grouped, GovCheckboxesInput):
    """Any number of choices, with the label as legend."""


class Tick(GovCheckboxInput):
    """A single box to tick: the label is the box's own."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        params["idPrefix"] = field.id
        if not field.description:
            params["hint"] = None
        return params


class DayBoxes(GovDateInput):
    """Day, month and year in boxes named in the reader's language; what was typed stays, however wrong."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:
        typed = list(field.raw_data or [])
        if not typed and field.data:
            typed = [str(field.data.day), str(field.data.month), str(field.data.year)]
        typed = [str(part)[:10] for part in [*typed, "", "", ""][:3]]
        wrong = " govuk-input--error" if field.errors else ""
        names = ((_("Day"), "2"), (_("Month"), "2"), (_("Year"), "4"))
        items = [
            {
                "label": label,
                "id": field.id if i == 0 else f"{field.id}-{i}",
                "name": field.name,
                "classes": f"govuk-input--width-{width}{wrong}",
                "value": value,
            }
            for i, ((label, width), value) in enumerate(zip(names, typed, strict=True))
        ]
        params = {
            "id": f"{field.id}-group",
            "fieldset": {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}},
            "hint": {"text": field.description} if field.description else None,
            "items": items,
            "errorMessage": {"text": field.errors[0]} if field.errors else None,
        }
        return self.merge_params(params, kwargs["params"]) if "params" in kwargs else params


class DayField(DateField):
    """A day typed in three boxes, between two years; the message says how to mend what is wrong."""

    widget = DayBoxes()

    def __init__(self, label: Any, *, earliest: int = 1900, latest: int = 2100, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.earliest, self.latest = earliest, latest

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Turn the three boxes into a date; ValueError with a sentence when they are not one."""
        parts = [str(part).strip() for part in valuelist]
        if len(parts) == 1 and parts[0].count("-") == 2:
            parts = parts[0].split("-")[::-1]
        if not any(parts):
            self.data = None
            return
        try:
            day, month, year = (int(part) for part in parts)
            self.data = date(year, month, day)
        except (ValueError, OverflowError) as error:
            raise ValueError(_("Enter a real date, such as 21 11 2026.")) from error
        if not self.earliest <= year <= self.latest:
            raise ValueError(_("Enter a year between %(a)s and %(b)s.", a=self.earliest, b=self.latest))


class DayNeeded:
    """A day has to be given."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is None and not field.errors:
            raise ValidationError(str(_l("Enter a date.")))
