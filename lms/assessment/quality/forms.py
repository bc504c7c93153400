"""Forms of quality assurance."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, StopValidation

from lms.assessment.content import Framework, Placed
from lms.assessment.quality.appeals.rules import Outcome
from lms.assessment.quality.labels import ACTIVITIES, OUTCOMES, SHARES, WAITING, WEIGHTS
from lms.assessment.quality.rules import MOST_WEIGHT, Policy, Share, Waits, Weighed
from lms.assessment.quality.samples.rules import Found
from lms.assessment.quality.samples.services import Activity
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l, language
from lms.people.queries import PersonView

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_DAY = _l("For example, 21 11 2026.")


def _number(label: Any, hint: Any, least: int, most: int) -> IntegerField:
    return IntegerField(
        label,
        description=hint,
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a whole number.")),
            NumberRange(least, most, _l("Enter a number from %(min)s to %(max)s.")),
        ],
    )


def text(label: Any, hint: Any = "", *, needed: Any = None, longest: int = 2000, first: Any = None) -> TextAreaField:
    """Several lines of text. `first`: a check before the others."""
    checks: list[Any] = [InputRequired(needed)] if needed is not None else [Optional()]
    checks = [first, *checks] if first is not None else checks
    return TextAreaField(
        label, description=hint, widget=GovTextArea(), validators=[*checks, Length(max=longest, message=_TOO_LONG)]
    )


class PolicyForm(OnceForm):
    """What an authority asks for. Shares are percent, weights whole numbers."""

    share_final = _number(*SHARES[Share.FINAL], 0, 100)
    share_interim = _number(*SHARES[Share.INTERIM], 0, 100)
    share_learners = _number(*SHARES[Share.LEARNERS], 0, 100)
    share_standards = _number(*SHARES[Share.STANDARDS], 0, 100)
    share_kinds = _number(*SHARES[Share.KINDS], 0, 100)
    share_assessors = _number(*SHARES[Share.ASSESSORS], 0, 100)
    weight_new_assessor = _number(*WEIGHTS[Weighed.NEW_ASSESSOR], 0, MOST_WEIGHT)
    weight_employer_as_assessor = _number(*WEIGHTS[Weighed.EMPLOYER_AS_ASSESSOR], 1, MOST_WEIGHT)
    weight_relative_declared = _number(*WEIGHTS[Weighed.RELATIVE_DECLARED], 1, MOST_WEIGHT)
    weight_fast = _number(*WEIGHTS[Weighed.FAST], 0, MOST_WEIGHT)
    weight_uniform = _number(*WEIGHTS[Weighed.UNIFORM], 0, MOST_WEIGHT)
    fast_hours = _number(_l("Fast means: a whole standard within so many hours"), "", 0, 240)
    uniform_from = _number(_l("The same words count from so many decisions"), "", 2, 50)
    waits = RadioField(
        _l("Does a certificate wait for a sample?"),
        widget=Radios(),
        validators=[InputRequired(_l("Choose whether certificates wait."))],
    )
    waits_in = SelectMultipleField(
        _l("Only where the certificate rests on"), description=_l("Tick none for all of them."), widget=Checkboxes()
    )
    wait_days = _number(_l("Tell us after so many days of waiting"), "", 1, 120)
    answer_days = _number(_l("Days an assessor has to answer"), _l("Filled in for you; you can change it."), 1, 120)
    appeal_days = _number(_l("Days in which a learner can ask for a second look"), "", 1, 365)
    appeal_answer_days = _number(_l("Days in which the second person answers"), "", 1, 120)

    def prepare(self, frameworks: Iterable[Framework]) -> None:
        """Put in the choices, in the reader's language."""
        self.waits.choices = [SelectChoice(str(each), _(WAITING[each][0])) for each in Waits]
        self.waits_in.choices = [SelectChoice(each.code, each.title.text(language())) for each in frameworks]

    def wanted(self) -> Policy:
        """The policy that was typed."""
        return Policy(
            shares={share: self[f"share_{share.value}"].data for share in Share},
            weights={risk: self[f"weight_{risk.value}"].data for risk in Weighed},
            fast_hours=self.fast_hours.data or 0,
            uniform_from=self.uniform_from.data or 0,
            waits=Waits(self.waits.data),
            waits_in=frozenset(self.waits_in.data or ()),
            wait_days=self.wait_days.data or 0,
            answer_days=self.answer_days.data or 0,
            appeal_days=self.appeal_days.data or 0,
            appeal_answer_days=self.appeal_answer_days.data or 0,
        )

    @staticmethod
    def filled(policy: Policy) -> dict[str, Any]:
        """What stands in the form for a policy."""
        return {
            **{f"share_{share.value}": policy.shares.get(share, 0) for share in Share},
            **{f"weight_{risk.value}": policy.weights.get(risk, 0) for risk in Weighed},
            "fast_hours": policy.fast_hours,
            "uniform_from": policy.uniform_from,
            "waits": policy.waits.value,
            "waits_in": sorted(policy.waits_in),
            "wait_days": policy.wait_days,
            "answer_days": policy.answer_days,
            "appeal_days": policy.appeal_days,
            "appeal_answer_days": policy.appeal_answer_days,
        }


