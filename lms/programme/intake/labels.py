"""How pages say the words of lists."""

from lms.certification.bulk.labels import Tag
from lms.core.words import N_
from lms.programme.intake.words import DayOrder, Field, State

FIELDS: dict[Field, str] = {
    Field.NAME: N_("Name of the PA"),
    Field.FIRST_NAME: N_("First name of the PA"),
    Field.LAST_NAME: N_("Last name of the PA"),
    Field.EMAIL: N_("E-mail address of the PA"),
    Field.USERNAME: N_("Username of the PA"),
    Field.LANGUAGE: N_("Language (en or cy)"),
    Field.EMPLOYER: N_("Name of the employer"),
    Field.EMPLOYER_EMAIL: N_("E-mail address of the employer"),
    Field.STARTED_ON: N_("Day the PA began with this employer"),
    Field.COURSE: N_("Course"),
    Field.CERTIFICATE: N_("Certificate from before"),
    Field.CERTIFIED_ON: N_("Day of that certificate"),
}

ORDERS: dict[DayOrder, str] = {
    DayOrder.DAY_FIRST: N_("The day first: 5 June 2026 is 05/06/2026"),
    DayOrder.MONTH_FIRST: N_("The month first: 5 June 2026 is 06/05/2026"),
}

STATES: dict[State, Tag] = {
    State.COLUMNS: Tag(N_("Say what the columns are"), "yellow"),
    State.LOOKING: Tag(N_("Being looked at"), "light-blue"),
    State.LOOKED_AT: Tag(N_("Nothing is done yet"), "yellow"),
    State.RUNNING: Tag(N_("Being brought in"), "light-blue"),
    State.DONE: Tag(N_("Brought in"), "green"),
    State.UNDOING: Tag(N_("Being taken back"), "light-blue"),
    State.UNDONE: Tag(N_("Taken back"), "grey"),
    State.CLOSED: Tag(N_("Put away"), "grey"),
}
