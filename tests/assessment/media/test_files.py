"""Files of a piece of evidence: how they come to it, who may see them, and how they are handed out."""

import tarfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.media import queries, rules, services, taking
from lms.assessment.media.models import EvidenceFile
from lms.assessment.media.rules import FileKind, InIt
from lms.assessment.media.services import Keeping
from lms.core import backup
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from tests.assessment.doings import counted
from tests.assessment.media import samples
from tests.clients import Browser
from tests.conftest import StandingClock
from tests.world import World

PHOTO = samples.photo()
Sent = Callable[..., UUID]
Offered = Callable[..., UUID]


def files_of(house: House, evidence_id: UUID) -> tuple[queries.FileView, ...]:
    with house.database.reading() as db:
        return queries.files_of(db, [evidence_id]).get(evidence_id, ())


def test_a_file_belongs_to_its_evidence_under_its_digest(house: House, sent: Sent, offered: Offered) -> None:
    piece = offered(files=[sent(PHOTO, captions="The list we wrote."), sent(samples.voice(), kind=FileKind.VOICE)])
    first, second = files_of(house, piece)
    assert (first.position, first.kind, first.media_type) == (1, FileKind.PHOTO, "image/jpeg")
    assert (first.plain_words, first.people_in_it, first.agreed) == ("The list we wrote.", InIt.NOBODY, False)
    assert (second.position, second.kind, second.seconds) == (2, FileKind.VOICE, 2)
    assert first.thumbnail is not None
    assert house.files.get(first.sha256).startswith(b"\xff\xd8")
    assert house.files.get(first.thumbnail)
    assert list(taking.halves_of(house).lying_here()) == []
    with house.database.reading() as db:
        fact = db.scalar(select(EventRow).where(EventRow.kind == "FilesAttached"))
        assert fact is not None
        assert fact.data["digests"] == [first.sha256, second.sha256]
        assert queries.count_files(db, [piece, uuid4()]) == {piece: 2}


def test_a_double_tap_attaches_once(house: House, sent: Sent, offered: Offered) -> None:
    once, upload = uuid4(), sent(PHOTO)
    offered(id=once, files=[upload])
    offered(id=once, files=[upload])
    assert len(files_of(house, once)) == 1


def test_a_file_cannot_belong_to_two_pieces(house: House, sent: Sent, offered: Offered) -> None:
    upload = sent(PHOTO)
    offered(files=[upload])
    with pytest.raises(Refused, match="belongs to another"):
        offered(files=[upload])


def test_files_come_with_a_piece_and_not_later(  # noqa: PLR0917  fixtures
    house: House, world: World, sent: Sent, offered: Offered, keeping: Keeping, now: datetime
) -> None:
    piece, late, later = offered(), sent(PHOTO), now + timedelta(minutes=1)
    with house.database.writing() as db, pytest.raises(Refused, match="not later"):
        services.attach(db, evidence_id=piece, upload_ids=[late], by=world.pa, now=later, keeping=keeping)
    with house.database.writing() as db, pytest.raises(NotFound):
        services.attach(db, evidence_id=piece, upload_ids=[late], by=world.second_pa, now=now, keeping=keeping)
    assert files_of(house, piece) == ()


def test_somebody_elses_half_or_old_file_is_not_taken(
    house: House, world: World, sent: Sent, offered: Offered, now: datetime
) -> None:
    others = sent(PHOTO, by=world.second_pa)
    for upload in (others, uuid4(), sent(PHOTO, when=now - rules.KEPT_FOR - timedelta(minutes=1))):
        with pytest.raises((Refused, NotFound)):
            offered(files=[upload])
    with house.database.writing() as db:
        half = services.begin_upload(
            db,
            person_id=world.pa,
            authority_id=world.authority,
            length=10,
            kind=FileKind.PHOTO,
            name="",
            fingerprint="",
            in_it=InIt.NOBODY,
            allowed=True,
            now=now,
        )
    with pytest.raises(Refused, match="not ready"):
        offered(files=[half])


def test_a_file_handed_in_for_another_authority_stays_there(sent: Sent, offered: Offered, world: World) -> None:
    with pytest.raises(Refused, match="another authority"):
        offered(files=[sent(PHOTO, authority=world.other_authority)])


def test_ten_files_are_the_most(sent: Sent, offered: Offered) -> None:
    uploads = [sent(PHOTO) for _ in range(11)]
    with pytest.raises(Refused, match="at most 10 files"):
        offered(files=uploads)


def test_the_database_keeps_no_file_without_agreement(house: House, sent: Sent, offered: Offered) -> None:
    piece = offered(files=[sent(PHOTO)])
    with house.database.unit(writing=True) as db:
        row = db.get_one(EvidenceFile, (piece, 1))
        row.in_it = InIt.AGREED
        with pytest.raises(IntegrityError):
            db.flush()


def test_a_lie_is_kept_nowhere(house: House, sent: Sent, world: World, now: datetime) -> None:
    upload = sent(b"PK\x03\x04" + bytes(200))
    assert list(taking.halves_of(house).lying_here()) == []
    with house.database.reading() as db:
        found = queries.own_upload(db, upload, world.pa, now=now)
        assert found.refused == rules.NOT_TAKEN
        assert queries.own_uploads(db, world.pa, world.authority, now=now) == []


def test_the_file_as_it_was_sent_goes_as_soon_as_it_is_harmless(house: House, sent: Sent) -> None:
    upload = sent(PHOTO)
    halves = taking.halves_of(house)
    assert not halves.part(upload).exists()
    assert b"SECRET" not in halves.made(upload).read_bytes()