class SayForm(OnceForm):
    """What a quality assurer says of a sample. The fields of each decision are added by `say_form`."""

    due_on = DayField(_l("By which day would you like an answer?"), description=_DAY)
    word = text(_l("A word to the assessor about all of it (optional)"))

    def found(self, ids: Iterable[UUID]) -> Mapping[UUID, Found]:
        """What was said of each decision."""
        return {
            id: Found(
                agreed=self[f"say_{id.hex}"].data == "agree",
                word=self[f"word_{id.hex}"].data or "",
                action=self[f"action_{id.hex}"].data or "",
            )
            for id in ids
        }


class _SaysWhatToDo:
    """What is sent back says what has to be done; the mistake names the point."""

    def __init__(self, id: UUID, code: str) -> None:
        self.id, self.code = id, code

    def __call__(self, form: SayForm, field: TextAreaField) -> None:
        """Refuse an empty field beside “Send it back”."""
        if form[f"say_{self.id.hex}"].data == "back" and not (field.data or "").strip():
            raise StopValidation(_("%(code)s: write what has to be done.", code=self.code))


def say_form(points: Mapping[UUID, str], due_on: date) -> SayForm:
    """The form for these decisions: for each one whether one agrees, a word, and what has to be done.

    `points`: each decision with the code of its point, which a mistake names: the summary stands far above the field.
    """
    fields: dict[str, Any] = {}
    for id, code in points.items():
        fields[f"say_{id.hex}"] = RadioField(
            _l("Do you agree with this decision?"),
            choices=[SelectChoice("agree", _("I agree")), SelectChoice("back", _("Send it back"))],
            widget=Radios(),
            validators=[InputRequired(_("%(code)s: choose whether you agree.", code=code))],
        )
        fields[f"action_{id.hex}"] = text(
            _l("If you send it back: what has to be done?"), first=_SaysWhatToDo(id, code)
        )
        fields[f"word_{id.hex}"] = text(_l("Why, or what was good (optional)"))
    made: SayForm = type("SayForm", (SayForm,), fields)(data={"due_on": due_on})
    return made


class ActivityForm(OnceForm):
    """What a quality assurer did beside reading."""

    kind = RadioField(_l("What did you do?"), widget=Radios(), validators=[InputRequired(_l("Choose what you did."))])
    about = SelectField(
        _l("With whom?"), widget=GovSelect(), validators=[InputRequired(_l("Choose who it was about."))]
    )
    on = DayField(_l("Which day?"), description=_DAY, validators=[DayNeeded()])
    said = text(
        _l("What did you see or hear?"),
        _l("Only what is about the assessing. No names of the people supported."),
        needed=_l("Write what you saw or heard."),
    )

    def prepare(self, people: Iterable[PersonView]) -> None:
        """Put in the choices."""
        self.kind.choices = [SelectChoice(str(each), _(ACTIVITIES[each])) for each in Activity]
        named = [SelectChoice(str(each.id), each.name) for each in people]
        self.about.choices = [SelectChoice("", _("Choose")), *named]


