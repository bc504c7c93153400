"""`lms serve`: the site, and the worker beside it."""

import socket

import click

from lms import serving
from lms.commands.base import WRONG_USE, Place, Sorry, need_current_tables
from lms.serving import Serving


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that serve pages.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads in each of them.")
@click.option("--no-worker", is_flag=True, help="Do not start `lms worker` beside it: it runs elsewhere.")
@click.pass_obj
def command(place: Place, *, host: str, port: int, workers: int, threads: int, no_worker: bool) -> None:
    """Serve the site and work off waiting jobs beside it, until stopped."""
    if place.mounted:
        raise Sorry(
            "PALMS is mounted on a Flask site here: start that site as usual, and `flask lms worker` beside it.",
            code=WRONG_USE,
        )
    settings = place.settings()
    house = place.house()
    need_current_tables(house)
    house.database.close()
    need_free_port(host, port)
    click.echo(f"PALMS serves on http://{host}:{port} (people come to {settings.base_url}). Stop it with Ctrl-C.")
    serving.serve(settings, Serving(host=host, port=port, workers=workers, threads=threads, with_worker=not no_worker))


def need_free_port(host: str, port: int) -> None:
    """End the command with a sentence when nothing can listen at an address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Sorry(
                f"Nothing can listen on {host}:{port} ({error.strerror}). Choose another with --port.", code=WRONG_USE
            ) from error
