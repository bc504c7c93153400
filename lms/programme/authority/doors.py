"""The blueprints of this room."""

from lms.core.web.rooms import room

pages = room("settings", __name__)
worn = room("look", __name__)
"""What every page of an authority asks for: its colours and its logo."""
