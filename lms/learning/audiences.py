"""For whom a course is written, and which role somebody needs to study it. Plain Python."""

from enum import StrEnum

from lms.people.rules import Role


class Audience(StrEnum):
    """Who a course is for. A course that says nothing is for PAs."""

    PA = "pa"
    EMPLOYER = "employer"
    STAFF = "staff"


ROLES: dict[Audience, tuple[Role, ...]] = {
    Audience.PA: (Role.PA,),
    Audience.EMPLOYER: (Role.EMPLOYER, Role.REPRESENTATIVE),
    Audience.STAFF: (Role.LEARNER,),
}
"""Held behind the wall of the authority that enrols. Staff hold a role that opens nothing but their own study."""

STUDENTS: tuple[Role, ...] = tuple(role for roles in ROLES.values() for role in roles)
"""Everybody who may open pages of study: each sees nothing there but their own enrolments."""
