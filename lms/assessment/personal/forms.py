"""Forms of sign-offs for one person."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.assessment.personal.labels import LABELS, SIGNERS, TASKS
from lms.assessment.personal.rules import LONGEST_CODE, Days, Looked, SignerRole, Task, Wrong, wrong_code, wrong_days
from lms.assessment.personal.services import LONGEST_KNOWN_BY, LONGEST_PLACE, LONGEST_WORD, SAID, SignedFor
from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.people.queries import OrganisationView

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_EXAMPLE = _l("For example, 21 11 2026.")


def _line(label: Any, hint: Any, needed: Any, longest: int) -> StringField:
    checks = [InputRequired(needed)] if needed is not None else []
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        validators=[*checks, Length(max=longest, message=_TOO_LONG)],
    )


def _text(label: Any, hint: Any, needed: Any = None) -> TextAreaField:
    checks = [InputRequired(needed)] if needed is not None else []
    return TextAreaField(
        label,
        description=hint,
        widget=GovTextArea(),
        validators=[*checks, Length(max=LONGEST_WORD, message=_TOO_LONG)],
    )


class SignedForForm(OnceForm):
    """What a competent person signed a PA off for, written down by somebody beside them."""

    employer = RadioField(
        _l("For which employer?"), widget=Radios(), validators=[InputRequired(_l("Choose the employer."))]
    )
    task = RadioField(
        _l("Which kind of task?"),
        choices=[SelectChoice(str(task), text) for task, text in TASKS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose the kind of task."))],
    )
    person_code = _line(
        _l("Initials or a code for the person supported"),
        _l("The employer chooses it. Never a name. For example, A.Y. or P7."),
        _l("Write initials or a code."),
        LONGEST_CODE,
    )
    what = _text(
        _l("What exactly may they do?"),
        _l("For example: change the night bag and empty the leg bag. No names and no diagnosis."),
        _l("Write what exactly they may do."),
    )
    limits = _text(_l("What may they not do, or when do they ring for help? (optional)"), "")
    signer_name = _line(
        _l("Who trained and watched them?"), _l("The full name of the competent person."), _l("Write their name."), 120
    )
    signer_role = RadioField(
        _l("What are they?"),
        choices=[SelectChoice(str(role), text) for role, text in SIGNERS.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what they are."))],
    )
    signer_organisation = _line(_l("Where do they work? (optional)"), "", None, LONGEST_PLACE)
    known_by = _line(
        _l("How can somebody check who they are?"),
        _l("A registration number, such as an NMC or HCPC PIN, or how you know them."),
        _l("Write a registration number, or how you know them."),
        LONGEST_KNOWN_BY,
    )
    trained_on = DayField(_l("Trained on"), description=_EXAMPLE, validators=[DayNeeded()], earliest=2000)
    observed_on = DayField(_l("Watched doing it on"), description=_EXAMPLE, validators=[DayNeeded()], earliest=2000)
    valid_until = DayField(
        _l("Counts until"),
        description=_l("The day the competent person said. It has to be looked at again by then."),
        validators=[DayNeeded()],
        earliest=2000,
    )
    signed = BooleanField(
        _l("The competent person watched this PA do it for this person, and said that they can."),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box if this is so. If not, do not save it."))],
    )
    today: date

    def for_homes(self, homes: Sequence[OrganisationView], today: date) -> None:
        """Say which households can be chosen; with one there is no question."""
        self.today = today
        self.employer.choices = [SelectChoice(str(home.id), home.name) for home in homes]
        if len(homes) == 1:
            self.employer.validators = []
            self.employer.data = str(homes[0].id)

    def validate_person_code(self, field: Any) -> None:
        """Initials or a code, nothing like a name."""
        wrong = wrong_code(" ".join((field.data or "").split()))
        if wrong is not None:
            raise ValidationError(_(SAID[wrong]))

    def validate_valid_until(self, field: Any) -> None:
        """The days fit together; each mistake stands at the day to change."""
        days = self._days()
        wrong = wrong_days(days, today=self.today) if days else None
        if wrong in {Wrong.OVER_ALREADY, Wrong.TOO_LONG}:
            raise ValidationError(_(SAID[wrong]))

    def validate_observed_on(self, field: Any) -> None:
        """Training and watching have happened, in this order."""
        days = self._days()
        wrong = wrong_days(days, today=self.today) if days else None
        if wrong in {Wrong.DAY_TO_COME, Wrong.WATCHED_BEFORE_TRAINED}:
            raise ValidationError(_(SAID[wrong]))

    def _days(self) -> Days | None:
        trained, observed, until = self.trained_on.data, self.observed_on.data, self.valid_until.data
        return Days(trained, observed, until) if trained and observed and until else None

    def signed_for(self) -> SignedFor:
        """What was filled in; after it was validated."""
        days = self._days()
        assert days is not None
        return SignedFor(
            employer_id=UUID(self.employer.data),
            person_code=self.person_code.data or "",
            task=Task(self.task.data),
            what=self.what.data or "",
            limits=self.limits.data or "",
            signer_name=self.signer_name.data or "",
            signer_role=SignerRole(self.signer_role.data),
            signer_organisation=self.signer_organisation.data or "",
            known_by=self.known_by.data or "",
            days=days,
        )


class LookForm(OnceForm):
    """Say that something changed, or that somebody competent looked."""

    looked = RadioField(
        _l("What happened?"),
        choices=[SelectChoice(str(looked), text) for looked, text in LABELS["looks"].items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what happened."))],
    )
    looked_by = _line(
        _l("If somebody looked: who?"), _l("Their name and what they are, such as a nurse."), None, LONGEST_KNOWN_BY
    )
    word = _text(_l("A word about it (optional)"), _l("No names and no diagnosis."))

    def for_pa(self) -> None:
        """The PA says that something changed; that it fits, others say."""
        self.looked.choices = [SelectChoice(str(Looked.PAUSED), LABELS["looks"][Looked.PAUSED])]
        self.looked.data = self.looked.data or str(Looked.PAUSED)
        del self.looked_by

    def validate_looked_by(self, field: Any) -> None:
        """Whoever says it fits says who looked."""
        if self.looked.data == Looked.FITS and not (field.data or "").strip():
            raise ValidationError(_("Write who looked at it: their name and what they are."))


class StopForm(OnceForm):
    """End it today."""

    word = _text(_l("Why? (optional)"), _l("The PA can read this."))
