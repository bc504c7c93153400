"""Every page says who may enter, and keeps everybody else out."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lms.people.guards import EVERYBODY
from lms.people.rules import Role
from tests.world import World

PUBLIC = {
    "lms.api.nothing",
    "lms.api.openapi",
    "lms.metrics",
    "lms.register_api.changes",  # these three ask for a token: see tests/register/feed
    "lms.register_api.listings",
    "lms.register_api.verdict",
    "lms.static",
    "lms.core.accessibility",
    "lms.core.choose_language",
    "lms.core.cookies",
    "lms.core.healthz",
    "lms.core.help",
    "lms.people.home",
    "lms.people.join",
    "lms.offline.worker",
    "lms.entrance.ask_for_link",
    "lms.entrance.code",
    "lms.entrance.sign_in",
    "lms.entrance.use_link",
    "lms.reports.figures",  # only where an authority switched it on: see tests/programme/reports
    "lms.reports.figures_json",
    "lms.said.check",
    "lms.said.choose_language",
    "lms.said.not_right",
    "lms.said.question",
    "lms.said.somebody_else",
    "lms.said.start",
    "lms.said.unseen",
    "lms.together.back",
    "lms.together.their_part",
    "lms.credentials.badge",
    "lms.credentials.issuer",
    "lms.credentials.status",
    "lms.checking.file",
    "lms.checking.verify",
    "lms.checking.verified",
    "lms.look.logo",  # they stand on the page on which one signs in
    "lms.look.sheet",
    "lms.gatherings.feed",  # a calendar fetches it with the secret in its address: see tests/programme/gatherings
    "lms.preferences.no_more_mail",  # the link is the token: see tests/notifications/preferences
    "lms.shared.shared",
}
SOMEBODY = {
    Role.PA: "pa",
    Role.EMPLOYER: "employer_person",
    Role.REPRESENTATIVE: "representative",
    Role.ASSESSOR: "assessor",
    Role.QUALITY_ASSURER: "quality_assurer",
    Role.VERIFIER: "verifier",
    Role.COORDINATOR: "coordinator",
    Role.REGISTER_OFFICER: "register_officer",
    Role.REGISTER_MANAGER: "register_manager",
    Role.FUNDING_OFFICER: "funding_officer",
    Role.ADMIN: "admin",
    Role.ADVISER: "adviser",
    Role.LEARNER: "learner",
}


def rules_of(app: Flask) -> Iterator[tuple[Rule, str, frozenset[Role] | None]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        yield from ((rule, method, getattr(view, "roles", None)) for method in sorted(methods))


def address(rule: Rule) -> str:
    """The rule's address with an id that exists nowhere in every place."""
    numbered = re.sub(r"<int:[a-z_]+>", "1", re.sub(r"<any\((\w+)[^)]*\):[a-z_]+>", r"\1", rule.rule))
    return re.sub(r"<(?:[a-z]+(?:\([^)]*\))?:)?[a-z_]+>", str(UUID(int=0)), numbered)


def test_every_page_says_who_may_enter(app: Flask) -> None:
    silent = {rule.endpoint for rule, _method, roles in rules_of(app) if roles is None}
    assert silent == {"lms.static"}


def test_the_public_pages_are_these_and_no_others(app: Flask) -> None:
    open_to_all = {rule.endpoint for rule, _method, roles in rules_of(app) if not roles}
    assert open_to_all == PUBLIC


def test_nobody_enters_a_page_that_is_not_public(app: Flask, world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    token = browser.token()
    for rule, method, roles in rules_of(app):
        if roles:
            answer = browser._client.open(address(rule), method=method, data={"lms_csrf_token": token})
            assert answer.status_code in {302, 404}, (rule.rule, method)
            if answer.status_code == 302:
                assert answer.location.startswith("/sign-in"), rule.rule


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # who may enter is not asked of the database
@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_only_its_own_pages(
    app: Flask, world: World, browser_for: Callable[..., Any], role: Role
) -> None:
    browser = browser_for(getattr(world, SOMEBODY[role]))
    token = browser.token()
    for rule, method, roles in rules_of(app):
        if roles and roles != EVERYBODY and role not in roles:
            answer = browser._client.open(address(rule), method=method, data={"lms_csrf_token": token})
            assert answer.status_code == 403, (rule.rule, method, answer.status_code)


@pytest.mark.parametrize("role", list(Role))
def test_an_id_that_is_nowhere_is_not_found_for_those_who_may_enter(
    app: Flask, world: World, browser_for: Callable[..., Any], role: Role
) -> None:
    browser = browser_for(getattr(world, SOMEBODY[role]))
    token = browser.token()
    for rule, method, roles in rules_of(app):
        named = (
            "<" in re.sub(r"<any\([^>]*>", "", rule.rule) and "secret" not in rule.rule and rule.endpoint not in PUBLIC
        )
        if roles and role in roles and named:
            answer = browser._client.open(address(rule), method=method, data={"lms_csrf_token": token})
            assert answer.status_code == 404, (rule.rule, method, answer.status_code)


def test_every_post_needs_the_token(app: Flask, world: World, browser_for: Callable[..., Any]) -> None:
    for role, name in SOMEBODY.items():
        browser = browser_for(getattr(world, name))
        for rule, method, roles in rules_of(app):
            if rule.endpoint in {"lms.api.nothing", "lms.preferences.no_more_mail"}:  # no token, as no session
                assert browser._client.post(address(rule)).status_code == 404
            elif method == "POST" and (not roles or role in roles):
                assert browser._client.post(address(rule)).status_code == 400, rule.rule


def test_every_answer_carries_the_security_headers(app: Flask, world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    for path in ("/", "/help", "/nowhere", "/people", "/healthz", "/account"):
        headers = browser.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
    assert browser.get("/account").headers["Cache-Control"] == "no-store"


def test_no_page_has_inline_script_or_style(app: Flask, world: World, browser_for: Callable[..., Any]) -> None:
    for role, name in SOMEBODY.items():
        browser = browser_for(getattr(world, name))
        for rule, method, roles in rules_of(app):
            if method == "GET" and "<" not in rule.rule and (not roles or role in roles):
                answer = browser.get(rule.rule)
                if answer.mimetype == "text/html":
                    page = answer.get_data(as_text=True)
                    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=\"", page), rule.rule


def test_a_style_sheet_with_its_version_is_kept_and_a_script_without_one_is_asked_for_again(app: Flask) -> None:
    client = app.test_client()
    assert "immutable" in client.get("/static/palms.svg?v=1", buffered=True).headers["Cache-Control"]
    assert client.get("/static/js/start.js", buffered=True).headers["Cache-Control"] == "public, max-age=3600"
