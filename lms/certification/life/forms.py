"""The forms with which a certificate is suspended, lifted, withdrawn and replaced. Each is its own confirmation."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from lms.certification.life.services import LONGEST_WORD
from lms.core.spelling import LONGEST_NAME
from lms.core.web.fields import Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.core.words import N_

_SHORTER = _l("Shorten this to at most %(max)d characters.")
WORD_NEEDED = N_("Write to the holder why. They read it, and nobody outside does.")


class MoveForm(OnceForm):
    """What every move asks: a word to the holder, and a tick that what follows was read."""

    word = TextAreaField(
        _l("What do you tell the holder?"),
        description=_l("They read it on the page of their certificate. Nobody else outside the authority does."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_WORD, message=_SHORTER)],
    )
    sure = BooleanField(
        _l("I have read what will happen"),
        widget=Tick(),
        validators=[InputRequired(_l("Read what will happen, then tick this."))],
    )


class ReasonedForm(MoveForm):
    """A move with a reason class, which everybody can read, and a word, which only the holder and the staff do."""

    reason = RadioField(
        _l("Why?"),
        description=_l("Whoever checks the certificate reads this sentence."),
        widget=Radios(),
        validators=[InputRequired(_l("Choose why."))],
    )
    word = TextAreaField(
        _l("What do you tell the holder?"),
        description=_l("They read it on the page of their certificate. Nobody else outside the authority does."),
        widget=GovTextArea(),
        validators=[DataRequired(_l(WORD_NEEDED)), Length(max=LONGEST_WORD, message=_SHORTER)],
    )

    def offer(self, classes: Iterable[tuple[str, str]]) -> None:
        """Let somebody choose among reason classes: each with its sentence."""
        self.reason.choices = [SelectChoice(value, _(sentence)) for value, sentence in classes]


class ReplaceForm(MoveForm):
    """Issue it anew with the right name."""

    holder_name = StringField(
        _l("The right name of the holder"),
        description=_l("Exactly as it should stand on the certificate."),
        widget=GovTextInput(),
        validators=[DataRequired(_l("Enter the name.")), Length(max=LONGEST_NAME, message=_SHORTER)],
    )
