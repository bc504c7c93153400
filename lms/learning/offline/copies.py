"""Real pages made for a phone: as the server shows them to this viewer, and the files they are made of.

Forgery tokens are taken out: the phone asks for a fresh one when it sends, and without them what is sent holds no
secret and may be compressed.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, make_response, request, url_for

from lms.core.web.assets import STATIC, asset_version
from lms.core.web.state import unit

NEEDED = re.compile(r'(?:src|href)="([^"#]+)"')
"""The addresses a page names."""

ASKED_FOR = (
    "vendor/idb.js",
    "js/offline-store.js",
    "js/offline-send.js",
    "js/offline-strip.js",
    "js/offline-keep.js",
)
"""Scripts that the door script asks for once something is kept on a phone."""

_TOKEN = re.compile(r'(name="lms_csrf_token" value=")[^"]*"')
_IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
_CARRIED = ("lms_viewer", "lms_own_language", "lms_language", "lms_now", "lms_translations", "lms_read_once")
_WORTH = 40
"""A line that is shorter is not worth a mark in its place."""


def page(address: str) -> str | None:
    """A page of ours as the viewer would see it now, without forgery tokens; None when it leads elsewhere.

    It is made in a request of its own, in the same unit of work, so that its address and its links are the page's.
    """
    carried = {name: g.get(name) for name in _CARRIED if name in g}
    path = address.removeprefix(request.root_path)
    cookie = {"Cookie": request.headers.get("Cookie", "")}
    asked = current_app.test_request_context(path, base_url=request.url_root, headers=cookie)
    db = unit()
    with asked:
        shared = g.get("lms_db") is db  # whether Flask gave the inner request a `g` of its own, or this one's
        for name, value in carried.items():
            setattr(g, name, value)
        g.lms_db, g.lms_notes = db, []
        try:
            view = current_app.view_functions[asked.request.endpoint or ""]
            response = make_response(view(**(asked.request.view_args or {})))
        finally:
            if not shared:
                g.pop("lms_db")  # it belongs to the request around this one, which closes it
    return _TOKEN.sub(r'\1"', response.get_data(as_text=True)) if response.status_code == 200 else None


def assets(pages: Iterable[str], asked_for: Iterable[str]) -> list[str]:
    """Style sheets and scripts that pages name, what those scripts import, and scripts asked for by name."""
    root = url_for("lms.static", filename="")
    named = {each for html in pages for each in NEEDED.findall(html) if each.startswith(root)}
    mark = f"?v={asset_version()}"
    imported = {found for each in named for found in _imports(urlsplit(each).path[len(root) :])}
    return sorted(named | {f"{root}{name}{mark}" for name in asked_for} | {root + name for name in imported})


def packed(what: dict[str, Any]) -> bytes:
    """JSON as it is sent, compressed."""
    return gzip.compress(json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)


def folded(pages: dict[str, str]) -> dict[str, Any]:
    """Pages without the lines that stand on several of them: `<!--same 3-->` is the fourth line of `same`."""
    split = {address: html.split("\n") for address, html in pages.items()}
    often = Counter(line for lines in split.values() for line in set(lines))
    same = {line: i for i, line in enumerate(line for line, n in often.items() if n > 1 and len(line) > _WORTH)}
    folded = {
        address: "\n".join(f"<!--same {same[line]}-->" if line in same else line for line in lines)
        for address, lines in split.items()
    }
    return {"pages": folded, "same": list(same)}


def packed_size(asset: str) -> int:
    """About how many bytes a style sheet or script of ours is on its way to a phone."""
    path = _path_of(asset)
    return _packed_size(path) if path.is_file() else 0


def size(asset: str) -> int:
    """How many bytes a style sheet or script of ours is once it is there."""
    path = _path_of(asset)
    return path.stat().st_size if path.is_file() else 0


def _path_of(asset: str) -> Path:
    return STATIC / urlsplit(asset).path[len(url_for("lms.static", filename="")) :]


@lru_cache(maxsize=64)
def _packed_size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


@lru_cache(maxsize=64)
def _imports(name: str) -> frozenset[str]:
    """The names of scripts that a script of ours imports, and those import, below the static folder."""
    path = (STATIC / name).resolve()
    if path.suffix != ".js" or not path.is_relative_to(STATIC) or not path.is_file():
        return frozenset()
    near = (path.parent / found for found in _IMPORTED.findall(path.read_text(encoding="utf-8")))
    names = {each.resolve().relative_to(STATIC).as_posix() for each in near if each.resolve().is_file()}
    return frozenset(names.union(*(_imports(each) for each in names)))
