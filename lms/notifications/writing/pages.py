"""The blueprints of a coordinator's messages, each with every page on it."""

from lms.notifications.letters import views as _letters
from lms.notifications.writing import people_views, template_views, views

BLUEPRINTS = (views.pages, template_views.pages, people_views.pages)
_WITH = (_letters,)  # its pages stand on the blueprint of messages
