"""Who reacts to what, a file for each kind of fact. Which pages there are is in `pages`, how a house is put together in
`building`."""

from collections.abc import Callable, Mapping

from lms.brought import CLAIM_FORGETTERS
from lms.certification.grounds import AskedOutside
from lms.core.db import Db
from lms.core.events import Reactions
from lms.funding.board import keeping as board
from lms.funding.prospects import services as prospects
from lms.programme.desk import reactions as desk
from lms.register import grounds as register_grounds
from lms.register.feed import services as feed_services
from lms.register.webhooks import services as webhooks
from lms.wiring.certificates import CERTIFICATES
from lms.wiring.money import MONEY
from lms.wiring.practice import STUDY_AND_PRACTICE
from lms.wiring.programme import PROGRAMME
from lms.wiring.register import REGISTER

REACTIONS: Reactions = {**STUDY_AND_PRACTICE, **PROGRAMME, **REGISTER, **CERTIFICATES, **MONEY}
"""What other rooms write when a fact is recorded, in this order, in the same transaction."""

GROUNDS: AskedOutside = {
    "conduct_accepted": register_grounds.conduct_accepted,
}
"""What rooms above certification know that a certificate can rest on, by the name its rule asks for."""

BEFORE_COMMIT: tuple[Callable[[Db], None], ...] = (feed_services.settle, prospects.settle, board.settle, desk.settle)
"""What is done at the end of every unit of work that writes, once, just before its commit."""

FEED_BELLS: tuple[feed_services.Bell, ...] = (webhooks.ring,)
"""Who is told, in the same unit of work, that entries were added to a register's feed."""

INFO: Mapping[str, object] = {
    "reactions": desk.also(REACTIONS),
    "grounds": GROUNDS,
    "claim_forgetters": CLAIM_FORGETTERS,
    "before_commit": BEFORE_COMMIT,
    "feed_bells": FEED_BELLS,
}
"""What every unit of work of a house carries, beside its shelves and its bell."""
