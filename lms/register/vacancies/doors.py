"""The blueprint of vacancies, and the door to a household's own one."""

from collections.abc import Mapping
from uuid import UUID

from lms.core.web.rooms import room
from lms.core.web.state import unit
from lms.core.words import N_, NotFound
from lms.people.guards import viewer
from lms.register.directory.doors import HOUSEHOLD
from lms.register.vacancies import queries
from lms.register.vacancies.queries import VacancyView
from lms.register.vacancies.rules import Stop
from lms.register.vacancies.words import EndReason

pages = room("vacancies", __name__)

END_REASONS: Mapping[EndReason, str] = {
    EndReason.FILLED: N_("You have found a PA."),
    EndReason.NOT_NEEDED: N_("You do not look for anybody any more."),
    EndReason.CALENDAR: N_("Its last day is over."),
    EndReason.TEAM: N_("The register team took it off."),
}
STOPS: Mapping[Stop, str] = {
    Stop.OVER: N_("This vacancy has ended."),
    Stop.NOT_ACCREDITED: N_("You can read vacancies, and answer them once nothing is missing."),
    Stop.NOT_ON_REGISTER: N_("You can read vacancies, and answer them when you are on the register."),
    Stop.NO_PROFILE: N_("Employers read your profile with your answer. Write it first, or show it again."),
}


def own_vacancy(vacancy_id: UUID) -> VacancyView:
    """A vacancy of a household the viewer acts for. NotFound for every other."""
    found = queries.vacancy(unit(), vacancy_id)
    if found is None or found.employer_id not in viewer().organisations(*HOUSEHOLD):
        raise NotFound("vacancy")
    return found
