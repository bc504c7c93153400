"""Stored files: by their digest, once, and never handed out changed."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.core.files import Files, keep
from lms.core.house import House
from lms.core.models import FileRow
from lms.core.words import NotFound


@pytest.fixture
def store(tmp_path: Path) -> Files:
    """A store in a folder that is not there yet, with a space in its name."""
    return Files(f"file://{tmp_path / 'a b' / 'files'}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.binary(max_size=2000))
def test_what_is_put_comes_back(store: Files, data: bytes) -> None:
    digest = store.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert store.get(digest) == data
    assert store.put(data) == digest


def test_what_was_never_put_is_not_found(store: Files) -> None:
    with pytest.raises(NotFound):
        store.get("0" * 64)


def test_changed_bytes_are_not_handed_out(store: Files, tmp_path: Path) -> None:
    digest = store.put(b"a certificate")
    (tmp_path / "a b" / "files" / digest[:2] / digest).write_bytes(b"another one")
    with pytest.raises(NotFound):
        store.get(digest)


def test_the_same_bytes_are_one_row_also_when_ten_send_them_at_once(house: House) -> None:
    def send(_number: int) -> str:
        with house.database.writing() as db:
            return keep(db, house.files, b"the same photo", "image/jpeg", now=house.clock())

    with ThreadPoolExecutor(5) as pool:
        digests = set(pool.map(send, range(10)))
    assert len(digests) == 1
    with house.database.writing() as db:
        assert {keep(db, house.files, b"the same photo", "image/jpeg", now=house.clock()) for _ in range(2)} == digests
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(FileRow)) == 1


def test_a_large_file_is_stored_and_fetched_without_holding_it(store: Files, tmp_path: Path) -> None:
    data = b"0123456789" * 200_000
    (tmp_path / "video").write_bytes(data)
    digest = store.put_file(tmp_path / "video")
    assert digest == hashlib.sha256(data).hexdigest()
    assert store.get(digest) == data
    assert b"".join(store.part(digest, 5, 1_500_000)) == data[5:1_500_000]
    copy = io.BytesIO()
    assert store.fetch(digest, copy) == len(data)
    assert copy.getvalue() == data
    with pytest.raises(NotFound):
        store.fetch("0" * 64, io.BytesIO())
    with pytest.raises(NotFound):
        list(store.part("0" * 64, 0, 1))
    next((tmp_path / "a b").rglob(digest)).write_bytes(b"changed" + data[7:])
    with pytest.raises(NotFound):
        store.fetch(digest, io.BytesIO())
