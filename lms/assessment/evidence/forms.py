"""Forms with which evidence is offered: by a learner, by an assessor; and with which it is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from lms.assessment.admission import WRONG_DAYS
from lms.assessment.deciding.queries import UnitStand
from lms.assessment.evidence.choosing import LONGEST_FIND, MOST_LINES, open_lines
from lms.assessment.evidence.labels import ASSESSORS_KINDS, KINDS, OWN_KINDS, OWN_WRONG_DAYS
from lms.assessment.evidence.rules import ASKED_FOR, FROM_BEFORE, EvidenceKind
from lms.assessment.evidence.services import Offer
from lms.assessment.forms import LABELS
from lms.assessment.media.forms import FilesForm
from lms.assessment.rules import Setting, WrongDay, wrong_day
from lms.assessment.texts import LONGEST_SEEN
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l, language

LONGEST_REASON = 1000
LONGEST_PRESENCE = 200
LONGEST_TELLER = 200
_LONG = _l("Shorten this to at most %(max)d characters.")
_MUST_HAVE_PLACE = frozenset({EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.SIMULATION})


class EvidenceForm(FilesForm):
    """What is the same whoever offers: which lines, what it is, the day, the kind of place, who else, the text."""

    find = StringField(
        _l("Find a point by a word or its code"),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_FIND, message=_LONG)],
    )
    lines = SelectMultipleField()
    kind = RadioField(widget=Radios(), validators=[InputRequired(_l("Choose what it is."))])
    on = DayField(
        None,
        description=_l("For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=1970,
    )
    setting = RadioField(
        _l("Where was it?"),
        description=_l("The kind of place only, never an address."),
        default="",
        widget=Radios(),
    )
    in_presence_of = StringField(
        _l("Who else was there? (you can leave this out)"),
        description=_l("Initials or a code, such as “A.”, never a name."),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_PRESENCE, message=_LONG)],
    )
    text = TextAreaField(widget=GovTextArea())

    _earliest: date = date.min
    _latest: date = date.max
    _kinds: tuple[EvidenceKind, ...] = OWN_KINDS
    _wrong_days: Mapping[WrongDay, str] = WRONG_DAYS

    def about(self, stands: Sequence[UnitStand], *, since: date, today: date) -> None:
        """Offer the lines of the learner's units, and remember on which days something can have been."""
        self._earliest, self._latest = since, today
        tongue = language()
        self.lines.choices = [
            SelectChoice(line.key, line.text.text(tongue)) for _placed, lines in open_lines(stands) for line in lines
        ]
        self.kind.choices = [SelectChoice(str(kind), _(KINDS[kind].name)) for kind in self._kinds]
        self.setting.choices = [
            *(SelectChoice(str(kind), str(text)) for kind, text in LABELS["settings"].items()),
            SelectChoice("", _("It has nothing to do with a place")),
        ]

    @property
    def kind_hints(self) -> list[dict[str, Any]]:
        """What each kind is, for the hint under its choice."""
        return [{"hint": {"text": _(KINDS[kind].says)}} for kind in self._kinds]

    def chosen_kind(self) -> EvidenceKind | None:
        """The kind that was chosen, if it is one."""
        known = {str(kind): kind for kind in self._kinds}
        return known.get(self.kind.data or "")

    def errors_for_summary(self) -> list[dict[str, str]]:
        """In the order of the page, on which files come last."""
        return sorted(super().errors_for_summary(), key=lambda error: error.get("href", "").startswith("#file"))

    def validate_lines(self, field: Any) -> None:
        """Something has to be chosen, and not more than a piece can speak to."""
        if not field.data:
            raise ValidationError(_("Choose at least one point that this speaks to."))
        if len(field.data) > MOST_LINES:
            raise ValidationError(_("Choose at most %(most)s points for one piece.", most=MOST_LINES))

    def validate_on(self, field: Any) -> None:
        """The day has come; what was watched was watched since the learner joined."""
        if field.errors or field.data is None:
            return
        earliest = date.min if self.chosen_kind() in FROM_BEFORE else self._earliest
        problem = wrong_day(field.data, enrolled_on=earliest, today=self._latest)
        if problem:
            raise ValidationError(_(self._wrong_days[problem]))

    def validate_setting(self, field: Any) -> None:
        """What was seen was seen somewhere."""
        if not field.data and self.chosen_kind() in _MUST_HAVE_PLACE:
            raise ValidationError(_("Choose the kind of place."))

    def offer(self) -> Offer:
        """What was filled in, once the form is valid."""
        kind = self.chosen_kind()
        assert kind is not None
        assert self.on.data is not None
        asked = self["asked"].data or "" if "asked" in self and kind in ASKED_FOR else ""
        return Offer(
            kind=kind,
            on=self.on.data,
            text=self.text.data or "",
            lines=tuple(dict.fromkeys(self.lines.data or ())),
            setting=Setting(self.setting.data) if self.setting.data else None,
            in_presence_of=self.in_presence_of.data or "",
            asked=asked,
        )


