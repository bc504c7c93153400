"""Every page of the settings on its blueprint."""

from lms.programme.authority import access_views, look_views, role_views, views
from lms.programme.authority.doors import pages, worn

__all__ = ["access_views", "look_views", "pages", "role_views", "views", "worn"]
