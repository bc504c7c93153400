"""What is written when a coordinator does something."""

from lms.core.events import Reactions
from lms.notifications import of_alerts, of_gatherings, of_mentors, of_nudges, of_roles
from lms.programme.authority.events import StaffInvited, StaffRoleChanged, StaffRoleEndsSoon
from lms.programme.contacts.events import (
    AlertWaits,
    SafeguardingChanged,
    SafeguardingPersonEnded,
    SafeguardingPersonNamed,
)
from lms.programme.desk.events import Nudged
from lms.programme.gatherings.events import (
    GatheringComesUp,
    GatheringNewsDue,
    GatheringPlaceGone,
    GatheringPlaceMovedUp,
    GatheringPlaceTaken,
)
from lms.programme.mentors.events import MentoringEnded, MentorMatched, MentorSuggested

PROGRAMME: Reactions = {
    AlertWaits: [of_alerts.tell_of_alert],
    SafeguardingPersonNamed: [of_alerts.tell_named],
    SafeguardingPersonEnded: [of_alerts.tell_not_named],
    SafeguardingChanged: [of_alerts.tell_of_change],
    Nudged: [of_nudges.tell],
    StaffRoleChanged: [of_roles.tell_of_change],
    StaffInvited: [of_roles.tell_of_invitation],
    StaffRoleEndsSoon: [of_roles.tell_of_end],
    GatheringPlaceTaken: [of_gatherings.tell_of_given],
    GatheringPlaceMovedUp: [of_gatherings.tell_moved_up],
    GatheringPlaceGone: [of_gatherings.tell_gone],
    GatheringNewsDue: [of_gatherings.tell_news],
    GatheringComesUp: [of_gatherings.tell_comes_up],
    MentorSuggested: [of_mentors.tell_of_suggestion],
    MentorMatched: [of_mentors.tell_of_match],
    MentoringEnded: [of_mentors.tell_of_end],
}
