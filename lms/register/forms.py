"""Forms of the register. For a disclosure there is no free text, so that nothing of its content can be written down."""

from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, ValidationError

from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.register import texts
from lms.register.check_words import CONTENTS, LEVELS, RIGHT_TO_WORK, WORKFORCES
from lms.register.kinds import Circumstance, Item, RequirementKind, TrainingKind
from lms.register.lines import DisclosureLine, LearningLine, Line
from lms.register.records import RightToWorkKind
from lms.register.unsaid import OFFENCE, offence_in

_YES, _NO = "yes", "no"


def _choices(named: Any) -> list[SelectChoice]:
    return [SelectChoice(str(value), _l(label)) for value, label in named.items()]


def _yes_no(label: Any, message: Any) -> RadioField:
    return RadioField(
        label,
        choices=[SelectChoice(_YES, _l("Yes")), SelectChoice(_NO, _l("No"))],
        widget=Radios(),
        validators=[InputRequired(message)],
    )


class NoOffences:
    """A field of free text in which nothing about an offence may stand (see unsaid)."""

    def __call__(self, form: Any, field: Field) -> None:
        found = offence_in(field.data or "")
        if found is not None:
            raise ValidationError(_(OFFENCE, found=found))


class SeenForm(OnceForm):
    """Something the register team saw on a day."""

    seen_on = DayField(
        _l("The day you saw it"),
        description=_l("For example 21 11 2026."),
        earliest=2000,
        latest=2100,
        validators=[DayNeeded()],
    )

    def data_to_keep(self) -> dict[str, Any]:
        """What is kept of it, by the names records.MAY_STORE knows."""
        return {}

    def last_day(self) -> date | None:
        """The last day the document itself holds."""
        return None


class DocumentForm(SeenForm):
    """A document that may have a last day."""

    ends_on = DayField(
        _l("The last day on the document"), description=_l("For example 30 6 2028."), earliest=2000, latest=2150
    )
    no_end = BooleanField(_l("The document has no last day"), widget=Tick())

    def validate_ends_on(self, field: Field) -> None:
        """One of the two is needed, and not both."""
        if field.data is None and not self.no_end.data and not field.errors:
            raise ValidationError(_("Enter the last day, or tick that there is none."))
        if field.data is not None and self.no_end.data:
            raise ValidationError(_("Either enter a last day, or tick that there is none."))

    def last_day(self) -> date | None:
        """The last day the document itself holds."""
        day: date | None = self.ends_on.data
        return day


class RightToWorkForm(DocumentForm):
    """The right to work: how it was looked at, and until when. No copy, no share code and no document's number."""

    shown = RadioField(
        _l("How did you check it?"),
        description=_l("Write down no share code and no document’s number, and keep no copy here."),
        choices=_choices(RIGHT_TO_WORK),
        widget=Radios(),
        validators=[InputRequired(_l("Say how you checked it."))],
    )

    def validate_ends_on(self, field: Field) -> None:
        """Some ways have a last day, some have none; the online check says which."""
        super().validate_ends_on(field)
        ends = RightToWorkKind(self.shown.data).ends if self.shown.data in set(RightToWorkKind) else None
        if ends is False and field.data is not None:
            raise ValidationError(_("What you checked has no last day. Leave this empty and tick the box below."))
        if ends is True and field.data is None and not field.errors:
            raise ValidationError(_("What you checked has a last day. Enter it."))

    def data_to_keep(self) -> dict[str, Any]:
        """How it was looked at."""
        return {"shown": self.shown.data}


class OutcomeForm(SeenForm):
    """Something the team looked at, which can be enough or not."""

    enough = _yes_no(_l("Is it enough?"), _l("Say whether it is enough."))

    def data_to_keep(self) -> dict[str, Any]:
        """Whether it was enough."""
        return {"met": self.enough.data == _YES}


