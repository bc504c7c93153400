"""The numbered line of migrations: where a database stands, and bringing it up."""

from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from lms.core.db import Database
from lms.core.shelves import builtin

VERSION_TABLE = "lms_migration"


class NewerDatabase(Exception):  # noqa: N818  says what is the matter
    """The database was brought up by a newer version of PALMS than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database was made by a newer version of PALMS (it stands at “{revision}”, which this version does "
            "not know). Install that version or a newer one, or restore a backup made by this version."
        )


@lru_cache(maxsize=1)
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(builtin("migrations")))


def newest() -> str:
    """The number of the last migration this version has."""
    return _script().get_current_head() or ""


def standing(database: Database) -> str | None:
    """The migration a database stands at; None for an empty one."""
    with database.engine.connect() as connection:
        return standing_on(connection)


def standing_on(connection: Connection) -> str | None:
    """The same, as one transaction sees it."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def knows(revision: str) -> bool:
    """Whether this version has a migration."""
    return revision in {known.revision for known in _script().walk_revisions()}


def check_not_newer(database: Database) -> None:
    """Raise NewerDatabase when this version does not know the database's migration."""
    revision = standing(database)
    if revision is not None and not knows(revision):
        raise NewerDatabase(revision)


def bring_up(database: Database, to: str = "head") -> None:
    """Run the migrations that are missing. Raises NewerDatabase before anything is touched."""
    check_not_newer(database)
    config = Config()
    config.set_main_option("script_location", str(builtin("migrations")))
    config.attributes["engine"] = database.engine
    command.upgrade(config, to)
