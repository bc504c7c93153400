"""Parts of pages that look the same for many people, put together once and kept: menu, foot, texts for scripts.

A piece knows only the values it is given, the language and the address PALMS hangs at. It cannot see who is looking,
so what is kept for one person can never be shown to another by mistake. What differs, a name or a token, fills holes.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any, Self, cast

from flask import current_app, request
from markupsafe import Markup, escape

from lms.core.web.texts import language, page_words

MOST = 1000
"""Pieces kept by one application; those that were not wanted for longest make room."""

_KEPT = "lms_pieces"
_Values = tuple[tuple[str, Hashable], ...]
_Parts = tuple[str, ...]


def page_piece(template: str, **values: Hashable) -> Markup:
    """A template of ours, rendered with just these values; rendered before with the same ones, it is not again."""
    return page_pieces()(template, **values)


def page_pieces() -> Callable[..., Markup]:
    """`page_piece` for all pieces of one page: its language and address are looked up once."""
    parts, tongue, root = _parts_kept(), language(), request.script_root

    def piece(template: str, **values: Hashable) -> Markup:
        return cast(Markup, parts(template, tongue, root, tuple(sorted(values.items())), ())[0])

    return piece


def page_filled() -> Callable[..., Markup]:
    """The same for pieces with holes, which are filled anew each time: a name, a token. What fills them is not kept."""
    parts, tongue, root = _parts_kept(), language(), request.script_root

    def filled(template: str, holes: Mapping[str, str], /, **values: Hashable) -> Markup:
        kept = parts(template, tongue, root, tuple(sorted(values.items())), tuple(holes))
        safe = {name: escape(text) for name, text in holes.items()}
        whole = "".join([safe[part] if number % 2 else part for number, part in enumerate(kept)])
        return Markup(whole)  # noqa: S704  our own template, and what fills it is escaped

    return filled


class _Hole(str):
    """What stands in a piece where something is filled in: written out, or called and written out."""

    __slots__ = ()

    def __call__(self) -> Self:
        return self


_EDGE = "\ue000"
"""Stands around the name of a hole; a character no text of ours has."""


def _parts_kept() -> Callable[[str, str, str, _Values, tuple[str, ...]], _Parts]:
    kept = current_app.extensions.get(_KEPT) or current_app.extensions.setdefault(_KEPT, lru_cache(MOST)(_render))
    return cast(Callable[[str, str, str, _Values, tuple[str, ...]], _Parts], kept)


def _render(template: str, _language: str, _root: str, values: _Values, holes: tuple[str, ...]) -> _Parts:
    """A piece in parts: what stands before a hole, the hole's name, what stands after it, and so on."""
    marks = {name: _Hole(f"{_EDGE}{name}{_EDGE}") for name in holes}
    known: dict[str, Any] = {**page_words(), **dict(values), **marks}
    text = current_app.jinja_env.get_template(template).render(known)
    if not holes:
        return (Markup(text),)  # noqa: S704  our own template, escaped
    return tuple(text.split(_EDGE))
