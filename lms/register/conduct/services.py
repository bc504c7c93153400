"""Write codes of conduct: drafts, publishing for a day, taking back. Accepting is in `register.services`."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, delete, select

from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register.conduct import rules
from lms.register.conduct.events import ConductPublished, ConductTakenBack
from lms.register.conduct.known import known
from lms.register.conduct.models import ConductVersion


def begin(db: Db, *, once: UUID, authority_id: UUID, version: str, by: UUID, now: datetime) -> None:
    """A new draft with the words of the newest version there is. The same form twice makes one draft."""
    name = rules.check_version(version)
    there = known(db, authority_id)
    if db.get(ConductVersion, once) is not None:
        return
    if any(each.version == name for each in there):
        raise Refused(N_("There is a version %(version)s already. Choose another name."), version=name)
    newest = there[-1] if there else None
    row = ConductVersion(
        id=once,
        authority_id=authority_id,
        version=name,
        commitments=_plain(newest.commitments if newest else ()),
        news={},
        reaccept_days=newest.reaccept_days if newest else 30,
        written_by=by,
        written_at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("There is a version %(version)s already. Choose another name."), version=name)


def save(
    db: Db,
    *,
    draft_id: UUID,
    authority_id: UUID,
    revision: int,
    version: str,
    commitments: Sequence[Words],
    news: Words | None,
    reaccept_days: int,
    by: UUID,
    now: datetime,
) -> int:
    """Save a draft; returns its new revision, which the next saving has to name.

    Refused when somebody else saved since `revision`: their words are not overwritten, and yours stay in the form.
    """
    row = _draft(db, draft_id, authority_id, revision)
    name = rules.check_version(version)
    rules.check_commitments(commitments)
    if not 0 <= reaccept_days <= rules.MOST_DAYS:
        raise Refused(N_("Give between 0 and %(most)d days."), most=rules.MOST_DAYS)
    if name != row.version and any(each.version == name for each in known(db, authority_id, drafts=True)):
        raise Refused(N_("There is a version %(version)s already. Choose another name."), version=name)
    row.version, row.commitments, row.reaccept_days = name, _plain(commitments), reaccept_days
    row.news = news.model_dump() if news else {}
    row.revision, row.written_by, row.written_at = row.revision + 1, by, now
    db.flush()
    return row.revision


def publish(
    db: Db,
    *,
    draft_id: UUID,
    authority_id: UUID,
    revision: int,
    from_day: date,
    welsh: bool,
    by: UUID,
    now: datetime,
) -> None:
    """Let a draft hold from a day on. `welsh`: the authority's rules let nothing be published without Welsh.

    The same form sent twice publishes once.
    """
    there = db.scalar(_row(draft_id, authority_id))
    if there is not None and there.valid_from == from_day and there.revision == revision:
        return
    row = _draft(db, draft_id, authority_id, revision)
    rules.check_whole(_words(row), Words(**row.news) if row.news else None, welsh=welsh)
    rules.check_day(from_day, today=london_day(now), others=[each.from_day for each in known(db, authority_id)])
    row.valid_from, row.published_by, row.published_at = from_day, by, now
    db.flush()
    fact = ConductPublished(
        about=by, authority_id=authority_id, version_id=row.id, version=row.version, from_day=from_day
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def take_back(db: Db, *, version_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Make a published version a draft again before its day. Twice is harmless; refused once it holds."""
    row = _locked(db, version_id, authority_id)
    if row.valid_from is None:
        return
    if row.valid_from <= london_day(now):
        raise Refused(N_("This version holds already, and PAs may have accepted it. Write a new version instead."))
    row.valid_from = row.published_by = row.published_at = None
    row.revision += 1
    db.flush()
    fact = ConductTakenBack(about=by, authority_id=authority_id, version_id=row.id, version=row.version)
    record(db, fact, by=by, now=now, behalf=authority_id)


def discard(db: Db, *, draft_id: UUID, authority_id: UUID) -> None:
    """Throw a draft away. Twice is harmless; what was published stays."""
    db.execute(
        delete(ConductVersion).where(
            ConductVersion.id == draft_id,
            ConductVersion.authority_id == authority_id,
            ConductVersion.published_at.is_(None),
        )
    )


def _draft(db: Db, draft_id: UUID, authority_id: UUID, revision: int) -> ConductVersion:
    row = _locked(db, draft_id, authority_id)
    if row.published_at is not None:
        raise Refused(N_("This version is published. Take it back first, or write a new one."))
    if row.revision != revision:
        raise Refused(
            N_("Somebody else saved this draft since you opened it. Open it in another tab and bring your words there.")
        )
    return row


def _locked(db: Db, version_id: UUID, authority_id: UUID) -> ConductVersion:
    """A version, held until the end of this unit of work, so that two managers come one after the other.

    All of the authority's are held, so that two with one name or for one day come one after the other as well.
    """
    held = select(ConductVersion).where(ConductVersion.authority_id == authority_id).order_by(ConductVersion.id)
    rows = db.scalars(held.with_for_update().execution_options(populate_existing=True)).all()
    row = next((each for each in rows if each.id == version_id), None)
    if row is None:
        raise NotFound("code of conduct")
    return row


def _row(version_id: UUID, authority_id: UUID) -> Select[ConductVersion]:
    return select(ConductVersion).where(ConductVersion.id == version_id, ConductVersion.authority_id == authority_id)


def _words(row: ConductVersion) -> tuple[Words, ...]:
    return tuple(Words(**each) for each in row.commitments)


def _plain(commitments: Sequence[Words]) -> list[dict[str, str | None]]:
    return [{"en": each.en, "cy": each.cy} for each in commitments]
