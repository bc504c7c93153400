"""Read batches: an authority's, one with its numbers and lines, and what is packed for it. Bounded everywhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.certification import queries as certificates
from lms.certification.bulk.models import Batch, BatchLine, Download, DownloadPart
from lms.certification.bulk.rules import Line, State, Tally
from lms.certification.models import Certificate, CertificatePdf
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people

COUNTS = frozenset({Standing.VALID, Standing.LAPSED})
"""Certificates that are handed out as files: what was withdrawn, replaced or suspended proves nothing today."""

NEWS_FOR = timedelta(days=3)
"""How long a batch that is through stands on its coordinators' home pages."""


@dataclass(frozen=True)
class BatchView:
    """A batch with its numbers. `listed`: its people were given at the start, as a workshop's are."""

    id: UUID
    authority_id: UUID
    kind: str
    code: str
    about: str
    title: str
    listed: bool
    state: State
    asked_by: UUID
    asked_at: datetime
    looked_at: datetime | None
    started_by: UUID | None
    started_at: datetime | None
    ended_at: datetime | None
    tally: Tally


@dataclass(frozen=True)
class LineView:
    """One line with who it is. `number` is the certificate's, `printed` whether its file is there."""

    place: int
    person_id: UUID
    name: str
    email: str | None
    source_id: UUID
    state: Line
    why: Sequence[Mapping[str, Any]]
    certificate_id: UUID | None
    number: str
    printed: bool


@dataclass(frozen=True)
class DownloadView:
    """A download: its parts, and how far it is (`next_place`, of the lines). `done_at` when it is whole."""

    id: UUID
    asked_by: UUID
    asked_at: datetime
    done_at: datetime | None
    next_place: int
    parts: Sequence[tuple[int, int, int, int]]
    """Part, bytes, files, lines without a file."""


_BATCH: tuple[Any, ...] = (
    Batch.id,
    Batch.authority_id,
    Batch.kind,
    Batch.code,
    Batch.about,
    Batch.title,
    Batch.listed,
    Batch.state,
    Batch.asked_by,
    Batch.asked_at,
    Batch.looked_at,
    Batch.started_by,
    Batch.started_at,
    Batch.ended_at,
)


def batches_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[BatchView], int]:
    """One page of an authority's batches, the newest first, and how many there are. Three queries."""
    here = {"authority_id": authority_id}
    found = _with_tallies(db, _BATCHES_IN, {**here, "offset": offset, "limit": limit})
    return found, columns(db, _COUNT_IN, here).scalar_one()


ANY_NEWS = select(Batch.id).where(
    Batch.authority_id.in_(bindparam("batches_of", expanding=True)),
    Batch.state.in_([State.LOOKING, State.READY, State.RUNNING, State.STOPPED])
    | ((Batch.state == State.DONE) & (Batch.ended_at > bindparam("batches_after"))),
)
"""Whether there is any of them."""


def news_in(db: Db, authorities: Collection[UUID], now: datetime) -> list[BatchView]:
    """The last batches coordinators should know of: under way, waiting for them, or just through; the newest first."""
    is_news = Batch.state.in_({State.LOOKING, State.READY, State.RUNNING, State.STOPPED}) | (
        (Batch.state == State.DONE) & (Batch.ended_at > now - NEWS_FOR)
    )
    wanted = select(*_BATCH).where(Batch.authority_id.in_(authorities), is_news)
    return _with_tallies(db, wanted.order_by(Batch.asked_at.desc(), Batch.id).limit(10), {})


def batch(db: Db, batch_id: UUID, authorities: Collection[UUID]) -> BatchView:
    """One batch of one of these authorities. Raises NotFound for any other, as for one that is not there."""
    found = _with_tallies(db, _ONE_BATCH, {"batch_id": batch_id})
    if not found or found[0].authority_id not in authorities:
        raise NotFound("batch")
    return found[0]


