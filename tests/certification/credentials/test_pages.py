"""What machines read without signing in, and what a holder takes away."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from lms.app import app_of
from lms.certification.credentials import badges, judging, queries, rules
from lms.certification.credentials.queries import Kept
from lms.certification.credentials.rules import Form, Mark
from lms.certification.keys import services as keys
from lms.certification.keys.services import Purpose
from lms.core.house import House
from lms.extension import LMS, mount
from lms.people.login import signed_in_viewer
from tests.certification.credentials import issuing
from tests.clients import Browser
from tests.world import World

Open = Callable[..., Any]


@pytest.fixture
def certificate_id(house: House, world: World, now: datetime) -> UUID:
    return issuing.made(house, world, now)


@pytest.fixture
def kept(house: House, certificate_id: UUID) -> Kept:
    with house.database.reading() as db:
        found = queries.kept(db, certificate_id)
    assert found
    return found


@pytest.fixture
def anybody(app: Flask, house: House) -> Browser:
    return Browser(app, house)


def at(house: House, address: str) -> str:
    """The path of an address of this site."""
    return address.removeprefix(house.settings.base_url)


def test_the_keys_are_where_the_name_of_the_issuer_leads(
    house: House, kept: Kept, anybody: Browser, world: World
) -> None:
    issuer = json.loads(kept.document)["issuer"]["id"]
    assert issuer.endswith(f":.well-known:palms:{world.authority}")
    answer = anybody.get(f"/.well-known/palms/{world.authority}/did.json")
    assert answer.mimetype == "application/did+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.json["id"] == issuer
    said = {method["id"] for method in answer.json["verificationMethod"]}
    assert json.loads(kept.document)["proof"]["verificationMethod"] in said
    assert badges.jwt.get_unverified_header(kept.token)["kid"] in said
    assert set(answer.json["assertionMethod"]) == said
    assert '"d"' not in answer.text


def test_keys_of_before_stay_in_the_document(
    house: House, kept: Kept, anybody: Browser, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        keys.new(db, house, world.authority, Purpose.CREDENTIAL, now)
        keys.retire(db, key_id=kept.key.id, by=world.admin, now=now)
    answer = anybody.get(f"/.well-known/palms/{world.authority}/did.json")
    assert len(answer.json["verificationMethod"]) == 4
    assert json.loads(kept.document)["proof"]["verificationMethod"] in answer.json["assertionMethod"]


def test_an_authority_without_credentials_has_no_document(anybody: Browser, world: World) -> None:
    for nobody in (world.other_authority, world.pa, uuid4()):
        assert anybody.get(f"/.well-known/palms/{nobody}/did.json").status_code == 404


def test_every_address_in_a_credential_leads_somewhere(house: House, kept: Kept, anybody: Browser) -> None:
    document = json.loads(kept.document)
    places = [entry["statusListCredential"] for entry in document["credentialStatus"]]
    for address in (*places, document["credentialSubject"]["achievement"]["image"]["id"]):
        assert anybody.get(at(house, address)).status_code == 200, address


def test_a_list_is_json_and_a_token_for_those_who_ask(house: House, kept: Kept, anybody: Browser) -> None:
    entry = json.loads(kept.document)["credentialStatus"][0]
    path = at(house, entry["statusListCredential"])
    answer = anybody.get(path)
    assert answer.mimetype == "application/vc"
    assert json.loads(answer.text)["id"] == entry["statusListCredential"]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept" in answer.headers["Vary"]
    assert badges.sound(answer.text, kept.key.public_pem)
    assert anybody.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    token = anybody.get(path, headers={"Accept": "application/vc+jwt"})
    assert token.mimetype == "application/vc+jwt"
    assert badges.token_sound(token.text, kept.key.public_pem)
    for accept in ("*/*", "application/json", "text/html,*/*;q=0.8"):
        assert anybody.get(path, headers={"Accept": accept}).mimetype == "application/vc", accept


def test_a_list_shows_a_withdrawal_as_soon_as_the_worker_was_there(
    house: House, world: World, kept: Kept, anybody: Browser, now: datetime
) -> None:
    entry = json.loads(kept.document)["credentialStatus"][0]
    path, place = at(house, entry["statusListCredential"]), int(entry["statusListIndex"])
    before = anybody.get(path)
    issuing.withdrawn(house, world, kept.certificate_id, now)
    after = anybody.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert badges.marked_in(json.loads(after.text)["credentialSubject"]["encodedList"]) == {place}


def test_what_is_no_list_is_not_found(anybody: Browser, house: House, kept: Kept) -> None:
    there = at(house, json.loads(kept.document)["credentialStatus"][0]["statusListCredential"])
    for path in (there.rpartition("/")[0] + "/lapsed", f"/credentials/status/{uuid4()}/{Mark.WITHDRAWN}"):
        assert anybody.get(path).status_code == 404
    assert anybody.get("/credentials/badge.exe").status_code == 404


def test_the_holder_takes_each_form_away(
    house: House, world: World, kept: Kept, browser_for: Open, certificate_id: UUID
) -> None:
    browser = browser_for(world.pa)
    for form in Form:
        answer = browser.get(f"/certificates/{certificate_id}/credential.{form}")
        assert answer.status_code == 200
        assert answer.mimetype == form.media_type
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{kept.number}.{form}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        with house.database.reading() as db:
            assert judging.judge(db, house, answer.data).genuine


def test_nobody_else_takes_it_away(world: World, browser_for: Open, certificate_id: UUID) -> None:
    path = f"/certificates/{certificate_id}/credential.json"
    for somebody in (world.second_pa, world.coordinator, world.employer_person, world.admin, world.other_pa):
        assert browser_for(somebody).get(path).status_code == 404
    assert browser_for().get(path).status_code == 302
    assert browser_for(world.pa).get(f"/certificates/{certificate_id}/credential.exe").status_code == 404
    assert browser_for(world.pa).get(f"/certificates/{uuid4()}/credential.json").status_code == 404


def test_while_it_is_being_made_the_page_says_so(house: House, world: World, browser_for: Open, now: datetime) -> None:
    waiting = issuing.certified(house, world, now)
    answer = browser_for(world.pa).get(f"/certificates/{waiting}/credential.png")
    assert answer.status_code == 302
    assert answer.location.endswith(f"/certificates/{waiting}")


def test_below_a_prefix_all_addresses_still_fit(house: House, world: World, now: datetime) -> None:
    """The name of the issuer says the prefix too, so the host has nothing to route but what hangs there anyway."""
    settings = replace(house.settings, base_url="https://portal.example.org/learning")
    below = replace(house, settings=settings)
    certificate_id = issuing.made(below, world, now)
    portal = Flask("portal")
    portal.secret_key = "a portal's own key, long enough for it"
    mount(portal, replace(below, who=LMS(current_person=lambda: None, settings=settings)._who), url_prefix="/learning")
    client = portal.test_client()
    with below.database.reading() as db:
        found = queries.kept(db, certificate_id)
    assert found
    document = json.loads(found.document)
    issuer = document["issuer"]["id"]
    assert issuer == f"did:web:portal.example.org:learning:.well-known:palms:{world.authority}"
    resolved = "https://" + issuer.removeprefix("did:web:").replace(":", "/") + "/did.json"
    wanted = [resolved, *(entry["statusListCredential"] for entry in document["credentialStatus"])]
    for address in (*wanted, document["credentialSubject"]["achievement"]["image"]["id"]):
        path = address.removeprefix("https://portal.example.org")
        assert path != address
        assert client.get(path, base_url="https://portal.example.org").status_code == 200, address
    assert client.get(wanted[0].removeprefix("https://portal.example.org")).json["id"] == issuer


def test_a_site_that_moved_still_answers_for_its_old_address(house: House, world: World, now: datetime) -> None:
    issuing.made(house, world, now)
    moved = replace(house, settings=replace(house.settings, base_url="https://new.example.org"))
    issuing.made(moved, world, now)
    client = app_of(replace(moved, who=signed_in_viewer, standalone=True)).test_client()
    path = f"/.well-known/palms/{world.authority}/did.json"
    before = rules.issuer_of(house.settings.base_url, world.authority)
    assert client.get(path, base_url=house.settings.base_url).json["id"] == before
    for asked in ("https://new.example.org", "https://else.example.org"):
        answer = client.get(path, base_url=asked)
        assert answer.json["id"] == rules.issuer_of("https://new.example.org", world.authority)
