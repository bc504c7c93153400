"""What the pages of the code of conduct share: the blueprint they hang on."""

from lms.core.web.rooms import room

pages = room("conduct", __name__)
