"""The certificates shelf: one folder for each kind, with `certificate.yaml` and the design it names.

A design stands in the kind's own folder, or in the folder `designs` beside the kinds, for several of them. A kind of a
later pack replaces the built-in one. What was issued before keeps the page it was issued with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from lms.certification import sentences
from lms.certification.labels import LABELS
from lms.certification.printing import designs
from lms.certification.printing.designs import Face
from lms.certification.rules import Need, Needs
from lms.core.content import Authored, Problems, Source, Words, read_text, read_yaml, validated
from lms.core.shelves import builtin
from lms.core.words import NotFound

FILE = "certificate.yaml"
DESIGNS = "designs"
_NAME = r"^[a-z][a-z0-9_-]{0,39}$"


class By(StrEnum):
    """What a certificate is earned by: a module of a course, a course, a framework's standards, or being there."""

    MODULE = "by_module"
    COURSE = "by_course"
    FRAMEWORK = "by_framework"
    ATTENDANCE = "by_attendance"


class Refreshed(Authored):
    """Modules that are studied again, in a later enrolment, within so many months before the new certificate."""

    modules: tuple[str, ...] = Field(min_length=1, max_length=50)
    within_months: int = Field(ge=1, le=600)


class Authoring(Authored):
    """What stands in certificate.yaml. `capacities` say as what somebody signed off, by the assessment's codes.

    `of` narrows `earned` to one course or framework; what refreshes can be earned in any course. A kind of modules that
    names its course goes before one that does not. `code` is what was earned; None: the module's or the framework's
    own, and in it %(of)s and %(edition)s stand for the framework and its edition. `not_older_than_months`: nothing the
    rule asks for may be longer ago.
    `renews`: a later one for the same holder goes on with the chain of those before. `language` goes before what the
    authority chose.
    `proves_with_prior` stands in place of `proves` when part of what was studied was prior learning; without it such a
    certificate is not issued, because it would claim study that nobody did.
    """

    kind: str = Field(pattern=_NAME)
    edition: str = Field(pattern=r"^[A-Za-z0-9.-]{1,20}$")
    earned: By = By.MODULE
    code: str | None = Field(default=None, pattern=r"^(?:[A-Za-z0-9._-]|%\((?:of|edition)\)s){1,40}$")
    of: str | None = Field(default=None, pattern=r"^[A-Za-z0-9._-]{1,40}$")
    title: Words
    needs: Needs
    refreshed_by: Refreshed | None = None
    not_older_than_months: int | None = Field(default=None, ge=1, le=600)
    waits_for: tuple[Literal["sample"], ...] = Field(default=("sample",), max_length=1)
    issued: Literal["at_once", "by_hand"] = "at_once"
    validity_months: int | None = Field(ge=1, le=600)
    renews: bool = False
    language: Literal["en", "cy", "both"] | None = None
    design: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}\.html$")
    signatory: Words
    proves: tuple[Words, ...] = Field(min_length=1, max_length=8)
    proves_with_prior: tuple[Words, ...] = Field(default=(), max_length=8)
    does_not_prove: tuple[Words, ...] = Field(min_length=1, max_length=8)
    capacities: Mapping[str, Words] = Field(default={}, max_length=20)
    phrases: Mapping[str, Words] = Field(default={}, max_length=80)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for wrong, said in (
            (
                self.earned is not By.MODULE and self.needs.module_studied,
                "module_studied is for what is earned by_module",
            ),
            (
                self.earned is By.COURSE and not (self.code and (self.of or self.refreshed_by)),
                "what is earned by_course says its `of` and `code`",
            ),
            (
                self.earned is By.ATTENDANCE and not self.needs.attended,
                "what is earned by_attendance needs attended: true",
            ),
            (self.earned is By.ATTENDANCE and not self.code, "what is earned by_attendance says its `code`"),
            (self.earned is not By.ATTENDANCE and self.needs.attended, "attended is for what is earned by_attendance"),
            (
                self.earned is not By.FRAMEWORK and True in self._frameworks,
                "name the framework: true is for by_framework",
            ),
            (
                self.needs.modules_studied is True and self.earned is not By.COURSE,
                "name the course: true is for by_course",
            ),
            (self.code in self.needs.certificates_held, "a certificate cannot need itself"),
        ):
            if wrong:
                raise ValueError(said)
        return self

    @property
    def _frameworks(self) -> tuple[object, object]:
        return self.needs.knowledge_shown, self.needs.standards_signed_off

    @property
    def asked(self) -> tuple[Need, ...]:
        """What the rule asks for, in the order in which it is quickest found out."""
        return (*self.needs.asked, *((Need.REFRESHED,) if self.refreshed_by else ()))

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

    @property
    def labels(self) -> Mapping[str, Words]:
        """The words around the facts: those every kind has, and the kind's own, which go before them."""
        return {**LABELS, **self.phrases}

    @property
    def has_welsh(self) -> bool:
        """Whether every text has its Welsh, so that no certificate is half and half."""
        own = all(words.cy for _, words in self.texts())
        return own and all(self.labels[name].cy for name in self._said)

    @property
    def _said(self) -> frozenset[str]:
        """The names of all labels that can stand on the paper: those its page places, of facts, and within facts."""
        within = _WITHIN.get(self.earned, ("prior",))
        return designs.said_in(self.html) | {*self.facts, *within}

    def languages(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The languages to issue in, the first one first, out of those asked for; English where there is no Welsh."""
        asked = {"both": ("en", "cy"), None: wanted}.get(self.language, (self.language or "en",))
        found = [each if each == "en" or self.has_welsh else "en" for each in asked]
        return tuple(dict.fromkeys(found)) or ("en",)

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the labels of all facts that can stand on the paper, in order."""
        asked = {name for need in self.asked for name in _SHOWN.get(need, ())}
        own = ("module", "course") if self.earned is By.MODULE else (_OWN[self.earned],)
        lapses = ("lapses",) if self.validity_months else ()
        editions = ("of_certificate", *_EDITIONS[self.earned])
        return (*own, *(name for name in _ORDER if name in asked), "issued", *lapses, "issued_by", "answers", *editions)

    def capacity(self, code: str, language: str) -> str:
        """As what somebody signed off, in words; the code itself when the file has no words for it."""
        words = self.capacities.get(code)
        return words.text(language) if words else code.replace("_", " ")


_SHOWN: Mapping[Need, Sequence[str]] = {
    Need.MODULE_STUDIED: ("studied",),
    Need.MODULES_STUDIED: ("studied",),
    Need.REFRESHED: ("refreshed",),
    Need.PRACTICE_SIGNED_OFF: ("practised",),
    Need.KNOWLEDGE_SHOWN: ("knowledge",),
    Need.STANDARDS_SIGNED_OFF: ("standards",),
    Need.CONDUCT_ACCEPTED: ("conduct",),
    Need.CERTIFICATES_HELD: ("held",),
    Need.ATTENDED: ("attended_on", "hours", "place", "led_by"),
}
_ORDER = (
    "held", "attended_on", "hours", "place", "led_by", "studied", "refreshed", "knowledge", "practised", "standards",
    "conduct",
)  # fmt: skip
_WITHIN: Mapping[By, Sequence[str]] = {By.MODULE: (), By.ATTENDANCE: ("in_person", "online", "both")}
"""Labels that become part of a text: how a workshop was held; and on a second page, what was prior learning."""
_OWN = {By.COURSE: "course", By.FRAMEWORK: "framework", By.ATTENDANCE: "workshop"}
_EDITIONS: Mapping[By, Sequence[str]] = {
    By.MODULE: ("of_course", "of_practice"),
    By.COURSE: ("of_course",),
    By.FRAMEWORK: ("of_practice",),
    By.ATTENDANCE: (),
}


@dataclass(frozen=True)
class CertificateDesigns:
    """Every kind of certificate there is: this room's shelf. `sources` says where each was written."""

    by_kind: Mapping[str, CertificateDesign]
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False, compare=False)

    def design(self, kind: str) -> CertificateDesign:
        """One kind. Raises NotFound."""
        if kind not in self.by_kind:
            raise NotFound("certificate design")
        return self.by_kind[kind]

    def of(self, earned: By, code: str | None) -> tuple[CertificateDesign, ...]:
        """The kinds earned by a course's modules, by a course or by a framework, given its code.

        A kind that names it goes before those of modules that name nothing.
        """
        found = [each for each in self.by_kind.values() if each.earned is earned and each.of in {None, code}]
        named = [each for each in found if each.of == code]
        return tuple(named if named and earned is By.MODULE else found)


