"""Addresses in pages, written from patterns that are kept: a list of fifty rows asks for the same few, each with
another record in it, and Werkzeug puts every one of them together anew.
"""

from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app, request, url_for
from flask.globals import request_ctx

_MOST = 5000
_STAND_INS = tuple(UUID(int=(0xA5 << 120) + number) for number in range(4))
"""Put where records go when a pattern is learned; none of them is a record's own."""


class _Pattern(NamedTuple):
    """An address around its records: the first part, then which record follows, and the part after it."""

    first: str
    rest: tuple[tuple[int, str], ...]


class Links:
    """`url_for` for one request: the same addresses, from the patterns its site has learned so far."""

    __slots__ = ("_blueprint", "_kept", "_script")

    def __init__(self) -> None:
        adapter = request_ctx.url_adapter
        self._kept: dict[tuple[object, ...], _Pattern] = current_app.extensions.setdefault("lms_links", {})
        self._script, self._blueprint = adapter.script_name if adapter else "", request.blueprint

    def __call__(self, endpoint: str, /, **values: Any) -> str:
        """What `flask.url_for` gives. Where values are added to addresses by the site, it is asked each time."""
        key: list[object] = [self._script, self._blueprint, endpoint]
        records: list[str] = []
        for name, value in values.items():
            if type(value) is UUID:
                key.append(name)
                records.append(str(value))
            elif type(value) is str:
                key.append((name, value))
            elif value is not None:
                return url_for(endpoint, **values)
        known = self._kept.get(tuple(key))
        if known is None:
            return self._learn(tuple(key), endpoint, values, len(records))
        address = known.first
        for which, part in known.rest:
            address += records[which] + part
        return address

    def _learn(self, key: tuple[object, ...], endpoint: str, values: dict[str, Any], records: int) -> str:
        """Keep the pattern of an address, and give the address itself."""
        if records <= len(_STAND_INS) and not self._has_values_added(endpoint):
            stand_ins = iter(_STAND_INS)
            there: dict[str, Any] = {n: next(stand_ins) if type(v) is UUID else v for n, v in values.items()}
            address = url_for(endpoint, **there)
            if len(self._kept) > _MOST:  # words somebody looked for: they are not asked for again
                self._kept.clear()
            if address.startswith("/") and not address.startswith("//"):  # a whole one names the host of this request
                self._kept[key] = _taken_apart(address, records)
        return url_for(endpoint, **values)

    def _has_values_added(self, endpoint: str) -> bool:
        """Whether a room or the host adds values to this address, or the host of the request is part of addresses."""
        app = current_app
        room = self._blueprint or "" if endpoint.startswith(".") else endpoint.rpartition(".")[0]
        names = {None, *(room.rsplit(".", number)[0] for number in range(room.count(".") + 1))}
        return app.url_map.host_matching or app.subdomain_matching or not names.isdisjoint(app.url_default_functions)


def _taken_apart(address: str, records: int) -> _Pattern:
    places = sorted((address.index(str(_STAND_INS[which])), which) for which in range(records))
    first, rest = address[: places[0][0]] if places else address, []
    for number, (begins, which) in enumerate(places):
        ends = places[number + 1][0] if number + 1 < len(places) else len(address)
        rest.append((which, address[begins + 36 : ends]))
    return _Pattern(first, tuple(rest))
