"""What an assessor or coordinator notes of a conversation in which a learner said what they know."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.assessment.knowledge.rules import LONGEST_NOTE, LONGEST_WORD
from lms.assessment.knowledge.services import Heard
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.learning.states import Judged

_LONG = _l("Shorten this to at most %(max)d characters.")


class HearForm(OnceForm):
    """What it was about, the day, what was asked, what was said, and met or not yet."""

    outcomes = SelectMultipleField(
        _l("What was it about?"), widget=Checkboxes(), description=_l("Choose all that the learner spoke about.")
    )
    held_on = DayField(_l("Which day was it?"), earliest=2020, validators=[DayNeeded()])
    asked = TextAreaField(
        _l("What did you ask?"),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Note what you asked.")), Length(max=LONGEST_NOTE, message=_LONG)],
    )
    said = TextAreaField(
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Note what they said. A few words are enough.")),
            Length(max=LONGEST_NOTE, message=_LONG),
        ],
    )
    judged = RadioField(
        _l("What do you make of it?"),
        choices=[
            SelectChoice(str(Judged.MET), _l("Met: they know all of what I chose above")),
            SelectChoice(str(Judged.NOT_YET), _l("Not yet: something is still missing")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose “Met” or “Not yet”."))],
    )
    word = TextAreaField(widget=GovTextArea(), validators=[Length(max=LONGEST_WORD, message=_LONG)])

    _earliest: date = date.min
    _latest: date = date.max

    def offer(self, outcomes: Iterable[tuple[str, str, bool]]) -> None:
        """What can be chosen: code, words, and whether it was shown before."""
        self.outcomes.choices = [
            SelectChoice(code, _("%(outcome)s (shown before)", outcome=words) if shown else words)
            for code, words, shown in outcomes
        ]

    def for_learner(self, name: str, earliest: date, latest: date) -> None:
        """Put the learner's name into what is asked; the days on which it can have been."""
        self._earliest, self._latest = earliest, latest
        self.said.label.text = _("What did %(name)s say?", name=name)
        self.said.description = _("In note form. Leave out names and anything about the home of the person they help.")
        self.word.label.text = _("Your word to %(name)s", name=name)
        self.word.description = _("Needed when you choose “Not yet”. %(name)s reads all of this page.", name=name)

    def validate_outcomes(self, field: Any) -> None:
        """Something has to be chosen."""
        if not field.data:
            raise ValidationError(_("Choose what the conversation was about."))

    def validate_held_on(self, field: Any) -> None:
        """Neither in the future nor before the learner began."""
        if field.data and field.data > self._latest:
            raise ValidationError(_("This day has not come yet. Choose the day on which you spoke."))
        if field.data and field.data < self._earliest:
            raise ValidationError(_("This day is before they joined the course. Choose a day since then."))

    def validate_word(self, field: Any) -> None:
        """“Not yet” says what is still missing."""
        if self.judged.data == Judged.NOT_YET and not (field.data or "").strip():
            raise ValidationError(_("Write what is still missing, so that they know what to work on."))

    def heard(self, module: str) -> Heard:
        """What was noted, once the form is valid."""
        assert self.held_on.data
        return Heard(
            module=module,
            outcomes=tuple(self.outcomes.data or ()),
            on=self.held_on.data,
            asked=self.asked.data or "",
            said=self.said.data or "",
            judged=Judged(self.judged.data),
            word=self.word.data or "",
        )
