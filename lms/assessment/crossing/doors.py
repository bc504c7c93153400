"""The blueprint of the pages between editions, of awards held, and of the crosswalk."""

from lms.core.web.rooms import room

pages = room("crossing", __name__)
