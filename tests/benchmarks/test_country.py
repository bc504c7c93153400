"""The synthetic country is whole: what the bench measures is what the product would have written."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.core import seal
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.shelves import shelf
from lms.funding.claims.models import Claim
from lms.funding.claims.numbering import next_reference
from lms.learning.models import Enrolment
from lms.people import sessions
from lms.people.models import Organisation, Person, RoleHeld
from lms.people.queries import organisation
from lms.people.rules import OrganisationKind, Role
from lms.register.content import RegisterRules
from lms.register.models import Standing
from tests.benchmarks import country, story
from tests.benchmarks.chain import UNSEALED
from tests.benchmarks.country import Country
from tests.benchmarks.invented import town
from tests.benchmarks.levels import patterns
from tests.benchmarks.sites import NOON

LEARNERS = 260


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> story.Story:
    """The demonstration that is copied."""
    return story.tell(tmp_path_factory.mktemp("story"))


def loaded(told: story.Story, folder: Path, url: str = "", seed: int = 1, learners: int = LEARNERS) -> Country:
    """A small country."""
    return country.load(told, folder, learners=learners, seed=seed, database_url=url)


def test_the_country_is_whole_and_goes_on(told: story.Story, tmp_path: Path, url: str) -> None:
    """The number asked for is there, every fact is true to its digest, and numbers go on where the country ends."""
    made = loaded(told, tmp_path, url)
    with made.house.database.reading() as db:
        assert LEARNERS <= made.learners < LEARNERS + 30
        on_induction = (
            select(func.count()).select_from(Enrolment).where(Enrolment.course == "PAI", Enrolment.ended_at.is_(None))
        )
        pas = select(func.count()).select_from(RoleHeld).where(RoleHeld.role == Role.PA)
        assert db.scalar(pas) == made.learners
        assert made.learners // 2 < (db.scalar(on_induction) or 0) < made.learners, "some are only on a register"
        assert db.scalar(select(func.count()).select_from(Standing)) == made.learners
        assert seal.unsealed_count(db) == UNSEALED
        assert list(seal.faults(db, made.house.settings.heads)) == []
    with made.house.database.writing() as db:
        highest = db.scalar(select(func.max(EventRow.id)))
        person = db.scalars(select(Enrolment.learner_id).limit(1)).one()
        sessions.start(db, person_id=person, way="test", now=NOON, on=london_day(NOON))
        assert db.scalar(select(func.max(EventRow.id))) == highest + 1
        _claims_are_counted_on(db)
        while seal.seal_batch(db, now=NOON):
            pass
        assert seal.unsealed_count(db) == 0
    made.house.database.close()


def test_the_same_seed_gives_the_same_people(told: story.Story, tmp_path: Path) -> None:
    """A run can be repeated; another seed gives other people."""

    def people(name: str, seed: int) -> list[str]:
        made = loaded(told, tmp_path / name, seed=seed, learners=60)
        with made.house.database.reading() as db:
            found = list(db.scalars(select(Person.email).where(Person.email.is_not(None)).order_by(Person.email)))
        made.house.database.close()
        return found

    assert people("a", 1) == people("b", 1) != people("c", 2)


def test_authorities_grow_with_the_country_and_each_has_rules(told: story.Story, tmp_path: Path) -> None:
    """From three to a hundred and fifty authorities, the largest first, all with a register of their own."""
    models = patterns(told)
    assert [len(list(country.planned(models, n))) for n in (10, 2000, 7500, 115_000)] == [3, 3, 10, 150]
    sizes = [each.learners for each in country.planned(models, 115_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == pytest.approx(115_000, rel=0.01)
    many = [each.code for each in country.planned(models, 115_000)]
    assert len(set(many)) == len(many)


def test_an_address_is_there_as_often_as_its_person(told: story.Story) -> None:
    """A message to a manager about a PA names both: it must not have the manager's address made for each PA anew."""
    addresses = {row["id"]: row["email"] for row in told.dicts("lms_person") if row["email"]}
    for model in patterns(told):
        theirs = [(model.levels[id], model.levels[email]) for id, email in addresses.items() if id in model.levels]
        assert theirs
        assert all(person is address for person, address in theirs)


def test_an_authority_beyond_the_first_three_has_a_register(told: story.Story, tmp_path: Path, monkeypatch) -> None:
    """Its rules come with a pack that is written for the country."""
    monkeypatch.setattr(country, "PER_AUTHORITY", 40)
    made = loaded(told, tmp_path)
    with made.house.database.reading() as db:
        codes = _authorities(db)
        rules = shelf(db, RegisterRules)
        assert len(codes) == LEARNERS // 40
        assert all(rules.on(code, london_day(NOON)) for code in codes)
    made.house.database.close()


def test_no_two_towns_are_called_alike() -> None:
    """Also beyond the number of names there are."""
    assert len({town(number) for number in range(400)}) == 400


def _claims_are_counted_on(db: Db) -> None:
    """Every copy's claim has a reference as the product gives it, and the next one is given to nobody yet."""
    references = set(db.scalars(select(Claim.reference)))
    assert references
    assert all(re.fullmatch(r"[A-Z0-9-]+-20\d\d-\d{4}", each) for each in references), sorted(references)[:5]
    for authority_id in set(db.scalars(select(Claim.authority_id))):
        mine = organisation(db, authority_id)
        assert next_reference(db, mine, year=2026) not in references
        assert all(each.startswith(f"{mine.code}-") for each in _references_of(db, authority_id))


def _references_of(db: Db, authority_id: UUID) -> list[str]:
    return list(db.scalars(select(Claim.reference).where(Claim.authority_id == authority_id)))


def _authorities(db: Db) -> list[str]:
    wanted = select(Organisation.code).where(Organisation.kind == OrganisationKind.AUTHORITY)
    return [code for code in db.scalars(wanted) if code]
