"""One POST over real sockets on loopback: what comes of it, and where it does not go."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Event

import pytest

from lms.register.webhooks.reaching import Answer, post
from lms.register.webhooks.rules import Came, networks
from tests.register.webhooks.answering import system

LOOPBACK = networks(["127.0.0.0/8"])


def test_a_message_arrives_as_it_was_sent() -> None:
    with system() as there:
        assert post(there.url, b'{"a":1}', {"webhook-id": "x"}, allowed=LOOPBACK) == Answer(Came.DELIVERED, 204)
    (got,) = there.got
    assert (got.path, got.body, got.headers["webhook-id"]) == ("/told", b'{"a":1}', "x")
    assert "cookie" not in got.headers


def test_loopback_is_not_reached_unless_an_operator_allowed_it() -> None:
    with system() as there:
        for url in (there.url, there.url.replace("127.0.0.1", "localhost"), there.url.replace("http", "https")):
            assert post(url, b"", {}) == Answer(Came.NOT_SAFE)
    assert there.got == []


def test_a_name_that_leads_inside_at_the_last_moment_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS can answer otherwise when it is asked again: what counts is the address that is connected to."""
    real = socket.getaddrinfo

    def lying(host: object, *args: object, **kwargs: object) -> object:
        return real("127.0.0.1" if host == "register.example.org" else host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    with system() as there:
        port = there.url.rsplit(":", 1)[1]
        assert post(f"https://register.example.org:{port}", b"", {}) == Answer(Came.NOT_SAFE)
    assert there.got == []


def test_plain_http_goes_only_to_networks_an_operator_named() -> None:
    assert post("http://8.8.8.8/", b"", {}, patience=2) == Answer(Came.NOT_SAFE)


def test_https_counts_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from lms.register.webhooks import reaching

    asked = []

    def stop_here(found: object, allowed: object, *, secure: bool) -> socket.socket:
        asked.append(secure)
        raise OSError

    monkeypatch.setattr(reaching, "_socket", stop_here)
    post("HTTPS://8.8.8.8/", b"", {}, patience=2)
    assert asked == [True]


@pytest.mark.parametrize(
    "endless",
    [b"HTTP/1.1 100 Continue\r\n\r\n", b"X-More: " + b"a" * 1000 + b"\r\n", b"a" * 4096],
    ids=["answers that are none", "headers", "a line"],
)
def test_an_answer_without_end_is_cut_off(endless: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as threads:
        threads.submit(_pour, server, endless)
        said = post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"", {}, allowed=LOOPBACK, patience=1)
        assert said == Answer(Came.NO_ANSWER)


def _pour(server: socket.socket, endless: bytes) -> None:
    with server.accept()[0] as there, suppress(OSError):
        there.recv(4096)
        if endless.startswith(b"X-"):
            there.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            there.sendall(endless)


def test_redirections_are_not_followed() -> None:
    with system() as there:
        there.answers, there.more = [307], {"Location": there.url + "/elsewhere"}
        assert post(there.url, b"", {}, allowed=LOOPBACK) == Answer(Came.REFUSED, 307)
    assert [got.path for got in there.got] == ["/told"]


def test_what_a_system_answers_is_told_apart() -> None:
    with system() as there:
        there.answers, there.more = [500, 410, 200], {"Retry-After": "120"}
        said = [post(there.url, b"", {}, allowed=LOOPBACK) for _ in range(3)]
    assert [(each.came, each.status) for each in said] == [(Came.REFUSED, 500), (Came.GONE, 410), (Came.DELIVERED, 200)]
    assert said[0].wait == timedelta(seconds=120)


def test_who_does_not_answer_is_not_waited_for() -> None:
    with system() as there:
        there.hold = Event()
        assert post(there.url, b"", {}, allowed=LOOPBACK, patience=0.3) == Answer(Came.NO_ANSWER)


def test_a_closed_port_and_a_name_nobody_has_are_no_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", b"", {}, allowed=LOOPBACK) == Answer(Came.NO_ANSWER)
    assert post("https://nobody.invalid/", b"", {}, patience=3) == Answer(Came.NO_ANSWER)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with system() as there:
        assert post(there.url, b"", {}, allowed=LOOPBACK).came is Came.DELIVERED
