"""`lms restore`: a backup back into an empty database, of either kind."""

from pathlib import Path

import click

from lms.brought import AFTER_RESTORE
from lms.commands.base import FAILED, Place
from lms.commands.progress import progress
from lms.core.db import Database
from lms.core.files import Files
from lms.core.restore import Restored, look_through, restore


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into-empty", is_flag=True, help="Say so in a script: a backup is only ever restored into an empty database."
)
@click.option("--check", is_flag=True, help="Only read the whole backup and check every part of it.")
@click.pass_obj
@click.pass_context
def command(ctx: click.Context, place: Place, *, file: Path, into_empty: bool, check: bool) -> None:  # noqa: ARG001
    """Restore a backup FILE into the empty database and data folder that the settings name.

    A backup of SQLite can be restored into PostgreSQL and the other way round. When it was made by an older version,
    the tables are brought up to this one afterwards.
    """
    if check:
        found = look_through(file)
        click.echo(f"The backup is whole: {_described(found)}.")
    else:
        found = _restore(place, file)
        click.echo(f"Restored: {_described(found)}. Now run `lms doctor`.")
    for digest in found.missing:
        click.echo(f"The stored file {digest} was missing already when the backup was made.", err=True)
    if found.missing:
        ctx.exit(FAILED)


def _restore(place: Place, file: Path) -> Restored:
    settings = place.settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    try:
        with progress("Restoring") as tell:
            return restore(database, Files(settings.files_url), settings.heads, file, turns=AFTER_RESTORE, tell=tell)
    finally:
        database.close()


def _described(found: Restored) -> str:
    made = found.made_at[:16].replace("T", " ")
    return f"{found.rows:,} rows and {found.files:,} files, made {made} UTC by version {found.version}"
