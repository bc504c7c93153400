"""What both halves of the register's pages share: the blueprint, the door to one PA, and a verdict in words."""

from collections.abc import Collection, Mapping
from uuid import UUID

from lms.certification.content import CertificateDesigns
from lms.core.shelves import shelf
from lms.core.web.rooms import room
from lms.core.web.state import today, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import viewer
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.register import queries
from lms.register.content import RegisterRules
from lms.register.kinds import Circumstance
from lms.register.queries import Judged
from lms.register.texts import Told, tell

pages = room("register", __name__)

TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)


def told(judged: Judged, answered: Collection[Circumstance]) -> Told:
    """A verdict in this request's language, with titles; `answered`: what the PA told of their work."""
    return tell(judged.verdict, judged.edition, say=_, language=language(), titles=called(), answered=answered)


def called() -> Mapping[str, str]:
    """What courses, modules and certificates are called in this request's language, by code; kept with the shelves."""
    known, tongue = shelf(unit(), RegisterRules).known, language()
    kept: dict[str, str] | None = known.get(("called", tongue))
    if kept is None:
        designs = shelf(unit(), CertificateDesigns).by_kind.values()
        certificates = {each.code: each.title.text(tongue) for each in designs if each.code}
        kept = known["called", tongue] = {**certificates, **titles(unit(), tongue)}
    return kept


def known_pa(person_id: UUID, authority_id: UUID) -> PersonView:
    """A PA of one of the viewer's own authorities. NotFound for any other person and any other authority."""
    if authority_id not in viewer().authorities(*TEAM) or not queries.knows(unit(), authority_id, person_id, today()):
        raise NotFound("person")
    return people.person(unit(), person_id)
