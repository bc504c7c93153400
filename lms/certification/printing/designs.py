"""The page of a certificate: an authored template, checked when it is loaded, filled when a certificate is issued.

Designs come in packs written by others, so they run in Jinja's sandbox without globals: they place what they are
given, and can do nothing else: no arithmetic, no calls, no loops without end, no file and no address. The address of
the check page and its code are put in later, when the PDF is made: where the service is found is not part of what was
certified.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

ADDRESS = Markup("<palms-address></palms-address>")
CODE = Markup("<palms-code></palms-code>")
LOGO_TAG = "palms-logo"
"""Where the address, its code and the logo will stand. They are tags, which no escaped name can ever contain."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """Everything a design can place. Days are written out in the certificate's language, empty when they do not apply.

    `holder` is as much of the name as can be printed, maybe nothing; when `holder_whole` is False the design has to say
    where it stands in full. `holder_size` is in points. `say` are the design's own phrases and the labels every kind
    has. `module` is the title of whatever was earned: a module, a course, standards, a workshop. `shown` are all facts
    [{label, text}], `signatories` [{name, role, organisation}], `achievements` [{code, title, on, by}], `spoken` is the
    number in words. `also` holds the same texts in the other language of a certificate in two, and is empty else:
    {language, title, module, course, signatory, spoken, logo_alt, shown, achievements, proves, does_not_prove, say}.
    """

    language: str
    title: str
    number: str
    holder: str
    holder_whole: bool
    holder_size: int
    module: str
    code: str
    course: str
    authority: str
    signatory: str
    studied_on: str
    signed_off_on: str
    signed_off_as: str
    issued_on: str
    lapses_on: str
    design_edition: str
    content_edition: str
    framework_edition: str
    prior: str
    outcomes: str
    proves: Sequence[str]
    does_not_prove: Sequence[str]
    say: Mapping[str, str]
    languages: Sequence[str] = ()
    spoken: str = ""
    shown: Sequence[Mapping[str, str]] = ()
    signatories: Sequence[Mapping[str, str]] = ()
    achievements: Sequence[Mapping[str, str]] = ()
    logo_alt: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)


PLACED = frozenset(Face.__dataclass_fields__) | {"address", "qr", "logo"}
NEEDED = frozenset({"holder", "holder_whole", "number", "proves", "does_not_prove", "address", "qr"})
"""Without these a page would not be a certificate that can be checked and says what it is not."""

LISTS = {
    "shown": frozenset({"label", "text"}),
    "signatories": frozenset({"name", "role", "organisation"}),
    "achievements": frozenset({"code", "title", "on", "by"}),
}
"""What each of a list's things has."""

ALSO = frozenset(
    (
        "language title module course authority signatory signatories spoken logo_alt shown achievements proves "
        "does_not_prove say"
    ).split()
)

DEEPEST = 2
"""Loops inside each other: a list in each of two languages is as much as a certificate has."""

LONGEST = 200_000
"""Characters a filled page may have; ours have ten thousand."""

_KNOWN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Tuple),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter),
)
"""What a design is made of: it places, asks and repeats. It calculates nothing and calls nothing."""

_FILTERS = frozenset({"length", "upper", "lower", "join", "first", "last", "trim", "e", "escape"})

_REACHES = re.compile(
    r"(?P<address>\b(?:https?|ftp|file|data|javascript):|\burl\s*\(|@import|@font-face"
    r"|\b(?:src|href|background|data|poster|action)\s*=)"
    r"|<\s*(?P<tag>img|image|picture|svg|link|script|iframe|frame|object|embed|base|form|input|button|a|pdf[:\w]*)\b",
    re.IGNORECASE,
)

_environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
_environment.globals.clear()


class TooLong(ValueError):  # noqa: N818  says what is the matter
    """A design grew beyond what a certificate can be."""


