"""Another LMS_SECRET_KEY: no message goes out that nobody could check, and the manager is told what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lms.core.words import Refused
from lms.register.webhooks import services
from lms.register.webhooks.rules import Stopped
from lms.register.webhooks.signing import secret
from tests.register.webhooks.conftest import Stage

ANOTHER = "another key, as long as the one before: 0123456789"
Browsers = Callable[..., Any]


@pytest.fixture
def changed(stage: Stage) -> Stage:
    """The same house after its key was changed."""
    settings = replace(stage.house.settings, secret_key=ANOTHER)
    return replace(stage, house=replace(stage.house, settings=settings))


@pytest.mark.parametrize("key", [ANOTHER, ""])
def test_nothing_is_sent_under_another_key(stage: Stage, key: str) -> None:
    house = replace(stage.house, settings=replace(stage.house.settings, secret_key=key))
    changed = replace(stage, house=house)
    changed.news()
    changed.deliver()
    assert stage.there.got == []
    found, sent = changed.look()
    assert (found.stopped, found.stopped_at, sent) == (Stopped.KEY_CHANGED, stage.clock(), [])
    stage.clock.on(days=1)
    assert changed.sweep() == 0


def test_it_goes_on_with_a_new_secret_and_not_before(changed: Stage) -> None:
    changed.news()
    changed.deliver()
    with pytest.raises(Refused, match="secret"):
        changed.manager(services.go_on, settings=changed.house.settings)
    said = changed.manager(services.renew_secret, settings=changed.house.settings, turn=1)
    assert said == secret(ANOTHER, changed.added, 2)
    changed.deliver()
    (got,) = changed.there.got
    assert len(got.headers["webhook-signature"].split()) == 1, "the one of before cannot be made any more"
    found, _ = changed.look()
    assert (found.stopped, found.told_seq, found.overlap_until) == (None, 1, None)


def test_whoever_looks_need_not_wait_for_news(changed: Stage) -> None:
    assert changed.sweep() == 0
    assert changed.look()[0].stopped is Stopped.KEY_CHANGED


def test_with_the_key_of_before_it_goes_on_as_it_was(stage: Stage, changed: Stage) -> None:
    changed.sweep()
    stage.news()
    stage.manager(services.go_on, settings=stage.house.settings)
    stage.deliver()
    assert len(stage.there.got) == 1


def test_stopped_by_the_team_it_stays_so_when_its_secret_is_made_anew(changed: Stage) -> None:
    changed.manager(services.stop)
    changed.manager(services.renew_secret, settings=changed.house.settings, turn=1)
    assert changed.look()[0].stopped is Stopped.BY_TEAM
    changed.news()
    changed.manager(services.go_on, settings=changed.house.settings)
    changed.deliver()
    assert len(changed.there.got) == 1


def test_the_secret_of_before_does_not_sign_along_when_the_key_changed_meanwhile(stage: Stage, changed: Stage) -> None:
    stage.manager(services.renew_secret, settings=stage.house.settings, turn=1)
    changed.news()
    changed.deliver()
    assert stage.there.got == []
    changed.clock.on(seconds=timedelta(minutes=1).total_seconds())
    changed.manager(services.renew_secret, settings=changed.house.settings, turn=2)
    changed.deliver()
    assert len(changed.there.got[0].headers["webhook-signature"].split()) == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_manager_reads_what_to_do(stage: Stage, changed: Stage, app: Flask, browser_for: Browsers) -> None:
    changed.news()
    changed.deliver()
    app.extensions["lms"] = replace(app.extensions["lms"], settings=changed.house.settings)
    browser, page = browser_for(changed.world.register_manager), f"/register/notifications/{changed.added}"
    assert "A system is not told of your register any more" in browser.get("/").text
    shown = browser.get(page).text
    assert "Its secret has to be made anew" in shown
    assert f'action="{page}/go-on"' not in shown
    assert f'href="{page}/secret" role="button"' in shown
    officer = browser_for(changed.world.register_officer).get(page).text
    assert f'href="{page}/secret"' not in officer
    assert "24 hours" not in browser.get(f"{page}/secret").text
