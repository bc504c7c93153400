"""Make the whole demonstration in a fresh house."""

import json
from datetime import datetime

from lms.core import jobs
from lms.core.house import House
from lms.core.locked import locker_of
from lms.demo import (
    assessors,
    board,
    cast,
    certificates,
    checks,
    claim_evidence,
    claims,
    contacts,
    directory,
    gatherings,
    listings,
    payments,
    people,
    places,
    practice,
    quality,
    register_team,
    stories,
    systems,
    teams,
    training_money,
)
from lms.demo.people import Stage
from lms.funding.employers import bank

ACCOUNTS = "demo-accounts.json"
TOKENS = "demo-tokens.json"


def make(house: House, *, now: datetime) -> None:
    """Fill an empty, migrated database, do the waiting work, and list the accounts in the data folder.

    Everything happens through the services the pages use, at moments before `now`. Each account has role, name,
    email (or username), password, authority, and totp where a second step is on. Tokens of systems stand in a file
    beside it.
    """
    with house.database.writing() as db:
        stage = Stage(db, now, house.files)
        people.add_places(stage)
        people.add_people(stage)
        assessors.add_assessors(stage)
        for pa in cast.PAS:
            stories.tell(stage, pa)
        practice.show(stage)
        certificates.hold(stage)
        assessors.ask(stage)
        people.invite_some(stage)
        quality.assure(stage)
        listings.show(stage)
        checks.show(stage)
        directory.show(stage)
        register_team.show(stage)
        claims.show(stage)
        payments.show(stage)
        places.show(stage)
        training_money.show(stage, locker_of(house, bank.PURPOSE))
        claim_evidence.show(stage, by="Carol Bennett")
        board.show(stage)
        contacts.show(stage)
        gatherings.show(stage)
        teams.show(stage)
    tokens = systems.show(house, stage.places, stage.persons, now=now)
    jobs.tidy(house)
    _write(house, ACCOUNTS, stage.accounts)
    _write(house, TOKENS, tokens)


def _write(house: House, name: str, listed: list[dict[str, str]]) -> None:
    text = json.dumps(listed, indent=2, ensure_ascii=False)
    (house.settings.data / name).write_text(text + "\n", encoding="utf-8")
