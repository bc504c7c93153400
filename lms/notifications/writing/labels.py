"""Words of the pages about messages."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.notifications.preferences.rules import Purpose, Topic, Way
from lms.notifications.writing.rules import Field, Out

TOPICS: Mapping[Topic, str] = {
    Topic.LEARNING: N_("Their own learning, or anything about themselves"),
    Topic.WORK: N_("Their work with an employer"),
}
WAYS: Mapping[Way, str] = {
    Way.EMAIL: N_("By e-mail"),
    Way.TEXT: N_("By text message"),
    Way.LETTER: N_("By letter, which you print"),
    Way.PAGE: N_("On their page in PALMS only"),
}
POSTED: Mapping[Way, str] = {**WAYS, Way.LETTER: N_("By letter, which GOV.UK Notify prints and posts")}
"""The same where letters go through GOV.UK Notify."""
OUT: Mapping[Out, str] = {
    Out.NO_VALUE: N_("Something in the message has no value for them"),
    Out.TOO_MANY: N_("They had three messages from your council in the last 24 hours"),
    Out.NOT_HERE: N_("They are not with your council any more, or their account is closed"),
}
OUTCOMES: Mapping[str, str] = {
    "refused": N_("Came back: the address does not work"),
    "not_sent": N_("Not sent: the address does not work"),
    "delivered": N_("Arrived"),
    "failed": N_("Came back: the number does not work"),
    "troubled": N_("Did not arrive this time"),
    "unknown": N_("Sent; nobody can say whether it arrived"),
    "printed": N_("Printed"),
    "by_hand": N_("To be printed by you: GOV.UK Notify cannot post it"),
    "posted": N_("Printed and posted"),
    "not_posted": N_("Could not be printed and posted. Reach them another way"),
}
FIELDS: Mapping[Field, str] = {
    Field.FIRST_NAME: N_("Their first name"),
    Field.NAME: N_("Their whole name"),
    Field.COURSE: N_("The course they are on"),
    Field.NEXT_STEP: N_("What they do next on it"),
    Field.CONTACT: N_("Whom they turn to at your council, or you"),
    Field.CONTACT_PHONE: N_("The telephone number of that person"),
    Field.CONTACT_EMAIL: N_("The e-mail address of that person, or yours"),
    Field.AUTHORITY: N_("The name of your council"),
    Field.EVENT: N_("The event you name below"),
}
PURPOSES: Mapping[Purpose, str] = {
    Purpose.SAFETY: N_("Signing in, your safety, your bank details"),
    Purpose.DECISIONS: N_("Decisions about you: certificates, the register, money"),
    Purpose.LEARNING: N_("News about your learning"),
    Purpose.REMINDERS: N_("Reminders"),
    Purpose.WORK: N_("Work: employers, PAs and vacancies"),
    Purpose.COORDINATOR: N_("Messages your council writes to you"),
}
