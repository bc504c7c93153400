"""Draws up a certificate: writes down everything it says, from what is on record about one award.

What comes out is complete and stands for itself: nothing in it is looked up again afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from lms.certification import freezing, wording
from lms.certification.appearance.queries import Appearance, appearance_of
from lms.certification.content import CertificateDesign
from lms.certification.grounds import Award
from lms.certification.models import Certificate, DesignPage
from lms.certification.numbers import spoken
from lms.certification.printing import designs, letters
from lms.certification.printing.designs import Face
from lms.certification.rules import Ground, lapses_on
from lms.certification.wording import Known
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, add_once
from lms.core.i18n import Language, day
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What only issuing itself knows: the number, which turn it is, and which certificate it renews."""

    number: str
    turn: int = 1
    renews: UUID | None = None
    now: datetime


def drawn_up(db: Db, award: Award, grounds: Sequence[Ground], issue: Issue) -> Certificate:
    """The certificate, ready to be added. `grounds` are all that its rule asked for, each of them come true."""
    holder = people.person(db, award.source.holder_id)
    authority = people.organisation(db, award.source.authority_id)
    issued_on = london_day(issue.now)
    look = appearance_of(db, authority.id, issued_on)
    languages = award.design.languages(look.languages.wanted(holder.language))
    courses = shelf(db, Courses).courses
    known = Known(
        award=award,
        grounds=tuple(grounds),
        course=courses[award.course].title if award.course and award.course in courses else None,
        authority=Words(en=authority.called("en"), cy=authority.called("cy")),
        nation=authority.nation,
        issued_on=issued_on,
        lapses_on=lapses_on(issued_on, award.design.validity_months),
    )
    texts = {language: wording.said(known, language) for language in languages}
    row = _row(known, texts, issue, holder_name=holder.name)
    _looks(row, look)
    row.design_sha256 = _kept(db, award.design.html, issue.now)
    row.face = face_of(row, texts, look)
    return filled(row, award.design.html)


def filled(row: Certificate, page: str) -> Certificate:
    """The certificate with its page filled from its face, and the digest of all it says."""
    assert row.face is not None
    row.html = designs.fill(page, Face(**row.face))
    row.frozen_digest = freezing.digest_of({name: getattr(row, name) for name in freezing.FROZEN})
    return row


def _row(known: Known, texts: Mapping[str, wording.Said], issue: Issue, *, holder_name: str) -> Certificate:
    award, design = known.award, known.award.design
    (language, first), *others = texts.items()
    last = known.last_sign_off
    return Certificate(
        id=uuid4(),
        number=issue.number,
        kind=design.kind,
        code=award.code,
        turn=issue.turn,
        source_id=award.source.id,
        enrolment_id=award.source.enrolment.id if award.source.enrolment else None,
        holder_id=award.source.holder_id,
        authority_id=award.source.authority_id,
        holder_name=holder_name,
        title=first.title,
        module_title=first.module,
        course=award.course,
        course_title=first.course or None,
        design_edition=design.edition,
        content_edition=known.content_edition,
        framework_edition=known.framework_edition,
        proves=list(first.proves),
        does_not_prove=list(first.does_not_prove),
        nation=known.nation,
        authority_name=first.authority,
        studied_on=known.studied_on,
        signed_off_on=last.on if last else None,
        signed_off_by=last.by if last else None,
        signed_off_as=wording.fitting(design.capacity(last.capacity, language), 120) if last else None,
        issued_on=known.issued_on,
        lapses_on=known.lapses_on,
        language=Language(language),
        languages=list(texts),
        shown=list(first.shown),
        signatories=[],
        achievements=list(first.achievements),
        relied_on=[_relied(each) for each in known.grounds],
        also={code: said.frozen() for code, said in others},
        renews_id=issue.renews,
        replaces_id=None,
        logo_sha256=None,
        issued_at=issue.now,
    )


def _relied(ground: Ground) -> dict[str, str]:
    return {
        "what": ground.what,
        "id": str(ground.id or ""),
        "on": ground.on.isoformat() if ground.on else "",
        "digest": ground.digest,
        "code": ground.code,
    }


