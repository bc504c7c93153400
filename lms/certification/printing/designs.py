"""The page of a certificate: an authored template, checked when it is loaded, filled when a certificate is issued.

Designs come in packs written by others, so they run in Jinja's sandbox without globals: they place what they are
given, and can do nothing else. The address of the check page and its code are put in later, when the PDF is made:
where the service is found is not part of what was certified.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

ADDRESS = Markup("<palms-address></palms-address>")
CODE = Markup("<palms-code></palms-code>")
"""Where the address and its code will stand. They are tags, which no escaped name or title can ever contain."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """Everything a design can place. Days are written out in the certificate's language, empty when they do not apply.

    `holder` is as much of the name as can be printed, maybe nothing; when `holder_whole` is False the design has to say
    where it stands in full. `holder_size` is in points. `say` are the design's own phrases.
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


PLACED = frozenset(Face.__dataclass_fields__) | {"address", "qr"}
NEEDED = frozenset({"holder", "holder_whole", "number", "proves", "does_not_prove", "address", "qr"})
"""Without these a page would not be a certificate that can be checked and says what it is not."""

_environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
_environment.globals.clear()


def mistakes(source: str, phrases: Collection[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a design, each with its line. `phrases` are the names the design may use as say.<name>."""
    try:
        tree = _environment.parse(source)
        _environment.compile(tree)
    except TemplateSyntaxError as error:
        yield error.lineno, f"This is not a template: {error.message}."
        return
    used = meta.find_undeclared_variables(tree)
    for name in sorted(used - PLACED):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == name), 0)
        yield line, f"A design has no “{name}”; it has {', '.join(sorted(PLACED))}."
    for name in sorted(NEEDED - used):
        yield 0, f"A design has to place “{name}”."
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "say" and attribute.attr not in phrases:
            yield attribute.lineno, f"There is no phrase “{attribute.attr}” in the certificate's file."


def trouble(source: str, face: Face) -> str | None:
    """What stops a design from being filled with a face; None when nothing does."""
    try:
        fill(source, face)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        return str(error)
    return None


def fill(source: str, face: Face) -> str:
    """The page of one certificate, in which only the address and its code are still open."""
    return _template(source).render(**asdict(face), address=ADDRESS, qr=CODE)


@lru_cache(maxsize=64)
def _template(source: str) -> Template:
    return _environment.from_string(source)
