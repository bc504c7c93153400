"""Where somebody checks from, so that guessing can be slowed there."""

from lms.core.web import place as places
from lms.people.guards import viewer_or_none


def place() -> str:
    """This request's place: the person when they are signed in, else the address it came from.

    Many people share one address in an office or behind a telephone mast, so somebody signed in is counted apart.
    """
    someone = viewer_or_none()
    return places.place("check", named=str(someone.person_id) if someone else None)
