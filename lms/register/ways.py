"""Addresses of this room's pages, put together once for each kind of address and not for every link of every page."""

from typing import Any

from flask import current_app, request, url_for

_KEPT = "lms_register_ways"


def way(endpoint: str, **ids: Any) -> str:
    """Where a page is, like `url_for`, for pages whose address has nothing in it but ids or plain codes.

    It is kept with where PALMS hangs, so a host that mounts it elsewhere is answered rightly.
    """
    kept: dict[tuple[str, ...], str] = current_app.extensions.setdefault(_KEPT, {})
    kind = (request.script_root, endpoint, *ids)
    pattern = kept.get(kind)
    if pattern is None:
        any_of = {name: f"00000000-0000-0000-0000-{number:012}" for number, name in enumerate(ids, 1)}
        pattern = url_for(endpoint, **any_of).replace("%", "%%")  # type: ignore[arg-type]  # parts of an address
        for name, any_id in any_of.items():
            pattern = pattern.replace(any_id, f"%({name})s")
        kept[kind] = pattern
    return pattern % ids
