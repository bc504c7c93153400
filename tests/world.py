"""A small world for tests: two authorities behind their walls, with people in every role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import services
from lms.people.rules import Nation, OrganisationKind, Role


@dataclass(frozen=True)
class World:
    """Ids of the people and places; `other_…` live behind another authority's wall."""

    authority: UUID
    college: UUID
    support: UUID
    employer: UUID
    second_employer: UUID
    pa: UUID
    second_pa: UUID
    employer_person: UUID
    second_employer_person: UUID
    representative: UUID
    assessor: UUID
    quality_assurer: UUID
    verifier: UUID
    coordinator: UUID
    register_officer: UUID
    register_manager: UUID
    funding_officer: UUID
    admin: UUID
    adviser: UUID
    learner: UUID
    other_authority: UUID
    other_employer: UUID
    other_pa: UUID
    other_coordinator: UUID
    other_employer_person: UUID
    other_assessor: UUID


def make_world(house: House, now: datetime) -> World:
    """Make it through the services and commit it."""
    with house.database.writing() as db:
        return _make(db, now)


def _make(db: Db, now: datetime) -> World:
    since = london_day(now) - timedelta(days=60)

    def place(kind: OrganisationKind, name: str, **more: object) -> UUID:
        nation = more.pop("nation", Nation.ENGLAND)
        return services.add_organisation(db, kind=kind, name=name, nation=nation, now=now, **more)  # type: ignore[arg-type]

    def someone(name: str, *roles: tuple[Role, UUID]) -> UUID:
        email = f"{name.lower().replace(' ', '.')}@example.com"
        person_id = services.add_person(db, name=name, email=email, by=None, now=now)
        for role, where in roles:
            services.give_role(db, person_id=person_id, organisation_id=where, role=role, by=None, now=now, since=since)
        return person_id

    kind = OrganisationKind
    here = place(kind.AUTHORITY, "Rivermere Council", code="RIVERMERE")
    there = place(
        kind.AUTHORITY,
        "Dyffryn County Council",
        name_cy="Cyngor Sir Dyffryn",
        code="DYFFRYN",
        nation=Nation.WALES,
    )
    college = place(kind.COLLEGE, "Rivermere College", code="RIVERMERE-COLLEGE")
    support = place(kind.SUPPORT_ORGANISATION, "Rivermere Independent Living", code="RIL", user_led=True)
    for partner in (college, support):
        services.make_agreement(db, authority_id=here, organisation_id=partner, since=since)
    first = place(kind.INDIVIDUAL_EMPLOYER, "Amina Yusuf", authority_id=here)
    second = place(kind.INDIVIDUAL_EMPLOYER, "George Hill", authority_id=here)
    far = place(kind.INDIVIDUAL_EMPLOYER, "Eleri Wynne", authority_id=there, nation=Nation.WALES)
    world = World(
        authority=here,
        college=college,
        support=support,
        employer=first,
        second_employer=second,
        pa=someone("Pat Morgan", (Role.PA, here)),
        second_pa=someone("Sam Okoro", (Role.PA, here)),
        employer_person=someone("Amina Yusuf", (Role.EMPLOYER, first)),
        second_employer_person=someone("George Hill", (Role.EMPLOYER, second)),
        representative=someone("Ruth Yusuf", (Role.REPRESENTATIVE, first)),
        assessor=someone("Dai Assessor", (Role.ASSESSOR, college)),
        quality_assurer=someone("Quinn Assurer", (Role.QUALITY_ASSURER, here)),
        verifier=someone("Vera Verifier", (Role.VERIFIER, here)),
        coordinator=someone("Cora Coordinator", (Role.COORDINATOR, here)),
        register_officer=someone("Rae Officer", (Role.REGISTER_OFFICER, here)),
        register_manager=someone("Max Manager", (Role.REGISTER_MANAGER, here)),
        funding_officer=someone("Fay Funding", (Role.FUNDING_OFFICER, here)),
        admin=someone("Ada Admin", (Role.ADMIN, here)),
        adviser=someone("Vic Adviser", (Role.ADVISER, support)),
        learner=someone("Lena Learner", (Role.LEARNER, here)),
        other_authority=there,
        other_employer=far,
        other_pa=someone("Olwen Price", (Role.PA, there)),
        other_coordinator=someone("Owain Coordinator", (Role.COORDINATOR, there)),
        other_employer_person=someone("Eleri Wynne", (Role.EMPLOYER, far)),
        other_assessor=someone("Other Assessor", (Role.ASSESSOR, there)),
    )
    for pa, employer in (
        (world.pa, first),
        (world.pa, second),
        (world.second_pa, second),
        (world.other_pa, far),
    ):
        services.start_employment(db, pa_id=pa, employer_id=employer, since=since, by=None, now=now)
    return world
