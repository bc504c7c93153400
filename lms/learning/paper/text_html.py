"""Authored Markdown for paper: addresses written out, pictures by name, and the words to be explained collected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token
from markupsafe import Markup

from lms.core.markdown import dressed_html_of
from lms.learning.catalogue import Home
from lms.learning.shelf.glossary import Glossary, Term
from lms.learning.shelf.lesson_files import PICTURES

_BELOW = {"h2": "h3", "h3": "h4"}
"""Headings stand one level lower than on a lesson's own page: here the lesson is one of several."""

LONGEST = 56
"""Characters of an address on one line of paper: what fits between the margins in the PDF's letters."""

_SCHEME = re.compile(r"^https?://(?:www\.)?")


@dataclass(frozen=True)
class OnPage:
    """Safe HTML, and the words explained under it. A picture has the address `pictures/<name>`, or, of a lesson that
    another module teaches, `pictures/<module>/<edition>/<name>`.
    """

    html: str
    terms: tuple[Term, ...]


def plain_address(address: str) -> str:
    """A web address as somebody types it from paper."""
    return _SCHEME.sub("", address).rstrip("/")


def in_lines(address: str) -> list[str]:
    """An address in parts that each fit on a line, the same when put together again.

    The PDF divides no word. A part ends after a "/" or "-" where it can, so that nobody types a mark that is not there.
    """
    parts = []
    while len(address) > LONGEST:
        at = max(address.rfind(mark, 0, LONGEST) for mark in "/-") + 1
        at = at if at > LONGEST // 3 else LONGEST
        parts.append(address[:at])
        address = address[at:]
    return [*parts, address]


def paper_address(address: str) -> Markup:
    """A web address as it stands on paper: to be typed, and on as many lines as it needs."""
    return Markup("<br>").join(in_lines(plain_address(address)))


@lru_cache(maxsize=512)
def on_page(markdown: str, language: str, glossary: Glossary | None = None, home: Home | None = None) -> OnPage:
    """A text for paper; `home` is where it is taught, if elsewhere. Without a glossary no words are collected."""
    dresser = _Dresser(language, glossary, f"{PICTURES}{home.module}/{home.edition}/" if home else PICTURES)
    return OnPage(dressed_html_of(markdown, dresser), tuple(dresser.terms))


class _Dresser:
    """Goes through a text from its start to its end, once."""

    def __init__(self, language: str, glossary: Glossary | None, pictures: str) -> None:
        self._language, self._glossary, self._pictures = language, glossary, pictures
        self._explained: set[str] = set()
        self.terms: list[Term] = []

    def __call__(self, parts: list[Token]) -> None:
        for part in parts:
            if part.type in {"heading_open", "heading_close"}:
                part.tag = _BELOW.get(part.tag, part.tag)
            if part.children:
                part.children = list(self._inside(part.children))

    def _inside(self, children: list[Token]) -> Iterator[Token]:
        opened, said = "", ""
        for child in children:
            if child.type == "link_open":
                opened, said = str(child.attrGet("href") or ""), ""
            elif child.type == "image":
                name = str(child.attrGet("src")).removeprefix(PICTURES)
                child.attrs = {"src": self._pictures + name, "alt": "", "class": "palms-picture"}
            elif child.type == "text":
                said += child.content
                self._collect(child.content)
            yield child
            if child.type == "link_close":
                yield from _written_out(opened, said)

    def _collect(self, text: str) -> None:
        if self._glossary is None:
            return
        for found in self._glossary.standing(text, self._language, self._explained):
            self._explained |= {term.code for term in found.terms}
            self.terms += found.terms


def _written_out(address: str, said: str) -> Iterator[Token]:
    """The address behind a link's words, where the words are not the address itself."""
    shown = plain_address(address.removeprefix("mailto:").removeprefix("tel:"))
    bare = said.replace(" ", "")
    if shown and shown not in bare and not (address.startswith("tel:") and any(map(str.isdigit, bare))):
        for number, line in enumerate(in_lines(f"({shown})")):
            if number:
                yield Token("hardbreak", "br", 0)
            token = Token("text", "", 0)
            token.content = line if number else f" {line}"
            yield token
