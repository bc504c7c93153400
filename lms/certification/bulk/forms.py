"""The form with which a batch is begun."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from lms.certification.bulk.choices import Choice
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l, language


class BeginForm(OnceForm):
    """Which certificate, for the people on which course."""

    what = SelectField(
        _l("Which certificate?"),
        description=_l("Everybody of your authority who is on the course is looked at."),
        widget=GovSelect(),
        validators=[InputRequired(_l("Choose a certificate."))],
    )

    def offer(self, choices: Iterable[Choice]) -> None:
        """Put in the choices, in the reader's language."""
        tongue = language()
        named = [SelectChoice(each.value, called(each, tongue)) for each in choices]
        self.what.choices = [SelectChoice("", _("Choose")), *named]


def called(choice: Choice, tongue: str) -> str:
    """A choice in one line."""
    of = f": {choice.code} {choice.of.text(tongue)}" if choice.of else ""
    return f"{choice.name.text(tongue)}{of} ({choice.course.text(tongue)})"
