"""Forms of profiles, contact and the register team. What is typed is bounded again where it is stored."""

from collections.abc import Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.web.fields import Checkboxes, Radios, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l, say_refusal
from lms.core.words import Refused
from lms.register.directory import labels
from lms.register.directory.contacts import LONGEST_MESSAGE
from lms.register.directory.profile import LANGUAGES, LONGEST_ABOUT, LONGEST_CALLED, SEEN_AS, TIMES, Profile
from lms.register.directory.reports import LONGEST_WORD as LONGEST_REPORT
from lms.register.directory.services import LONGEST_WORD
from lms.register.directory.words import AbuseAnswer, AbuseReason, BackReason, Outcome

TOO_LONG = _l("Shorten this to at most %(max)d characters.")
YES, NO = "yes", "no"


def refuse_where(form: LmsForm, refusal: Refused) -> None:
    """Show a refusal beside the field that holds the words it names; of the whole form when no field does."""
    words, said = str(refusal.values.get("words", "")), say_refusal(refusal)
    holding = next((f for f in form if words and isinstance(f.data, str) and words in " ".join(f.data.split())), None)
    if holding is None or isinstance(holding, HiddenField):
        form.refuse(said)
    else:
        holding.errors = [*holding.errors, said]


def _radios(named: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(code.value, _l(label)) for code, label in named.items()]


class ProfileForm(OnceForm):
    """A PA's profile; only what employers of the authority see is asked. `saves` is the number the form began with."""

    called = StringField(
        _l("The name employers see"),
        description=_l("For example your first name, or your first name and the first letter of your last name."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Write the name that employers will see.")),
            Length(max=LONGEST_CALLED, message=TOO_LONG),
        ],
    )
    about = TextAreaField(
        _l("About you, in your own words"),
        description=_l(
            "What you like about the work, what you are good at, what you do for fun. Leave out where you live, how to "
            "reach you, and anything about people you have worked for."
        ),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_ABOUT, message=TOO_LONG)],
    )
    areas = SelectMultipleField(
        _l("Where can you work?"),
        description=_l("Choose all that you can get to. Nobody sees where you live."),
        widget=Checkboxes(),
    )
    times = SelectMultipleField(_l("When can you work?"), choices=[SelectChoice(code, code) for code in TIMES])
    hours = RadioField(
        _l("How much would you like to work?"),
        choices=[SelectChoice(code, _l(label)) for code, label in labels.HOURS.items()],
        widget=Radios(),
        validators=[Optional()],
    )
    languages = SelectMultipleField(
        _l("Which languages do you speak or sign?"), choices=[SelectChoice(code, code) for code in LANGUAGES]
    )
    phone = StringField(
        _l("Telephone number for employers (optional)"),
        description=_l("Employers can open this. Leave it empty if you want e-mail only."),
        widget=GovTextInput(),
        render_kw={"type": "tel", "autocomplete": "tel"},
        validators=[Optional(), Length(max=30, message=TOO_LONG)],
    )
    email = StringField(
        _l("E-mail address for employers (optional)"),
        widget=GovTextInput(),
        render_kw={"type": "email", "autocomplete": "email"},
        validators=[Optional(), Length(max=254, message=TOO_LONG)],
    )
    saves = HiddenField(default="0")

    def ask_only(self, sees: frozenset[str], areas: Sequence[str]) -> None:
        """Leave out what employers of this authority do not see."""
        for name, needs in SEEN_AS.items():
            if not needs & sees or (name == "areas" and not areas):
                del self[name]
        if "areas" in self:
            self.areas.choices = [SelectChoice(area, area) for area in areas]

    def begin_with(self, profile: Profile, saves: int) -> None:
        """What was written before, when the form is opened."""
        for name, value in profile.data().items():
            if name in self:
                self[name].data = value
        self.saves.data = str(saves)

    def written(self) -> Profile:
        """What was typed."""
        return Profile.of({field.name: field.data or _empty(field) for field in self if field.name != "saves"})

    def saves_seen(self) -> int:
        """The number of the draft the form began with."""
        typed = str(self.saves.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _empty(field: Any) -> Any:
    return [] if isinstance(field, SelectMultipleField) else ""


class SendForm(OnceForm):
    """Send the profile, agreeing that employers see it."""

    agree = BooleanField(
        _l("I agree that employers can see this profile as it stands here"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box if you agree. Without it your profile stays with you."))],
    )


class ShownForm(OnceForm):
    """Show the profile again, or hide it."""

    shown = HiddenField()


class LookForm(OnceForm):
    """The register team publishes a text or sends it back."""

    outcome = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(Outcome.PUBLISHED.value, _l("Publish it")),
            SelectChoice(Outcome.SENT_BACK.value, _l("Send it back")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you decide."))],
    )
    reason = SelectField(
        _l("Why, if you send it back"),
        choices=[SelectChoice("", _l("Choose a reason")), *_radios(dict(labels.BACK_REASONS))],
        widget=GovSelect(),
        validators=[Optional()],
    )
    word = TextAreaField(
        _l("A few words to whoever wrote it (optional)"),
        description=_l("They read this. Say what to change, kindly."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_WORD, message=TOO_LONG)],
    )

    def decided(self) -> tuple[Outcome, BackReason | None]:
        """What was decided, and why if it is sent back."""
        outcome = Outcome(self.outcome.data)
        back = outcome is Outcome.SENT_BACK and self.reason.data
        return outcome, BackReason(self.reason.data) if back else None


class SettingsForm(OnceForm):
    """How an authority uses the simple register."""

    is_on = RadioField(
        _l("Use the simple register here?"),
        choices=[SelectChoice(YES, _l("Yes, it is on")), SelectChoice(NO, _l("No, it is off"))],
        widget=Radios(),
        validators=[InputRequired(_l("Choose yes or no."))],
    )
    contact_model = RadioField(
        _l("How do employers and PAs find each other?"),
        choices=_radios(dict(labels.MODELS)),
        widget=Radios(),
        validators=[InputRequired(_l("Choose how they find each other."))],
    )
    areas = TextAreaField(
        _l("Areas, one on each line"),
        description=_l("Names that people use, such as towns or parts of a town. PAs and employers choose from them."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=3000, message=TOO_LONG)],
    )


