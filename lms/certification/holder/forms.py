"""The forms with which a holder shares a certificate, and says what strangers see."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from lms.certification.holder.rules import NameShown
from lms.core.spelling import LONGEST_NAME
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l

YES, NO = "yes", "no"


class ShareForm(OnceForm):
    """Make a link: for whom, up to which day, and with how much of the name."""

    for_whom = StringField(
        _l("Who is it for?"),
        description=_l("For example “Anna, who may employ me”. Only you see this."),
        widget=GovTextInput(),
        validators=[
            DataRequired(_l("Write who it is for, so that you know later.")),
            Length(max=LONGEST_NAME, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
    until = DayField(
        _l("Until when does it work?"),
        description=_l("The last day, at most a year from now. You can end it earlier."),
        validators=[DayNeeded()],
        earliest=2020,
    )
    name_shown = RadioField(
        _l("What do they see of your name?"),
        default=str(NameShown.FULL),
        choices=[
            SelectChoice(str(NameShown.FULL), _l("My full name")),
            SelectChoice(str(NameShown.INITIALS), _l("My initials only")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what they see."))],
    )


class ChoiceForm(OnceForm):
    """What strangers see of one's name, and what happens once the account is closed."""

    name_shown = RadioField(
        _l("What does somebody see of your name who checks a number?"),
        widget=Radios(),
        choices=[
            SelectChoice(
                str(NameShown.INITIALS),
                _l("My initials only. Whoever knows my name can type it, and is told whether it fits"),
            ),
            SelectChoice(str(NameShown.FULL), _l("My full name")),
        ],
        validators=[InputRequired(_l("Choose what they see."))],
    )
    stays = RadioField(
        _l("When your account is closed, can your certificates still be checked?"),
        widget=Radios(),
        choices=[
            SelectChoice(YES, _l("Yes. Whoever has a number of mine can still check it")),
            SelectChoice(NO, _l("No. The check page then says nothing about them")),
        ],
        validators=[InputRequired(_l("Choose yes or no."))],
    )
