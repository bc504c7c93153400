"""What the page of all lines is put together from: each line in each state, said once for each language and kept.

An edition has some two hundred lines. Nothing in a piece is about anybody: the page of a learner is the pieces of the
states their lines are in, joined. Links are relative, so that the same piece serves a learner and their assessor.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup, escape

from lms.assessment.content import Framework, Line, Unit
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.labels import CODE_UNKNOWN, LINE_TAGS, PRACTICE_TAGS, Tag
from lms.assessment.knowledge.queries import Standing
from lms.assessment.knowledge.rules import LineState, Seen, Sentence, Work
from lms.assessment.rules import Kind
from lms.core import i18n
from lms.core.content import Words
from lms.core.web.texts import _, language

_ROW = Markup('<li data-is="{state}"><b>{code}:</b> {text} <i>{tag}</i>\n')  # an <li> needs no end, and there are many
_HEAD = Markup(
    '<h2 class="govuk-heading-m" id="{id}">{title}</h2>\n<p class="govuk-body">{sentence}. '
    '<a class="govuk-link" href="{href}">{log}<span class="govuk-visually-hidden">: {title}</span></a></p>\n'
)


MOST_HEADS = 4000
"""Headings kept of an edition: each standard in each of its states, and on the days on which it was signed off."""


class Pieces:
    """The pieces of one edition in one language, each made when it is first wanted."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._rows: dict[tuple[str, LineState | Seen], str] = {}
        self._heads: dict[tuple[str, str, int, Work | None], str] = {}

    def page(self, standing: Standing) -> Markup:
        """Every standard with its lines, as they stand for one learner."""
        return Markup("".join(self._parts(standing)))  # noqa: S704  made of pieces that are safe

    def _parts(self, standing: Standing) -> Iterator[str]:
        seen = standing.practised.lines if standing.practised else {}
        states: Mapping[str, LineState | Seen] = {**standing.lines, **seen}
        rows = self._rows
        for unit in self._framework.units:
            yield self._head(unit, standing)
            yield '<ul class="palms-lines">\n'
            for line in unit.lines:
                place = (line.key, states[line.key])
                yield rows.get(place) or self._made(line, place)
            yield "</ul>\n"

    def _made(self, line: Line, place: tuple[str, LineState | Seen]) -> str:
        state: str = place[1]
        if line.kind is Kind.PRACTICE:
            state = "shown" if place[1] is Seen.MET else "practice"
        self._rows[place] = _ROW.format(
            state=state, code=code_of(line), text=said(line.text), tag=_(tag_of(line, place[1]).text)
        )
        return self._rows[place]

    def _head(self, unit: Unit, standing: Standing) -> str:
        place = (unit.code, str(standing.units[unit.code]), standing.shown_in(unit), standing.work_of(unit))
        if place not in self._heads:
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            self._heads[place] = _HEAD.format(
                id=unit.code.lower(),
                title=title_of(unit),
                sentence=tell(standing.sentence_of(unit)),
                href=f"{self._framework.code}/{unit.code}",
                log=_("Progress log"),
            )
        return self._heads[place]


def pieces_of(framework: Framework) -> Pieces:
    """The pieces of an edition in the language of the page."""
    return kept("pieces", (framework,), lambda: Pieces(framework), language())


def tag_of(line: Line, state: LineState | Seen) -> Tag:
    """What a line's tag says, by where its knowledge stands or what is told of its practice."""
    if line.kind is Kind.PRACTICE:
        return PRACTICE_TAGS[state if isinstance(state, Seen) else Seen.UNTOLD]
    assert isinstance(state, LineState)
    return LINE_TAGS[state]


def code_of(line: Line) -> str:
    """A line's official code; for a topic the code of its outcome, and that its own was not established."""
    return line.code or _(CODE_UNKNOWN, outcome=line.outcome)


def title_of(unit: Unit) -> Markup:
    """“Standard 5: …”"""
    return escape(_("Standard %(number)s", number=unit.number)) + ": " + said(unit.title)


def said(words: Words) -> Markup:
    """Authored words, marked with their language where it is not the page's."""
    tongue = words.language(language())
    text = escape(words.text(language()))
    return text if tongue == language() else Markup('<span lang="{}">{}</span>').format(tongue, text)


def tell(sentence: Sentence) -> str:
    """A sentence in the language of the page."""
    values = {
        name: i18n.day(value, language()) if isinstance(value, date) else value
        for name, value in sentence.values.items()
    }
    return _(sentence.message, **values)
