"""Hand a notification over: one POST, to an address that may be reached, with little patience and no curiosity.

Every connection is judged by the very address it goes to, after the name was looked up and before a byte is sent, so a
name that leads outside while it is checked and inside a moment later gains nothing. Redirections are not followed, no
proxy of the environment is used, and nothing of an answer is kept but its status: an answer shown to whoever set the
address would make us their window into our network.
"""

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from lms.core.aside import finished
from lms.register.webhooks.rules import Came, Network, came_of, may_reach

PATIENCE = 10.0
"""Seconds for all of it."""


@dataclass(frozen=True)
class Answer:
    """What came of it; `status` is the answer's, if there was one, `wait` how long the system asked us to wait."""

    came: Came
    status: int | None = None
    wait: timedelta | None = None


class _NotSafe(OSError):  # noqa: N818  says what is so
    """The address leads where nothing may be sent."""


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, allowed: Sequence[Network] = (), patience: float = PATIENCE
) -> Answer:
    """Send it once and say what came of it. Never raises for what the other side does."""
    return finished(_post(url, body, headers, allowed, patience))


async def _post(
    url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network], patience: float
) -> Answer:
    secure = urlsplit(url).scheme == "https"
    connector = aiohttp.TCPConnector(
        socket_factory=lambda found: _socket(found, allowed, secure=secure), force_close=True, use_dns_cache=False
    )
    try:
        async with (
            aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=patience),
                trust_env=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                max_line_size=4096,
                max_field_size=4096,
            ) as session,
            session.post(url, data=body, headers=dict(headers), allow_redirects=False) as answer,
        ):
            return Answer(came_of(answer.status), answer.status, _wait(answer.headers.get("Retry-After", "")))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as trouble:
        return Answer(Came.NOT_SAFE if _was_refused(trouble) else Came.NO_ANSWER)


def _socket(found: tuple[Any, ...], allowed: Sequence[Network], *, secure: bool) -> socket.socket:
    """A socket for an address that was looked up. Raises when nothing may go there.

    Without encryption only the networks an operator named are reached.
    """
    family, kind, protocol, _name, where = found
    address = ip_address(str(where[0]).partition("%")[0])
    inside = any(address in network for network in allowed if network.version == address.version)
    if not (inside or (secure and may_reach(address, allowed))):
        raise _NotSafe("This address may not be reached.")
    made = socket.socket(family, kind, protocol)
    made.setblocking(False)  # noqa: FBT003  its only form
    return made


def _was_refused(trouble: BaseException) -> bool:
    """Whether it was us who refused: the refusal comes wrapped, once for every address a name has."""
    seen: list[BaseException] = [trouble]
    while seen:
        one = seen.pop()
        if isinstance(one, _NotSafe):
            return True
        inner = [one.__cause__, getattr(one, "os_error", None), *getattr(one, "exceptions", ())]
        seen += [each for each in inner if isinstance(each, BaseException) and each is not one]
    return False


def _wait(said: str) -> timedelta | None:
    """Retry-After in seconds; the form with a date is not asked for by anybody we know, and counts as nothing."""
    return timedelta(seconds=int(said)) if said.isascii() and said.isdecimal() and len(said) < 7 else None
