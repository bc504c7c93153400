"""Every page about reports on its blueprint."""

from lms.programme.reports import public_views, views
from lms.programme.reports.doors import pages

__all__ = ["pages", "public_views", "views"]
