"""Forms about people. Lengths are bounded here and once more where they are stored."""

from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import (
    GovPasswordInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.i18n import LANGUAGE_NAMES
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.people.reading import Contrast, Motion, Reading, Spacing, TextSize, VoiceSpeed
from lms.people.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, Role

_LANGUAGES = [SelectChoice(str(code), name) for code, name in LANGUAGE_NAMES.items()]


def as_id(value: Any) -> UUID | None:
    """A chosen id, or None for an empty choice."""
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None


class SignInForm(LmsForm):
    """Field names `email` and `password` are a promise to password managers and scripts; usernames fit as well."""

    email = StringField(
        _l("E-mail address or username"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your e-mail address or username.")), Length(max=254)],
    )
    password = PasswordField(
        _l("Password or passphrase"),
        widget=GovPasswordInput(),
        validators=[InputRequired(_l("Enter your password or passphrase.")), Length(max=LONGEST_PASSWORD)],
    )


class CodeForm(LmsForm):
    """The second step of signing in for staff."""

    code = StringField(
        _l("6-digit code"),
        description=_l("Open the authenticator app on your phone. The code changes every 30 seconds."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the 6-digit code from your app.")), Length(max=12)],
    )


class LinkForm(LmsForm):
    """Ask for a one-time sign-in link."""

    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your e-mail address.")), Length(max=254)],
    )


class JoinForm(LmsForm):
    """What somebody who follows an invitation tells about themselves."""

    name = StringField(
        _l("Your name"),
        description=_l("The way it should stand on your certificates."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your name.")), Length(max=120)],
    )
    language = RadioField(
        _l("Which language would you like us to use?"), choices=_LANGUAGES, default="en", widget=Radios()
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 10 characters. Three words that you can remember are a good password."),
        widget=GovPasswordInput(),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, max=LONGEST_PASSWORD, message=_l("Use at least 10 characters.")),
        ],
    )


class DetailsForm(LmsForm):
    """One's own details."""

    name = StringField(
        _l("Your name"), widget=GovTextInput(), validators=[InputRequired(_l("Enter your name.")), Length(max=120)]
    )
    language = RadioField(_l("Language"), choices=_LANGUAGES, widget=Radios())
    access_needs = TextAreaField(
        _l("What helps you to use this service or to take part in training (optional)"),
        description=_l("For example large print, a quiet room, more time, or British Sign Language."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=2000)],
    )


class ReadingForm(LmsForm):
    """How pages look and sound. Each field is named as in lms.people.reading.Reading."""

    text_size = RadioField(
        _l("Text size"),
        choices=[
            SelectChoice(TextSize.NORMAL.value, _l("Normal")),
            SelectChoice(TextSize.LARGE.value, _l("Large")),
            SelectChoice(TextSize.LARGEST.value, _l("Largest")),
        ],
        widget=Radios(),
    )
    spacing = RadioField(
        _l("Spacing"),
        description=_l("More room between letters, words and lines helps many people who read slowly."),
        choices=[
            SelectChoice(Spacing.NORMAL.value, _l("Normal")),
            SelectChoice(Spacing.WIDE.value, _l("Wide")),
        ],
        widget=Radios(),
    )
    contrast = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice(Contrast.NORMAL.value, _l("Normal")),
            SelectChoice(Contrast.HIGH.value, _l("Strong: black on white")),
            SelectChoice(Contrast.DARK.value, _l("Dark: light letters on a dark page")),
        ],
        widget=Radios(),
    )
    motion = RadioField(
        _l("Movement"),
        choices=[
            SelectChoice(Motion.DEVICE.value, _l("As your device is set")),
            SelectChoice(Motion.NONE.value, _l("Nothing moves")),
        ],
        widget=Radios(),
    )
    voice_speed = RadioField(
        _l("How fast the voice reads"),
        description=_l("For the “Listen” button on lessons and questions."),
        choices=[
            SelectChoice(VoiceSpeed.SLOW.value, _l("Slowly")),
            SelectChoice(VoiceSpeed.NORMAL.value, _l("Normal")),
            SelectChoice(VoiceSpeed.FAST.value, _l("Faster")),
            SelectChoice(VoiceSpeed.FASTEST.value, _l("Fastest")),
        ],
        widget=Radios(),
    )

    def chosen(self) -> Reading:
        """The choices, once the form is valid."""
        return Reading(
            TextSize(self.text_size.data),
            Spacing(self.spacing.data),
            Contrast(self.contrast.data),
            Motion(self.motion.data),
            VoiceSpeed(self.voice_speed.data),
        )


