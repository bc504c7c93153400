"""What tests of checking share: a certificate's PDF as it was issued, and browsers at other addresses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from lms.certification.keys import services as keys
from lms.certification.keys.rules import Purpose, Sealed
from lms.certification.models import CertificatePdf
from lms.certification.queries import CertificateView
from lms.core.files import keep
from lms.core.house import House
from tests.certification.checking.sealing import whole_and_sealed
from tests.clients import Browser


@pytest.fixture
def paper(house: House, issued: CertificateView, now: datetime) -> bytes:
    """The PDF of the issued certificate, sealed with its authority's key, as it is on record."""
    key = keys.at_hand(house, issued.authority_id, Purpose.SEAL, now)
    data = whole_and_sealed(issued.number, private=key.private())
    with house.database.writing() as db:
        digest = keep(db, house.files, data, "application/pdf", now=now)
        row = CertificatePdf(certificate_id=issued.id, sha256=digest, made_at=now, key_id=key.id, sealed=Sealed.SEALED)
        db.add(row)
    return data


@pytest.fixture
def browser_at(app: Flask, house: House) -> Callable[..., Any]:
    """Gives a browser at an address: `browser_at("192.0.2.7")`; signed in: `browser_at("192.0.2.7", world.pa)`."""

    def at(address: str, person_id: Any = None) -> Browser:
        browser = Browser(app, house, person_id)
        browser._client.environ_base["REMOTE_ADDR"] = address
        return browser

    return at
