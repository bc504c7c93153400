"""How credentials and lists come to be: once, with a place of their own, with nothing about the holder."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.certification.credentials import badges, lists, making, queries, rules
from lms.certification.credentials.models import Credential, StatusDocument
from lms.certification.credentials.queries import Kept
from lms.certification.credentials.rules import Mark
from lms.core.house import House
from tests.certification.credentials import issuing
from tests.world import World


def kept(house: House, certificate_id: Any) -> Kept:
    with house.database.reading() as db:
        found = queries.kept(db, certificate_id)
    assert found is not None
    return found


def said(house: House, certificate_id: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(kept(house, certificate_id).document)
    return read


def test_it_says_what_the_paper_says(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now, lapses_on=date(2028, 6, 1))
    document, number = said(house, certificate_id), kept(house, certificate_id).number
    achievement = document["credentialSubject"]["achievement"]
    narrative = achievement["criteria"]["narrative"]
    assert "**What it proves**\n\n- By 3 May 2026 the holder had finished this module.\n- Its practice" in narrative
    assert "**What it does not prove**\n\n- This is not the Care Certificate." in narrative
    assert achievement["description"].endswith("This is not the Care Certificate.")
    assert document["issuer"]["name"] == "Rivermere Council"
    assert document["validFrom"] == "2026-06-01T00:00:00+01:00"
    assert document["validUntil"] == "2028-05-31T23:59:59+01:00"
    (evidence,) = document["evidence"]
    assert evidence["id"] == f"{house.settings.base_url}/verify/{number}"
    assert evidence["name"] == number
    assert evidence["narrative"] == (
        "- Module finished: 3 May 2026\n- Course: PA induction\n- PAI-1-P, Practice, 30 May 2026, an assessor"
    )


def test_the_holder_is_a_salted_hash_of_the_name_and_nothing_else(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now)
    found = kept(house, certificate_id)
    subject = said(house, certificate_id)["credentialSubject"]
    (holder,) = subject["identifier"]
    assert set(subject) == {"type", "achievement", "identifier"}
    assert holder["identityHash"] == rules.name_hash(issuing.NAME, holder["salt"])
    assert holder["hashed"] is True
    whole = found.document + json.dumps(badges.payload_of(found.token), ensure_ascii=False)
    for secret in (*issuing.NAME.split(), "@example", str(world.pa), str(certificate_id)):
        assert secret not in whole


def test_a_name_in_the_words_of_a_certificate_stays_text(house: House, world: World, now: datetime) -> None:
    title = "<script>alert(1)</script> ]]> & “ŵŷ” ا\u202eب e\u0301 " + "x" * 300
    document = said(house, issuing.made(house, world, now, title=title, holder_name="\u0645" * 120))
    assert document["name"] == title


def test_the_worker_may_do_it_twice(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now)
    before = kept(house, certificate_id)
    making.make(house, str(certificate_id), now + timedelta(days=400))
    assert kept(house, certificate_id) == before
    making.make(house, str(uuid4()), now)  # a certificate that is not there


def test_twenty_at_once_make_one(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.certified(house, world, now)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: making.make(house, str(certificate_id), now), range(20)))
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Credential)) == 1


def test_a_place_somebody_took_is_drawn_anew(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = iter([7] * 8 + [7] * 8 + [7] * 3 + [9] * 5)
    first = issuing.made(house, world, now)
    with house.database.writing() as db:
        db.get_one(Credential, first).place = 7
    second = issuing.certified(house, world, now)
    real = queries.taken
    blind = iter([set(), {7}])  # the first time another worker takes it a moment later
    monkeypatch.setattr(lists.secrets, "randbelow", lambda _size: next(draws))
    monkeypatch.setattr(queries, "taken", lambda db, list_id, places: next(blind, real(db, list_id, places)))
    making.make(house, str(second), now)
    with house.database.reading() as db:
        assert queries.ready(db, second)
        places = db.execute(select(Credential.list_id, Credential.place)).all()
    assert len(set(places)) == 2


def test_another_list_is_opened_when_most_places_are_taken(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issuing.made(house, world, now)
    monkeypatch.setattr(queries, "taken", lambda db, list_id, places: set(places[:4]))
    second = issuing.made(house, world, now + timedelta(seconds=1))
    monkeypatch.undo()
    third = issuing.made(house, world, now + timedelta(seconds=2))
    with house.database.reading() as db:
        one, two, three = (queries.list_of(db, each) for each in (first, second, third))
    assert one != two == three


def test_each_authority_has_its_own_issuer_key_and_list(house: House, world: World, now: datetime) -> None:
    ours = issuing.made(house, world, now)
    theirs = issuing.made(house, world, now, authority_id=world.other_authority)
    assert said(house, ours)["issuer"]["id"] != said(house, theirs)["issuer"]["id"]
    assert kept(house, ours).key.authority_id == world.authority
    with house.database.reading() as db:
        assert queries.list_of(db, ours) != queries.list_of(db, theirs)


def test_what_was_withdrawn_before_its_credential_was_there_is_marked(
    house: House, world: World, now: datetime
) -> None:
    certificate_id = issuing.certified(house, world, now)
    issuing.withdrawn(house, world, certificate_id, now)
    making.make(house, str(certificate_id), now)
    assert marked(house, certificate_id) == {Mark.WITHDRAWN}


def test_a_site_that_moved_opens_a_list_under_its_new_address(house: House, world: World, now: datetime) -> None:
    before = issuing.made(house, world, now)
    moved = replace(house, settings=replace(house.settings, base_url="https://new.example.org/learning"))
    after = issuing.made(moved, world, now)
    assert said(moved, after)["issuer"]["id"].startswith("did:web:new.example.org:learning:.well-known:palms:")
    issuing.withdrawn(moved, world, before, now)
    assert marked(moved, before) == {Mark.WITHDRAWN}
    listed = published(moved, before, Mark.WITHDRAWN)
    assert listed["issuer"] == said(moved, before)["issuer"]["id"]
    with moved.database.reading() as db:
        assert len(queries.issuers(db, world.authority)) == 2


def test_a_list_is_signed_anew_when_it_changed_or_is_a_day_old(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now)
    with house.database.reading() as db:
        list_id = queries.list_of(db, certificate_id)
    assert list_id
    before = documents(house)
    lists.refresh(house, list_id, now + timedelta(hours=23))
    lists.sweep(house, now + timedelta(hours=23))
    assert documents(house) == before
    lists.sweep(house, now + timedelta(hours=25))
    after = documents(house)
    assert all(after[mark] != before[mark] for mark in Mark)
    assert json.loads(after[Mark.WITHDRAWN])["validUntil"] > json.loads(before[Mark.WITHDRAWN])["validUntil"]
    issuing.withdrawn(house, world, certificate_id, now + timedelta(hours=26))
    assert [mark for mark in Mark if documents(house)[mark] != after[mark]] == [Mark.WITHDRAWN]


def test_many_changes_at_once_are_all_in_the_list(house: House, world: World, now: datetime) -> None:
    ids = [issuing.made(house, world, now) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda each: issuing.withdrawn(house, world, each, now), ids))
    assert all(marked(house, each) == {Mark.WITHDRAWN} for each in ids)


def test_what_a_list_costs_does_not_grow_with_it(house: House, world: World, now: datetime) -> None:
    """Its text stays small, so that a phone can load it; what is unmarked packs to almost nothing."""
    certificate_id = issuing.made(house, world, now)
    issuing.withdrawn(house, world, certificate_id, now)
    with house.database.reading() as db:
        assert max(len(each) for each in db.scalars(select(StatusDocument.document))) < 2_000


def test_a_server_that_nobody_asks_loads_none_of_it() -> None:
    """Twenty megabytes and a fifth of a second, which most processes never need."""
    asked = "import sys, lms.app; print([m for m in ('openbadgeslib', 'pyld', 'png') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def marked(house: House, certificate_id: Any) -> set[Mark]:
    """In which of its lists, as published, the credential of a certificate is marked."""
    with house.database.reading() as db:
        place = db.scalar(select(Credential.place).where(Credential.certificate_id == certificate_id))
    found = {mark: published(house, certificate_id, mark)["credentialSubject"]["encodedList"] for mark in Mark}
    return {mark for mark, encoded in found.items() if place in badges.marked_in(encoded)}


def published(house: House, certificate_id: Any, mark: Mark) -> dict[str, Any]:
    with house.database.reading() as db:
        list_id = queries.list_of(db, certificate_id)
        assert list_id
        read: dict[str, Any] = json.loads(queries.published(db, list_id, mark).document)
    return read


def documents(house: House) -> dict[Mark, str]:
    with house.database.reading() as db:
        return {row.mark: row.document for row in db.scalars(select(StatusDocument))}