class DisclosureForm(SeenForm):
    """A disclosure certificate: what it is, when it was issued, and whether there is content."""

    level = SelectField(
        _l("Level"),
        choices=[SelectChoice("", _l("Choose the level")), *_choices(LEVELS)],
        widget=GovSelect(),
        validators=[InputRequired(_l("Choose the level."))],
    )
    workforce = RadioField(
        _l("Which workforce was it asked for?"),
        choices=_choices(WORKFORCES),
        widget=Radios(),
        validators=[InputRequired(_l("Choose the workforce."))],
    )
    issue_date = DayField(
        _l("Date of issue"),
        description=_l("If you have not seen it yet: the day it was asked for."),
        earliest=2000,
        latest=2100,
        validators=[DayNeeded()],
    )
    result = RadioField(
        _l("Is there content on the certificate?"),
        description=_l("Do not copy the certificate and do not write down what it says."),
        choices=_choices(CONTENTS),
        widget=Radios(),
        validators=[InputRequired(_l("Say whether there is content."))],
    )

    def data_to_keep(self) -> dict[str, Any]:
        """Level, workforce, date of issue, and whether there is content; nothing else."""
        return {
            "level": self.level.data,
            "workforce": self.workforce.data,
            "issue_date": str(self.issue_date.data),
            "result": self.result.data,
        }


class ReferenceForm(SeenForm):
    """A reference that the team read and judged good enough; not what it says."""

    source = RadioField(
        _l("Who wrote it?"),
        choices=[SelectChoice(source.value, _l(label)) for source, label in texts.REFERENCE_SOURCES.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Say who wrote it."))],
    )
    relative = _yes_no(_l("Is that person a relative of the PA?"), _l("Say whether it is a relative."))

    def data_to_keep(self) -> dict[str, Any]:
        """Who wrote it, and whether they are a relative."""
        return {"source": self.source.data, "relative": self.relative.data == _YES}


class LearningForm(SeenForm):
    """Training done somewhere else, of which the team saw the certificate."""

    item = RadioField(
        _l("What was learned?"), widget=Radios(), validators=[InputRequired(_l("Choose what was learned."))]
    )
    completed_on = DayField(
        _l("The day it was finished"),
        description=_l("As it stands on the certificate."),
        earliest=2000,
        latest=2100,
        validators=[DayNeeded()],
    )

    def offer(self, items: list[tuple[Item, str]]) -> None:
        """The pieces of learning that count here."""
        self.item.choices = [SelectChoice(f"{item.kind.value}:{item.code}", label) for item, label in items]

    def data_to_keep(self) -> dict[str, Any]:
        """Which learning, and when it was finished."""
        kind, _colon, code = self.item.data.partition(":")
        return {
            "item_kind": TrainingKind(kind).value,
            "item_code": code,
            "completed_on": str(self.completed_on.data),
        }


_LOOKED_AT = frozenset({RequirementKind.INTERVIEW, RequirementKind.PROFILE})


def form_for(line: Line) -> type[SeenForm]:
    """The form for what can be seen under a requirement."""
    if isinstance(line, DisclosureLine):
        return DisclosureForm
    if isinstance(line, LearningLine):
        return LearningForm
    if line.kind is RequirementKind.REFERENCE:
        return ReferenceForm
    if line.kind is RequirementKind.RIGHT_TO_WORK:
        return RightToWorkForm
    if line.ends_with_document:
        return DocumentForm
    return OutcomeForm if line.kind in _LOOKED_AT else SeenForm


class SayForm(OnceForm):
    """The PA says something with one button: accepts a code, confirms their details or area."""


class CodeForm(OnceForm):
    """The PA accepts the code of conduct they read on the page."""

    accept = BooleanField(
        _l("I have read this and will keep to it"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box if you will keep to it. If not, talk with the register team."))],
    )


class WorkForm(LmsForm):
    """What is so of the PA's work; only the questions their authority asks are shown."""

    self_employed = _yes_no(
        _l(texts.CIRCUMSTANCES[Circumstance.SELF_EMPLOYED]), _l("Say whether you are self-employed.")
    )
    will_support_child_or_home_with_child = _yes_no(
        _l(texts.CIRCUMSTANCES[Circumstance.CHILD]), _l("Say whether there will be a child where you work.")
    )
    will_drive_for_work = _yes_no(
        _l(texts.CIRCUMSTANCES[Circumstance.DRIVES]), _l("Say whether you will drive for your work.")
    )

    def ask_only(self, asked: tuple[Circumstance, ...], known: dict[Circumstance, bool]) -> None:
        """Leave out what the authority does not ask, and begin with what was answered before."""
        for circumstance in Circumstance:
            if circumstance not in asked:
                del self[circumstance.value]
            elif self[circumstance.value].data is None and circumstance in known:
                self[circumstance.value].data = _YES if known[circumstance] else _NO

    def answers(self) -> dict[Circumstance, bool]:
        """Each question shown with its answer."""
        return {c: self[c.value].data == _YES for c in Circumstance if c.value in self}
