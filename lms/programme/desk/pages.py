"""Every page of the desk on its blueprint."""

from lms.programme.desk import (
    area_views,
    employer_views,
    list_views,
    organisation_views,
    story_views,
    stuck_views,
    views,
)
from lms.programme.desk.doors import pages

__all__ = [
    "area_views",
    "employer_views",
    "list_views",
    "organisation_views",
    "pages",
    "story_views",
    "stuck_views",
    "views",
]
