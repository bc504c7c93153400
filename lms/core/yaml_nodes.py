"""Reads YAML into nodes that know their line: quickly with libyaml where it is, slowly for the words of mistakes.

The quick parser alone would end the process on a file that is nested without end, because it calls itself in C. Here
it only gives events, and Python puts them together, so that such a file is a mistake like any other. What is wrong is
said by the slow parser in every case: one wording, wherever PALMS runs.
"""

from importlib import import_module
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

CParser: Any = None
if yaml.__with_libyaml__:
    CParser = import_module("yaml.cyaml").CParser  # without types, so it is not imported by name


def compose(text: str) -> yaml.Node | None:
    """The node of the one document in a text, None when there is none. Raises what `yaml.compose` does."""
    if CParser is None:
        return _slowly(text)
    try:
        node: yaml.Node | None = _Quick(text).get_single_node()
    except yaml.YAMLError:
        return _slowly(text)
    return node


def _slowly(text: str) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return node


if CParser is not None:

    class _Quick(Composer, CParser, Resolver):  # type: ignore[misc]  # libyaml's parser has no types
        """Events from libyaml, put together by Python."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            Resolver.__init__(self)

        def get_single_node(self) -> Any:
            """As the composer in Python does it, not the one in C."""
            return Composer.get_single_node(self)
