"""The command line: `lms …` for a site of its own, `flask lms …` where PALMS is mounted. Each command has its file."""

from typing import TYPE_CHECKING, Any

import click

import lms
from lms.commands.base import Commands, Sorry, Standalone

if TYPE_CHECKING:
    from lms.core.house import House
    from lms.core.settings import Settings

MODULES = {
    "demo": "lms.commands.demo",
    "serve": "lms.commands.serve",
    "worker": "lms.commands.worker",
    "upgrade": "lms.commands.upgrade",
    "check": "lms.commands.check",
    "people-import": "lms.commands.people_import",
    "backup": "lms.commands.backup",
    "restore": "lms.commands.restore",
    "doctor": "lms.commands.doctor",
    "register": "lms.register.cli",
}
HELP = "PALMS: induction of personal assistants, Care Certificate tracking, register and funding."


class Mounted:
    """The place of the Flask site PALMS is mounted on; the site is loaded when first needed."""

    mounted = True

    def __init__(self, ctx: click.Context) -> None:
        self._ctx = ctx

    def settings(self) -> "Settings":
        """The settings the site was mounted with."""
        return self.house().settings

    def house(self) -> "House":
        """The house mounted on the site."""
        from flask.cli import ScriptInfo  # noqa: PLC0415  only `flask lms` needs it

        from lms.core.house import House  # noqa: PLC0415

        app: Any = self._ctx.ensure_object(ScriptInfo).load_app()
        house = app.extensions.get("lms")
        if not isinstance(house, House):
            raise Sorry("This Flask site has no PALMS mounted. Add LMS(app, current_person=…) to it.")
        return house


def _mounted(ctx: click.Context) -> Mounted:
    assert ctx.parent is not None
    return Mounted(ctx.parent)


main = click.version_option(lms.__version__, prog_name="PALMS")(
    Commands(lambda _ctx: Standalone(), MODULES, name="lms", help=HELP)
)
flask_group = Commands(_mounted, MODULES, name="lms", help=HELP)


if __name__ == "__main__":
    main(prog_name="lms")
