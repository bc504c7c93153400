"""What events can be. Plain Python."""

from enum import StrEnum


class Kind(StrEnum):
    """What somebody comes for. Meetings in which assessors agree on what is enough belong to quality assurance."""

    WORKSHOP = "workshop"
    PEER_GROUP = "peer_group"
    STANDARDISATION = "standardisation"
    OTHER = "other"


class Where(StrEnum):
    """Where it is. In an employer's home no address is stored, only whose home."""

    VENUE = "venue"
    ONLINE = "online"
    HOME = "home"


class Access(StrEnum):
    """What a venue has, or what there is on the day."""

    STEP_FREE = "step_free"
    TOILET = "toilet"
    HEARING_LOOP = "hearing_loop"
    PARKING = "parking"
    QUIET_ROOM = "quiet_room"
    INTERPRETER = "interpreter"
    SUPPORT_WORKER = "support_worker"
    TRANSPORT = "transport"


class Open(StrEnum):
    """Who may sign up by themselves."""

    PAS = "pas"
    EMPLOYERS = "employers"
    ASSESSORS = "assessors"
    GROUP = "group"
    COURSE = "course"


class Standing(StrEnum):
    """How somebody stands with an event."""

    PLACE = "place"
    WAITING = "waiting"


class Came(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"


class How(StrEnum):
    """How it is known that somebody was there."""

    LIST = "list"
    CODE = "code"


class Gone(StrEnum):
    """Why somebody has no place any more."""

    GIVEN_BACK = "given_back"
    TAKEN_AWAY = "taken_away"
    ROLE_ENDED = "role_ended"


HERE = frozenset({Came.PRESENT, Came.LATE})
