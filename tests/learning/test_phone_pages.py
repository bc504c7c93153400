"""What a phone is given to keep, and what it may send: whole, small, nothing that gives an answer away."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from lms.learning.catalogue import Module
from tests.clients import Browser
from tests.world import World

MOST = 400_000


def bundle_of(browser: Browser, enrolment: UUID, module: str = "PAI-1") -> dict[str, Any]:
    answer = browser.get(f"/learning/{enrolment}/{module}/phone.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(gzip.decompress(answer.get_data()))
    return found


def pages_of(found: dict[str, Any]) -> dict[str, str]:
    """The pages as the phone keeps them."""
    return {
        address: re.sub(r"<!--same (\d+)-->", lambda mark: str(found["same"][int(mark[1])]), html)
        for address, html in found["pages"].items()
    }


def post_json(browser: Browser, path: str, body: Any, **options: Any) -> Any:
    headers = {"X-LMS-CSRF": browser.token(), **options.pop("headers", {})}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return browser._client.post(path, data=data, content_type="application/json", headers=headers, **options)


@pytest.fixture
def pa(browser_for: Callable[..., Browser], world: World) -> Browser:
    return browser_for(world.pa)


def test_a_module_is_kept_whole(pa: Browser, enrolment: UUID, module: Module) -> None:
    assert post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {}).get_json() == {"begun": True}
    found = bundle_of(pa, enrolment)
    questions = found["check"]["questions"]
    assert len(questions) == 12
    assert len(found["steps"]) == len(module.lessons) + 2
    wanted = {each["url"] for each in [*found["steps"], *questions]} | {found["url"], found["check"]["answers_url"]}
    assert wanted <= found["pages"].keys()
    for lesson in module.lessons:
        assert any(lesson.english.can_do in html for html in found["pages"].values())
    for name in ("vendor/palms.css", "js/start.js", "vendor/govuk-frontend.min.js", "vendor/idb.js", "js/check.js"):
        assert any(name in address for address in found["assets"]), name
    for address in found["assets"]:
        assert pa.get(address, buffered=True).status_code == 200, address


def test_a_bundle_is_small_and_carries_no_secret(pa: Browser, enrolment: UUID) -> None:
    post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {})
    found = bundle_of(pa, enrolment)
    assert len(json.dumps(found, ensure_ascii=False).encode()) < MOST
    assert pa.token() not in json.dumps(found)
