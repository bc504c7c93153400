"""How hard a text is to read: words in a sentence, and the reading age by the Flesch-Kincaid formula.

The formula is Kincaid and others, 1975 (US Navy): grade = 0.39 × words a sentence + 11.8 × syllables a word − 15.59;
a school grade and 5 is an age. It was made for English and says nothing about Welsh. Syllables are counted by groups
of vowels, which is a little wrong for many words and right enough for a page of them. No library is used: the one that
is kept up (textstat) needs NLTK and a word list fetched at run time; see docs/dependencies.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.core.markdown import parts_of

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,:%£]*\d|\d", re.UNICODE)
_END = re.compile(r"(?<=[.!?…])[\"”’')*]*\s+(?=[\"“‘'(*]*[A-Z0-9£])|(?<=[:;])\s*$")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"[^laeiouyr]es$|[aeiou]les$|[^dtaeiouy]ed$|[^laeiouy]e$|[aeiou]le$")
"""Endings whose e is not heard, as in makes, Wales, asked, time, whole …"""
_HEARD = re.compile(r"(?:[sxz]|ch|sh|[cg])es$")
"""… unless it is, as in boxes and changes."""
_APART = re.compile(r"i[ao](?!u)|[aeiouy]ing$|eo(?!u)|ua|uou|iu(?!s)|iet|scien|crea(?!m|k|s)|[bdnrv]ious$|..ea$")
"""Vowels that stand together and are said apart, as in diary, being, idea, serious."""


@dataclass(frozen=True)
class Ease:
    """What was counted in a text. Words and sentences of running text: headings and tables are left out."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_a_sentence(self) -> float:
        """The average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def age(self) -> float:
        """The age at which most people read this with ease; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words_a_sentence + 11.8 * self.syllables / self.words - 15.59 + 5


def ease_of(markdown: str) -> Ease:
    """How hard a Markdown text is."""
    sentences = [words for block in _blocks(markdown) for part in _END.split(block) if (words := _WORD.findall(part))]
    flat = [word for words in sentences for word in words]
    return Ease(len(flat), len(sentences), sum(map(syllables, flat)))


def syllables(word: str) -> int:
    """The syllables of an English word, about; a number counts as one, since nobody spells it out."""
    small = word.lower().replace("’", "'").removesuffix("'s")
    if not small[:1].isalpha():
        return 1
    return sum(_of_one(part) for part in re.split(r"[-']", small) if part)


def _of_one(word: str) -> int:
    word = re.sub(r"(?<=[aeiou])y(?=[aeiou])", "j", word)  # the y of player parts two syllables
    count = len(_VOWELS.findall(word)) + bool(_APART.search(word))
    if _SILENT.search(word) and not _HEARD.search(word):
        count -= 1
    return max(1, count)


def _blocks(markdown: str) -> Iterator[str]:
    """The running text of each paragraph and list item."""
    outside = 0
    for part in parts_of(markdown):
        outside += {"heading_open": 1, "heading_close": -1, "table_open": 1, "table_close": -1}.get(part.type, 0)
        if part.type == "inline" and not outside:
            yield "".join(
                " " if child.type in {"softbreak", "hardbreak"} else child.content
                for child in part.children or ()
                if child.type != "image"
            )
