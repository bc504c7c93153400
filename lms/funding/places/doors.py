"""The blueprint of places, and what its views share."""

from lms.core.web.rooms import room

pages = room("places", __name__)
PAGE_SIZE = 20
