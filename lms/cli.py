"""The command line: `lms …` for a site of its own, `flask lms …` where PALMS is mounted. Each command has its file."""

from typing import TYPE_CHECKING, Any

import click

import lms
from lms.commands.base import Commands, Known, Sorry, Standalone

if TYPE_CHECKING:
    from lms.core.house import House
    from lms.core.settings import Settings

COMMANDS = {
    "demo": Known("lms.commands.demo", "Make invented authorities to try everything out"),
    "serve": Known("lms.commands.serve", "Serve the site, and work off waiting jobs beside it"),
    "worker": Known("lms.commands.worker", "Work off waiting jobs until stopped"),
    "upgrade": Known("lms.commands.upgrade", "Bring the database up to this version"),
    "check": Known("lms.commands.check", "Check the built-in material and content packs"),
    "authority": Known("lms.commands.authority", "Add an authority"),
    "organisation": Known("lms.commands.organisation", "Add a college, provider or support organisation"),
    "invite": Known("lms.commands.invite", "Invite somebody to a role"),
    "people-import": Known("lms.commands.people_import", "Bring in the PAs of a spreadsheet"),
    "backup": Known("lms.commands.backup", "Write a backup"),
    "restore": Known("lms.commands.restore", "Restore a backup into an empty site"),
    "doctor": Known("lms.commands.doctor", "Look whether everything is well"),
    "register": Known("lms.register.cli", "Who may be listed on a register, and why"),
    "funding": Known("lms.funding.cli", "Which money a training could get, and why"),
    "keys": Known("lms.certification.keys.cli", "The keys certificates are sealed with"),
    "certificates": Known("lms.certification.printing.cli", "Kinds of certificates and their designs"),
    "desk": Known("lms.commands.desk", "The coordinator's desk"),
    "questions": Known("lms.commands.questions", "Bring questions in, and write them out"),
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
    Commands(lambda _ctx: Standalone(), COMMANDS, name="lms", help=HELP)
)
flask_group = Commands(lambda ctx: Mounted(ctx.obj), COMMANDS, name="lms", help=HELP)


if __name__ == "__main__":
    main(prog_name="lms")