class OwnForm(EvidenceForm):
    """A learner offers evidence of their own."""

    _wrong_days = OWN_WRONG_DAYS
    text = TextAreaField(
        _l("What does it show? Write in your own words"),
        description=_l(
            "For an account: what you did, why you did it so, what you would do again. Initials or a code for other "
            "people, never a name."
        ),
        widget=GovTextArea(),
        validators=[
            DataRequired(_l("Write what it shows. A few sentences are enough.")),
            Length(max=LONGEST_SEEN, message=_LONG),
        ],
    )

    def ask(self) -> None:
        """Put the questions to the learner."""
        self.lines.label.text = _("Which points does it speak to?")
        self.kind.label.text = _("What is it?")
        self.on.label.text = _("Which day was it?")


class RecordForm(EvidenceForm):
    """An assessor writes down a whole activity once."""

    _kinds = ASSESSORS_KINDS
    asked = TextAreaField(
        _l("What did you ask? (for questions and talks)"),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_SEEN, message=_LONG)],
    )
    told_by = StringField(
        _l("Who told you? (for what a witness says)"),
        description=_l("What they are to the person, such as “neighbour” or “day centre staff”. A name is not needed."),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_TELLER, message=_LONG)],
    )
    text = TextAreaField(
        widget=GovTextArea(),
        validators=[
            DataRequired(_l("Write what you saw or heard. A few sentences are enough.")),
            Length(max=LONGEST_SEEN, message=_LONG),
        ],
    )

    def ask(self, name: str) -> None:
        """Put the questions about a learner."""
        self.lines.label.text = _("Which points did this activity show?")
        self.lines.description = _("One activity often shows many points, also of several standards.")
        self.kind.label.text = _("What is it?")
        self.on.label.text = _("Which day was it?")
        self.text.label.text = _("What did %(name)s do or say?", name=name)
        self.text.description = _(
            "In plain words, as it was. Initials or a code for the person supported; no names, addresses or health "
            "details."
        )

    def offer(self) -> Offer:
        """What was filled in; the words of a witness begin with who they are, wherever they are read later."""
        made = super().offer()
        if made.kind is not EvidenceKind.WITNESS_TESTIMONY:
            return made
        who = " ".join((self.told_by.data or "").split())
        return replace(made, text=f"{_('Told by: %(who)s', who=who)}\n\n{made.text}")

    def validate_told_by(self, field: Any) -> None:
        """What a witness said is understood only with who they are."""
        if self.chosen_kind() is EvidenceKind.WITNESS_TESTIMONY and not (field.data or "").strip():
            raise ValidationError(_("Say who told you: what they are to the person. A name is not needed."))

    def validate_asked(self, field: Any) -> None:
        """An answer is understood only with its question."""
        if self.chosen_kind() in ASKED_FOR and not (field.data or "").strip():
            raise ValidationError(_("Note what you asked, so that the answer can be understood."))


class SpeakForm(OnceForm):
    """To which further points a piece speaks."""

    find = StringField(
        _l("Find a point by a word or its code"),
        widget=GovTextInput(),
        validators=[Length(max=LONGEST_FIND, message=_LONG)],
    )
    lines = SelectMultipleField(_l("Which points does it also speak to?"))

    def about(self, stands: Sequence[UnitStand]) -> None:
        """Offer the lines of the units open to whoever says it; those it speaks to already are quiet."""
        tongue = language()
        self.lines.choices = [
            SelectChoice(line.key, line.text.text(tongue)) for _placed, lines in open_lines(stands) for line in lines
        ]

    def validate_lines(self, field: Any) -> None:
        """Something has to be chosen, and not more than a piece can speak to."""
        if not field.data:
            raise ValidationError(_("Choose at least one point that this speaks to."))
        if len(field.data) > MOST_LINES:
            raise ValidationError(_("Choose at most %(most)s points for one piece.", most=MOST_LINES))

    def chosen(self) -> tuple[str, ...]:
        """The keys of the lines that were ticked, each once."""
        return tuple(dict.fromkeys(self.lines.data or ()))


class ReasonForm(OnceForm):
    """Why something is taken back."""

    reason = TextAreaField(
        _l("Why?"),
        widget=GovTextArea(),
        validators=[
            DataRequired(_l("Write why, in a sentence. It stays on record.")),
            Length(max=LONGEST_REASON, message=_LONG),
        ],
    )


def first_words(texts: Iterable[str]) -> list[str]:
    """The beginning of each text, for lists: at most some ten words."""
    return [text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + "…" for text in texts]
