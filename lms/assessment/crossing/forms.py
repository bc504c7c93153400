"""An award somebody says they hold, and the words for what the gap list says in codes."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.assessment.content import Framework, HowSure
from lms.assessment.crossing.gap import Grade
from lms.assessment.crossing.rules import LONGEST_PROOF, LONGEST_SIGNER
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l, language
from lms.core.words import N_

GRADES = {
    Grade.NEW: N_("New in %(edition)s"),
    Grade.CHANGED: N_("Changed"),
    Grade.MOVED: N_("Moved, nothing else"),
    Grade.NOT_ESTABLISHED: N_("Not established"),
    Grade.SAME: N_("Unchanged"),
}
"""What pages call the grades."""

SURE: dict[Any, str] = {
    HowSure.FOUND: N_("Seen in public material."),
    HowSure.RECALLED: N_("From general knowledge, not seen: check it."),
    HowSure.INFERRED: N_("Worked out from what was seen, not seen itself."),
    "ours": N_("Our own proposal."),
    None: N_("How sure this is was not noted."),
}
"""What pages say for how sure something is."""


class DayOrMonth(DayField):
    """A day in three boxes of which the first may stay empty: `day_known` says whether it was filled in."""

    day_known = True

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Turn the boxes into a date, the first of the month where no day is given."""
        parts = [str(part).strip() for part in valuelist]
        self.day_known = not (len(parts) == 3 and not parts[0] and any(parts))
        super().process_formdata(parts if self.day_known else ["1", *parts[1:]])


class AwardForm(OnceForm):
    """Which award, when, who signed it, and where the proof is."""

    edition = RadioField(
        _l("Which award do you hold?"),
        widget=Radios(),
        validators=[InputRequired(_l("Choose which award you hold."))],
    )
    awarded_on = DayOrMonth(
        _l("When was it signed?"),
        description=_l("For example, 21 11 2019. Leave the day empty if you only know the month."),
        validators=[DayNeeded()],
        earliest=2014,
    )
    signed_by = StringField(
        _l("Which organisation signed it?"),
        description=_l(
            "The place where you worked, for example a care home or a council. Do not write a person's name."
        ),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter the organisation that signed the award.")),
            Length(max=LONGEST_SIGNER, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
    proof = TextAreaField(
        _l("Where is the proof? (optional)"),
        description=_l("For example: the certificate is in my folder at home."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_PROOF, message=_l("Shorten this to at most %(max)d characters."))],
    )

    def offer(self, standards: Sequence[Framework]) -> None:
        """The editions to choose from; one's title is in the language of the page."""
        self.edition.choices = [SelectChoice(each.code, each.title.text(language())) for each in standards]
