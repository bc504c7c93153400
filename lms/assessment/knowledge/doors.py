"""The blueprint of the pages about knowledge."""

from lms.core.web.rooms import room

pages = room("knowledge", __name__)
