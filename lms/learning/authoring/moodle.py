"""Reads questions from Moodle XML. Entities, document types and anything outside are refused before they are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

import nh3

from lms.learning.authoring.drafts import (
    LONGEST_TEXT,
    Draft,
    Reading,
    TooMuch,
    choice_of,
    decoded,
    match_of,
    order_of,
    typed_of,
    written_of,
)

DEEPEST = 30
MOST_PARTS = 100_000
_BLOCKS = set("p div li br tr h1 h2 h3 h4 h5 h6 ul ol table".split())
_TAGS = re.compile("<[^<>]*>")
_REACHES = re.compile(r"<\s*(img|audio|video|iframe|object|embed|script)\b|@@PLUGINFILE@@", re.IGNORECASE)


@dataclass
class Node:
    """One element, where it starts, what stands in it."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, without what stands in its children."""
        return "".join(self.said)

    def all(self, tag: str) -> Iterator["Node"]:
        """The children with a tag."""
        return (child for child in self.children if child.tag == tag)

    def of(self, *path: str) -> "Node | None":
        """The first element on a path of tags, None when one is missing."""
        here: Node | None = self
        for tag in path:
            here = next(here.all(tag), None) if here is not None else None
        return here


def read_moodle(content: bytes) -> Reading:
    """Every question of a Moodle XML file. Raises TooMuch for a file that is too large, too deep or reaches outside."""
    root, reading, category = _tree(content), Reading(), ""
    if root.tag != "quiz":
        raise TooMuch("This is not Moodle XML: it does not start with <quiz>.")
    for question in root.all("question"):
        kind = question.attributes.get("type", "")
        if kind == "category":
            category = _plain(reading, question.of("category", "text")).rsplit("/", 1)[-1].strip()
        else:
            _question(reading, question, kind, category)
    return reading


def _question(reading: Reading, node: Node, kind: str, category: str) -> None:
    asked = _plain(reading, node.of("questiontext", "text"))
    read = _KINDS.get(kind)
    if read is None:
        reading.note(node.line, f"left out: there are no questions of the kind “{kind[:40]}” here.")
        return
    if _plain(reading, node.of("generalfeedback", "text")):
        reading.note(node.line, "general feedback is left out: ours stands at each answer.")
    said = read(reading, node, asked)
    if said is not None:
        outcome = next((tag for tag in _tags(node) if "." in tag), category)
        reading.add(Draft(node.line, said, code=_plain(reading, node.of("idnumber")), outcome=outcome))


def _tags(node: Node) -> list[str]:
    tags = node.of("tags")
    return [(tag.of("text") or tag).text.strip() for tag in tags.all("tag")] if tags else []


def _answers(reading: Reading, node: Node) -> list[tuple[str, float, str]]:
    found = []
    for answer in node.all("answer"):
        share = _number(answer.attributes.get("fraction", "0"))
        found.append((_plain(reading, answer.of("text")), share, _plain(reading, answer.of("feedback", "text"))))
    return found


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"-?\d{1,6}(\.\d{1,12})?", text.strip()) else 0.0


def _multichoice(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    answers = _answers(reading, node)
    one = node.of("single")
    single = one is None or one.text.strip() in {"true", "1", ""}
    shares = {share for _text, share, _why in answers if share > 0}
    if len(shares) > 1 and max(shares) - min(shares) > 1:
        reading.note(node.line, "shares of a mark are not kept: an answer is right or it is not.")
    best = max(shares, default=0)
    rights = [(text, share == best > 0 if single else share > 0, why) for text, share, why in answers]
    return choice_of(asked, rights, several=not single)


def _true_false(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    found = {text.casefold(): (share > 0, why) for text, share, why in _answers(reading, node)}
    if set(found) != {"true", "false"}:
        reading.note(node.line, "left out: true or false needs the answers “true” and “false”.")
        return None
    return choice_of(asked, [(text.title(), *found[text]) for text in ("true", "false")], several=False)


def _short(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    said, lost = typed_of(asked, _answers(reading, node))
    for sentence in lost:
        reading.note(node.line, sentence)
    return said


def _numerical(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    for answer in node.all("answer"):
        tolerance = answer.of("tolerance")
        if tolerance is not None and _number(tolerance.text or "0") != 0:
            reading.note(node.line, "left out: a number that may differ a little. Only exact numbers can be asked for.")
            return None
    return _short(reading, node, asked)


def _matching(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    pairs = [(_plain(reading, s.of("text")), _plain(reading, s.of("answer", "text"))) for s in node.all("subquestion")]
    return match_of(asked, pairs)


def _ordering(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    places = enumerate(_answers(reading, node))
    return order_of(
        asked, [text for _n, (text, _share, _why) in sorted(places, key=lambda each: (each[1][1], each[0]))]
    )


def _essay(reading: Reading, node: Node, asked: str) -> dict[str, object] | None:
    reading.note(node.line, "what the reader of a written answer looks for is missing.")
    return written_of(asked)


_KINDS = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
}


def _plain(reading: Reading, node: Node | None) -> str:
    """An element's HTML as plain text; what it shows besides words is named."""
    if node is None:
        return ""
    text = node.text
    if _REACHES.search(text):
        reading.note(node.line, "a picture, recording or other file in the text is left out.")
    if len(text) > LONGEST_TEXT:
        reading.note(node.line, f"a text of more than {LONGEST_TEXT:,} characters is left out.")
        return ""
    cleaned = nh3.clean(text, tags=_BLOCKS, attributes={}, link_rel=None)
    words = unescape(_TAGS.sub("\n", cleaned))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def _tree(content: bytes) -> Node:
    """The elements of a file with their lines, up to bounds that no honest file reaches."""
    decoded(content)
    top, parts = [Node("", 0)], 0
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal parts
        parts += 1
        if parts > MOST_PARTS or len(top) > DEEPEST:
            raise TooMuch(f"Line {parser.CurrentLineNumber}: the file has too many parts or is nested too deeply.")
        node = Node(tag, parser.CurrentLineNumber, attributes)
        top[-1].children.append(node)
        top.append(node)

    def text(data: str) -> None:
        top[-1].said.append(data)

    def refuse(*_what: object) -> int:
        raise TooMuch(f"Line {parser.CurrentLineNumber}: leave out the document type and its entities.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: top.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat's own way to say that this is all
    except expat.ExpatError as error:
        raise TooMuch(f"Line {error.lineno}: this is not XML: {expat.ErrorString(error.code)}.") from error
    return top[0].children[0]
