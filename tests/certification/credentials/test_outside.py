"""Credentials and status lists, checked by tools that are not ours."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lms.certification.credentials import badges, queries, services
from lms.certification.credentials.queries import Kept
from lms.certification.credentials.rules import Form
from lms.certification.keys import services as keys
from lms.certification.keys.services import Purpose
from lms.core.house import House
from tests.certification.credentials import issuing, outside
from tests.world import World

Json = dict[str, Any]


@pytest.fixture
def now() -> datetime:
    """This very moment: the tools look at the days of a status list by the machine's own clock."""
    return datetime.now(UTC).replace(microsecond=0)


def kept(house: House, certificate_id: Any) -> Kept:
    with house.database.reading() as db:
        found = queries.kept(db, certificate_id)
    assert found is not None
    return found


def test_each_form_is_verified(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now, lapses_on=now.date() + timedelta(days=400))
    with house.database.reading() as db:
        forms = {form: services.handed_out(db, house, certificate_id, form) for form in Form}
    data = {form: found[1] for form, found in forms.items() if found}
    carried = [data[Form.JSON].decode(), badges.out_of_png(data[Form.PNG]), badges.out_of_svg(data[Form.SVG])]
    questions = [*({"credential": json.loads(text or "")} for text in carried), {"token": data[Form.JWT].decode()}]
    answers = outside.asked(house, questions, now=now)
    assert [answer["verified"] for answer in answers] == [True] * 4, answers
    assert [answer["marks"] for answer in answers] == [[]] * 4


def test_one_letter_changed_anywhere_is_refused(house: House, world: World, now: datetime) -> None:
    found = kept(house, issuing.made(house, world, now, lapses_on=now.date() + timedelta(days=400)))
    altered = list(one_letter_changed(json.loads(found.document)))
    assert len(altered) > 30
    answers = outside.asked(house, [{"credential": each} for each in altered], now=now)
    assert [place for place, answer in enumerate(answers) if answer["verified"]] == []


def test_one_letter_changed_anywhere_in_a_token_is_refused(house: House, world: World, now: datetime) -> None:
    token = kept(house, issuing.made(house, world, now)).token
    altered = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(0, len(token) - 2, 40)]
    answers = outside.asked(house, [{"token": each} for each in altered if each.count(".") == 2], now=now)
    assert not any(answer["verified"] for answer in answers)


def test_what_happens_to_a_certificate_stands_in_its_lists(house: House, world: World, now: datetime) -> None:
    ids = [issuing.made(house, world, now) for _ in range(4)]
    issuing.withdrawn(house, world, ids[0], now)
    suspension = issuing.suspended(house, world, ids[1], now)
    ids.append(issuing.replaced(house, world, ids[2], now))
    questions = [{"credential": json.loads(kept(house, each).document)} for each in ids]
    marks = [sorted(answer["marks"]) for answer in outside.asked(house, questions, now=now)]
    assert marks == [["revocation"], ["suspension"], ["message", "revocation"], [], []]
    issuing.lifted(house, world, suspension, ids[1], now)
    assert outside.asked(house, [questions[1]], now=now)[0]["marks"] == []


def test_lists_are_verified_by_themselves_and_as_tokens(house: House, world: World, now: datetime) -> None:
    issuing.made(house, world, now)
    lists = [each for address, each in outside.published(house).items() if "/status/" in address]
    with house.database.reading() as db:
        found = queries.newest_list(db, world.authority, lists[0]["issuer"])
        assert found
        token = queries.published(db, found.id, next(iter(issuing.lists.Mark))).token
    answers = outside.asked(house, [*({"list": each} for each in lists), {"token": token}], now=now)
    assert [answer["verified"] for answer in answers] == [True] * 4, answers


def test_a_list_somebody_changed_does_not_free_anybody(house: House, world: World, now: datetime) -> None:
    certificate_id = issuing.made(house, world, now)
    issuing.withdrawn(house, world, certificate_id, now)
    address, listed = next((a, d) for a, d in outside.published(house).items() if a.endswith("/withdrawn"))
    listed["credentialSubject"]["encodedList"] = badges.encode_bitstring([])
    question = {"credential": json.loads(kept(house, certificate_id).document)}
    assert not outside.asked(house, [question], now=now, **{address: listed})[0]["verified"]


def test_old_keys_go_on_verifying_what_they_signed(house: House, world: World, now: datetime) -> None:
    before = kept(house, issuing.made(house, world, now))
    with house.database.writing() as db:
        keys.new(db, house, world.authority, Purpose.CREDENTIAL, now)
        keys.retire(db, key_id=before.key.id, by=world.admin, now=now)
    after = kept(house, issuing.made(house, world, now))
    assert after.key.id != before.key.id
    questions: list[Json] = [{"credential": json.loads(each.document)} for each in (before, after)]
    questions += [{"token": each.token} for each in (before, after)]
    assert all(answer["verified"] for answer in outside.asked(house, questions, now=now))


def test_another_authority_cannot_sign_for_this_one(house: House, world: World, now: datetime) -> None:
    ours = kept(house, issuing.made(house, world, now))
    theirs = kept(house, issuing.made(house, world, now, authority_id=world.other_authority))
    forged = json.loads(theirs.document)
    forged["issuer"] = json.loads(ours.document)["issuer"]
    assert not outside.asked(house, [{"credential": forged}], now=now)[0]["verified"]


def test_before_and_after_its_days_it_is_refused(house: House, world: World, now: datetime) -> None:
    found = kept(house, issuing.made(house, world, now, issued_on=date(2026, 6, 1), lapses_on=date(2027, 6, 1)))
    question = {"credential": json.loads(found.document)}
    for moment, stands in (
        (datetime(2026, 5, 31, 22, 54, tzinfo=UTC), False),  # five minutes are allowed for clocks that differ
        (datetime(2026, 5, 31, 23, 0, tzinfo=UTC), True),  # midnight in London
        (datetime(2027, 5, 31, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 5, 31, 23, 6, tzinfo=UTC), False),
    ):
        assert outside.asked(house, [question], now=moment)[0]["verified"] is stands, moment


def one_letter_changed(document: Json) -> Iterator[Json]:
    """The document with one letter of one of its texts changed, for each of its texts."""
    for path, text in texts(document):
        if text and path[0] != "@context":
            changed = json.loads(json.dumps(document))
            at = changed
            for step in path[:-1]:
                at = at[step]
            middle = len(text) // 2
            at[path[-1]] = text[:middle] + ("x" if text[middle] != "x" else "y") + text[middle + 1 :]
            yield changed


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(each, (*path, step))
