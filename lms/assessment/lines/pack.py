"""What an authority looked up, as a content pack: others can load it, check it, or send it to the makers of PALMS."""

import hashlib
import io
import re
import zipfile
from typing import Any
from uuid import UUID

import yaml

from lms.assessment.content import Frameworks
from lms.assessment.lines import queries
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.shelf.corrections import CORRECTIONS
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.spelling import visible
from lms.people import queries as people

_HEAD = """\
# Lines of frameworks, looked up in the official documents by {name}, exported from PALMS. Texts are paraphrases.
# Put the folder `assessments` into a content pack, or add this one to LMS_PACKS; `lms check` reads it.
"""
_WHEN = (2026, 1, 1, 0, 0, 0)
"""The moment in the file's list: always the same, so that the same corrections make the same file."""


def folder_of(code: str) -> str:
    """The folder, and the code, of an authority's corrections: letters, digits, dots and hyphens, at most 40.

    A code that does not fit is cut down, with something after it that tells it from others cut down to the same.
    """
    lower = code.lower()
    fitting = re.sub("[^a-z0-9.-]+", "-", lower).strip("-.")[:20]
    if fitting != lower:
        fitting = f"{fitting}-{hashlib.sha256(code.encode()).hexdigest()[:7]}".lstrip("-")
    return f"corrections-{fitting}"


def corrections_text(db: Db, authority_id: UUID) -> str:
    """The text of corrections.yaml with everything an authority looked up, as it holds."""
    authority = people.organisation(db, authority_id)
    rows = queries.latest_rows(db, authority_id)
    names = people.persons(db, {row.by for row in rows})
    built = shelf(db, Frameworks)
    written = [_entry(built, row, names[row.by].name) for row in rows]
    body = {"code": folder_of(authority.code or authority.id.hex), "corrections": written}
    # The name stands in a comment: on one line, whatever YAML takes for the end of a line.
    name = " ".join(visible(authority.name, keep="\n\t").split())
    return _HEAD.format(name=name) + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=100)


def corrections_pack(db: Db, authority_id: UUID) -> tuple[str, bytes]:
    """The pack as a zip file, and its name."""
    authority = people.organisation(db, authority_id)
    folder = folder_of(authority.code or authority.id.hex)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        inside = zipfile.ZipInfo(f"assessments/{folder}/{CORRECTIONS}", _WHEN)
        inside.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(inside, corrections_text(db, authority_id))
    return f"{folder}.zip", held.getvalue()


def _entry(built: Frameworks, row: LineCheckRow, name: str) -> dict[str, Any]:
    framework = built.by_edition.get((row.framework, row.edition))
    line = framework.lines.get(row.line) if framework else None
    moved = line is not None and line.kind is not row.kind
    return {
        "framework": row.framework,
        "edition": row.edition,
        "key": row.line,
        "looked": row.looked.value,
        "code": row.code,
        "text": {"en": row.text_en, "cy": row.text_cy},
        "kind": row.kind.value,
        **({"was": line.kind.value} if moved and line else {}),
        "simulation_allowed": row.simulation.allowed,
        "looked_up_in": row.looked_up_in,
        "document_on": row.document_on,
        "on": london_day(row.at),
        "by": name,
    }
