"""What a scheme asks to be shown for one item: kinds of evidence, files it takes, numbers of the learner. Plain Python.

Sources: `evidence`, `evidence_alternatives`, `evidence_files`, `learner_identifiers` and `learner_conditions` of a
scheme file. A scheme that says nothing of files takes what the published prototype of LDSS does.
"""

from dataclasses import dataclass

from lms.core.uploads import ENDINGS, JPEG, PDF, PNG
from lms.funding.evidence.vocabulary import NumberKind
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import EvidenceKind, Part

MOST_BYTES = 2_000_000
MOST_FILES = 4
"""What a scheme takes that says nothing else; the published prototype of LDSS says so."""

_TYPES = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG}


@dataclass(frozen=True)
class NumberNeeded:
    """A number of the learner that a scheme asks for."""

    kind: NumberKind
    required: bool = True
    unique: bool = False
    differs_from: NumberKind | None = None


@dataclass(frozen=True)
class Needs:
    """What has to be shown for one item. `most_bytes` of one file, `most_files` of one kind."""

    kinds: tuple[EvidenceKind, ...] = ()
    instead: tuple[EvidenceKind, ...] = ()
    numbers: tuple[NumberNeeded, ...] = ()
    media_types: tuple[str, ...] = tuple(ENDINGS)
    most_bytes: int = MOST_BYTES
    most_files: int = MOST_FILES

    @property
    def taken(self) -> tuple[EvidenceKind, ...]:
        """Every kind that may be handed in for it, in the scheme's order."""
        return tuple(dict.fromkeys((*self.kinds, *self.instead)))

    def missing(self, held: frozenset[EvidenceKind]) -> tuple[EvidenceKind, ...]:
        """The kinds that are still to be shown."""
        return () if held & set(self.instead) else tuple(kind for kind in self.kinds if kind not in held)


def needs_of(scheme: Scheme, item: str, part: Part) -> Needs:
    """What a scheme asks for an item of its list; nothing for an item that is not on it.

    A first part is claimed before there can be a certificate, so it needs none.
    """
    found = scheme.item(item)
    if found is None:
        return Needs()
    later = {EvidenceKind.CERTIFICATE} if part is Part.FIRST else set()
    files = scheme.evidence_files
    return Needs(
        kinds=tuple(kind for kind in found.evidence if kind not in later),
        instead=found.evidence_alternatives,
        numbers=tuple(_numbers(scheme)),
        media_types=tuple(dict.fromkeys(_TYPES[name] for name in files.formats if name in _TYPES)),
        most_bytes=files.max_bytes,
        most_files=files.max_files_per_evidence,
    )


def _numbers(scheme: Scheme) -> list[NumberNeeded]:
    found = []
    for each in scheme.learner_identifiers:
        kind = _kind(each.kind)
        if kind is not None:  # what no file of ours can be asked for, such as a name, is not a number
            found.append(NumberNeeded(kind, each.required, each.unique, _kind(each.must_differ_from)))
    national = NumberKind.NATIONAL_INSURANCE_NUMBER
    if national.value in scheme.learner_conditions and national not in {each.kind for each in found}:
        found.append(NumberNeeded(national))
    return found


def _kind(name: str | None) -> NumberKind | None:
    return next((kind for kind in NumberKind if kind.value == name), None)
