"""The form that makes a token."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.web.fields import Checkboxes, DayField, DayNeeded
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.people.tokens.labels import SCOPES
from lms.people.tokens.rules import Scope


class TokenForm(OnceForm):
    """Which system, what it may ask for, and until when."""

    system = StringField(
        _l("Which system is it for?"),
        description=_l("For example “Council website”. PAs read this name where they see who was told of them."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter the name of the system.")),
            Length(max=80, message=_l("Shorten the name to 80 characters.")),
        ],
    )
    scopes = SelectMultipleField(
        _l("What may it ask for?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose what the system may ask for."))],
    )
    ends_on = DayField(
        _l("Its last day"),
        description=_l("At most 400 days from now. Make a new one before, so that nothing stands still."),
        validators=[DayNeeded()],
    )

    def offer(self) -> None:
        """Put the choices in the reader's language."""
        self.scopes.choices = [SelectChoice(scope.value, _(SCOPES[scope])) for scope in Scope]

    def chosen(self) -> list[Scope]:
        """What was ticked."""
        return [Scope(each) for each in self.scopes.data or ()]
