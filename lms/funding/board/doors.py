"""The blueprint of the board's pages, which stand in several files."""

from lms.core.web.rooms import room

pages = room("funding_board", __name__)
