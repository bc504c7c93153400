"""The form on which a PA agrees to what other systems are told."""

from wtforms import BooleanField

from lms.core.web.fields import Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l


class AgreeForm(OnceForm):
    """Agree to what the page lists, and to one thing more if the PA likes."""

    verdict = BooleanField(
        _l("The register team’s own systems may also ask what I have and what is still missing"),
        description=_l("You can be listed without this."),
        widget=Tick(),
    )
