"""Where a question comes from, so that guessing can be slowed there: a digest for a day, never an address."""

import hmac
from ipaddress import IPv6Address

from flask import current_app, request

from lms.core.web.state import today
from lms.people.guards import viewer_or_none


def place() -> str:
    """This request's place: the person when they are signed in, else the address it came from.

    Many people share one address in an office or behind a telephone mast, so somebody signed in is counted apart. The
    digest is made with the site's own key and the day, so that it says nothing to whoever reads the table.
    """
    someone = viewer_or_none()
    named = str(someone.person_id) if someone else _network(request.remote_addr or "")
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, f"check {today()} {named}".encode(), "sha256").hex()


def _network(address: str) -> str:
    """An address as it is counted: of the sixth version its network, since one person has all that is in it."""
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or int(found) >> 64)