def mistakes(source: str, phrases: Collection[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a design, each with its line. `phrases` are the names the design may use as say.<name>."""
    try:
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        yield error.lineno, f"This is not a template: {error.message}."
        return
    strange = list(_strange(tree))
    yield from strange
    if not strange:
        yield from _compiled(tree)
    used = meta.find_undeclared_variables(tree)
    for name in sorted(used - PLACED):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == name), 0)
        yield line, f"A design has no “{name}”; it has {', '.join(sorted(PLACED))}."
    for name in sorted(NEEDED - used):
        yield 0, f"A design has to place “{name}”."
    yield from _unknown_parts(tree, frozenset(phrases))
    yield from _reaching_out(source)


def _compiled(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    try:
        _environment.compile(tree)
    except TemplateSyntaxError as error:
        yield error.lineno, f"This is not a template: {error.message}."


def _strange(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Filter):
            if node.name not in _FILTERS:
                yield node.lineno, f"A design cannot use “{node.name}”; it can use {', '.join(sorted(_FILTERS))}."
        elif not isinstance(node, _KNOWN):
            what = type(node).__name__.lower()
            yield node.lineno, f"A design places what it is given, asks and repeats; it has no use for “{what}”."
        if isinstance(node, nodes.For) and (node.recursive or _depth(node) > DEEPEST):
            yield node.lineno, f"Loops stand in each other {DEEPEST} deep at most."


def _depth(loop: nodes.For) -> int:
    return 1 + max((_depth(inner) for part in loop.body for inner in _loops(part)), default=0)


def _loops(node: nodes.Node) -> Iterator[nodes.For]:
    if isinstance(node, nodes.For):
        yield node
    yield from node.find_all(nodes.For)


def _unknown_parts(tree: nodes.Template, phrases: frozenset[str]) -> Iterator[tuple[int, str]]:
    things = {
        loop.target.name: LISTS[named]
        for loop in tree.find_all(nodes.For)
        if isinstance(loop.target, nodes.Name) and (named := _last_name(loop.iter)) in LISTS
    }
    for part in tree.find_all(nodes.Getattr):
        whole = _last_name(part.node)
        if whole == "say" and part.attr not in phrases:
            yield part.lineno, f"There is no phrase “{part.attr}” in the certificate's file."
        elif whole == "also" and part.attr not in ALSO:
            yield part.lineno, f"The other language has no “{part.attr}”; it has {', '.join(sorted(ALSO))}."
        elif whole in things and part.attr not in things[whole]:
            yield part.lineno, f"There is no “{part.attr}” here; there is {', '.join(sorted(things[whole]))}."


@lru_cache(maxsize=64)
def said_in(source: str) -> frozenset[str]:
    """The names of the labels a design places in any language, whether or not each certificate comes to show them."""
    parts = _environment.parse(source).find_all(nodes.Getattr)
    return frozenset(part.attr for part in parts if _last_name(part.node) == "say")


def _last_name(node: nodes.Node) -> str:
    """What something is called: `shown` for `shown` as for `also.shown`."""
    return node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""


def _reaching_out(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), 1):
        for found in _REACHES.finditer(line):
            if found["address"]:
                said = "A design names no file and no address, here “{}”: it cannot reach any."
            else:
                said = "A design has no <{}>: the pictures it places are {{{{ qr }}}} and {{{{ logo }}}}."
            yield number, said.format(found["address"] or found["tag"])


def trouble(source: str, face: Face) -> str | None:
    """What stops a design from being filled with a face; None when nothing does."""
    try:
        fill(source, face)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        return str(error)
    return None


def fill(source: str, face: Face) -> str:
    """The page of one certificate, in which only the address, its code and the logo's picture are still open.

    Raises TooLong, and what Jinja raises, for a design that was never checked.
    """
    logo = Markup('<{} alt="{}"></{}>').format(LOGO_TAG, face.logo_alt, LOGO_TAG) if face.logo_alt else ""
    size, parts = 0, []
    for part in _template(source).generate(**asdict(face), address=ADDRESS, qr=CODE, logo=logo):
        size += len(part)
        if size > LONGEST:
            raise TooLong(f"it grows beyond {LONGEST:,} characters")
        parts.append(part)
    return "".join(parts)


@lru_cache(maxsize=64)
def _template(source: str) -> Template:
    return _environment.from_string(source)
