"""What our small pieces write out themselves is what the GOV.UK components write."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from lms.register.kinds import RequirementState
from lms.register.laid_out import COLOURS, Group, Shown

_OURS = '{% from "lms/core/macros.html" import way_back, button_form, quiet_button with context %}'
_THEIRS = "".join(
    f'{{% from "govuk_frontend_jinja/components/{folder}/macro.html" import {name} %}}'
    for folder, name in (("back-link", "govukBackLink"), ("button", "govukButton"), ("tag", "govukTag"))
)


@pytest.fixture
def ours(app: Flask) -> Iterator[Flask]:
    """A request of ours on the site."""
    with app.test_request_context("/help"):
        app.preprocess_request()
        yield app


def _shown(app: Flask, template: str, **values: object) -> str:
    """What a template gives; spaces beside a tag show nowhere here, and do not count."""
    known: dict[str, object] = {}
    app.update_template_context(known)
    known = {"_": str, "csrf": lambda: "token", "language": "en", **known, **values}
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", app.jinja_env.from_string(template).render(known)).strip()


@pytest.mark.parametrize("text", ["Go on", "Say <no> & “yes”"])
@pytest.mark.parametrize(
    ("made", "component"),
    [
        ("way_back(text, '/a?b&c')", 'govukBackLink({"text": text, "href": "/a?b&c"})'),
        ("quiet_button(text)", 'govukButton({"text": text, "classes": "govuk-button--secondary"})'),
        ("button_form('/a', text)", 'govukButton({"text": text, "preventDoubleClick": true})'),
        (
            "button_form('/a', text, 'govuk-button--warning')",
            'govukButton({"text": text, "classes": "govuk-button--warning", "preventDoubleClick": true})',
        ),
    ],
)
def test_small_pieces_are_those_of_the_design_system(ours: Flask, made: str, component: str, text: str) -> None:
    theirs = _shown(ours, f"{_THEIRS}{{{{ {component} }}}}", text=text)
    assert theirs in _shown(ours, f"{_OURS}{{{{ {made} }}}}", text=text)


def test_a_requirement_has_the_tag_of_the_design_system(ours: Flask) -> None:
    theirs = _shown(ours, _THEIRS + '{{ govukTag({"text": "Done & <dusted>", "classes": "govuk-tag--green"}) }}')
    row = Shown("A title", "", "Done & <dusted>", COLOURS[RequirementState.MET], "met", "", "", "", None)
    page = _shown(ours, '{% include "lms/register/requirements.html" %}', groups=[Group("Done", [row])])
    assert theirs in page
