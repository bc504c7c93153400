"""The small style sheet of an authority's colours. It is put together from checked colours alone.

Who chose another contrast for themself keeps it: nothing here counts for them, nor on paper.
"""

from lms.programme.authority.rules import SEEN, WHITE, Palette, contrast, mixed, tint, words_on

_SHEET = """@media screen{{
.govuk-template:not(.palms-contrast-high,.palms-contrast-dark){{
--palms-header:{header};
--palms-teal:{link};
--palms-teal-dark:{link_dark};
--palms-teal-line:{link};
--palms-teal-pale:{tint};
--govuk-brand-colour:{button};
--govuk-link-colour:{link};
--govuk-link-hover-colour:{link_dark};
--govuk-template-background-colour:{tint};
--govuk-surface-background-colour:{tint};
--govuk-surface-border-colour:{link}}}
.govuk-template:not(.palms-contrast-high,.palms-contrast-dark) .palms-header{{color:{words};border-color:{edge}}}
.govuk-template:not(.palms-contrast-high,.palms-contrast-dark) .palms-header :is(a,button):not(:focus){{color:{words}}}
.govuk-template:not(.palms-contrast-high,.palms-contrast-dark) \
.govuk-button:not(.govuk-button--secondary,.govuk-button--warning,.govuk-button--inverse,:focus)\
{{background:{button};box-shadow:0 2px 0 {button_dark}}}
.govuk-template:not(.palms-contrast-high,.palms-contrast-dark) \
.govuk-button:not(.govuk-button--secondary,.govuk-button--warning,.govuk-button--inverse,[disabled]):hover\
{{color:#ffffff;background:{button_dark}}}
}}
"""


def sheet_of(palette: Palette) -> str:
    """The style sheet of a palette whose colours are spelled #rrggbb and were judged before."""
    words = words_on(palette.header)
    return _SHEET.format(
        header=palette.header,
        words=words,
        edge=words if contrast(palette.header, WHITE) < SEEN else "transparent",
        link=palette.link,
        link_dark=mixed(palette.link, "#000000", 0.3),
        tint=tint(palette.header),
        button=palette.button,
        button_dark=mixed(palette.button, "#000000", 0.25),
    )
