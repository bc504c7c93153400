"""What a reader says of a text."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.learning.states import Judged
from lms.learning.writing.rules import LONGEST_COMMENT


class ReadForm(OnceForm):
    """Met or not yet, and a comment. `version` is the version that stood on the page."""

    version = HiddenField()
    judged = RadioField(
        _l("What do you say of it?"),
        choices=[
            SelectChoice(str(Judged.MET), _l("Met: what is looked for is there")),
            SelectChoice(str(Judged.NOT_YET), _l("Not yet: something is still missing")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose “Met” or “Not yet”."))],
    )
    comment = TextAreaField(
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_COMMENT, message=_l("Shorten this to at most %(max)d characters."))],
    )

    def for_learner(self, name: str) -> None:
        """Put the learner's name into what is asked."""
        self.comment.label.text = _("Your comment to %(name)s", name=name)
        self.comment.description = _(
            "Say first what is good, then one thing to work on. It is needed when you choose “Not yet”. Only %(name)s "
            "and those who read after you see it.",
            name=name,
        )

    def validate_comment(self, field: Any) -> None:
        """“Not yet” says what is still missing."""
        if self.judged.data == Judged.NOT_YET and not (field.data or "").strip():
            raise ValidationError(_("Write what is still missing, so that they know what to work on."))

    def read_version(self) -> int:
        """The version that was read; 0 when what came back is not a number."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else 0

    def said(self) -> Judged | None:
        """What was chosen so far."""
        return Judged(self.judged.data) if self.judged.data in {str(kind) for kind in Judged} else None
