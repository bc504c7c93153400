"""Forms about how certificates look."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovTextInput
from wtforms import BooleanField, FileField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.certification.appearance.queries import Appearance
from lms.certification.appearance.rules import Languages
from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.papers import PaperForm
from lms.core.web.texts import _, _l
from lms.core.words import N_

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_DAY = _l("For example, 21 11 2026.")

LANGUAGES = {
    Languages.HOLDER: N_("The language the holder reads PALMS in"),
    Languages.ENGLISH: N_("Always English"),
    Languages.WELSH: N_("Always Welsh"),
    Languages.BOTH: N_("English and Welsh on the same certificate, the holder’s language first"),
}


def _line(label: Any, hint: Any = "", *, longest: int, needed: Any = None) -> StringField:
    checks: list[Any] = [InputRequired(needed)] if needed is not None else []
    return StringField(
        label, description=hint, widget=GovTextInput(), validators=[*checks, Length(max=longest, message=_TOO_LONG)]
    )


class AppearanceForm(PaperForm):
    """Languages and logo."""

    languages = RadioField(
        _l("Which language are certificates in?"),
        widget=Radios(),
        validators=[InputRequired(_l("Choose a language."))],
    )
    paper = FileField(
        _l("A logo (optional)"),
        widget=GovFileInput(),
        render_kw={"accept": "image/jpeg,image/png"},
        description=_l("PNG or JPEG, at most 4 MB. It has to be one that your organisation may use."),
    )
    alt = _line(
        _l("What does the logo show?"),
        _l("For people who have the certificate read out. The name of your organisation is often enough."),
        longest=200,
    )
    alt_cy = _line(_l("The same in Welsh (optional)"), longest=200)
    remove = BooleanField(_l("Take the logo away"), widget=Tick())

    def prepare(self) -> None:
        """Put in the choices."""
        self.languages.choices = [SelectChoice(str(each), _(LANGUAGES[each])) for each in Languages]

    @staticmethod
    def filled(appearance: Appearance) -> dict[str, Any]:
        """What stands in the form for what counts today."""
        return {
            "languages": str(appearance.languages),
            "alt": appearance.logo_alt,
            "alt_cy": appearance.logo_alt_cy,
        }


class SignatoryForm(OnceForm):
    """Somebody who answers for certificates."""

    name = _line(_l("Full name"), longest=120, needed=_l("Enter a name."))
    role = _line(
        _l("What are they?"),
        _l("For example, Head of adult services."),
        longest=120,
        needed=_l("Say what they are, such as “Head of adult services”."),
    )
    role_cy = _line(_l("The same in Welsh (optional)"), longest=120)
    organisation = _line(_l("Organisation (optional)"), _l("If it is not the authority itself."), longest=160)
    since = DayField(_l("First day"), description=_DAY, validators=[DayNeeded()])
    until = DayField(_l("Last day (optional)"), description=_l("Leave it empty while you do not know it."))


class EndForm(OnceForm):
    """The last day on which somebody signs."""

    until = DayField(_l("Which day is the last?"), description=_DAY, validators=[DayNeeded()])
