"""The blueprint of the pages of events, which stand in several files."""

from lms.core.web.rooms import room

pages = room("gatherings", __name__)
