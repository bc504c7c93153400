"""Every page of the board on its blueprint."""

from lms.funding.board import audit_views, statement_views, views
from lms.funding.board.doors import pages

__all__ = ["audit_views", "pages", "statement_views", "views"]
