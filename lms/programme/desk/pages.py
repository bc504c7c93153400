"""Every page of the desk on its blueprint."""

from lms.programme.desk import list_views, story_views, stuck_views, views
from lms.programme.desk.doors import pages

__all__ = ["list_views", "pages", "story_views", "stuck_views", "views"]
