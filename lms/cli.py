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
    "authority": "lms.commands.authority",
    "organisation": "lms.commands.organisation",
    "invite": "lms.commands.invite",
    "people-import": "lms.commands.people_import",
    "backup": "lms.commands.backup",
    "restore": "lms.commands.restore",
    "doctor": "lms.commands.doctor",
    "register": "lms.register.cli",
    "funding": "lms.funding.cli",
    "keys": "lms.certification.keys.cli",
    "certificates": "lms.certification.printing.cli",
    "desk": "lms.commands.desk",
    "questions": "lms.commands.questions",
}
HELP = "PALMS: induction of personal assistants, Care Certificate tracking, register and funding."


class Mounted:
    """The place of the Flask site PALMS is mounted on; `site` is Flask's own ScriptInfo, which loads it when needed."""

    mounted = True

    def __init__(self, site: Any) -> None:
        self._site = site

    def settings(self) -> "Settings":
        """The settings the site was mounted with."""
        return self.house().settings

    def house(self) -> "House":
        """The house mounted on the site."""
        from lms.core.house import House  # noqa: PLC0415  --help can do without

        house = self._site.load_app().extensions.get("lms")
        if not isinstance(house, House):
            raise Sorry("This Flask site has no PALMS mounted. Add LMS(app, current_person=…) to it.")
        return house


main = click.version_option(lms.__version__, prog_name="PALMS")(
    Commands(lambda _ctx: Standalone(), MODULES, name="lms", help=HELP)
)
flask_group = Commands(lambda ctx: Mounted(ctx.obj), MODULES, name="lms", help=HELP)


if __name__ == "__main__":
    main(prog_name="lms")
