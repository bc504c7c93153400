"""The form for how the register team is reached."""

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.register.reaching.queries import Contact
from lms.register.reaching.services import LONGEST_HOURS, LONGEST_TEAM

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class ContactForm(OnceForm):
    """What the team is called, and how it is reached."""

    team = StringField(
        _l("What is your team called?"),
        description=_l("For example, Rivermere PA register team. Leave out names of people."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Say what your team is called.")),
            Length(max=LONGEST_TEAM, message=_TOO_LONG),
        ],
    )
    email = StringField(
        _l("E-mail address of the team"),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=254, message=_TOO_LONG)],
        render_kw={"type": "email", "spellcheck": "false", "autocomplete": "off"},
    )
    phone = StringField(
        _l("Telephone number of the team"),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=40, message=_TOO_LONG)],
        render_kw={"type": "tel", "autocomplete": "off"},
    )
    hours = TextAreaField(
        _l("When somebody answers (optional)"),
        description=_l("For example, Monday to Friday, 9am to 4pm."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_HOURS, message=_TOO_LONG)],
    )

    def begin(self, known: Contact | None) -> None:
        """Show what is written already."""
        if known is not None:
            self.team.data, self.email.data, self.phone.data, self.hours.data = (
                known.team,
                known.email,
                known.phone,
                known.hours,
            )

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(self.team.data or "", self.email.data or "", self.phone.data or "", self.hours.data or "")
