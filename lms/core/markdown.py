"""Markdown by trainers to HTML for learners: rendered by markdown-it-py, then cleaned, since packs come from afar."""

from collections.abc import Callable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Dress = Callable[[list[Token]], None]
"""Changes the parts of a text before they become HTML: gives a picture its address, explains a word."""


def _tables(state: StateCore) -> None:
    """Each cell learns its column's name, for phones, where rows stand as cards; the first of a row names the row."""
    names: list[str] = []
    column = 0
    for token, inside in zip(state.tokens, [*state.tokens[1:], None], strict=False):
        if token.type == "thead_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            names.append(_plain(inside))
            if names[-1]:
                token.attrSet("scope", "col")
            else:
                token.tag = "td"  # an empty corner heads nothing
        elif token.type == "th_close" and not names[-1]:
            token.tag = "td"
        elif token.type == "td_open":
            _cell(token, column, names)
        elif token.type == "td_close":
            token.tag = "td" if column else "th"
            column += 1


def _cell(token: Token, column: int, names: list[str]) -> None:
    if column == 0:
        token.tag = "th"
        token.attrSet("scope", "row")
    elif names[column]:
        token.attrSet("data-label", names[column])


def _plain(inline: Token | None) -> str:
    children = inline.children if inline else None
    return "".join(child.content for child in children or [])


_md = MarkdownIt("commonmark", {"html": False}).enable("table")
_md.core.ruler.push("palms_tables", _tables)

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "td": {"data-label"}}
_CLASSES = {
    "p": "govuk-body", "h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet", "ol": "govuk-list govuk-list--number", "a": "govuk-link",
    "blockquote": "govuk-inset-text", "table": "govuk-table palms-table palms-table--stack",
    "th": "govuk-table__header",
    "td": "govuk-table__cell", "tr": "govuk-table__row", "thead": "govuk-table__head",
    "tbody": "govuk-table__body", "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}  # fmt: skip
_DRESSED_TAGS = _TAGS | {"img", "button", "span"}
_DRESSED_ATTRIBUTES = _ATTRIBUTES | {
    "img": {"src", "alt", "width", "height", "loading", "decoding", "class"},
    "button": {"type", "class", "popovertarget"},
    "span": {"class", "id", "popover", "lang"},
}
"""Only for what a `Dress` puts in: nobody can write these in Markdown, where HTML is shown as text."""


@lru_cache(maxsize=2048)
def html_of(markdown: str) -> str:
    """Safe HTML of authored Markdown, with the page's classes on it: headings from level 2, no pictures."""
    return _clean(_md.render(markdown), _TAGS, _ATTRIBUTES)


def dressed_html_of(markdown: str, dress: Dress) -> str:
    """The same with what `dress` makes of its parts: pictures, and words that explain themselves."""
    parts = parts_of(markdown)
    dress(parts)
    return _clean(_md.renderer.render(parts, _md.options, {}), _DRESSED_TAGS, _DRESSED_ATTRIBUTES)


def parts_of(markdown: str) -> list[Token]:
    """A text in its parts, as markdown-it-py names them."""
    return _md.parse(markdown)


def _clean(html: str, tags: set[str], attributes: dict[str, set[str]]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        set_tag_attribute_values={tag: {"class": names} for tag, names in _CLASSES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
