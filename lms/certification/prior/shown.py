"""Offers of prior learning with the words of what they are about, for pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.core.content import Words
from lms.core.web.state import unit
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning.doors import courses
from lms.learning.prior.queries import OfferView


@dataclass(frozen=True)
class Shown:
    """An offer with the title of its module and the words of its outcomes, in the edition it was made for."""

    offer: OfferView
    module: Words
    outcomes: tuple[tuple[str, Words], ...]

    @property
    def accepted(self) -> tuple[Words, ...]:
        """The words of what was accepted."""
        held = self.offer.decision.accepted if self.offer.decision else ()
        return tuple(words for code, words in self.outcomes if code in held)


def shown(offers: Iterable[OfferView]) -> list[Shown]:
    """Offers as pages show them; codes stand where a module has left the shelf."""
    return [_shown(offer) for offer in offers]


def _shown(offer: OfferView) -> Shown:
    course = learning.enrolment(unit(), offer.enrolment_id).course
    try:
        module = courses().module_in(course, offer.module, offer.edition)
    except NotFound:
        return Shown(offer, Words(en=offer.module), tuple((code, Words(en=code)) for code in offer.outcomes))
    texts = {outcome.code: outcome.text for outcome in module.outcomes}
    return Shown(offer, module.title, tuple((code, texts.get(code, Words(en=code))) for code in offer.outcomes))
