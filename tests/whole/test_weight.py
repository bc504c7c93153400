"""A first view is light enough for a phone with poor signal: under 100 kB over the wire and at most 10 requests."""

import gzip
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.world import World

TAKES = {"Accept-Encoding": "gzip, br"}


def weight(client: FlaskClient, path: str) -> int:
    answer = client.get(path, headers=TAKES, buffered=True)
    assert answer.status_code == 200, path
    return len(answer.get_data()) + len(str(answer.headers))


def test_a_first_view_is_under_100_kb(app: Flask, world: World) -> None:
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)) | {"/static/vendor/govuk-frontend.min.js"}
    assert len(asked) + 1 <= 10
    assert weight(client, "/sign-in") + sum(weight(client, path) for path in asked) < 100_000


def test_what_is_unpacked_is_what_was_there(app: Flask, world: World) -> None:
    client = app.test_client()
    plain = client.get("/static/vendor/palms.css", buffered=True)
    packed = client.get("/static/vendor/palms.css", headers=TAKES, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert int(packed.headers["Content-Length"]) == len(packed.get_data())


def test_pages_with_secrets_in_them_are_not_compressed(app: Flask, world: World) -> None:
    assert "Content-Encoding" not in app.test_client().get("/sign-in", headers=TAKES).headers
