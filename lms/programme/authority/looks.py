"""How an authority's pages look: its name, its colours, and the logo that its certificates carry."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.certification.appearance.queries import appearance_of
from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import looks
from lms.people import queries as people
from lms.people.rules import OrganisationKind, Role
from lms.programme.authority import rules
from lms.programme.authority.events import AuthorityRenamed, ColoursSet
from lms.programme.authority.models import Colours
from lms.programme.authority.rules import Palette, Weak

MEANWHILE = N_("Somebody else changed this meanwhile. What you typed is still here: look at the page again, then save.")
_PARTS = {
    "header": N_(
        "The header: words on this colour have a contrast of %(has)s to 1, and 4.5 to 1 is needed. The nearest shade "
        "that can be read is %(nearest)s."
    ),
    "link": N_(
        "Links: on the lightest and palest parts of a page they have a contrast of %(has)s to 1, and 4.5 to 1 is "
        "needed. The nearest shade that can be read is %(nearest)s."
    ),
    "button": N_(
        "Buttons: white words on this colour have a contrast of %(has)s to 1, and 4.5 to 1 is needed. The nearest "
        "shade that can be read is %(nearest)s."
    ),
}


@dataclass(frozen=True)
class Worn:
    """What pages of an authority wear. `own` says whether colours were chosen; `look` is the number of the look."""

    palette: Palette
    own: bool
    logo_sha256: str | None
    look: int


def worn_by(db: Db, authority_id: UUID, on: date) -> Worn:
    """What pages of an authority wear on a day. Raises NotFound. Four queries; pages keep the answer by its number."""
    look = looks.look_of(db, authority_id)
    palette = palette_of(db, authority_id)
    logo = appearance_of(db, authority_id, on).logo_sha256
    return Worn(palette or Palette(), palette is not None, logo, look)


def palette_of(db: Db, authority_id: UUID) -> Palette | None:
    """The colours an authority chose; None before it chose any, and after it went back to ours."""
    row = columns(db, _NEWEST, {"authority_id": authority_id}).first()
    found = Palette(*row) if row else None
    return found if found != Palette() else None


_NEWEST = (
    select(Colours.header, Colours.link, Colours.button)
    .where(Colours.authority_id == bindparam("authority_id"))
    .order_by(Colours.set_at.desc(), Colours.id)
    .limit(1)
)


def sentence(weak: Weak) -> Refused:
    """Why a colour does not do, and which does. The contrast is rounded down, so that it never reads as enough."""
    return Refused(_PARTS[weak.part], has=f"{int(weak.has * 10) / 10:.1f}", nearest=weak.nearest)


def set_colours(db: Db, *, id: UUID, authority_id: UUID, palette: Palette, seen: int, by: UUID, now: datetime) -> None:
    """Choose what pages wear from now on; the same form again changes nothing, and neither do the same colours.

    `seen` is the number of the look on the form: Refused when it is another one by now, for what cannot be read, and
    for what is no colour. Raises NotFound for who may not.
    """
    _is_admin(db, authority_id, by, now)
    look = looks.held_still(db, authority_id)
    if db.get(Colours, id) is not None:
        return
    if look != seen:
        raise Refused(MEANWHILE)
    clean = _spelled(palette)
    for weak in rules.weak_parts(clean):
        raise sentence(weak)
    if clean == (palette_of(db, authority_id) or Palette()):
        return
    values = {"header": clean.header, "link": clean.link, "button": clean.button}
    if add_once(db, Colours(id=id, authority_id=authority_id, **values, set_by=by, set_at=now)):
        looks.looks_anew(db, authority_id)
        fact = ColoursSet(about=by, authority_id=authority_id, colours_id=id, **values)
        record(db, fact, by=by, now=now, behalf=authority_id)


def _spelled(palette: Palette) -> Palette:
    parts = [rules.spelled(each) for each in (palette.header, palette.link, palette.button)]
    header, link, button = parts
    if header is None or link is None or button is None:
        raise Refused(N_("Write each colour as # and six letters or numbers, such as #0b5c63."))
    return Palette(header, link, button)


def rename(
    db: Db, *, authority_id: UUID, name: str, name_cy: str, seen: tuple[str, str], by: UUID, now: datetime
) -> None:
    """Call an authority otherwise; `seen` are the names on the form, and other ones by now are not written over.

    Refused for an empty name and one that is too long. The names it has already change nothing.
    """
    _is_admin(db, authority_id, by, now)
    looks.held_still(db, authority_id)
    before = people.organisation(db, authority_id)
    was = (before.name, before.name_cy or "")
    if was == (name.strip(), name_cy.strip()):
        return
    if was != seen:
        raise Refused(MEANWHILE)
    looks.rename(db, authority_id, name=name, name_cy=name_cy)
    after = people.organisation(db, authority_id)
    fact = AuthorityRenamed(
        about=by,
        authority_id=authority_id,
        was=was[0],
        was_cy=was[1],
        called=after.name,
        called_cy=after.name_cy or "",
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def _is_admin(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.ADMIN, [authority_id], london_day(now)):
        raise NotFound("authority")
    if people.organisation(db, authority_id).kind is not OrganisationKind.AUTHORITY:
        raise NotFound("authority")