def load(folders: Sequence[Path], problems: Problems) -> CertificateDesigns:
    """Read every kind of every folder, later folders last; each mistake is noted with its file and line."""
    found: dict[str, CertificateDesign] = {}
    sources: dict[str, Source] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for source, design in _read(folder, problems):
            if design.kind in here:
                said = f"The kind {design.kind} stands in {here[design.kind]} already."
                problems.add(source.path, source.line("kind"), said)
            here[design.kind], found[design.kind], sources[design.kind] = source.path, design, source
    return CertificateDesigns(found, sources)


def _read(folder: Path, problems: Problems) -> Iterator[tuple[Source, CertificateDesign]]:
    places = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else ()
    for place in places:
        if place.name == DESIGNS:
            continue
        source = read_yaml(place / FILE, problems)
        authoring = validated(Authoring, source, problems) if source else None
        page = _page_of(place, authoring.design) if authoring else None
        html = read_text(page, problems) if page else None
        if source and authoring and page and html is not None:
            _check(authoring, source, page, html, problems)
            yield source, CertificateDesign(**dict(authoring), html=html)


def _page_of(place: Path, name: str) -> Path:
    """Where a design stands: with the kind, in its pack's folder of designs, or in the built-in one."""
    shared = (place.parent / DESIGNS / name, builtin("certificates") / DESIGNS / name)
    return next((page for page in (place / name, *shared) if page.is_file()), place / name)


def _check(authoring: Authoring, source: Source, page: Path, html: str, problems: Problems) -> None:
    sound = True
    for where, words in authoring.texts():
        for language, text in (("en", words.en), ("cy", words.cy or "")):
            for said in sentences.mistakes(text):
                problems.add(source.path, source.line(*where, language), said)
    labels = {**LABELS, **authoring.phrases}
    for line, said in designs.mistakes(html, labels.keys()):
        sound = False
        problems.add(page, line, said)
    trouble = designs.trouble(html, _specimen(labels)) if sound else None
    if trouble:
        problems.add(page, 0, f"The design cannot be filled: {trouble}.")


def _specimen(labels: Mapping[str, Words]) -> Face:
    """An invented certificate, to try a design with before anybody is given one."""
    line = "x"
    texts = {name: line for name, kind in Face.__annotations__.items() if kind is str}
    lines = {"proves": [line], "does_not_prove": [line], "say": dict.fromkeys(labels, line)}
    return Face(**{**texts, **lines, "language": "en", "holder_whole": False, "holder_size": 12})  # type: ignore[arg-type]