class MeetingForm(OnceForm):
    """A standardisation meeting that is called."""

    on = DayField(_l("Which day?"), description=_DAY, validators=[DayNeeded()])
    at_time = StringField(
        _l("At what time? (optional)"),
        description=_l("For example, 14:30."),
        widget=GovTextInput(),
        validators=[Optional(), Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", message=_l("Write a time such as 14:30."))],
    )
    place = StringField(
        _l("Where is it?"),
        description=_l("A room people can get into, with what they need. Leave it empty if it is only online."),
        widget=GovTextInput(),
        validators=[Length(max=300, message=_TOO_LONG)],
    )
    link = StringField(
        _l("Link for joining (optional)"), widget=GovTextInput(), validators=[Length(max=500, message=_TOO_LONG)]
    )
    units = SelectMultipleField(
        _l("Which standards is it about?"), widget=Checkboxes(), validators=[InputRequired(_l("Choose a standard."))]
    )
    asked = SelectMultipleField(
        _l("Who is asked to come?"), widget=Checkboxes(), validators=[InputRequired(_l("Choose who is asked."))]
    )

    def prepare(self, units: Iterable[Placed], people: Iterable[PersonView]) -> None:
        """Put in the choices."""
        self.units.choices = [
            SelectChoice(f"{each.framework.code}:{each.unit.code}", unit_words(each)) for each in units
        ]
        self.asked.choices = [SelectChoice(str(each.id), each.name) for each in people]


class AttendanceForm(OnceForm):
    """Who was at a meeting."""

    came = SelectMultipleField(
        _l("Who was there?"), widget=Checkboxes(), validators=[InputRequired(_l("Tick who was there."))]
    )


class AgreedForm(OnceForm):
    """What was agreed in a meeting."""

    text = text(
        _l("What was agreed?"),
        _l("So that somebody who was not there decides the same. No names of learners or people supported."),
        needed=_l("Write what was agreed."),
        longest=4000,
    )


class AccessForm(OnceForm):
    """What a verifier may read, and until when."""

    verifier = SelectField(
        _l("Which verifier?"), widget=GovSelect(), validators=[InputRequired(_l("Choose a verifier."))]
    )
    what = RadioField(
        _l("What may they read?"), widget=Radios(), validators=[InputRequired(_l("Choose what they may read."))]
    )
    enrolment = SelectField(_l("Which learner?"), widget=GovSelect(), validators=[Optional()])
    unit = SelectField(_l("Which standard?"), widget=GovSelect(), validators=[Optional()])
    work_from = DayField(_l("Decided from"), description=_DAY)
    work_until = DayField(_l("Decided until"), description=_DAY)
    since = DayField(_l("They may read from"), description=_DAY, validators=[DayNeeded()])
    until = DayField(_l("until the end of"), description=_l("Three months at most."), validators=[DayNeeded()])

    def prepare(
        self, verifiers: Iterable[PersonView], learners: Iterable[tuple[UUID, str, str]], units: Iterable[Placed]
    ) -> None:
        """Put in the choices."""
        nobody = SelectChoice("", _("Choose"))
        self.verifier.choices = [nobody, *(SelectChoice(str(each.id), each.name) for each in verifiers)]
        self.what.choices = [
            SelectChoice("learner", _("One learner: everything of one course")),
            SelectChoice("standard", _("One standard: of everybody it was decided for, between two days")),
        ]
        self.enrolment.choices = [
            nobody,
            *(SelectChoice(str(id), f"{name}, {framework}") for id, name, framework in learners),
        ]
        self.unit.choices = [
            nobody,
            *(SelectChoice(f"{each.framework.code}:{each.unit.code}", unit_words(each)) for each in units),
        ]


class AskForm(OnceForm):
    """Why somebody thinks that a decision should be looked at again."""

    why = text(
        _l("What do you think is not right?"),
        _l("A few words are enough. You do not have to prove anything."),
        needed=_l("Say in a few words what you think is not right."),
    )


class SecondForm(OnceForm):
    """Who is to look at an appeal."""

    second = SelectField(
        _l("Who looks at it?"),
        description=_l("Somebody who did not decide, and is not close to the learner."),
        widget=GovSelect(),
        validators=[InputRequired(_l("Choose who looks at it."))],
    )


class AnswerForm(OnceForm):
    """What the second person found."""

    outcome = RadioField(
        _l("What did you find?"), widget=Radios(), validators=[InputRequired(_l("Choose what you found."))]
    )
    word = text(
        _l("Write to the learner"),
        _l("What you looked at, what you found and why. Kindly, and in plain words."),
        needed=_l("Write to the learner what you found and why."),
    )

    def prepare(self) -> None:
        """Put in the choices."""
        self.outcome.choices = [SelectChoice(str(o), _(OUTCOMES[o])) for o in (Outcome.UPHELD, Outcome.CHANGED)]


def unit_words(placed: Placed) -> str:
    """A unit with its number and edition, in the reader's language."""
    number = f"{placed.unit.number}. " if placed.unit.number else ""
    return f"{number}{placed.unit.title.text(language())} ({placed.framework.edition})"
