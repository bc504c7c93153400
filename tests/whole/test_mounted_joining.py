"""Joining by an invitation where PALMS is mounted: the host knows its people, and its session stays as it is."""

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask, session

from lms.core.house import House
from lms.core.settings import Settings
from lms.extension import LMS, mount
from lms.people import invitations, queries
from lms.people.rules import Role
from tests.clients import Browser
from tests.world import World


@pytest.fixture
def portal(house: House, settings: Settings) -> Flask:
    """A council's portal with PALMS under /learning; it notes in its session who is signed in, and a basket."""
    site = Flask("portal")
    site.secret_key = "a portal's own key, long enough for it"

    @site.get("/log-in/<person_id>")
    def log_in(person_id: str) -> str:
        session.update(portal_person=person_id, basket=["a library card"])
        return "in"

    def who() -> UUID | None:
        person = session.get("portal_person")
        return UUID(person) if person else None

    mount(site, replace(house, who=LMS(current_person=who, settings=settings)._who), url_prefix="/learning")
    return site


def invite(house: House, world: World, email: str | None) -> str:
    with house.database.writing() as db:
        secret = invitations.invite(
            db,
            name="Dai Assessor",
            email=email,
            role=Role.PA,
            organisation_id=world.authority,
            authority_id=world.authority,
            by=world.coordinator,
            now=house.clock(),
        )
    return f"/learning/invitation/{secret}"


class Visitor(Browser):
    """Somebody's browser on the portal."""

    def token(self, path: str = "/learning/help") -> str:
        return super().token(path)

    def session(self) -> dict[str, object]:
        """What the portal's session holds."""
        with self._client.session_transaction() as cookie:
            return dict(cookie)


@pytest.mark.parametrize("email", ["new@example.com", "dai.assessor@example.com", None])
def test_somebody_the_host_does_not_know_is_told_to_sign_in_there(
    portal: Flask, house: House, world: World, email: str | None
) -> None:
    link, visitor = invite(house, world, email), Visitor(portal, house)
    answer = visitor.get(link)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "follow the link in your invitation again" in page
    assert "password" not in page


def test_a_post_by_somebody_unknown_makes_nobody_and_leaves_the_hosts_session(
    portal: Flask, house: House, world: World
) -> None:
    link, visitor = invite(house, world, "new@example.com"), Visitor(portal, house)
    visitor.get(f"/log-in/{UUID(int=7)}")  # known to the portal, no person of ours
    before = visitor.session()
    sent = {"name": "New Person", "language": "en", "password": "a slow green river"}
    assert visitor.post(link, sent).status_code == 200
    after = visitor.session()
    assert {key: after.get(key) for key in before} == before
    assert all(key.startswith("lms_") for key in after.keys() - before.keys())
    with house.database.reading() as db:
        assert not queries.people_in(db, world.authority, Role.PA, house.clock().date(), search="New Person")


def test_somebody_known_joins_with_the_button(portal: Flask, house: House, world: World) -> None:
    link, visitor = invite(house, world, "dai.assessor@example.com"), Visitor(portal, house)
    visitor.get(f"/log-in/{world.assessor}")
    assert "Join" in visitor.get(link).get_data(as_text=True)
    answer = visitor.post(link)
    assert (answer.status_code, answer.location) == (302, "/learning/")
    assert visitor.session()["basket"] == ["a library card"]
    with house.database.reading() as db:
        assert queries.holds(db, world.assessor, Role.PA, [world.authority], house.clock().date())
