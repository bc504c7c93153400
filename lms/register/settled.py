"""Whether everything somebody holds lies behind a day: then only ends can change what is said of it later."""

from datetime import date

from lms.register.held import Held


def settled(held: Held, on: date) -> bool:
    """Whether nothing held begins or is decided after a day. Waivers are left out: they say for themselves."""
    for several in (held.seen, held.references, held.learned, held.accepted, held.areas):
        for one in several:
            if one.on > on:
                return False
    for each in held.disclosures:
        days = (each.seen_on, each.issued_on, each.discussed_on, each.decided_on, *(c.on for c in each.status_checks))
        if any(day is not None and day > on for day in days):
            return False
    return True