class PasswordForm(LmsForm):
    """A new password; everything else that is signed in is signed out."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least 10 characters. Three words that you can remember are a good password."),
        widget=GovPasswordInput(),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, max=LONGEST_PASSWORD, message=_l("Use at least 10 characters.")),
        ],
    )


ROLE_NAMES = {
    Role.PA: _l("Personal assistant"),
    Role.EMPLOYER: _l("Individual employer"),
    Role.REPRESENTATIVE: _l("Representative of an employer"),
    Role.ASSESSOR: _l("Assessor"),
    Role.QUALITY_ASSURER: _l("Quality assurer"),
    Role.VERIFIER: _l("Verifier from outside"),
    Role.COORDINATOR: _l("Training coordinator"),
    Role.REGISTER_OFFICER: _l("Register officer"),
    Role.REGISTER_MANAGER: _l("Register manager"),
    Role.FUNDING_OFFICER: _l("Funding officer"),
    Role.ADMIN: _l("Administrator"),
    Role.ADVISER: _l("Adviser on training money"),
    Role.LEARNER: _l("Learner among the council’s staff"),
}


class InvitePaForm(OnceForm):
    """Invite a PA; without an e-mail address they get a username and a passphrase instead."""

    name = StringField(
        _l("Name"), widget=GovTextInput(), validators=[InputRequired(_l("Enter their name.")), Length(max=120)]
    )
    email = StringField(
        _l("E-mail address (leave empty if they have none)"),
        description=_l("Without one, you get a username and a passphrase to give to them."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=254)],
    )
    language = RadioField(
        _l("Which language shall we write to them in?"), choices=_LANGUAGES, default="en", widget=Radios()
    )
    employer = SelectField(_l("Who do they work for?"), widget=GovSelect())

    def offer(self, employers: list[tuple[str, str]]) -> None:
        """Fill the list of employers; nobody yet is a possible answer."""
        self.employer.choices = [SelectChoice("", _l("Nobody yet")), *(SelectChoice(*each) for each in employers)]


class EmployerForm(OnceForm):
    """Invite somebody who employs PAs for their own support."""

    name = StringField(
        _l("Name"),
        description=_l("The person who employs PAs, as their PAs know them."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter their name.")), Length(max=120)],
    )
    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter their e-mail address.")), Length(max=254)],
    )
    language = RadioField(
        _l("Which language shall we write to them in?"), choices=_LANGUAGES, default="en", widget=Radios()
    )


class RepresentativeForm(EmployerForm):
    """Invite somebody who acts for an employer."""

    name = StringField(
        _l("Name"), widget=GovTextInput(), validators=[InputRequired(_l("Enter their name.")), Length(max=120)]
    )


class EmploymentForm(LmsForm):
    """Link a PA with one of their employers."""

    employer = SelectField(_l("Employer"), widget=GovSelect(), validators=[InputRequired(_l("Choose an employer."))])
    since = DayField(_l("First day"), validators=[DayNeeded()])

    def offer(self, employers: list[tuple[str, str]]) -> None:
        """Fill the list of employers."""
        self.employer.choices = [
            SelectChoice("", _l("Choose an employer")),
            *(SelectChoice(*each) for each in employers),
        ]
