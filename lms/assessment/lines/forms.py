"""Forms of the lines desk: where a line was looked up, and what it says there."""

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.assessment.lines.rules import Simulated, mark_of
from lms.assessment.lines.services import LONGEST_PLACE, Place, Said, said_of
from lms.assessment.rules import Kind
from lms.assessment.shelf.corrections import LONGEST_TEXT
from lms.assessment.shelf.parts import Line
from lms.core.content import Words
from lms.core.web.fields import DayField, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_COPIED = _l("Say it in your own words, in at most %(max)d characters. The official wording may not be copied.")


def _looked_up_in() -> StringField:
    return StringField(
        _l("Where did you look it up?"),
        description=_l("Name the document and the page, such as “the standards as published, page 12”."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Say where you looked it up: which document, which page.")),
            Length(max=LONGEST_PLACE, message=_TOO_LONG),
        ],
    )


def _document_on() -> DayField:
    return DayField(
        _l("Date of the document (if it has one)"),
        description=_l("For example 1 3 2025. Leave it empty when the document has no day."),
        earliest=2000,
    )


class _PlaceForm(OnceForm):
    looked_up_in: StringField
    document_on: DayField
    seen = HiddenField()

    def look_at(self, line: Line) -> None:
        """The page shows this line: what is sent from it is about just that."""
        self.seen.data = mark_of(line)

    def place(self) -> Place:
        """Where it was looked up."""
        return Place(looked_up_in=self.looked_up_in.data or "", document_on=self.document_on.data)


class WhereForm(_PlaceForm):
    """Where a line was looked up. Enough to confirm it."""

    looked_up_in = _looked_up_in()
    document_on = _document_on()


class CorrectForm(_PlaceForm):
    """What the official document says instead, in our own words."""

    code = StringField(
        _l("Official code"),
        description=_l("As the document prints it. Leave it empty while nobody knows it: never make one up."),
        widget=GovTextInput(),
        validators=[Length(max=40, message=_TOO_LONG)],
    )
    text = TextAreaField(
        _l("What the line asks, in your own words"),
        description=_l(
            "A short paraphrase of at most 200 characters. Do not copy the official sentence: its wording belongs to "
            "its owners, and whoever assesses works from the official document."
        ),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write in your own words what the line asks.")),
            Length(max=LONGEST_TEXT, message=_COPIED),
        ],
    )
    welsh = TextAreaField(
        _l("The same in Welsh (if you have it)"),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_TEXT, message=_COPIED)],
    )
    kind = RadioField(
        _l("What is it about?"),
        choices=[
            SelectChoice(Kind.KNOWLEDGE.value, _l("Knowledge: somebody says or explains it")),
            SelectChoice(Kind.PRACTICE.value, _l("Practice: somebody does it, and it is seen at work")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose knowledge or practice."))],
    )
    simulation = RadioField(
        _l("May it be shown away from real work?"),
        description=_l("For practice, yes only where the official document says so in plain words."),
        choices=[
            SelectChoice(Simulated.YES.value, _l("Yes")),
            SelectChoice(Simulated.NO.value, _l("No")),
            SelectChoice(Simulated.UNKNOWN.value, _l("Not known: it counts as no")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose one."))],
    )
    looked_up_in = _looked_up_in()
    document_on = _document_on()

    def fill(self, line: Line) -> None:
        """Put in what the line says now."""
        said = said_of(line)
        self.code.data, self.text.data, self.welsh.data = said.code, said.text.en, said.text.cy
        self.kind.data, self.simulation.data = said.kind.value, said.simulation.value

    def said(self, line: Line) -> Said:
        """What it says instead; a criterion keeps its code, so the form does not ask for it."""
        code = (self.code.data or "").strip() or None
        return Said(
            code=code if line.is_topic else line.code,
            text=Words(en=self.text.data or "", cy=(self.welsh.data or "").strip() or None),
            kind=Kind(self.kind.data),
            simulation=Simulated(self.simulation.data),
        )
