"""`lms backup`: everything into one file, while people go on working."""

from pathlib import Path

import click

from lms.commands.base import FAILED, Place
from lms.commands.progress import progress
from lms.core.backup import Backup, back_up, default_name
from lms.core.clock import utc_now
from lms.core.house import House


@click.command()
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="The file to write. [default: DATA/backups/]"
)
@click.pass_obj
@click.pass_context
def command(ctx: click.Context, place: Place, to: Path | None) -> None:
    """Write a backup: tables, stored files and the heads of the chain, as one moment saw them."""
    made = take(place.house(), to)
    for digest in made.missing:
        click.echo(f"The stored file {digest} is missing or was changed, so it is not in the backup.", err=True)
    if made.missing:
        ctx.exit(FAILED)


def take(house: House, to: Path | None = None, *, why: str = "") -> Backup:
    """Write a backup and say where it is. Without a name it goes into the data folder."""
    now = utc_now()
    path = to or house.settings.data / "backups" / default_name(now, why)
    with progress("Backing up") as tell:
        made = back_up(house.database, house.files, house.settings.heads, path, now=now, tell=tell)
    click.echo(
        f"Backup of {made.rows:,} rows and {made.files:,} files: {made.path} ({made.path.stat().st_size:,} bytes)"
    )
    return made
