"""A small town for tests of the simple register: an authority, two households, PAs and a register team."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind, Role
from lms.register.directory import services
from lms.register.directory.models import ProfileVersion
from lms.register.directory.profile import Profile
from lms.register.directory.reactions import follow_listing
from lms.register.directory.words import Outcome
from lms.register.kinds import ContactModel, ListingState
from lms.register.listing.events import ListingMoved
from lms.register.listing.models import Listing

NAMES = {
    "HARBOURGATE": "Harbourgate City Council",
    "RIVERMERE": "Rivermere Council",
    "DYFFRYN": "Dyffryn County Council",
}
AREAS = ("Old Harbour", "Northside", "Castle Hill")
WRITTEN = Profile(
    called="Pat M",
    about="I like cooking, loud music and dogs. I have done this work for six years and still learn every week.",
    areas=("Northside",),
    times=("mon_morning", "sat_evening"),
    hours="to_20",
    languages=("en", "bsl"),
    phone="01632 960 001",
    email="pat@example.com",
)


@dataclass(frozen=True)
class Town:
    """Ids of everybody in one authority."""

    authority: UUID
    household: UUID
    second_household: UUID
    employer: UUID
    representative: UUID
    second_employer: UUID
    pa: UUID
    second_pa: UUID
    officer: UUID
    manager: UUID


def make_town(db: Db, code: str, now: datetime) -> Town:
    """The authority with a code whose rules are on the shelf, and its people. Nothing is switched on yet."""
    since = london_day(now) - timedelta(days=60)
    nation = Nation.WALES if code == "DYFFRYN" else Nation.ENGLAND

    def place(kind: OrganisationKind, name: str, **more: object) -> UUID:
        return people.add_organisation(db, kind=kind, name=name, nation=nation, now=now, **more)  # type: ignore[arg-type]

    def someone(name: str, role: Role, where: UUID) -> UUID:
        address = f"{name.lower().replace(' ', '.')}@{code.lower()}.example.com"
        person = people.add_person(db, name=name, email=address, by=None, now=now)
        people.give_role(db, person_id=person, organisation_id=where, role=role, by=None, now=now, since=since)
        return person

    here = place(OrganisationKind.AUTHORITY, NAMES[code], code=code)
    first = place(OrganisationKind.INDIVIDUAL_EMPLOYER, "Amina Yusuf", authority_id=here)
    second = place(OrganisationKind.INDIVIDUAL_EMPLOYER, "George Hill", authority_id=here)
    return Town(
        authority=here,
        household=first,
        second_household=second,
        employer=someone("Amina Yusuf", Role.EMPLOYER, first),
        representative=someone("Ruth Yusuf", Role.REPRESENTATIVE, first),
        second_employer=someone("George Hill", Role.EMPLOYER, second),
        pa=someone("Pat Morgan", Role.PA, here),
        second_pa=someone("Sam Okoro", Role.PA, here),
        officer=someone("Rae Officer", Role.REGISTER_OFFICER, here),
        manager=someone("Max Manager", Role.REGISTER_MANAGER, here),
    )


def switch(db: Db, town: Town, model: ContactModel, now: datetime, *, is_on: bool = True) -> None:
    """The manager chooses."""
    services.choose(
        db,
        once=uuid4(),
        authority_id=town.authority,
        is_on=is_on,
        contact_model=model,
        areas=AREAS,
        by=town.manager,
        now=now,
    )


def stand(db: Db, town: Town, pa: UUID, state: ListingState, now: datetime) -> None:
    """A PA's listing is in a state now, however it came there. Profiles hear of it; what the rules say is not asked."""
    row = db.query(Listing).filter_by(person_id=pa, authority_id=town.authority).one_or_none()
    today = london_day(now)
    was = row.state if row else None
    if row is None:
        row = Listing(person_id=pa, authority_id=town.authority, state=state, since=today, turn=1, withheld=False)
        db.add(row)
    row.state, row.since = state, today
    row.provisional_since = today if state is ListingState.PROVISIONAL else row.provisional_since
    db.flush()
    fact = ListingMoved(
        about=pa,
        authority_id=town.authority,
        was=was.value if was else None,
        state=state.value,
        act="list",
        reason=None,
        because=None,
    )
    follow_listing(db, fact, now)


def publish(db: Db, town: Town, pa: UUID, now: datetime, profile: Profile = WRITTEN) -> UUID:
    """A PA writes a profile and sends it; an officer publishes it. Returns the version."""
    version = uuid4()
    services.keep_draft(db, person_id=pa, authority_id=town.authority, profile=profile, saves=0, now=now)
    services.send(db, once=version, person_id=pa, authority_id=town.authority, now=now)
    services.look(
        db,
        once=uuid4(),
        version_id=version,
        authority_id=town.authority,
        outcome=Outcome.PUBLISHED,
        reason=None,
        word="",
        by=town.officer,
        now=now,
    )
    return version


def listed(db: Db, town: Town, pa: UUID, now: datetime, profile: Profile = WRITTEN) -> None:
    """A PA with a published profile, listed."""
    publish(db, town, pa, now, profile)
    stand(db, town, pa, ListingState.LISTED, now)


def versions(db: Db, pa: UUID) -> list[ProfileVersion]:
    """What a PA sent, in order."""
    return db.query(ProfileVersion).filter_by(person_id=pa).order_by(ProfileVersion.number).all()
