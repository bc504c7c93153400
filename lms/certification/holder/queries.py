"""Read what holders share and decide: for their own pages, for the page behind a link, and for the check page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Date, Select, Uuid, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from lms.certification import queries as certificates
from lms.certification.holder.models import HolderChoice, Share, ShareLook
from lms.certification.holder.rules import NameShown, open_link
from lms.certification.life.conditions import stands
from lms.certification.models import Certificate, Withdrawal
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core.clock import LONDON
from lms.core.db import Db, columns
from lms.people import queries as people
from lms.people.secrets import digest

MOST_NEWS = 10

SAME_LOOK = timedelta(minutes=10)
"""Within this time a link that is opened again was opened once; so nobody can make us write without end."""


@dataclass(frozen=True)
class Choice:
    """What a holder has chosen; `made_at` None: nothing yet, so these are the defaults."""

    name_shown: NameShown = NameShown.INITIALS
    stays_checkable: bool = False
    made_at: datetime | None = None


@dataclass(frozen=True)
class ShareView:
    """A link to a certificate, as its holder sees it. `times` and `last_at`: how often and when last it was opened."""

    id: UUID
    certificate_id: UUID
    secret_digest: str
    for_whom: str
    name_shown: NameShown
    until: date
    made_at: datetime
    ended_at: datetime | None
    times: int
    last_at: datetime | None

    def counts_again(self, now: datetime) -> bool:
        """Whether opening it now is another look, and not the same reader turning back to the page."""
        return self.last_at is None or now - self.last_at >= SAME_LOOK

    def works(self, on: date) -> bool:
        """Whether it can be opened on a day."""
        return open_link(until=self.until, ended_at=self.ended_at, on=on)


def of_employed(
    db: Db, pas: Sequence[UUID], sharing: Collection[UUID], *, offset: int, limit: int
) -> tuple[Sequence[CertificateView], int]:
    """A page of the certificates of PAs as their household sees them, by PA in the order given, each one's the newest
    first; and how many there are. Three queries, none when there is nobody.

    What a PA knows of the Care Certificate is theirs to share: those about it are only of PAs in `sharing`.
    """
    if not pas:
        return (), 0
    private = Certificate.kind.in_(certificates.kinds_of_knowledge(db))
    seen = and_(Certificate.holder_id.in_(pas), or_(~private, Certificate.holder_id.in_(sharing)))
    total = db.scalar(select(func.count()).where(seen)) or 0
    in_order = case({pa: place for place, pa in enumerate(pas)}, value=Certificate.holder_id)
    newest = (Certificate.issued_on.desc(), Certificate.issued_at.desc(), Certificate.id)
    ids = db.scalars(select(Certificate.id).where(seen).order_by(in_order, *newest).offset(offset).limit(limit))
    return certificates.views(db, ids.all()), total


ANY_HELD: Select[UUID] = select(Certificate.id).where(Certificate.holder_id == bindparam("changes_of"))
"""Whether there is a certificate that can have changed; None in place of a holder: there is none."""


def news_of(db: Db, holder_id: UUID, on: date, *, since: timedelta, soon: timedelta) -> list[CertificateView]:
    """What changed about somebody's certificates, or will, the newest change first as far as days tell. Two queries.

    Suspended; withdrawn, ended or come in place of another within `since`; or ending within `soon`, with no newer one.
    """
    after = on - since
    first = datetime.combine(after + timedelta(days=1), time.min, LONDON)
    days = {"holder_id": holder_id, "on": on, "after": after, "soon": on + soon, "first": first}
    ids = columns(db, _NEWS, days).scalars().all()
    return certificates.views(db, ids) if ids else []


def _news() -> Select[UUID]:
    newer, on, after = aliased(Certificate), bindparam("on", type_=Date()), bindparam("after", type_=Date())
    withdrawn = select(Withdrawal.by).where(Withdrawal.certificate_id == Certificate.id)
    renewed = select(newer.id).where(newer.renews_id == Certificate.id)
    ends = and_(Certificate.lapses_on > after, Certificate.lapses_on <= bindparam("soon"), ~renewed.exists())
    counts = or_(stands(Standing.VALID, on), stands(Standing.LAPSED, on))
    anew = and_(Certificate.replaces_id.is_not(None), Certificate.issued_at >= bindparam("first"))
    news = or_(
        stands(Standing.SUSPENDED, on),
        withdrawn.where(Withdrawal.withdrawn_on > after).exists(),
        and_(counts, or_(ends, anew)),
    )
    return select(Certificate.id).where(Certificate.holder_id == bindparam("holder_id"), news).limit(MOST_NEWS)


_NEWS = _news()
"""Put together once: every home page of a PA asks it."""


def choice_of(db: Db, holder_id: UUID) -> Choice:
    """What a holder has chosen last."""
    row = columns(db, _CHOICE, {"holder_id": holder_id}).one_or_none()
    return Choice(*row) if row else Choice()


def name_shown(db: Db, holder_id: UUID) -> NameShown:
    """How much of a holder's name a stranger sees without typing it."""
    return choice_of(db, holder_id).name_shown