WATCHED = [
    ("pa", 200),
    ("assessor", 200),
    ("coordinator", 200),
    ("quality_assurer", 200),
    ("second_pa", 404),
    ("verifier", 404),
    ("employer_person", 404),
    ("representative", 404),
    ("second_employer_person", 404),
    ("register_officer", 404),
    ("funding_officer", 404),
    ("admin", 404),
    ("other_pa", 404),
    ("other_assessor", 404),
    ("other_coordinator", 404),
    ("other_employer_person", 404),
]


def test_only_those_who_may_see_the_piece_get_its_files(
    world: World, browser_for: Callable[..., Browser], sent: Sent, offered: Offered
) -> None:
    track = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    piece = offered(files=[sent(samples.video(), kind=FileKind.VIDEO, captions=track)])
    paths = [f"/evidence/{piece}/files/1{rest}" for rest in ("", "?save=1", "/thumbnail", "/captions")]
    for name, status in WATCHED:
        browser = browser_for(getattr(world, name))
        assert [browser.get(path).status_code for path in paths] == [status] * 4, name
    assert {browser_for().get(path).status_code for path in paths} == {302}
    mine = browser_for(world.pa)
    for path in (f"/evidence/{piece}/files/2", f"/evidence/{uuid4()}/files/1", f"/evidence/{piece}/files/0"):
        assert mine.get(path).status_code == 404


def test_a_household_sees_only_the_files_it_gave(
    world: World, browser_for: Callable[..., Browser], sent: Sent, offered: Offered
) -> None:
    given = sent(PHOTO, by=world.employer_person)
    piece = offered(by=world.employer_person, files=[given], kind=EvidenceKind.WORK_PRODUCT)
    path = f"/evidence/{piece}/files/1"
    assert browser_for(world.employer_person).get(path).status_code == 200
    assert browser_for(world.representative).get(path).status_code == 200
    assert browser_for(world.second_employer_person).get(path).status_code == 404


def test_how_files_are_handed_out(
    world: World, browser_for: Callable[..., Browser], sent: Sent, offered: Offered
) -> None:
    piece = offered(files=[sent(PHOTO), sent(samples.pdf(), kind=FileKind.DOCUMENT)])
    browser = browser_for(world.assessor)
    photo, document = (browser.get(f"/evidence/{piece}/files/{n}") for n in (1, 2))
    assert photo.headers["Content-Disposition"] == 'inline; filename="evidence-1.jpg"'
    assert document.headers["Content-Disposition"] == 'attachment; filename="evidence-2.pdf"'
    saved = browser.get(f"/evidence/{piece}/files/1?save=1")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    for answer in (photo, document, saved, browser.get(f"/evidence/{piece}/files/1/thumbnail")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] in {"private, no-store", "no-store"}
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_players_get_the_part_they_ask_for(
    world: World, browser_for: Callable[..., Browser], house: House, sent: Sent, offered: Offered
) -> None:
    piece = offered(files=[sent(samples.video(), kind=FileKind.VIDEO)])
    whole = house.files.get(files_of(house, piece)[0].sha256)
    browser, path = browser_for(world.pa), f"/evidence/{piece}/files/1"

    def part(asked: str, **more: str) -> Any:
        return browser.get(path, headers={"Range": asked} | more)

    assert (browser.get(path).status_code, browser.get(path).data) == (200, whole)
    assert browser.get(path).headers["Accept-Ranges"] == "bytes"
    first = part("bytes=0-99")
    assert (first.status_code, first.data, first.headers["Content-Length"]) == (206, whole[:100], "100")
    assert first.headers["Content-Range"] == f"bytes 0-99/{len(whole)}"
    assert part("bytes=100-").data == whole[100:]
    assert part("bytes=-50").data == whole[-50:]
    beyond = part(f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    for nonsense in ("bytes=5-1", "lines=1-2", "bytes=0-1,4-5", "bytes=x"):
        assert part(nonsense).data in {whole, b""}, nonsense
    assert part("bytes=0-99", **{"If-Range": '"another"'}).status_code == 200
    assert part("bytes=0-99", **{"If-Range": first.headers["ETag"]}).status_code == 206


def test_a_page_of_files_costs_one_query(house: House, sent: Sent, offered: Offered) -> None:
    pieces = [offered(files=[sent(PHOTO), sent(PHOTO)]) for _ in range(3)]
    with house.database.reading() as db, counted(house) as asked:
        assert len(queries.files_of(db, pieces)) == 3
    assert len(asked) == 1


def test_a_backup_has_the_files_and_leaves_half_uploads_out(  # noqa: PLR0917  fixtures
    house: House, sent: Sent, offered: Offered, tmp_path: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = offered(files=[sent(PHOTO)])
    sent(samples.voice(), kind=FileKind.VOICE)  # used by nobody
    monkeypatch.setattr(backup, "standing_on", lambda _connection: "0020")  # these tables were made without migrations
    made = backup.back_up(house.database, house.files, house.settings.heads, tmp_path / "all.tar.gz", now=now)
    assert made.missing == ()
    with tarfile.open(made.path) as archive:
        names = archive.getnames()
    assert f"files/{files_of(house, piece)[0].sha256}" in names
    assert not [name for name in names if "uploads" in name]


def test_an_upload_that_evidence_has_cannot_be_thrown_away(
    house: House, world: World, sent: Sent, offered: Offered, clock: StandingClock
) -> None:
    upload = sent(PHOTO)
    piece = offered(files=[upload])
    with house.database.writing() as db, pytest.raises(NotFound):
        services.cancel_upload(db, upload_id=upload, by=world.pa, halves=taking.halves_of(house), now=clock())
    clock.on(days=8)
    taking.sweep(house, clock())
    assert house.files.get(files_of(house, piece)[0].sha256)
