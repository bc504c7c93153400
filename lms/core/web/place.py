"""Where a question comes from, so that guessing can be slowed there: a digest for a day, never an address."""

import hmac
from ipaddress import IPv6Address

from flask import current_app, request

from lms.core.web.state import today


def place(purpose: str, *, named: str | None = None) -> str:
    """This request's place: whoever is named, else the address it came from.

    Made with the site's own key, the day and the purpose, it says nothing to whoever reads the table it is kept in.
    """
    key = str(current_app.secret_key).encode()
    where = named or _network(request.remote_addr or "")
    return hmac.digest(key, f"{purpose} {today()} {where}".encode(), "sha256").hex()


def _network(address: str) -> str:
    """An address as it is counted: of the sixth version its network, since one person has all that is in it.

    Some proxies name the port as well: 192.0.2.7:4000, [2001:db8::7]:4000. It says nothing about the place.
    """
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or int(found) >> 64)
