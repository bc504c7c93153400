"""Forms of vacancies. What is typed is bounded again where it is stored."""

import re
from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.register.directory import labels
from lms.register.directory.forms import TOO_LONG, MessageForm
from lms.register.directory.profile import LANGUAGES, LONGEST_CALLED, TIMES
from lms.register.vacancies.text import LONGEST_TEXT, LONGEST_TITLE, VacancyWords
from lms.register.vacancies.words import EndReason

_POUNDS = re.compile(r"£?\s*(\d{1,3})(?:[.,](\d{2}))?")


class VacancyForm(OnceForm):
    """A vacancy as a household writes it. There is no field for an address, a telephone number or health."""

    title = StringField(
        _l("Heading"),
        description=_l("For example “Weekend mornings with a keen gardener”."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Write a heading.")), Length(max=LONGEST_TITLE, message=TOO_LONG)],
    )
    text = TextAreaField(
        _l("What is the work, and who would suit you?"),
        description=_l(
            "Say what you want done and what you enjoy. Leave out your address, your telephone number and your "
            "health: you choose what to tell a PA later."
        ),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Say what the work is.")), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )
    called = StringField(
        _l("What may PAs call you?"),
        description=_l("A first name is enough. A PA reads it once they have answered."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Write the name by which they may call you.")),
            Length(max=LONGEST_CALLED, message=TOO_LONG),
        ],
    )
    area = SelectField(_l("Area"), description=_l("Not your address."), widget=GovSelect(), validators=[Optional()])
    times = SelectMultipleField(_l("When is the work?"), choices=[SelectChoice(code, code) for code in TIMES])
    hours = RadioField(
        _l("How many hours?"),
        choices=[SelectChoice(code, _l(label)) for code, label in labels.HOURS.items()],
        widget=Radios(),
        validators=[Optional()],
    )
    languages = SelectMultipleField(
        _l("Languages that would help"), choices=[SelectChoice(code, code) for code in LANGUAGES]
    )
    pay = StringField(
        _l("Pay for one hour (optional)"),
        description=_l("In pounds, for example 12.60."),
        widget=GovTextInput(),
        render_kw={"inputmode": "decimal"},
        validators=[Optional(), Length(max=12, message=TOO_LONG)],
    )

    def validate_pay(self, field: Field) -> None:
        """Pounds, with pence or without."""
        if field.data and not _POUNDS.fullmatch(field.data.strip()):
            raise ValidationError(_("Enter the pay for one hour in pounds and pence, such as 12.60."))

    def offer(self, areas: Sequence[str]) -> None:
        """The areas to choose from; the question is left out where there are none."""
        if not areas:
            del self.area
            return
        self.area.choices = [SelectChoice("", _l("Choose an area")), *(SelectChoice(each, each) for each in areas)]

    def begin_with(self, words: VacancyWords) -> None:
        """What was written before."""
        for name, value in words.data().items():
            if name in self:
                self[name].data = value
        self.pay.data = f"{words.pay / 100:.2f}" if words.pay else ""

    def written(self) -> VacancyWords:
        """What was typed."""
        pay = _POUNDS.fullmatch((self.pay.data or "").strip())
        return VacancyWords(
            title=self.title.data or "",
            text=self.text.data or "",
            called=self.called.data or "",
            area=(self.area.data or "") if "area" in self else "",
            times=tuple(self.times.data or ()),
            hours=self.hours.data or "",
            languages=tuple(self.languages.data or ()),
            pay=int(pay[1]) * 100 + int(pay[2] or 0) if pay else None,
        )


class AnswerForm(MessageForm):
    """A PA answers a vacancy."""

    text = TextAreaField(
        _l("Your answer"),
        description=_l("Say why this work would suit you, and when you could begin. Your profile goes with it."),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Write a few words.")), Length(max=1000, message=TOO_LONG)],
    )


class EndForm(OnceForm):
    """The household ends its vacancy."""

    why = RadioField(
        _l("Why does it end?"),
        choices=[
            SelectChoice(EndReason.FILLED.value, _l("I have found a PA")),
            SelectChoice(EndReason.NOT_NEEDED.value, _l("I do not look for anybody any more")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose why it ends."))],
    )
