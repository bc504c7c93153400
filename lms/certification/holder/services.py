"""Write what holders decide: who is shown a certificate by a link, and what strangers see."""

import hmac
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select, update

from lms.certification import queries
from lms.certification.holder.events import CertificateShared, CertificateShareEnded, HolderChose
from lms.certification.holder.models import HolderChoice, Share, ShareLook
from lms.certification.holder.rules import MOST_DAYS, MOST_OPEN, NameShown, open_link, wrong_end
from lms.certification.models import Certificate
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_name
from lms.core.words import N_, NotFound, Refused
from lms.people.secrets import digest

_REUSED = N_("Something was saved from this page before. Open the page anew.")


def secret_of(key: str, share_id: UUID) -> str:
    """The secret in the address of a link, made from its id with the site's secret key, so that it need not be kept.

    The holder can be shown the address again; whoever has only the database cannot work it out.
    """
    return hmac.new(f"lms_share:{key}".encode(), share_id.bytes, sha256).hexdigest()[:40]


def share(
    db: Db,
    *,
    id: UUID,
    key: str,
    certificate_id: UUID,
    for_whom: str,
    name_shown: NameShown,
    until: date,
    by: UUID,
    now: datetime,
) -> None:
    """Make a link by which whoever has it sees one's own certificate up to a last day. The same `id` again is quiet.

    `key` is the site's secret key. Raises NotFound for anybody but the holder. Refused for one that was withdrawn or
    replaced, for a last day that has passed or is more than a year away, and when there are many links already.
    """
    found = _own(db, certificate_id, by)
    there = db.get(Share, id)
    if there is not None:
        if there.certificate_id != certificate_id:
            raise Refused(_REUSED)
        return
    today = london_day(now)
    if found.standing(today) in (Standing.WITHDRAWN, Standing.REPLACED):
        raise Refused(N_("This certificate does not count any more, so there is no link to it."))
    if wrong_end(until, today=today):
        raise Refused(N_("Choose a last day from today on, at most %(days)s days away."), days=MOST_DAYS)
    working = select(func.count()).where(
        Share.certificate_id == certificate_id, Share.ended_at.is_(None), Share.until >= today
    )
    db.execute(select(Certificate.id).where(Certificate.id == certificate_id).with_for_update())
    if (db.scalar(working) or 0) >= MOST_OPEN:
        raise Refused(N_("There are many links to this certificate. End one that you no longer need."))
    row = Share(
        id=id,
        certificate_id=certificate_id,
        secret_digest=digest(secret_of(key, id)),
        for_whom=clean_name(for_whom),
        name_shown=name_shown,
        until=until,
        made_at=now,
    )
    if add_once(db, row):
        fact = CertificateShared(about=by, certificate_id=certificate_id, share_id=id, until=until)
        record(db, fact, by=by, now=now)


def end_share(db: Db, *, share_id: UUID, by: UUID, now: datetime) -> UUID:
    """End a link at once; again changes nothing. Returns its certificate. Raises NotFound for all but the holder."""
    row = db.get(Share, share_id)
    if row is None:
        raise NotFound("link")
    _own(db, row.certificate_id, by)
    if row.ended_at is None and open_link(until=row.until, ended_at=None, on=london_day(now)):
        row.ended_at = now
        db.flush()
        fact = CertificateShareEnded(about=by, certificate_id=row.certificate_id, share_id=share_id)
        record(db, fact, by=by, now=now)
    return row.certificate_id


def looked(db: Db, *, share_id: UUID, now: datetime) -> None:
    """Count one opening of a link. Whoever opened it is not kept, nor where from."""
    key = (ShareLook.share_id == share_id) & (ShareLook.on == london_day(now))
    more = update(ShareLook).where(key).values(times=ShareLook.times + 1, last_at=now).returning(ShareLook.times)
    if db.execute(more).first() is None and not add_once(
        db, ShareLook(share_id=share_id, on=london_day(now), times=1, last_at=now)
    ):
        db.execute(more)


def choose(db: Db, *, id: UUID, holder_id: UUID, name_shown: NameShown, stays_checkable: bool, now: datetime) -> None:
    """Keep what a holder lets strangers see, and whether certificates stay checkable after the account is closed.

    What is chosen already, and the same `id` a second time, change nothing.
    """
    latest = db.scalars(
        select(HolderChoice)
        .where(HolderChoice.holder_id == holder_id)
        .order_by(HolderChoice.made_at.desc(), HolderChoice.id)
        .limit(1)
    ).one_or_none()
    if latest is not None and (latest.name_shown, latest.stays_checkable) == (name_shown, stays_checkable):
        return
    row = HolderChoice(id=id, holder_id=holder_id, name_shown=name_shown, stays_checkable=stays_checkable, made_at=now)
    if add_once(db, row):
        fact = HolderChose(about=holder_id, name_shown=name_shown, stays_checkable=stays_checkable)
        record(db, fact, by=holder_id, now=now)


def _own(db: Db, certificate_id: UUID, by: UUID) -> CertificateView:
    found = queries.certificate(db, certificate_id)
    if found.holder_id != by:
        raise NotFound("certificate")
    return found
