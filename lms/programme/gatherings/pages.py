"""Every page of events on its blueprint."""

from lms.programme.gatherings import calendar_views, list_views, own_views, plan_views
from lms.programme.gatherings.doors import pages

__all__ = ["calendar_views", "list_views", "own_views", "pages", "plan_views"]
