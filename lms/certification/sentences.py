"""Sentences with places such as %(module)s: found out when authored, filled when a certificate is issued."""

import re
from collections.abc import Mapping

PLACES = frozenset(
    {
        "module",
        "code",
        "course",
        "authority",
        "outcomes",
        "prior",
        "studied_on",
        "signed_off_on",
        "signed_off_as",
        "issued_on",
        "lapses_on",
        "framework",
        "held",
        "count",
        "attended_on",
        "hours",
        "place",
        "led_by",
    }
)
"""What a sentence of a certificate can name. Days are written out; a day that does not apply is empty.
`module` is the title of whatever was earned. `prior` is how many of the module's outcomes, whose number is `outcomes`,
were accepted as prior learning; of a course, how many modules of `count`. `count` is how many things stand on the page
of achievements; `held` names the certificate it builds on.

The holder is not among them: a name may be in letters that a document cannot print.
"""

_PLACE = re.compile(r"%(?:\((?P<name>\w*)\)s|%|)")


def mistakes(text: str) -> list[str]:
    """What is wrong with the places of an authored sentence; each mistake a sentence that names it."""
    found = []
    for match in _PLACE.finditer(text):
        name = match["name"]
        if name is None and match[0] != "%%":
            found.append("A percent sign on its own is written %%.")
        elif name is not None and name not in PLACES:
            found.append(f"There is no %({name})s; there is {', '.join(f'%({place})s' for place in sorted(PLACES))}.")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """A sentence with its places filled. `values` has a text for every one of PLACES."""
    return _PLACE.sub(lambda match: values[match["name"]] if match["name"] else "%", text)
