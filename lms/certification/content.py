"""The certificates shelf: one folder for each kind, with `certificate.yaml` and the design it names.

A kind of a later pack replaces the built-in one. What was issued before keeps the page it was issued with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from lms.certification import sentences
from lms.certification.printing import designs
from lms.certification.printing.designs import Face
from lms.certification.rules import Needs
from lms.core.content import Authored, Problems, Source, Words, read_text, read_yaml, validated
from lms.core.words import NotFound

FILE = "certificate.yaml"
_NAME = r"^[a-z][a-z0-9_-]{0,39}$"


class Authoring(Authored):
    """What stands in certificate.yaml. `capacities` say as what somebody signed off, by the assessment's codes.

    `proves_with_prior` stands in place of `proves` when part of the module was prior learning; without it such a
    certificate is not issued, because it would claim study that nobody did.
    """

    kind: str = Field(pattern=_NAME)
    edition: str = Field(pattern=r"^[A-Za-z0-9.-]{1,20}$")
    title: Words
    needs: Needs
    validity_months: int | None = Field(ge=1, le=600)
    design: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}\.html$")
    signatory: Words
    proves: tuple[Words, ...] = Field(min_length=1, max_length=8)
    proves_with_prior: tuple[Words, ...] = Field(default=(), max_length=8)
    does_not_prove: tuple[Words, ...] = Field(min_length=1, max_length=8)
    capacities: Mapping[str, Words] = Field(default={}, max_length=20)
    phrases: Mapping[str, Words] = Field(default={}, max_length=60)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], Words]]:
        """Every text, with its place in the file."""
        yield ("title",), self.title
        yield ("signatory",), self.signatory
        for name in ("proves", "proves_with_prior", "does_not_prove"):
            lines: tuple[Words, ...] = getattr(self, name)
            yield from (((name, i), line) for i, line in enumerate(lines))
        for name, named in (("capacities", self.capacities), ("phrases", self.phrases)):
            yield from (((name, key), words) for key, words in named.items())


class CertificateDesign(Authoring):
    """A kind of certificate with the source of its page."""

    html: str

    def language(self, wanted: str) -> str:
        """The language to issue in: Welsh when every text has its Welsh, so that no certificate is half and half."""
        return "cy" if wanted == "cy" and all(words.cy for _, words in self.texts()) else "en"

    def capacity(self, code: str, language: str) -> str:
        """As what somebody signed off, in words; the code itself when the file has no words for it."""
        words = self.capacities.get(code)
        return words.text(language) if words else code.replace("_", " ")


@dataclass(frozen=True)
class CertificateDesigns:
    """Every kind of certificate there is: this room's shelf."""

    by_kind: Mapping[str, CertificateDesign]

    def design(self, kind: str) -> CertificateDesign:
        """One kind. Raises NotFound."""
        if kind not in self.by_kind:
            raise NotFound("certificate design")
        return self.by_kind[kind]


def load(folders: Sequence[Path], problems: Problems) -> CertificateDesigns:
    """Read every kind of every folder, later folders last; each mistake is noted with its file and line."""
    found: dict[str, CertificateDesign] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for source, design in _read(folder, problems):
            if design.kind in here:
                said = f"The kind {design.kind} stands in {here[design.kind]} already."
                problems.add(source.path, source.line("kind"), said)
            here[design.kind], found[design.kind] = source.path, design
    return CertificateDesigns(found)


def _read(folder: Path, problems: Problems) -> Iterator[tuple[Source, CertificateDesign]]:
    for place in sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ():
        source = read_yaml(place / FILE, problems)
        authoring = validated(Authoring, source, problems) if source else None
        html = read_text(place / authoring.design, problems) if authoring else None
        if source and authoring and html is not None:
            _check(authoring, source, html, problems)
            yield source, CertificateDesign(**dict(authoring), html=html)


def _check(authoring: Authoring, source: Source, html: str, problems: Problems) -> None:
    sound = True
    for where, words in authoring.texts():
        for language, text in (("en", words.en), ("cy", words.cy or "")):
            for said in sentences.mistakes(text):
                problems.add(source.path, source.line(*where, language), said)
    page = source.path.parent / authoring.design
    for line, said in designs.mistakes(html, authoring.phrases.keys()):
        sound = False
        problems.add(page, line, said)
    trouble = designs.trouble(html, _specimen(authoring)) if sound else None
    if trouble:
        problems.add(page, 0, f"The design cannot be filled: {trouble}.")


def _specimen(authoring: Authoring) -> Face:
    """An invented certificate, to try a design with before anybody is given one."""
    line = "x"
    return Face(
        language="en",
        title=line,
        number=line,
        holder=line,
        holder_whole=False,
        holder_size=12,
        module=line,
        code=line,
        course=line,
        authority=line,
        signatory=line,
        studied_on=line,
        signed_off_on=line,
        signed_off_as=line,
        issued_on=line,
        lapses_on=line,
        design_edition=line,
        content_edition=line,
        framework_edition=line,
        prior=line,
        outcomes=line,
        proves=[line],
        does_not_prove=[line],
        say=dict.fromkeys(authoring.phrases, line),
    )
