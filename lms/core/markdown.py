"""Markdown by trainers to HTML for learners: rendered by markdown-it-py, then cleaned, since packs come from afar."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_md = MarkdownIt("commonmark", {"html": False}).enable("table")

_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_CLASSES = {
    "p": "govuk-body", "h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet", "ol": "govuk-list govuk-list--number", "a": "govuk-link",
    "blockquote": "govuk-inset-text", "table": "govuk-table", "th": "govuk-table__header",
    "td": "govuk-table__cell", "tr": "govuk-table__row", "thead": "govuk-table__head",
    "tbody": "govuk-table__body", "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}  # fmt: skip


@lru_cache(maxsize=2048)
def html_of(markdown: str) -> str:
    """Safe HTML of authored Markdown, with the page's classes on it. Headings start at level 2."""
    return nh3.clean(
        _md.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        set_tag_attribute_values={tag: {"class": names} for tag, names in _CLASSES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
