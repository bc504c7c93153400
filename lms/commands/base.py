"""What all commands share: where they work, how they fail, and loading each only when it is wanted."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple, Protocol

import click
from sqlalchemy.exc import InterfaceError, OperationalError

from lms.core.content import ContentWrong
from lms.core.garbage import looked_for_less_often
from lms.core.house import House
from lms.core.migrate import NewerDatabase, newest, standing
from lms.core.settings import Settings, SettingsWrong, read_settings
from lms.core.words import Refused

FAILED, WRONG_USE = 1, 2


class Place(Protocol):
    """Where a command works: the settings and the house, each made when first asked for."""

    mounted: bool

    def settings(self) -> Settings:
        """The settings. Raises SettingsWrong with every mistake."""

    def house(self) -> House:
        """The house. Raises ContentWrong, NewerDatabase, or what the database says."""


class Standalone:
    """The place the `LMS_*` settings of the environment name."""

    mounted = False

    def settings(self) -> Settings:
        """The settings of the environment."""
        return read_settings()

    def house(self) -> House:
        """A house built from those settings; its data folder is made when there is none."""
        from lms.building import build_house  # noqa: PLC0415  every room comes with it; --help can do without

        settings = self.settings()
        try:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Sorry(f"LMS_DATA names {settings.data}: {error.strerror}.", code=WRONG_USE) from error
        return build_house(settings)


class Sorry(click.ClickException):
    """Ends a command with sentences on stderr, one a line, and an exit code; never a traceback."""

    exit_code: int  # type: ignore[misc]  # click has one for each class, we have one for each end

    def __init__(self, *sentences: str, code: int = FAILED) -> None:
        super().__init__("\n".join(sentences))
        self.exit_code = code

    def show(self, file: Any = None) -> None:
        """Write the sentences as they are."""
        click.echo(self.message, err=True)


class Known(NamedTuple):
    """A command: the module it is in, and what it does in a few words, which `--help` says without reading it."""

    module: str
    does: str


class Commands(click.Group):
    """A group whose commands are imported when they are used, so that starting stays quick."""

    def __init__(self, where: Callable[[click.Context], Place], known: Mapping[str, Known], **attrs: Any) -> None:
        super().__init__(**attrs)
        self._where = where
        self._known = known

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order an operator meets them."""
        return list(self._known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from its own file."""
        if cmd_name not in self._known:
            return None
        found = import_module(self._known[cmd_name].module).command
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in `--help`; none of them is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, known.does) for name, known in self._known.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it raises for operators becomes sentences and an exit code.

        All rooms are imported for most of them, which Python's looking for lost objects would make a quarter longer.
        """
        ctx.obj = self._where(ctx)
        with plain_sentences(), looked_for_less_often():
            return super().invoke(ctx)


@contextmanager
def plain_sentences() -> Iterator[None]:
    """Turn mistakes an operator can mend into sentences, each on its own line."""
    try:
        yield
    except SettingsWrong as wrong:
        raise Sorry(*wrong.mistakes, code=WRONG_USE) from wrong
    except ContentWrong as wrong:
        raise Sorry(*map(str, wrong.problems), code=WRONG_USE) from wrong
    except NewerDatabase as newer:
        raise Sorry(str(newer), code=WRONG_USE) from newer
    except Refused as refused:
        raise Sorry(str(refused)) from refused
    except (OperationalError, InterfaceError) as away:
        raise Sorry(f"The database does not answer: {_first_line(away.orig)}") from away


def need_current_tables(house: House) -> None:
    """End the command when migrations are pending: pages and jobs would meet tables they do not know."""
    stands = standing(house.database)
    if stands != newest():
        where = f"stands at {stands}" if stands else "is empty"
        raise Sorry(f"The database {where}; this version needs {newest()}. Run `lms upgrade` first.", code=WRONG_USE)


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