class MessageForm(OnceForm):
    """A message to the other side."""

    text = TextAreaField(
        _l("Your message"),
        description=_l("Leave out addresses and telephone numbers until you know each other."),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Write a message.")), Length(max=LONGEST_MESSAGE, message=TOO_LONG)],
    )


class FirstMessageForm(MessageForm):
    """The first message of a household to a PA, with the name by which the PA may call them."""

    called = StringField(
        _l("What may they call you?"),
        description=_l("A first name is enough. Nobody needs your last name yet."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Write the name by which they may call you.")),
            Length(max=LONGEST_CALLED, message=TOO_LONG),
        ],
    )


class IntroduceForm(FirstMessageForm):
    """The team brings a PA and a household together."""

    called = StringField(
        _l("What may the PA call the employer?"),
        description=_l("A first name. The PA reads it before they say yes or no."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Write the name by which the PA may call the employer.")),
            Length(max=LONGEST_CALLED, message=TOO_LONG),
        ],
    )
    employer = SelectField(
        _l("Which employer?"),
        description=_l("Ask the employer first. They learn who the PA is once the PA has said yes."),
        widget=GovSelect(),
        validators=[InputRequired(_l("Choose an employer."))],
    )

    def offer(self, employers: Sequence[tuple[str, str]]) -> None:
        """The households to choose from."""
        self.employer.choices = [
            SelectChoice("", _l("Choose an employer")),
            *(SelectChoice(*each) for each in employers),
        ]


class DetailsForm(OnceForm):
    """The PA passes a telephone number or an e-mail address to one household."""

    phone = StringField(
        _l("Telephone number (optional)"),
        widget=GovTextInput(),
        render_kw={"type": "tel", "autocomplete": "tel"},
        validators=[Optional(), Length(max=30, message=TOO_LONG)],
    )
    email = StringField(
        _l("E-mail address (optional)"),
        widget=GovTextInput(),
        render_kw={"type": "email", "autocomplete": "email"},
        validators=[Optional(), Length(max=254, message=TOO_LONG)],
    )


class ReportForm(OnceForm):
    """Tell the register team that something is wrong."""

    reason = RadioField(
        _l("What is wrong?"),
        choices=_radios(dict(labels.ABUSE_REASONS)),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what is wrong."))],
    )
    word = TextAreaField(
        _l("Tell us a little more (optional)"),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_REPORT, message=TOO_LONG)],
    )

    def chosen(self) -> AbuseReason:
        """What is wrong."""
        return AbuseReason(self.reason.data)


class AnswerReportForm(OnceForm):
    """The team says what it did about a report."""

    answer = RadioField(
        _l("What did you do?"),
        choices=_radios(dict(labels.ABUSE_ANSWERS)),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you did."))],
    )
    word = TextAreaField(
        _l("A note for the register team (optional)"),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_REPORT, message=TOO_LONG)],
    )

    def chosen(self) -> AbuseAnswer:
        """What was done."""
        return AbuseAnswer(self.answer.data)


class ButtonForm(OnceForm):
    """A button that changes something."""