def stays_checkable(db: Db, certificate_id: UUID) -> bool:
    """Whether strangers can check a certificate: its holder's account is open, or they agreed that it stays so."""
    row = columns(db, _STAYS, {"certificate_id": certificate_id}).one_or_none()
    return row is not None and bool(row[0] or row[1])


def _latest(column: Any, holder_id: Any) -> Any:
    newest = (HolderChoice.made_at.desc(), HolderChoice.id)
    return select(column).where(HolderChoice.holder_id == holder_id).order_by(*newest).limit(1)


_HOLDER: BindParameter[UUID] = bindparam("holder_id", type_=Uuid())
_CHOICE = (
    select(HolderChoice.name_shown, HolderChoice.stays_checkable, HolderChoice.made_at)
    .where(HolderChoice.holder_id == _HOLDER)
    .order_by(HolderChoice.made_at.desc(), HolderChoice.id)
    .limit(1)
)
_STAYS = select(
    people.account_open(Certificate.holder_id),
    _latest(HolderChoice.stays_checkable, Certificate.holder_id).scalar_subquery(),
).where(Certificate.id == bindparam("certificate_id"))
"""Put together once: whoever opens a link asks these. The check page asks the same in its one question."""


def shares_of(db: Db, certificate_id: UUID, *, offset: int = 0, limit: int = 50) -> list[ShareView]:
    """The links to a certificate, the newest first, with those that ended."""
    wanted = _shares().where(Share.certificate_id == certificate_id)
    rows = db.execute(wanted.order_by(Share.made_at.desc(), Share.id).offset(offset).limit(limit))
    return [ShareView(*row) for row in rows]


def count_shares_of(db: Db, certificate_id: UUID) -> int:
    """How many links were made to a certificate."""
    return db.scalar(select(func.count()).where(Share.certificate_id == certificate_id)) or 0


def opened(db: Db, secret: str, on: date) -> ShareView | None:
    """The link with a secret, when it works on a day; None for one that ended and for what never was one."""
    row = db.execute(_shares().where(Share.secret_digest == digest(secret))).one_or_none()
    found = ShareView(*row) if row else None
    return found if found is not None and found.works(on) else None


def _shares() -> Select[*tuple[Any, ...]]:
    of_this = ShareLook.share_id == Share.id
    return select(
        Share.id,
        Share.certificate_id,
        Share.secret_digest,
        Share.for_whom,
        Share.name_shown,
        Share.until,
        Share.made_at,
        Share.ended_at,
        select(func.coalesce(func.sum(ShareLook.times), 0)).where(of_this).scalar_subquery(),
        select(func.max(ShareLook.last_at)).where(of_this).scalar_subquery(),
    )


def achieved(db: Db, certificate_id: UUID) -> str:
    """The heading of a certificate's second page, as on the paper; empty from before it was kept."""
    return columns(db, _ACHIEVED, {"certificate_id": certificate_id}).scalar_one_or_none() or ""


_ACHIEVED = select(Certificate.face["say"]["achievements"].as_string()).where(
    Certificate.id == bindparam("certificate_id")
)


def said_again(db: Db, certificate_id: UUID) -> Mapping[str, str]:
    """The labels of a certificate in its second language, as on the paper; none from before they were kept."""
    labels = Certificate.face[("also", "say")].as_json()
    return db.scalar(select(labels).where(Certificate.id == certificate_id)) or {}
