"""`lms worker`: works off what is waiting: certificates to draw, mail to send, facts to seal."""

import click

from lms.commands.base import Place, need_current_tables
from lms.core import jobs, logs
from lms.serving import end_with_parent


@click.command()
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64), help="Jobs done at a time.")
@click.option("--once", is_flag=True, help="Do what is waiting now, then end; for cron.")
@click.option("--beside", is_flag=True, hidden=True, help="End with the process that started this one.")
@click.pass_obj
def command(place: Place, *, threads: int, once: bool, beside: bool) -> None:
    """Work off waiting jobs until stopped; a running job is finished first."""
    if beside:
        end_with_parent()
    house = place.house()
    if not place.mounted:
        logs.set_up(house.settings.mode)
    need_current_tables(house)
    if once:
        jobs.tidy(house)
    else:
        jobs.run_worker(house, threads=threads)
