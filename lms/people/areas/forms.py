"""The form that names an area."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.people.areas.services import LONGEST

_SHORT = Length(max=LONGEST, message=_l("Shorten the name to 80 letters."))


class AreaForm(OnceForm):
    """What an area is called, in both languages and by other systems."""

    name = StringField(
        _l("Name"),
        description=_l("As your people call it, for example “North Rivermere”."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the name of the area.")), _SHORT],
    )
    name_cy = StringField(_l("Name in Welsh (optional)"), widget=GovTextInput(), validators=[_SHORT])
    code = StringField(
        _l("Code"),
        description=_l("Letters, digits, dots and hyphens. Files that are brought in name the area by it."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter a code, for example NORTH-1."))],
    )
    closed = BooleanField()
