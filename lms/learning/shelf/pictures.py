"""Pictures of a module: what is in its folder `pictures/`, judged by its bytes before anybody is shown it.

A picture may be SVG, PNG or JPEG. An SVG is a document that a browser runs, so only elements that draw are let in;
everything that runs, moves or reaches outside is a mistake, named with its line.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.parsers import expat

from lms.core.content import Problems

LARGEST = 150_000
"""Bytes of one picture: a page of study is read on a phone, often with little signal."""

WIDEST = 4000
"""Pixels on a side; a small file can unpack to an enormous picture."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.(?:svg|png|jpe?g)")
_SVG = "http://www.w3.org/2000/svg"
_DRAWS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol marker pattern "
    "linearGradient radialGradient stop clipPath mask style".split()
)
_REACHES = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|image-set|src\(|\\|expression", re.IGNORECASE)
_SIGNS = {b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"), b"\xff\xd8\xff": ("JPEG", "image/jpeg")}


@dataclass(frozen=True)
class Picture:
    """A picture that was looked at. Width and height are its own units: pages use them to keep its place free.

    `smallest_text` is the smallest letter of an SVG as it stands at 320 units of width, None without any.
    """

    name: str
    path: Path
    media_type: str
    content: bytes
    width: int
    height: int
    smallest_text: float | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @cached_property
    def digest(self) -> str:
        """Short and different for every content, for an address that a browser may keep for long."""
        return hashlib.sha256(self.content).hexdigest()[:12]


def pictures_in(folder: Path, problems: Problems) -> dict[str, Picture]:
    """Every picture of a folder by name; mistakes are noted and the picture left out. No folder: no pictures."""
    found: dict[str, Picture] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):  # what a file manager or an editor leaves behind
            continue
        picture = picture_of(path, problems)
        if picture is not None:
            found[path.name] = picture
    return found


def picture_of(path: Path, problems: Problems) -> Picture | None:
    """One picture; None, with every mistake noted, when it is not one we show."""
    if not NAME.fullmatch(path.name):
        problems.add(path, 0, "Name a picture in small letters, digits and hyphens, ending in .svg, .png or .jpg.")
        return None
    try:
        if path.stat().st_size > LARGEST:
            problems.add(path, 0, f"The picture is larger than {LARGEST // 1000} kB.")
            return None
        content = path.read_bytes()
    except OSError as error:
        problems.add(path, 0, f"The file cannot be opened: {error.strerror}.")
        return None
    if path.suffix == ".svg":
        return _svg(path, content, problems)
    return _pixels(path, content, problems)


def _pixels(path: Path, content: bytes, problems: Problems) -> Picture | None:
    kind, media_type = next((found for sign, found in _SIGNS.items() if content.startswith(sign)), (None, ""))
    if kind is None or (kind == "PNG") != (path.suffix == ".png"):
        problems.add(path, 0, "By its bytes this is not the kind of picture that its name says.")
        return None
    from io import BytesIO  # noqa: PLC0415  only a shelf with photographs pays for reading them

    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(BytesIO(content), formats=[kind]) as image:
            width, height = image.size
            image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        problems.add(path, 0, f"The picture cannot be read: {type(error).__name__}.")
        return None
    if max(width, height) > WIDEST:
        problems.add(path, 0, f"The picture is {width} × {height}; {WIDEST} on a side is the most.")
        return None
    return Picture(path.name, path, media_type, content, width, height)


def _svg(path: Path, content: bytes, problems: Problems) -> Picture | None:
    if b"\0" in content or not _is_utf_8(content):  # expat would follow another encoding wherever its marks lead
        problems.add(path, 0, "The drawing is not UTF-8 text.")
        return None
    before = len(problems.found)
    drawing = _Drawing(path, problems)
    drawing.read(content)
    if len(problems.found) > before:
        return None
    width, height = drawing.shape
    return Picture(path.name, path, "image/svg+xml", content, width, height, drawing.smallest_text)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Drawing:
    """Reads one SVG from end to end and notes every mistake in it."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.shape = (0, 0)
        self._scale = 1.0
        self._open: list[str] = []
        self._said: dict[str, str] = {}
        self._letters: list[float] = []
        # UTF-8 whatever the file says of itself: in another encoding the same bytes could spell something else.
        self._parser = expat.ParserCreate("UTF-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.ProcessingInstructionHandler = self._instruction

    @property
    def smallest_text(self) -> float | None:
        return min(self._letters, default=None)

    def read(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)  # noqa: FBT003  expat's own way to say that this is all
        except expat.ExpatError as error:
            self.problems.add(self.path, error.lineno, f"This is not SVG: {expat.ErrorString(error.code)}.")
            return
        except _Stopped:
            return
        for part in ("title", "desc"):
            if not self._said.get(part, "").strip():
                self.problems.add(self.path, 1, f"The drawing needs a <{part}> of its own, with words in it.")

    def _wrong(self, message: str) -> None:
        self.problems.add(self.path, self._parser.CurrentLineNumber, message)

    def _document_type(self, *_rest: object) -> None:
        # Entities can make a small file endless and can name files outside; without a document type there are none.
        self._wrong("Leave out the document type (<!DOCTYPE …>) and its entities.")
        raise _Stopped

    def _instruction(self, target: str, _data: str) -> None:
        self._wrong(f"Leave out the instruction <?{target} …>: it can reach outside.")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if space != _SVG or element not in _DRAWS:
            self._wrong(f"<{element}> has no place in a picture. Save the drawing as plain SVG, without it.")
        if not self._open:
            self._root(element, attributes)
        self._open.append(element)
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _root(self, element: str, attributes: Mapping[str, str]) -> None:
        numbers = _numbers(attributes.get("viewBox", ""))
        if element != "svg" or len(numbers) != 4 or min(numbers[2:]) <= 0:
            self._wrong('A drawing starts with <svg viewBox="0 0 width height">, so that it can be shown at any size.')
            return
        self.shape = (round(numbers[2]), round(numbers[3]))
        self._scale = 320 / numbers[2]

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self._wrong(f"Leave out {key}: a picture runs nothing.")
        elif key == "href" and not value.strip().startswith("#"):
            self._wrong('A picture refers only to its own parts (href="#…"), to nothing outside.')
        elif _REACHES.search(value):
            self._wrong(f"{key} reaches outside the picture.")
        elif key == "font-size":
            self._letter(value)
        elif key == "style":
            self._style(value)

    def _style(self, text: str) -> None:
        for size in re.findall(r"font(?:-size)?\s*:[^;}]*?([\d.]+)\s*(?:px)?\b", text):
            self._letter(size)

    def _letter(self, value: str) -> None:
        for number in _numbers(value.removesuffix("px"))[:1]:
            self._letters.append(number * self._scale)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element == "style":
            style = self._said.get("style", "")  # all of it: a remark in its middle hides nothing
            if _REACHES.search(style):
                self._wrong("The style reaches outside the picture.")
            self._style(style)

    def _text(self, text: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "style" or len(self._open) == 2:
            self._said[inside] = self._said.get(inside, "") + text


class _Stopped(Exception):  # noqa: N818  not an error: there is no use in reading on
    pass


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text[:200])]
