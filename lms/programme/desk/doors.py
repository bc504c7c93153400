"""The blueprint of the desk's pages, which stand in several files."""

from lms.core.web.rooms import room

pages = room("programme_desk", __name__)
