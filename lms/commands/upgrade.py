"""`lms upgrade`: a backup, then the migrations that are missing."""

import click

from lms.commands.backup import take
from lms.commands.base import Place
from lms.core.migrate import bring_up, newest, standing


@click.command()
@click.pass_obj
def command(place: Place) -> None:
    """Bring the database up to this version, after taking a backup into DATA/backups.

    Nothing to do is fine: it says so and ends well.
    """
    house = place.house()
    stands, wanted = standing(house.database), newest()
    if stands == wanted:
        click.echo(f"Nothing to do: the database stands at {wanted}.")
        return
    if stands is not None:
        take(house, why=f"-before-{wanted}")
    bring_up(house.database)
    click.echo(f"The database was {f'at {stands}' if stands else 'empty'} and stands at {wanted} now.")
