"""Adds the first authority and its first coordinator, who gets a sign-in link by e-mail. Change the four words below.

Run it once, after `lms upgrade`, with the LMS_* settings of the site: python3 first_authority.py
"""

from lms.core.clock import utc_now
from lms.core.settings import read_settings
from lms.people import services, sessions
from lms.people.rules import Nation, OrganisationKind, Role
from lms.wiring import build_house

NAME, CODE = "Rivermere Council", "RIVERMERE"
COORDINATOR, EMAIL = "Ann Coordinator", "ann@rivermere.example"


def main() -> None:
    """Add both in one transaction; running it again says what is there already and changes nothing."""
    house, now = build_house(read_settings()), utc_now()
    with house.database.writing() as db:
        authority = services.add_organisation(
            db, kind=OrganisationKind.AUTHORITY, name=NAME, code=CODE, nation=Nation.ENGLAND, now=now
        )
        person = services.add_person(db, name=COORDINATOR, email=EMAIL, by=None, now=now)
        for role in (Role.COORDINATOR, Role.ADMIN):
            services.give_role(db, person_id=person, organisation_id=authority, role=role, by=None, now=now)
        sessions.ask_for_link(db, identifier=EMAIL, now=now)


if __name__ == "__main__":
    main()
