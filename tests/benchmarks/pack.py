"""Rules for the country's own authorities: each has a register and an adoption of its own, as a content pack."""

import re
from pathlib import Path

import yaml

from lms.core.shelves import builtin

_CODE = re.compile(r"^(code|authority): *\S+$", re.MULTILINE)


def write(folder: Path, codes: dict[str, str]) -> tuple[Path, ...]:
    """Write the pack: for each new code, the files of the code it is modelled on. Nothing when there is no new code."""
    modelled = {code: model for code, model in codes.items() if code != model}
    for shelf in ("register", "funding/adoptions"):
        for path in sorted(builtin(shelf.partition("/")[0]).joinpath(*shelf.split("/")[1:]).glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            read = yaml.safe_load(text)
            for code, model in modelled.items():
                if model in (read.get("code"), read.get("authority")):
                    target = folder / shelf / f"{code.lower()}-{path.name}"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(_CODE.sub(rf"\1: {code}", text, count=1), encoding="utf-8")
    return (folder,) if modelled else ()
