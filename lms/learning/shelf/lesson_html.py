"""A lesson's Markdown as the page shows it: its pictures in their place, each word explained where it first stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from lms.core.markdown import dressed_html_of
from lms.learning.catalogue import Module
from lms.learning.shelf.glossary import Glossary, Standing, Term
from lms.learning.shelf.lesson_files import PICTURES
from lms.learning.shelf.lesson_texts import LessonText, Where


@dataclass(frozen=True)
class Shown:
    """A picture as a page needs it."""

    name: str
    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Labels:
    """What stands before a meaning that holds in one nation only, in the page's language."""

    language: str
    england: str
    wales: str

    def of(self, where: Where) -> str:
        """The words for a nation; none for both."""
        return {Where.ENGLAND: self.england, Where.WALES: self.wales, Where.BOTH: ""}[where]


def lesson_html(
    text: LessonText, module: Module, *, glossary: Glossary, address: Callable[[str], str], labels: Labels
) -> str:
    """The text's body as safe HTML; `address` gives the address of a picture by its name."""
    shown = tuple(Shown(each.name, address(each.name), each.width, each.height) for each in module.pictures.values())
    return _html(text.body, text.language, shown, glossary, labels)


@lru_cache(maxsize=512)
def _html(body: str, language: str, pictures: tuple[Shown, ...], glossary: Glossary, labels: Labels) -> str:
    return dressed_html_of(body, _Dresser(language, pictures, glossary, labels))


class _Dresser:
    """Goes through a text from its start to its end, once."""

    def __init__(self, language: str, pictures: tuple[Shown, ...], glossary: Glossary, labels: Labels) -> None:
        self._language, self._glossary, self._labels = language, glossary, labels
        self._pictures = {each.name: each for each in pictures}
        self._explained: set[str] = set()

    def __call__(self, parts: list[Token]) -> None:
        heading = False
        for part in parts:
            if part.type in {"heading_open", "heading_close"}:
                heading = part.type == "heading_open"
            if part.children:
                part.children = list(self._inside(part.children, plain=heading))

    def _inside(self, children: list[Token], *, plain: bool) -> Iterator[Token]:
        linked = 0
        for child in children:
            linked += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "image":
                yield from self._picture(child)
            elif child.type == "text" and not plain and not linked:
                yield from self._words(child)
            else:
                yield child

    def _picture(self, token: Token) -> Iterator[Token]:
        shown = self._pictures.get(str(token.attrGet("src")).removeprefix(PICTURES))
        if shown is not None:
            token.attrs = {
                "src": shown.address,
                "alt": "",  # the renderer puts in the words between the brackets
                "width": shown.width,
                "height": shown.height,
                "loading": "lazy",
                "decoding": "async",
                "class": "palms-picture",
            }
            yield token

    def _words(self, token: Token) -> Iterator[Token]:
        at = 0
        for found in self._glossary.standing(token.content, self._language, self._explained):
            self._explained |= {term.code for term in found.terms}
            yield _part("text", token.content[at : found.start])
            yield _part("html_inline", self._explaining(token.content[found.start : found.end], found))
            at = found.end
        yield _part("text", token.content[at:])

    def _explaining(self, word: str, found: Standing) -> str:
        place = f"word-{found.terms[0].code}"
        means = "".join(self._meaning(term) for term in found.terms)
        button = f'<button type="button" class="palms-word" popovertarget="{place}">{escape(word)}</button>'
        return f'{button}<span class="palms-meaning" id="{place}" popover>{means}</span>'

    def _meaning(self, term: Term) -> str:
        where = self._labels.of(term.nation)
        foreign = f' lang="{self._labels.language}"' if self._labels.language != self._language else ""
        label = f'<span class="palms-meaning__where"{foreign}>{escape(where)}:</span> ' if where else ""
        tongue = term.means.language(self._language)
        other = f' lang="{tongue}"' if tongue != self._language else ""
        return f'<span class="palms-meaning__one"{other}>{label}{escape(term.means.text(self._language))}</span>'


def _part(kind: str, content: str) -> Token:
    token = Token(kind, "", 0)
    token.content = content
    return token
