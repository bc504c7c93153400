"""The blueprint of the pages about reports, which stand in several files."""

from lms.core.web.rooms import room

pages = room("reports", __name__)
