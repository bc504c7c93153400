"""Parts of pages that look the same for many people, put together once and kept: menu, foot, texts for scripts.

A piece knows only the values it is given, the language and the address PALMS hangs at. It cannot see who is looking,
so what is kept for one person can never be shown to another by mistake.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, cast

from flask import current_app, request
from markupsafe import Markup

from lms.core.web.texts import language, page_words

MOST = 1000
"""Pieces kept by one application; those that were not wanted for longest make room."""

_KEPT = "lms_pieces"
_Values = tuple[tuple[str, Hashable], ...]


def page_piece(template: str, **values: Hashable) -> Markup:
    """A template of ours, rendered with just these values; rendered before with the same ones, it is not again."""
    return page_pieces()(template, **values)


def page_pieces() -> Callable[..., Markup]:
    """`page_piece` for all pieces of one page: its language and address are looked up once."""
    kept = current_app.extensions.get(_KEPT) or current_app.extensions.setdefault(_KEPT, lru_cache(MOST)(_render))
    render = cast(Callable[[str, str, str, _Values], Markup], kept)
    tongue, root = language(), request.script_root

    def piece(template: str, **values: Hashable) -> Markup:
        return render(template, tongue, root, tuple(sorted(values.items())))

    return piece


def _render(template: str, _language: str, _root: str, values: _Values) -> Markup:
    known: dict[str, Any] = {**page_words(), **dict(values)}
    return Markup(current_app.jinja_env.get_template(template).render(known))  # noqa: S704  our own template, escaped
