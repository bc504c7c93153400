"""What is written when a coordinator does something."""

from lms.core.events import Reactions
from lms.notifications import of_alerts, of_mentors, of_nudges
from lms.programme.contacts.events import (
    AlertWaits,
    SafeguardingChanged,
    SafeguardingPersonEnded,
    SafeguardingPersonNamed,
)
from lms.programme.desk.events import Nudged
from lms.programme.mentors.events import MentoringEnded, MentorMatched, MentorSuggested

PROGRAMME: Reactions = {
    AlertWaits: [of_alerts.tell_of_alert],
    SafeguardingPersonNamed: [of_alerts.tell_named],
    SafeguardingPersonEnded: [of_alerts.tell_not_named],
    SafeguardingChanged: [of_alerts.tell_of_change],
    Nudged: [of_nudges.tell],
    MentorSuggested: [of_mentors.tell_of_suggestion],
    MentorMatched: [of_mentors.tell_of_match],
    MentoringEnded: [of_mentors.tell_of_end],
}
