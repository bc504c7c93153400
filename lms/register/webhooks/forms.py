"""Forms about notifications to other systems."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.register.webhooks.rules import LONGEST_NAME, LONGEST_URL

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class AddForm(OnceForm):
    """A system to notify."""

    name = StringField(
        _l("What is the system called?"),
        description=_l("For example, Council website."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Give the system a name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
    )
    url = StringField(
        _l("Its address for messages"),
        description=_l("Whoever runs the system gives it to you. It begins with https://."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the address.")), Length(max=LONGEST_URL, message=_TOO_LONG)],
        render_kw={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"},
    )
