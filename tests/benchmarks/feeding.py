"""The feed of a register: entries added, with a verdict for each, and read through the API as a system reads them."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select

from lms.core.clock import london_day
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.tokens import services as tokens
from lms.people.tokens.rules import Scope
from lms.register.feed import queries
from lms.register.feed.models import FeedAgreement
from lms.register.feed.rules import Told
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from lms.register.models import Standing
from lms.register.touching import touch
from tests.benchmarks import measure
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

MOST, AT_ONCE = 20_000, 500
GOAL = 2000.0


def feeding(country: Country, app: Flask) -> Iterator[Done]:
    """Everybody of the largest authority is listed and agrees; then a system reads from zero to the head."""
    ids = _listed(country)
    began = perf_counter()
    for start in range(0, len(ids), AT_ONCE):
        with country.house.database.writing() as db:
            touch(db, country.authority, ids[start : start + AT_ONCE], NOON)
    yield dataclasses.replace(_rate("Feed: entries added", len(ids), perf_counter() - began), goal=None)
    code, token = _token(country)
    client, headers = app.test_client(use_cookies=False), {"Authorization": f"Bearer {token}"}
    for way, key in (("changes", "entries"), ("listings", "listings")):
        path, read, began = f"/api/v1/register/{code}/{way}?limit=1000", 0, perf_counter()
        while path:
            answer = client.get(path, headers=headers).get_json()
            read, path = read + len(answer[key]), answer["next"]
        yield _rate(f"API: {way} from zero to the head", read, perf_counter() - began)

    def page() -> None:
        assert client.get(f"/api/v1/register/{code}/listings", headers=headers).status_code == 200

    tag = client.get(f"/api/v1/register/{code}/listings", headers=headers).headers["ETag"]

    def unchanged() -> None:
        known = {**headers, "If-None-Match": tag}
        assert client.get(f"/api/v1/register/{code}/listings", headers=known).status_code == 304

    for name, call in (("API: a page of 500 of the list", page), ("API: nothing new (304)", unchanged)):
        (timing,) = measure.in_turns([call], seconds=1)
        yield Done(name, timing.percentile(50), "ms", note=f"p50; p95 {timing.percentile(95):.1f} ms")


def _rate(name: str, count: int, seconds: float) -> Done:
    return Done(name, count / seconds, "a second", f"{count} entries, one core", GOAL, more_is_better=True)


def _listed(country: Country) -> list[UUID]:
    """PAs of the largest authority of whom nothing is told yet: listed now, and agreeing to everything."""
    here, day = country.authority, london_day(NOON)
    with country.house.database.writing() as db:
        told = queries.listed(db, here, 0, MOST)
        known = {one.person for one in told}
        standing = select(Standing.person_id).where(Standing.authority_id == here, Standing.ended_on.is_(None))
        ids = [each for each in db.scalars(standing.limit(MOST)) if each not in known]
        there = set(db.scalars(select(Listing.person_id).where(Listing.authority_id == here)))
        ids = [each for each in ids if each not in there]
        common = {"authority_id": here, "state": ListingState.LISTED, "since": day, "turn": 1, "withheld": False}
        agreed = {"authority_id": here, "agreed": True, "told": [one.value for one in Told], "at": NOON}
        db.execute(insert(Listing), [{"id": uuid4(), "person_id": each, **common} for each in ids])
        db.execute(insert(FeedAgreement), [{"id": uuid4(), "person_id": each, **agreed} for each in ids])
    return ids


def _token(country: Country) -> tuple[str, str]:
    with country.house.database.writing() as db:
        found = people.organisation(db, country.authority)
        (by, *_others) = people.people_in(db, country.authority, Role.REGISTER_MANAGER, london_day(NOON))
        secret = tokens.make(
            db,
            once=uuid4(),
            authority_id=country.authority,
            system="Bench",
            scopes=[Scope.LISTINGS],
            ends_on=london_day(NOON) + timedelta(days=30),
            by=by.id,
            now=NOON,
        )
    return str(found.code), secret
