"""What the pages of quality assurance hang from."""

from lms.core.web.rooms import room

pages = room("quality", __name__)
