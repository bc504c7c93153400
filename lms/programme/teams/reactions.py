"""What teams write when somebody joins by an invitation, or is no learner here any more."""

from datetime import datetime

from lms.core.db import Db
from lms.people.events import InvitationAccepted, RoleEnded
from lms.people.rules import Role
from lms.programme.teams import services


def join_team(db: Db, fact: InvitationAccepted, now: datetime) -> None:
    """Whoever was invited into a team is in it from the day they joined."""
    if fact.role is Role.LEARNER:
        services.join_by_invitation(db, invitation_id=fact.invitation_id, person_id=fact.about, now=now)


def leave_teams(db: Db, fact: RoleEnded, now: datetime) -> None:
    """Somebody is no learner of an authority any more: they are in no team of its staff after their last day."""
    if fact.role is Role.LEARNER:
        services.leave_with_role(
            db, person_id=fact.about, authority_id=fact.organisation_id, last=fact.until, by=fact.about, now=now
        )
