"""The blueprint each room hangs its pages on, and the one they all hang from."""

from functools import cached_property
from pathlib import Path

from flask import Blueprint
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

import lms

_PACKAGE = Path(lms.__file__).parent


class _OurBlueprint(Blueprint):
    """Carries the GOV.UK component templates along, so that the host's own template loader is left alone."""

    @cached_property
    def jinja_loader(self) -> BaseLoader:
        folders = sorted(_PACKAGE.glob("*/templates"))
        components = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
        return ChoiceLoader([FileSystemLoader(folders), PrefixLoader(components)])


def whole() -> Blueprint:
    """The blueprint `lms` that holds every room; made anew for each application."""
    return _OurBlueprint("lms", "lms", static_folder=str(_PACKAGE / "static"), static_url_path="/static")


def room(name: str, import_name: str) -> Blueprint:
    """A room's blueprint; its endpoints become `lms.<room>.<view>`."""
    return Blueprint(name, import_name)