def latest_about(db: Db, authority_id: UUID, about: str) -> BatchView | None:
    """The newest batch for a workshop."""
    found = _with_tallies(db, _LATEST_ABOUT, {"authority_id": authority_id, "about": about})
    return found[0] if found else None


def _with_tallies(db: Db, wanted: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> list[BatchView]:
    rows = columns(db, wanted, values).all()
    if not rows:
        return []
    counts: dict[UUID, dict[Line, int]] = {row.id: {} for row in rows}
    for batch_id, state, count in columns(db, _TALLIES, {"ids": list(counts)}):
        counts[batch_id][state] = count
    return [BatchView(*(*row, Tally(counts[row.id]))) for row in rows]


_BATCHES_IN = (
    select(*_BATCH)
    .where(Batch.authority_id == bindparam("authority_id"))
    .order_by(Batch.asked_at.desc(), Batch.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_COUNT_IN = select(func.count()).select_from(Batch).where(Batch.authority_id == bindparam("authority_id"))
_ONE_BATCH = select(*_BATCH).where(Batch.id == bindparam("batch_id"))
_LATEST_ABOUT = (
    select(*_BATCH)
    .where(Batch.authority_id == bindparam("authority_id"), Batch.about == bindparam("about"), Batch.listed)
    .order_by(Batch.asked_at.desc())
    .limit(1)
)
_TALLIES = (
    select(BatchLine.batch_id, BatchLine.state, func.count())
    .where(BatchLine.batch_id.in_(bindparam("ids", expanding=True)))
    .group_by(BatchLine.batch_id, BatchLine.state)
)


def lines(
    db: Db, batch_id: UUID, states: Collection[Line] = (), *, offset: int = 0, limit: int | None = None
) -> list[LineView]:
    """Lines of a batch in the order of names, only those in some states if any are named. Two queries."""
    wanted = _LINES.where(BatchLine.state.in_(states)) if states else _LINES
    rows = columns(db, wanted.offset(offset).limit(limit), {"batch_id": batch_id}).all()
    names = people.persons(db, [row.person_id for row in rows])
    return [
        LineView(
            place=row.place,
            person_id=row.person_id,
            name=names[row.person_id].name,
            email=names[row.person_id].email,
            source_id=row.source_id,
            state=row.state,
            why=row.why,
            certificate_id=row.certificate_id,
            number=row.number or "",
            printed=bool(row.printed),
        )
        for row in rows
    ]


_LINES = (
    select(
        BatchLine.place,
        BatchLine.person_id,
        BatchLine.source_id,
        BatchLine.state,
        BatchLine.why,
        BatchLine.certificate_id,
        Certificate.number,
        CertificatePdf.certificate_id.is_not(None).label("printed"),
    )
    .outerjoin(Certificate, Certificate.id == BatchLine.certificate_id)
    .outerjoin(CertificatePdf, CertificatePdf.certificate_id == BatchLine.certificate_id)
    .where(BatchLine.batch_id == bindparam("batch_id"))
    .order_by(BatchLine.place)
)


def count_printed(db: Db, batch_id: UUID) -> int:
    """How many certificates of a batch have their file."""
    return columns(db, _PRINTED, {"batch_id": batch_id}).scalar_one()


_PRINTED = (
    select(func.count())
    .select_from(BatchLine)
    .join(CertificatePdf, CertificatePdf.certificate_id == BatchLine.certificate_id)
    .where(BatchLine.batch_id == bindparam("batch_id"))
)


def _views(db: Db, ids: Iterable[UUID | None]) -> dict[UUID, CertificateView]:
    wanted = sorted({each for each in ids if each is not None})
    return {each.id: each for each in certificates.views(db, wanted)} if wanted else {}


def downloads_of(db: Db, batch_id: UUID) -> list[DownloadView]:
    """The last downloads of a batch, the newest first. Two queries."""
    rows = columns(db, _DOWNLOADS, {"batch_id": batch_id}).all()
    parts: dict[UUID, list[tuple[int, int, int, int]]] = {row.id: [] for row in rows}
    if rows:
        for download_id, part, size, files, left_out in columns(db, _PARTS, {"ids": list(parts)}):
            parts[download_id].append((part, size, files, left_out))
    return [DownloadView(*row, parts[row.id]) for row in rows]


_DOWNLOADS = (
    select(Download.id, Download.asked_by, Download.asked_at, Download.done_at, Download.next_place)
    .where(Download.batch_id == bindparam("batch_id"))
    .order_by(Download.asked_at.desc(), Download.id)
    .limit(3)
)
_PARTS = (
    select(DownloadPart.download_id, DownloadPart.part, DownloadPart.size, DownloadPart.files, DownloadPart.left_out)
    .where(DownloadPart.download_id.in_(bindparam("ids", expanding=True)))
    .order_by(DownloadPart.part)
)


@dataclass(frozen=True)
class PartFile:
    """A part of a download as it is handed out."""

    sha256: str
    size: int


def part_file(db: Db, batch_id: UUID, download_id: UUID, part: int) -> PartFile:
    """One part of a batch's download. Raises NotFound."""
    wanted = (
        select(DownloadPart.sha256, DownloadPart.size)
        .join(Download, Download.id == DownloadPart.download_id)
        .where(Download.batch_id == batch_id, Download.id == download_id, DownloadPart.part == part)
    )
    found = db.execute(wanted).one_or_none()
    if found is None:
        raise NotFound("part")
    return PartFile(*found)


@dataclass(frozen=True)
class ToPack:
    """What the worker has to know of a download. `language` is of whoever asked for it."""

    batch_id: UUID
    next_place: int
    parts: int
    done: bool
    language: str


def download_to_pack(db: Db, download_id: UUID) -> ToPack | None:
    """A download as it stands; None when there is none."""
    row = db.get(Download, download_id)
    if row is None:
        return None
    parts = db.scalar(select(func.count()).where(DownloadPart.download_id == download_id)) or 0
    language = people.person(db, row.asked_by).language
    return ToPack(row.batch_id, row.next_place, parts, row.done_at is not None, language)


@dataclass(frozen=True)
class Packed:
    """A certificate of a batch with the digest of its file; the one that replaced it, where one did."""

    place: int
    view: CertificateView
    sha256: str | None

    def counts(self, on: date) -> bool:
        """Whether its file is handed out on a day."""
        return self.view.standing(on) in COUNTS


def to_pack(db: Db, batch_id: UUID, *, from_place: int, limit: int) -> list[Packed]:
    """Some lines of a batch that have a certificate, from a place on. Three queries, and one for each replaced one."""
    wanted = select(BatchLine.place, BatchLine.certificate_id).where(
        BatchLine.batch_id == batch_id, BatchLine.certificate_id.is_not(None), BatchLine.place >= from_place
    )
    rows = db.execute(wanted.order_by(BatchLine.place).limit(limit)).all()
    views = _views(db, (row.certificate_id for row in rows))
    newest = [(row.place, _newest(db, views[row.certificate_id])) for row in rows]
    ids = [view.id for _place, view in newest]
    made = select(CertificatePdf.certificate_id, CertificatePdf.sha256).where(CertificatePdf.certificate_id.in_(ids))
    digests = {row.certificate_id: row.sha256 for row in columns(db, made, {})}
    return [Packed(place, view, digests.get(view.id)) for place, view in newest]


def _newest(db: Db, view: CertificateView) -> CertificateView:
    """The certificate that stands in place of a replaced one, however often its name was corrected."""
    seen = {view.number}
    while view.replaced_by is not None and view.replaced_by not in seen:
        seen.add(view.replaced_by)
        after = certificates.by_number(db, view.replaced_by)
        if after is None:
            break
        view = after
    return view