def _looks(row: Certificate, look: Appearance) -> None:
    row.signatories = _signatories(look, row.language)
    row.logo_sha256 = look.logo_sha256


def face_of(row: Certificate, texts: Mapping[str, wording.Said], look: Appearance) -> dict[str, Any]:
    """What the page places, as plain data."""
    (language, first), *others = texts.items()
    return {
        **first.values,
        **first.placed(),
        **_editions(row),
        **named(row.holder_name, row.number, language),
        "languages": list(texts),
        "logo_alt": look.alt(language) if row.logo_sha256 else "",
        "signatories": row.signatories,
        "also": _other(others[0], look, row) if others else {},
    }


def _editions(row: Certificate) -> dict[str, str]:
    return {
        "design_edition": row.design_edition,
        "content_edition": row.content_edition or "",
        "framework_edition": row.framework_edition or "",
    }


def face_anew(row: Certificate, design: CertificateDesign) -> dict[str, Any]:
    """The face of a certificate from before faces were kept: what it said, with the labels of its kind today."""

    def written(on: date | None) -> str:
        return day(on, row.language) if on else ""

    days = ("studied_on", "signed_off_on", "issued_on", "lapses_on")
    return {
        **{name: written(getattr(row, name)) for name in days},
        **_editions(row),
        **named(row.holder_name, row.number, row.language),
        "language": row.language.value,
        "languages": row.languages,
        "title": row.title,
        "module": row.module_title or "",
        "code": row.code,
        "course": row.course_title or "",
        "authority": row.authority_name,
        "signatory": design.signatory.text(row.language),
        "signed_off_as": row.signed_off_as or "",
        "prior": "",
        "outcomes": "",
        "proves": row.proves,
        "does_not_prove": row.does_not_prove,
        "shown": row.shown,
        "say": {name: words.text(row.language) for name, words in design.labels.items()},
    }


def _other(other: tuple[str, wording.Said], look: Appearance, row: Certificate) -> dict[str, Any]:
    language, said = other
    alt = look.alt(language) if row.logo_sha256 else ""
    return {
        **said.placed(),
        "module": said.values["module"],
        "course": said.values["course"],
        "authority": said.authority,
        "logo_alt": alt,
        "spoken": spoken(row.number, language),
        "signatories": _signatories(look, language),
    }


def _signatories(look: Appearance, language: str) -> list[dict[str, str]]:
    return [
        {"name": each.name, "role": each.called(language), "organisation": each.organisation}
        for each in look.signatories
    ]


def named(holder_name: str, number: str, language: str) -> dict[str, Any]:
    """The parts of a face that say whose it is. A name is the one thing that may be in letters it cannot print."""
    name = letters.printed(holder_name)
    return {
        "holder": name,
        "holder_whole": name == holder_name,
        "holder_size": letters.points(name),
        "number": number,
        "spoken": spoken(number, language),
    }


def renamed(row: Certificate, face: Mapping[str, Any], page: str, *, holder_name: str, issue: Issue) -> Certificate:
    """A copy of a certificate with its holder's right name: all that it says else stays, also the day of its issue.

    `row` itself is left as it is; `face` is its own, or one put together for it.
    """
    columns = {name: getattr(row, name) for name in freezing.FROZEN}
    own = {"id": uuid4(), "number": issue.number, "turn": issue.turn, "holder_name": holder_name}
    new = Certificate(**columns | own | {"replaces_id": row.id, "renews_id": issue.renews, "issued_at": issue.now})
    other = face.get("also")
    also = {**other, "spoken": spoken(issue.number, other["language"])} if other else {}
    new.face = {**face, **named(holder_name, issue.number, row.language), "also": also}
    return filled(new, page)


def _kept(db: Db, html: str, now: datetime) -> str:
    """The digest under which a design's page is kept, once."""
    digest = _digest(html)
    if db.get(DesignPage, digest) is None:
        add_once(db, DesignPage(sha256=digest, html=html, kept_at=now))
    return digest


@lru_cache(maxsize=64)
def _digest(html: str) -> str:
    return sha256(html.encode()).hexdigest()
