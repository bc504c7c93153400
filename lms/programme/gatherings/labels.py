"""What kinds, places and answers are called on pages."""

from lms.core.words import N_
from lms.programme.gatherings.words import Access, Came, How, Kind, Open, Standing, Where

KINDS = {
    Kind.WORKSHOP: N_("Workshop"),
    Kind.PEER_GROUP: N_("Peer group"),
    Kind.STANDARDISATION: N_("Assessors agree on what is enough"),
    Kind.OTHER: N_("Something else"),
}
WHERE = {
    Where.VENUE: N_("At a place people can come to"),
    Where.ONLINE: N_("Online"),
    Where.HOME: N_("In an employer’s home"),
}
ACCESS = {
    Access.STEP_FREE: N_("Step-free all the way"),
    Access.TOILET: N_("Accessible toilet"),
    Access.HEARING_LOOP: N_("Hearing loop"),
    Access.PARKING: N_("Accessible parking"),
    Access.QUIET_ROOM: N_("Quiet room"),
    Access.INTERPRETER: N_("Sign language or other interpreter if you ask"),
    Access.SUPPORT_WORKER: N_("You can bring a support worker"),
    Access.TRANSPORT: N_("Help with transport if you ask"),
}
OPEN = {
    Open.PAS: N_("All PAs of your council"),
    Open.EMPLOYERS: N_("Employers and those who act for them"),
    Open.ASSESSORS: N_("Assessors"),
    Open.GROUP: N_("A group"),
    Open.COURSE: N_("Everybody on a course"),
}
CAME = {
    Came.PRESENT: N_("There"),
    Came.LATE: N_("Came late"),
    Came.ABSENT: N_("Not there"),
}
HOW = {How.LIST: N_("by list"), How.CODE: N_("by code")}
STANDINGS = {Standing.PLACE: N_("You have a place"), Standing.WAITING: N_("You are on the waiting list")}
