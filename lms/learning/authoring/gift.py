"""Reads questions in GIFT, Moodle's plain text format: strictly, each thing we cannot keep named with its line.

The format is described in Moodle's documentation under “GIFT format”. Written here because no maintained reader for
Python was found; the part we read is small.
"""

import re
from collections.abc import Iterator

from lms.learning.authoring.drafts import (
    LONGEST_TEXT,
    Draft,
    Reading,
    choice_of,
    decoded,
    match_of,
    typed_of,
    written_of,
)

_HIDDEN = 0xE000
_ESCAPED = re.compile(r"\\([~=#{}:\\])")
_PRIVATE = re.compile("[\ue000-\ue0ff]")
_TITLE = re.compile(r"::(.*?)::\s*", re.DOTALL)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]\s*")
_TAG = re.compile(r"\[(id|tag):([^\[\]]*)\]")
_TRUE_FALSE = re.compile(r"(TRUE|T|FALSE|F)\s*(?:#(.*?))?(?:#(.*))?", re.DOTALL)
_ANSWER = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?([^=~#]*)(?:#([^=~]*))?")
_WHOLE_NUMBER = re.compile(r"#\s*+=?\s*+(-?\d+(?:\.\d+)?)(?::0)?\s*(?:#(.*))?", re.DOTALL)


def read_gift(content: bytes) -> Reading:
    """Every question of a GIFT file. Raises TooMuch for a file that is too large or not text."""
    reading = Reading()
    category = ""
    for line, tags, block in _blocks(decoded(content)):
        head, _newline, rest = block.partition("\n")
        if not head.startswith("$CATEGORY:"):
            _question(reading, line, tags, category, block)
            continue
        category = head.removeprefix("$CATEGORY:").strip().rsplit("/", 1)[-1].strip()
        if rest.strip():
            _question(reading, line + 1, tags, category, rest)
    return reading


def _blocks(text: str) -> Iterator[tuple[int, dict[str, list[str]], str]]:
    """Questions stand apart by empty lines; what remarks say of the next one comes with it."""
    lines: list[str] = []
    start, tags = 1, dict[str, list[str]]()
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.lstrip().startswith("//"):
            for kind, value in _TAG.findall(line):
                tags.setdefault(kind, []).append(value.strip())
        elif line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield start, tags, "\n".join(lines)
            lines, tags = [], {}


def _question(reading: Reading, line: int, tags: dict[str, list[str]], category: str, block: str) -> None:
    if len(block) > LONGEST_TEXT:
        reading.note(line, f"left out: a question of more than {LONGEST_TEXT:,} characters.")
        return
    text = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found.group(1))), _PRIVATE.sub("", block).replace("\\n", "\n"))
    title, text = _front(reading, line, text)
    opening, closing = text.find("{"), text.find("}")
    if opening < 0 and closing < 0:
        reading.note(line, "left out: a text without an answer in {…} is no question.")
        return
    if opening < 0 or closing < opening or text.count("{") != 1 or text.count("}") != 1:
        reading.note(line, "left out: the brackets { and } do not belong together. Write \\{ and \\} in a text.")
        return
    before, inside, after = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
    asked = _shown(f"{before.rstrip()} _____ {after.strip()}" if after.strip() else before)
    inside, mark, general = inside.partition("####")
    if mark and general.strip():
        reading.note(line, "general feedback is left out: ours stands at each answer.")
    said = _said(reading, line, asked, inside.strip())
    if said is None:
        return
    named = tags.get("tag", [])
    if "grey" in named:
        said = {**said, "grey": True}
    outcome = next((tag.removeprefix("outcome:") for tag in named if tag.startswith("outcome:")), category)
    code = next(iter(tags.get("id", [])), _shown(title))
    reading.add(Draft(line, said, code=code, outcome=outcome))


def _front(reading: Reading, line: int, text: str) -> tuple[str, str]:
    """The title in front of a question, and the rest; its format is noted where it is not plain."""
    found = _TITLE.match(text.lstrip())
    title, text = (found.group(1), text.lstrip()[found.end() :]) if found else ("", text)
    shaped = _FORMAT.match(text)
    if shaped is None:
        return title, text
    if shaped.group(1) != "plain":
        reading.note(line, f"the text is said to be {shaped.group(1)}; it is kept as it was typed.")
    return title, text[shaped.end() :]


def _said(reading: Reading, line: int, asked: str, inside: str) -> dict[str, object] | None:
    if not inside:
        reading.note(line, "what the reader of a written answer looks for is missing.")
        return written_of(asked)
    if inside.startswith("#"):
        return _number(reading, line, asked, inside)
    if found := _TRUE_FALSE.fullmatch(inside):
        true, wrong, right = found.group(1)[0] == "T", _shown(found.group(2) or ""), _shown(found.group(3) or "")
        answers = [("True", true, right if true else wrong), ("False", not true, wrong if true else right)]
        return choice_of(asked, answers, several=False)
    return _answers(reading, line, asked, inside)


def _number(reading: Reading, line: int, asked: str, inside: str) -> dict[str, object] | None:
    found = _WHOLE_NUMBER.fullmatch(inside)
    if found is None:
        reading.note(line, "left out: a number that may differ a little. Only exact numbers can be asked for here.")
        return None
    return typed_of(asked, [(found.group(1), 100, _shown(found.group(2) or ""))])[0]


def _answers(reading: Reading, line: int, asked: str, inside: str) -> dict[str, object] | None:
    found = list(_ANSWER.finditer(inside))
    if not found or inside[: found[0].start()].strip() or "".join(each.group(0) for each in found) != inside:
        reading.note(line, "left out: each answer starts with = or ~. Write \\=, \\~ and \\# in a text.")
        return None
    answers = [(sign, share, _shown(text), _shown(why)) for sign, share, text, why in (_parts(each) for each in found)]
    signs = {sign for sign, *_rest in answers}
    if signs == {"="} and all("->" in text for _sign, _share, text, _why in answers):
        pairs = [tuple(part.strip() for part in text.split("->", 1)) for _sign, _share, text, _why in answers]
        return match_of(asked, [(left, right) for left, right in pairs])
    if signs == {"="}:
        said, lost = typed_of(
            asked, [(text, 100.0 if share is None else share, why) for _s, share, text, why in answers]
        )
        for sentence in lost:
            reading.note(line, sentence)
        return said
    shares = [100.0 if sign == "=" else share or 0.0 for sign, share, _text, _why in answers]
    return _choice(
        reading, line, asked, [(text, share, why) for (_s, _w, text, why), share in zip(answers, shares, strict=True)]
    )


def _choice(reading: Reading, line: int, asked: str, answers: list[tuple[str, float, str]]) -> dict[str, object]:
    full = any(share >= 100 for _text, share, _why in answers)
    positive = {share for _text, share, _why in answers if share > 0}
    rights = [(text, share >= 100 if full else share > 0, why) for text, share, why in answers]
    several = sum(right for _text, right, _why in rights) > 1
    if (full and len(positive) > 1) or (not full and max(positive, default=0) - min(positive, default=0) > 1):
        reading.note(line, "shares of a mark are not kept: an answer is right or it is not.")
    return choice_of(asked, rights, several=several)


def _parts(found: re.Match[str]) -> tuple[str, float | None, str, str]:
    share = float(found.group(2)) if found.group(2) is not None else None
    return found.group(1), share, found.group(3), found.group(4) or ""


def _shown(text: str) -> str:
    """A text with what was escaped put back."""
    return _PRIVATE.sub(lambda found: chr(ord(found.group(0)) - _HIDDEN), text).strip()
