"""Forms for writing and publishing a code of conduct. What is wrong with the words, the service says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.core.content import Words
from lms.core.web.fields import DayField, DayNeeded, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.register.conduct.rules import LONGEST_NEWS, MOST_COMMITMENTS, MOST_DAYS

SPARE = 2
"""Empty places under the last commitment, to add some."""


class _BothForm(Form):
    """One commitment in both languages. Left empty, it is none."""

    en = TextAreaField(widget=GovTextArea(), render_kw={"rows": 2})
    cy = TextAreaField(widget=GovTextArea(), render_kw={"rows": 2})


class _Several(FieldList):  # type: ignore[type-arg]  # generic in its stubs only
    """A list whose places are told by a few figures; WTForms falls over other signs that count as digits."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        found = (re.match(rf"{re.escape(prefix)}-([0-9]{{1,4}})-", name) for name in formdata)
        return (int(each[1]) for each in found if each)


def _version() -> StringField:
    return StringField(
        _l("What is the new version called?"),
        description=_l("Letters, digits, dots and hyphens, such as 2027-1. PAs see it."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Give the version a name.")), Length(max=20)],
    )


class NewVersionForm(OnceForm):
    """The name of a new version."""

    version = _version()


class DraftForm(LmsForm):
    """A version as it is being written."""

    version = _version()
    commitments = _Several(FormField(_BothForm), max_entries=MOST_COMMITMENTS)
    news_en = TextAreaField(
        _l("What is new, in one or two sentences (optional)"),
        description=_l("PAs who accepted an earlier version read this first."),
        widget=GovTextArea(),
        render_kw={"rows": 2},
        validators=[Length(max=LONGEST_NEWS, message=_l("Shorten this to at most %(max)d characters."))],
    )
    news_cy = TextAreaField(
        _l("The same in Welsh"),
        widget=GovTextArea(),
        render_kw={"rows": 2},
        validators=[Length(max=LONGEST_NEWS, message=_l("Shorten this to at most %(max)d characters."))],
    )
    reaccept_days = IntegerField(
        _l("How many days do PAs have to accept it who accepted an earlier one?"),
        description=_l("While they are listed, they stay so for these days. New PAs accept it before they are listed."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number of days.")),
            NumberRange(0, MOST_DAYS, message=_l("Enter a number between %(min)s and %(max)s.")),
        ],
    )

    def label(self) -> None:
        """Number the places, so that each is told from the others when it is read out."""
        for place, each in enumerate(self.commitments, start=1):
            each.form.en.label.text = _("Commitment %(number)d in English", number=place)
            each.form.cy.label.text = _("Commitment %(number)d in Welsh", number=place)
            each.form.cy.render_kw = {"rows": 2, "lang": "cy"}

    def room_for_more(self) -> None:
        """Empty places at the end, as long as there may be more."""
        empty = sum(1 for each in self.commitments if not (each.form.en.data or each.form.cy.data))
        while empty < SPARE and len(self.commitments) < MOST_COMMITMENTS:
            self.commitments.append_entry()
            empty += 1

    def written(self) -> tuple[Words, ...]:
        """The commitments; places left empty are passed over."""
        pairs = ((_flat(each.form.en.data), _flat(each.form.cy.data)) for each in self.commitments)
        return tuple(Words(en=en, cy=cy or None) for en, cy in pairs if en or cy)

    def news(self) -> Words | None:
        """What is new, if anybody wrote it."""
        english = _flat(self.news_en.data)
        return Words(en=english, cy=_flat(self.news_cy.data) or None) if english else None

    @staticmethod
    def filled(commitments: Sequence[Words], **more: Any) -> dict[str, Any]:
        """What stands in the form for a draft."""
        return {"commitments": [{"en": each.en, "cy": each.cy or ""} for each in commitments], **more}


class PublishForm(LmsForm):
    """From which day a version holds."""

    from_day = DayField(
        _l("From which day does it hold?"),
        description=_l("For example 1 4 2027. PAs hear of it on that day."),
        earliest=2020,
        latest=2100,
        validators=[DayNeeded()],
    )


class AcceptForm(OnceForm):
    """The PA accepts the code of conduct they read on the page."""

    accept = BooleanField(
        _l("I have read this and will keep to it"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box if you will keep to it. If not, talk with the register team."))],
    )


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
