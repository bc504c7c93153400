"""Write how an authority's certificates look. What is issued already keeps its look; only later ones change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from lms.certification.appearance import models, queries
from lms.certification.appearance.events import AppearanceSet, SignatoryEnded, SignatoryNamed
from lms.certification.appearance.logo import packed
from lms.certification.appearance.rules import MOST_SIGNATORIES, Languages
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.files import Files, keep
from lms.core.spelling import clean_name, visible
from lms.core.uploads import PNG
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.looks import looks_anew
from lms.people.rules import Role

STAFF = (Role.COORDINATOR, Role.ADMIN)
LONGEST_WORDS = 200
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class LogoChange:
    """What becomes of the logo. `picture` is a new one; without one it stays, or goes where `remove` says so.

    `alt` and `alt_cy` say in words what it shows, for whoever has the certificate read out.
    """

    picture: bytes | None = None
    remove: bool = False
    alt: str = ""
    alt_cy: str = ""


def set_appearance(
    db: Db,
    files: Files,
    *,
    id: UUID,
    authority_id: UUID,
    languages: Languages,
    logo: LogoChange,
    by: UUID,
    now: datetime,
) -> None:
    """Choose languages and logo for certificates issued from now on; the same form again changes nothing.

    Raises NotFound for who may not; Refused for a file that is no picture, and for a logo without words.
    """
    _is_staff(db, authority_id, by, now)
    before = queries.appearance_of(db, authority_id, london_day(now))
    stays = None if logo.remove else before.logo_sha256
    picture = packed(logo.picture) if logo.picture is not None else None
    alt, alt_cy = (_one_line(text, LONGEST_WORDS) for text in (logo.alt, logo.alt_cy))
    has_logo = picture is not None or stays is not None
    if has_logo and not alt:
        raise Refused(N_("Say in a few words what the logo shows, such as “Rivermere Council”."))
    row = models.Appearance(
        id=id,
        authority_id=authority_id,
        languages=languages,
        logo_sha256=keep(db, files, picture, PNG, now=now) if picture is not None else stays,
        logo_alt=alt if has_logo else "",
        logo_alt_cy=alt_cy if has_logo else "",
        set_by=by,
        set_at=now,
    )
    if add_once(db, row):
        looks_anew(db, authority_id)
        fact = AppearanceSet(about=by, authority_id=authority_id, appearance_id=id)
        record(db, fact, by=by, now=now, behalf=authority_id)


@dataclass(frozen=True)
class Named:
    """Somebody who is to sign. `role_cy`, `organisation` and `until` can be left out."""

    name: str
    role: str
    role_cy: str
    organisation: str
    since: date
    until: date | None


def name_signatory(db: Db, *, id: UUID, authority_id: UUID, named: Named, by: UUID, now: datetime) -> None:
    """Name somebody who answers for the authority's certificates; the same form again names them once.

    Refused without a role, for days that cannot be, and while as many sign already as fit on the page.
    """
    _is_staff(db, authority_id, by, now)
    if db.get(models.Signatory, id) is not None:
        return
    role = _one_line(named.role, 120)
    if not role:
        raise Refused(N_("Say what they are, such as “Head of adult services”."))
    _check_days(named.since, named.until, london_day(now))
    if _beside(db, authority_id, named.since, named.until) >= MOST_SIGNATORIES:
        raise Refused(
            N_("%(most)s people sign in that time already, and more do not fit on the page. End one of them first."),
            most=MOST_SIGNATORIES,
        )
    row = models.Signatory(
        id=id,
        authority_id=authority_id,
        name=clean_name(named.name),
        role=role,
        role_cy=_one_line(named.role_cy, 120),
        organisation=_one_line(named.organisation, 160),
        since=named.since,
        until=named.until,
        named_by=by,
        named_at=now,
    )
    if add_once(db, row):
        fact = SignatoryNamed(about=by, authority_id=authority_id, signatory_id=id, since=named.since)
        record(db, fact, by=by, now=now, behalf=authority_id)


def end_signatory(db: Db, *, signatory_id: UUID, authority_id: UUID, until: date, by: UUID, now: datetime) -> None:
    """Say the last day on which somebody signs; said twice it is said once. Refused for a day before they began,
    and for making it later than it was."""
    _is_staff(db, authority_id, by, now)
    row = db.get(models.Signatory, signatory_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("signatory")
    if until == row.until:
        return
    if until < row.since:
        raise Refused(N_("The last day cannot be before the first."))
    if row.until is not None and until > row.until:
        raise Refused(N_("This is over by then. Name them again instead."))
    row.until = until
    db.flush()
    fact = SignatoryEnded(about=by, authority_id=authority_id, signatory_id=signatory_id, until=until)
    record(db, fact, by=by, now=now, behalf=authority_id)


def _check_days(since: date, until: date | None, today: date) -> None:
    if not today - FARTHEST <= since <= today + FARTHEST:
        raise Refused(N_("Choose a first day within a year of today."))
    if until is not None and until < since:
        raise Refused(N_("The last day cannot be before the first."))


def _beside(db: Db, authority_id: UUID, since: date, until: date | None) -> int:
    """How many sign on some day of a period."""
    wanted = (
        select(func.count())
        .select_from(models.Signatory)
        .where(
            models.Signatory.authority_id == authority_id,
            or_(models.Signatory.until.is_(None), models.Signatory.until >= since),
        )
    )
    return db.scalar(wanted.where(models.Signatory.since <= until) if until else wanted) or 0


def _one_line(text: str, longest: int) -> str:
    line = " ".join(visible(text, keep="\t\n").split())
    if len(line) > longest:
        raise Refused(N_("Shorten this to at most %(most)s characters."), most=longest)
    return line


def _is_staff(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not any(people.holds(db, by, role, [authority_id], london_day(now)) for role in STAFF):
        raise NotFound("authority")
