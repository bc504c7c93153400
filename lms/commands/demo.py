"""`lms demo`: a fresh demonstration, made and served. It never touches a folder that is not a demonstration's."""

import fcntl
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import lms
from lms import demo, serving
from lms.building import build_house
from lms.commands import prepared
from lms.commands.base import WRONG_USE, Sorry
from lms.commands.progress import progress
from lms.commands.serve import need_free_port
from lms.core import migrate
from lms.core.clock import london_day, utc_now
from lms.core.settings import Settings, read_settings
from lms.serving import Serving

MARKER = ".palms-demo"
ACCOUNTS = "demo-accounts.json"
TOKENS = "demo-tokens.json"


@click.command()
@click.option(
    "--data",
    default="demo-data",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the demonstration; made anew, but only when it is empty or an earlier demonstration.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Make the data and end.")
def command(*, data: Path, host: str, port: int, no_serve: bool) -> None:
    """Make three invented authorities with people in every role, and serve them."""
    folder = data.absolute()
    if not no_serve:
        need_free_port(host, port)
    with fresh_folder(folder):
        settings = _settings(folder, host, port)
        _make(settings)
        click.echo(f"The people you can sign in as, with their passwords, are listed in {folder / ACCOUNTS}.")
        click.echo(f"Tokens by which systems can ask for the registers are in {folder / TOKENS}: see docs/api.md.")
        if not no_serve:
            click.echo(f"The demonstration is at {settings.base_url}. Stop it with Ctrl-C.")
            serving.serve(settings, Serving(host=host, port=port))


def _settings(folder: Path, host: str, port: int) -> Settings:
    key = secrets.token_urlsafe(48)
    kept = folder / "secret-key"
    kept.touch(mode=0o600)
    kept.write_text(key + "\n")
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  compared, not listened on
    address = f"[{shown}]" if ":" in shown else shown
    return read_settings(
        {}, mode="demo", data=folder, secret_key=key, base_url=f"http://{address}:{port}", secure_cookies=False
    )


def _make(settings: Settings) -> None:
    now = utc_now()
    if prepared.take(settings, london_day(now)):
        return
    with progress("Making the demonstration") as tell:
        house = build_house(settings, bell=lambda _work: None)  # nobody listens yet: `make` does what waits itself
        migrate.bring_up(house.database)
        tell(1, 2)
        demo.make(house, now=now)
        house.database.close()
        prepared.keep(settings, london_day(now))
        tell(2, 2)


@contextmanager
def fresh_folder(folder: Path) -> Iterator[None]:
    """An empty folder marked as a demonstration's, held for as long as it is used.

    Ends the command when the folder holds something that is not a demonstration, or one that is running.
    """
    marker = folder / MARKER
    if folder.exists() and any(folder.iterdir()) and not marker.is_file():
        raise Sorry(
            f"{folder} is not empty and was not made by `lms demo`, so it is left alone. Choose another with --data.",
            code=WRONG_USE,
        )
    folder.mkdir(parents=True, exist_ok=True)
    with marker.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Sorry(
                f"Another demonstration is running in {folder}. Stop it, or choose another folder with --data.",
                code=WRONG_USE,
            ) from error
        _empty(folder, keep={MARKER, prepared.STORE})
        held.truncate(0)
        held.write(f"PALMS {lms.__version__} keeps a demonstration here. `lms demo` empties this folder.\n")
        held.flush()
        yield


def _empty(folder: Path, *, keep: Collection[str]) -> None:
    for entry in folder.iterdir():
        if entry.name in keep:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
