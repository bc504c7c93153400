"""Lists in pages, and the way back: small things every room's views use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

T = TypeVar("T")
PAGE_SIZE = 25
"""Lines of a page: each is a card on a phone, and there is a search beside a long list."""
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `total` counts the whole list."""

    items: Sequence[T]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, -(-self.total // self.size))


def page_number() -> int:
    """The page asked for, from 1; anything that is not such a number means the first."""
    asked = request.args.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def pagination(page: Page[Any]) -> dict[str, Any] | None:
    """Parameters of the pagination component, keeping the filters of this list; None when one page is enough."""
    if page.last == 1:
        return None

    def link(number: int) -> str:
        # Not by url_for: it takes names such as _scheme or endpoint as orders, and these come from the address.
        return f"{request.root_path}{request.path}?{urlencode({**request.args.to_dict(), 'page': number})}"

    near = sorted({1, page.last, *range(max(1, page.number - 1), min(page.last, page.number + 1) + 1)})
    shown: dict[str, Any] = {
        "items": [{"number": n, "current": n == page.number, "href": link(n)} for n in near],
    }
    if page.number > 1:
        shown["previous"] = {"href": link(page.number - 1)}
    if page.number < page.last:
        shown["next"] = {"href": link(page.number + 1)}
    return shown


def addresses(endpoint: str, name: str, ids: Iterable[UUID], **same: Any) -> dict[UUID, str]:
    """Where each row of a list leads, by its id: a page whose address has the id in the place `name`.

    `same` is what the addresses of all rows have. The address is put together once and not for every row.
    """
    made = url_for(endpoint, **same, **{name: _ANY})  # type: ignore[arg-type]  # one of the values an address has
    begin, _id, end = made.partition(str(_ANY))
    return {id: f"{begin}{id}{end}" for id in ids}


def placing() -> Callable[[str, Mapping[str, UUID]], str]:
    """Says where each row of a list leads, by an endpoint and the ids its address has, for rows of several kinds.

    The address of a kind is put together once and not for every row.
    """
    made: dict[tuple[str, ...], str] = {}

    def place(endpoint: str, ids: Mapping[str, UUID]) -> str:
        kind = (endpoint, *ids)
        if kind not in made:
            any_of = {name: UUID(int=number) for number, name in enumerate(ids, 1)}
            pattern = url_for(endpoint, **any_of).replace("%", "%%")  # type: ignore[arg-type]  # parts of an address
            for name, any_id in any_of.items():
                pattern = pattern.replace(str(any_id), f"%({name})s")
            made[kind] = pattern
        return made[kind] % ids

    return place


_ANY = UUID(int=0)


def own_path(asked: str | None) -> str | None:
    """A path on this site taken from outside, or None: an address of another site is never followed."""
    if not asked or not asked.startswith("/") or asked.startswith(("//", "/\\")) or any(c < " " for c in asked):
        return None
    parts = urlsplit(asked)
    return asked if not parts.scheme and not parts.netloc else None


def back_to(asked: str | None, otherwise: str) -> Response:
    """Redirect to where somebody came from on this site, else to the given address."""
    return redirect(own_path(asked) or otherwise)
