"""A module kept on a phone from a host's site: everything stays below the place where PALMS is mounted."""

import gzip
import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from flask import session

from lms.core.house import House
from lms.core.settings import Settings
from lms.extension import LMS, mount
from lms.learning import services
from tests.whole.test_mounted import host_site
from tests.world import World


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_is_kept_stays_below_the_place_of_the_mounting(
    house: House, settings: Settings, world: World, now: datetime
) -> None:
    site = host_site()

    def who() -> UUID | None:
        person = session.get("portal_person")
        return UUID(person) if person else None

    door = LMS(current_person=who, settings=settings)
    mount(site, replace(house, who=door._who), url_prefix="/training")
    with house.database.writing() as db:
        enrolment = services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=now
        )
        services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    client = site.test_client()
    client.get(f"/log-in/{world.pa}")
    answer = client.get(f"/training/learning/{enrolment}/PAI-1/phone.json")
    found = json.loads(gzip.decompress(answer.get_data()))
    assert len(found["check"]["questions"]) == 12
    assert {address.split("/")[1] for address in [*found["pages"], *found["assets"]]} == {"training"}
    assert found["check"]["answers_url"] in found["pages"]
    page = client.get(found["url"]).get_data(as_text=True)
    assert 'data-root="/training/"' in page
    assert client.get("/training/phone-worker.js").status_code == 200
    assert client.get("/phone-worker.js").status_code == 404
