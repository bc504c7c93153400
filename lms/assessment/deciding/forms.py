"""Forms of deciding: many lines at once from one piece of evidence, and the look-over before it is final."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.assessment.content import Framework
from lms.assessment.deciding.labels import FIVE, JUDGEMENTS
from lms.assessment.deciding.queries import DraftView
from lms.assessment.deciding.rules import Five
from lms.assessment.deciding.services import Deciding
from lms.assessment.rules import Judgement
from lms.assessment.shelf.parts import Line
from lms.assessment.texts import LONGEST_FEEDBACK
from lms.core.web.fields import Checkboxes, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l

LEAVE = ""
"""The choice that decides nothing about a line."""
_LONG = Length(max=LONGEST_FEEDBACK, message=_l("Shorten this to at most %(max)d characters."))


class BeginForm(LmsForm):
    """Choose the edition of the standards to show practice in."""

    framework = RadioField(_l("Which edition?"), widget=Radios(), validators=[InputRequired(_l("Choose the edition."))])

    def offer(self, editions: Sequence[Framework], titles: Sequence[str]) -> None:
        """The editions to choose from, the newest first."""
        self.framework.choices = [SelectChoice(each.code, title) for each, title in zip(editions, titles, strict=True)]


class DecideForm(LmsForm):
    """What somebody decides of each line a piece speaks to. Fields of a line are made by `decide_form`."""

    why = TextAreaField(
        _l("Why? For every point you decide on"),
        description=_l("What in this shows it, or what is missing. You can say something else for a single point."),
        widget=GovTextArea(),
        validators=[_LONG],
    )
    five = SelectMultipleField(
        _l("Before you say “met”: can you say all of this?"),
        description=_l("You are asked once, for everything you decide here."),
        choices=[SelectChoice(each.name) for each in FIVE],
        widget=Checkboxes(),
    )

    asked: tuple[Line, ...] = ()
    barred: Mapping[str, str] = {}

    def of(self, line: Line) -> tuple[Any, Any, Any]:
        """The fields of a line: judgement, reason, feedback."""
        judgement, reason, feedback = (self[f"{name}-{line.key}"] for name in ("judgement", "reason", "feedback"))
        return judgement, reason, feedback

    def ask(self) -> None:
        """Put the five in plain words, with the word assessors know each by."""
        self.five.choices = [
            SelectChoice(each.name, _("%(sentence)s (%(word)s)", sentence=_(each.asks), word=_(each.word)))
            for each in FIVE
        ]

    def fill(self, drafts: Collection[DraftView]) -> None:
        """Begin with what somebody drafted before."""
        kept = {draft.deciding.line: draft.deciding for draft in drafts}
        for line in self.asked:
            if line.key in kept:
                draft = kept[line.key]
                fields = zip(self.of(line), (str(draft.judgement), draft.reason, draft.feedback), strict=True)
                for field, value in fields:
                    field.data = value
        if kept:
            first = next(iter(kept.values())).five
            self.five.data = [each.name for each in FIVE if getattr(first, each.name)]

    def chosen(self) -> Iterator[tuple[Line, Judgement]]:
        """The lines that something is decided about."""
        known = {str(judgement): judgement for judgement in Judgement}
        for line in self.asked:
            judgement = known.get(self.of(line)[0].data or LEAVE)
            if judgement is not None:
                yield line, judgement

    def validate(self, extra_validators: Any = None) -> bool:
        """Each decision says what it needs to say; the five are needed once for all that is met."""
        fine = super().validate(extra_validators)
        decided = list(self.chosen())
        if not decided:
            self.form_errors.append(_("Choose “Met”, “Not yet” or “More evidence needed” for at least one point."))
        for line, judgement in decided:
            fine = self._is_sound(line, judgement) and fine
        if any(judgement is Judgement.MET for _line, judgement in decided) and not self._five().whole:
            self.five.errors = [
                *self.five.errors,
                _("For “met” you have to be able to say all five. If you cannot, choose “More evidence needed”."),
            ]
            return False
        return fine and bool(decided)

    def _is_sound(self, line: Line, judgement: Judgement) -> bool:
        radios, _reason, feedback = self.of(line)
        if judgement is Judgement.MET and line.key in self.barred:
            radios.errors = [self.barred[line.key]]
            return False
        if judgement is not Judgement.MET and not (feedback.data or "").strip():
            feedback.errors = [_("Write what is missing or what to work on. They read it.")]
            return False
        return True

    def _five(self) -> Five:
        said = set(self.five.data or ())
        return Five(**{each.name: each.name in said for each in FIVE})

    def decisions(self, rests_on: UUID, beside: Mapping[str, tuple[UUID, ...]]) -> list[Deciding]:
        """What was decided, once the form is valid. `beside`: what else was looked at, by line."""
        five = self._five()
        return [
            Deciding(
                line=line.key,
                judgement=judgement,
                reason=(self.of(line)[1].data or "").strip() or (self.why.data or ""),
                feedback=self.of(line)[2].data or "",
                rests_on=rests_on,
                beside=beside.get(line.key, ()),
                five=five,
            )
            for line, judgement in self.chosen()
        ]


def decide_form(lines: Sequence[Line], name: str, barred: Mapping[str, str], texts: Mapping[str, str]) -> DecideForm:
    """The form about these lines. `barred`: why a line cannot be met by this piece; `texts`: what each line says."""
    fields: dict[str, Any] = {}
    for line in lines:
        choices = [SelectChoice(str(judgement), _(text)) for judgement, text in JUDGEMENTS.items()]
        about = texts[line.key]
        fields[f"judgement-{line.key}"] = RadioField(
            about, choices=[*choices, SelectChoice(LEAVE, _("Decide later"))], default=LEAVE, widget=Radios()
        )
        fields[f"reason-{line.key}"] = TextAreaField(
            _("Why, for this point alone"), widget=GovTextArea(), validators=[_LONG]
        )
        fields[f"feedback-{line.key}"] = TextAreaField(
            _("Feedback for %(name)s", name=name), widget=GovTextArea(), validators=[_LONG]
        )
    form = cast("DecideForm", type("DecideForm", (DecideForm,), fields)())
    form.asked, form.barred = tuple(lines), barred
    form.ask()
    return form


class FinaliseForm(OnceForm):
    """Make drafts final: the lines as they stood on the page that was looked over."""

    lines = HiddenField(validators=[Length(max=20_000)])

    def chosen(self) -> list[str]:
        """The keys of the lines."""
        return [key for key in (self.lines.data or "").split(",") if key]
