"""What came of a notification, and why none is sent, in words."""

from lms.core.words import N_
from lms.register.webhooks.rules import Came, Stopped

CAME = {
    Came.DELIVERED: N_("Delivered"),
    Came.REFUSED: N_("The system did not take it"),
    Came.GONE: N_("The system wants no more messages"),
    Came.NO_ANSWER: N_("No answer"),
    Came.NOT_SAFE: N_("Not sent: the address leads into a network of ours"),
}
STOPPED = {
    Stopped.BY_TEAM: N_("Stopped by somebody of your authority on %(day)s."),
    Stopped.GAVE_UP: N_("It did not take a message for three days, so nothing has been sent since %(day)s."),
    Stopped.KEY_CHANGED: N_("The key of PALMS (LMS_SECRET_KEY) was changed, so nothing has been sent since %(day)s."),
    Stopped.GONE: N_("It said on %(day)s that it wants no more messages."),
}
