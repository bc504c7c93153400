"""Make the whole demonstration in a fresh house."""

import json
from datetime import datetime

from lms.core import jobs
from lms.core.house import House
from lms.demo import (
    assessors,
    cast,
    certificates,
    checks,
    directory,
    listings,
    people,
    practice,
    quality,
    register_team,
    stories,
    systems,
)
from lms.demo.people import Stage

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
    tokens = systems.show(house, stage.places, stage.persons, now=now)
    jobs.tidy(house)
    _write(house, ACCOUNTS, stage.accounts)
    _write(house, TOKENS, tokens)


def _write(house: House, name: str, listed: list[dict[str, str]]) -> None:
    text = json.dumps(listed, indent=2, ensure_ascii=False)
    (house.settings.data / name).write_text(text + "\n", encoding="utf-8")
