"""A site in production: its cookie, its names, and what it does not show."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from lms.app import app_of
from lms.core.house import House
from lms.people.login import signed_in_viewer

HERE = "https://palms.example.org"


@pytest.fixture
def client(house: House) -> FlaskClient:
    """Somebody's browser on a production site."""
    production = replace(
        house.settings, mode="production", hosts=("palms.example.org",), base_url=HERE, secure_cookies=True
    )
    return app_of(replace(house, settings=production, who=signed_in_viewer, standalone=True)).test_client()


def test_the_cookie_stays_on_this_site_and_away_from_scripts(client: FlaskClient) -> None:
    [cookie] = client.get("/sign-in", base_url=HERE).headers.getlist("Set-Cookie")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_https_is_asked_for_from_then_on(client: FlaskClient) -> None:
    assert "max-age=" in client.get("/sign-in", base_url=HERE).headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "host", ["evil.example", "palms.example.org.evil.example", "palms.example.org@evil.example", "a b", "[::1]", ""]
)
def test_other_names_get_no_page(client: FlaskClient, host: str) -> None:
    assert client.get("/sign-in", base_url=HERE, headers={"Host": host}).status_code == 400


def test_there_is_no_outbox(client: FlaskClient) -> None:
    assert client.get("/outbox", base_url=HERE).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "ODD"])
def test_other_methods_do_nothing(client: FlaskClient, method: str) -> None:
    answer = client.open("/sign-in", method=method, base_url=HERE)
    assert answer.status_code == 405
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"email=%ff&lms_csrf_token=\xff\xfe", 400),
        ("application/x-www-form-urlencoded", b"email=" + b"x" * 1_000_000, 413),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(10_000)), 400),
        ("application/json", b"[" * 100_000, 400),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken", 400),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 5000,
            413,
        ),
    ],
    ids=["not UTF-8", "a megabyte", "ten thousand fields", "deep JSON", "broken parts", "five thousand parts"],
)
def test_bodies_nobody_sends_get_a_plain_answer(client: FlaskClient, kind: str, body: bytes, status: int) -> None:
    assert client.post("/sign-in", data=body, content_type=kind, base_url=HERE).status_code == status
