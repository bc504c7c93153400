"""Forms about two records of one person."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.register.merging.reasons import Likeness, LinkReason, UndoReason

REASONS = {
    LinkReason.SAID_BY_THE_PA: _l("The PA told us"),
    LinkReason.SAME_DOCUMENTS: _l("We saw the same documents for both"),
    LinkReason.SAME_CONTACT: _l("We spoke with them on both contacts"),
    LinkReason.ADDED_TWICE: _l("We added them twice ourselves"),
}
UNDO_REASONS = {
    UndoReason.TWO_PEOPLE: _l("They are two people"),
    UndoReason.WRONG_WAY_ROUND: _l("The other record has to stay"),
    UndoReason.ASKED_BY_THE_PA: _l("The PA asked for it"),
}
LIKENESSES = {
    Likeness.NAME: _l("Same name"),
    Likeness.NAME_AND_EMAIL: _l("Same name, and nearly the same e-mail address"),
    Likeness.EMAIL: _l("Nearly the same e-mail address"),
    Likeness.NAME_AND_EMPLOYER: _l("Same name and same employer"),
}


class LinkForm(OnceForm):
    """Which record stays, and how the team knows."""

    kept = RadioField(
        _l("Which record stays on your lists?"),
        widget=Radios(),
        validators=[InputRequired(_l("Choose the record that stays."))],
    )
    reason = RadioField(
        _l("How do you know that it is the same person?"),
        choices=[SelectChoice(each.value, label) for each, label in REASONS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Say how you know."))],
    )


class UndoForm(OnceForm):
    """Why the two are two again."""

    reason = RadioField(
        _l("Why is it undone?"),
        choices=[SelectChoice(each.value, label) for each, label in UNDO_REASONS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Say why it is undone."))],
    )
