"""A secret is shown to who made it, when they made it, and to nobody after that."""

from datetime import timedelta
from uuid import UUID

import pytest

from lms.core.words import NotFound, Refused
from lms.register.webhooks import services
from lms.register.webhooks.signing import secret
from tests.register.webhooks.conftest import KEY, Stage


def add_again(stage: Stage, by: UUID, authority: UUID | None = None) -> str:
    """The form that added the system, sent again: its number stands in the address of the system's page."""
    with stage.house.database.writing() as db:
        return services.add(
            db,
            stage.house.settings,
            once=stage.added,
            authority_id=authority or stage.world.authority,
            name="Mine",
            url=stage.there.url,
            by=by,
            now=stage.clock(),
        )


def test_a_double_tap_shows_it_twice_and_nothing_else_does(stage: Stage) -> None:
    assert add_again(stage, stage.world.register_manager) == secret(KEY, stage.added, 1)
    with pytest.raises(Refused, match="added before"):
        add_again(stage, stage.world.admin)
    stage.clock.on(seconds=timedelta(minutes=11).total_seconds())
    with pytest.raises(Refused, match="added before"):
        add_again(stage, stage.world.register_manager)


def test_one_that_was_ended_or_made_anew_is_not_shown_by_the_form_of_before(stage: Stage) -> None:
    stage.manager(services.renew_secret, settings=stage.house.settings, turn=1)
    with pytest.raises(Refused, match="added before"):
        add_again(stage, stage.world.register_manager)
    stage.manager(services.end)
    with pytest.raises(NotFound):
        add_again(stage, stage.world.register_manager)


def test_who_knows_the_turn_does_not_see_the_secret_of_now(stage: Stage) -> None:
    said = stage.manager(services.renew_secret, settings=stage.house.settings, turn=1)
    assert stage.manager(services.renew_secret, settings=stage.house.settings, turn=1) == said
    stage.clock.on(seconds=timedelta(minutes=11).total_seconds())
    with pytest.raises(Refused, match="made anew already"):
        stage.manager(services.renew_secret, settings=stage.house.settings, turn=1)
    with pytest.raises(Refused, match="made anew already"):
        stage.manager(services.renew_secret, settings=stage.house.settings, turn=0)


def test_many_slow_messages_keep_the_system_to_one_worker(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty answers of ten seconds take longer than one lease."""
    from uuid import uuid4

    from lms.register.webhooks import reaching, working
    from lms.register.webhooks.reaching import Answer
    from lms.register.webhooks.rules import Came

    for _each in range(15):
        stage.manager(services.test, once=uuid4())
    sent, taken = list[str](), list[bool]()

    def slow(_url: str, _body: bytes, headers: dict[str, str], **_more: object) -> Answer:
        sent.append(headers["webhook-id"])
        stage.clock.on(seconds=10)
        taken.append(working._take(stage.house, stage.added, stage.clock()))
        return Answer(Came.DELIVERED, 204)

    monkeypatch.setattr(reaching, "post", slow)
    working.notify(stage.house, str(stage.added), stage.clock())
    assert (len(set(sent)), any(taken)) == (15, False)
