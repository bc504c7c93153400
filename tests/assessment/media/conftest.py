"""A learner with a piece of evidence, and somebody's upload sent as a phone sends it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.media import services, taking
from lms.assessment.media.rules import FileKind, InIt
from lms.assessment.media.services import Keeping
from lms.core.clock import london_day
from lms.core.house import House
from tests.assessment.conftest import CRITERION, Course
from tests.clients import Browser


@dataclass
class Phone:
    """Somebody's phone that speaks tus to the site."""

    browser: Browser
    note: str
    token: str

    def ask(self, method: str, path: str, data: bytes = b"", **headers: str) -> TestResponse:
        """Send what a client of the protocol sends."""
        sent = {"Tus-Resumable": "1.0.0", "X-LMS-CSRF": self.token} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        mimetype = headers.get("Content_Type", "application/offset+octet-stream" if method == "PATCH" else None)
        return self.browser._client.open(path, method=method, data=data, headers=sent, content_type=mimetype)

    def begin(self, length: int, *, kind: str = "photo", **told: str) -> TestResponse:
        """Ask for room."""
        said = {"kind": kind, "name": "IMG 1.jpg", "in_it": "nobody", "allowed": "yes", "for": self.note} | told
        pairs = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
        return self.ask("POST", "/evidence/uploads", Upload_Length=str(length), Upload_Metadata=pairs)

    def send(self, at: str, offset: int, data: bytes, **headers: str) -> TestResponse:
        """Send a piece."""
        return self.ask("PATCH", at, data, Upload_Offset=str(offset), **headers)

    def whole(self, data: bytes, *, kind: str = "photo", **told: str) -> dict[str, Any]:
        """Send a file from beginning to end and have it looked at."""
        at = self.begin(len(data), kind=kind, **told).headers["Location"]
        for start in range(0, len(data), 900_000):
            assert self.send(at, start, data[start : start + 900_000]).status_code == 204
        answer = self.ask("POST", f"{at}/look")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.get_json()
        return found


PhoneOf = Callable[..., Phone]


@pytest.fixture
def phone_of(app: Flask, browser_for: Callable[..., Browser], world: Any) -> PhoneOf:
    """Gives somebody's phone, with a note from a form that they were shown."""

    def make(person_id: UUID, authority: UUID | None = None) -> Phone:
        browser = browser_for(person_id)
        notes = URLSafeTimedSerializer(str(app.secret_key), salt=f"lms-files-{person_id}")
        return Phone(browser, notes.dumps(str(authority or world.authority)), browser.token())

    return make


@pytest.fixture
def keeping(house: House) -> Keeping:
    """Where the test house keeps files."""
    return Keeping.of(house)


@pytest.fixture
def sent(house: House, world: Any, now: datetime) -> Callable[..., UUID]:
    """Sends a file without pages between: `sent(data, by=…, kind=…)`; looked at already."""

    def send(
        data: bytes,
        *,
        by: UUID | None = None,
        kind: FileKind = FileKind.PHOTO,
        authority: UUID | None = None,
        in_it: InIt = InIt.NOBODY,
        captions: str = "",
        when: datetime | None = None,
    ) -> UUID:
        import io

        who, moment = by or world.pa, when or now
        with house.database.writing() as db:
            upload = services.begin_upload(
                db,
                person_id=who,
                authority_id=authority or world.authority,
                length=len(data),
                kind=kind,
                name="IMG 1",
                fingerprint="f",
                in_it=in_it,
                allowed=True,
                now=moment,
            )
            services.write_words(db, upload_id=upload, by=who, called="", captions=captions, now=moment)
        taking.halves_of(house).begin(upload, len(data))
        stream = io.BytesIO(data)
        taking.receive(house, upload_id=upload, by=who, offset=0, stream=stream, checksum=None, now=moment)
        taking.look(house, upload_id=upload, by=who, now=moment)
        return upload

    return send


@pytest.fixture
def offered(house: House, world: Any, course: Course, now: datetime) -> Callable[..., UUID]:
    """Offers a piece of evidence with files: `offered(by=…, files=[…])`; the learner's own by default."""

    def offer(
        *,
        by: UUID | None = None,
        files: list[UUID] | None = None,
        kind: EvidenceKind = EvidenceKind.WORK_PRODUCT,
        id: UUID | None = None,
    ) -> UUID:
        made, who = id or uuid4(), by or world.pa
        given = evidence.Offer(
            kind=kind, on=london_day(now) - timedelta(days=1), text="What I did with A.", lines=(CRITERION,)
        )
        with house.database.writing() as db:
            evidence.offer_evidence(db, id=made, enrolment_id=course.enrolment, offer=given, by=who, now=now)
            services.attach(db, evidence_id=made, upload_ids=files or [], by=who, now=now, keeping=Keeping.of(house))
        return made

    return offer
