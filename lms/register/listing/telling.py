"""A PA's own listing in plain words: where it stands, what that means, until when, and what the PA can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.core.i18n import day
from lms.core.words import N_, Say
from lms.register.content import Edition
from lms.register.kinds import ListingState
from lms.register.listing.labels import COLOURS, NOT_APPLIED, STATES, TO_THE_PA
from lms.register.listing.moves import Act
from lms.register.listing.queries import ListingView, NoticeView
from lms.register.listing.reasons import WORDS, Reason

State = ListingState
_REASONED = frozenset({State.LAPSED, State.SUSPENDED, State.REMOVED, State.REFUSED, State.CHECKING})
_HERS = frozenset({Reason.OWN_WISH})


@dataclass(frozen=True)
class ListingTold:
    """A listing as its PA reads it. `look` is yes, soon or no, for how it is shown; `acts` is what they can do."""

    state: str
    tag: str
    colour: str
    heading: str
    sentences: Sequence[str]
    look: str
    acts: Sequence[Act] = ()
    can_apply: bool = False
    can_review: bool = False


def tell_listing(
    listing: ListingView | None, edition: Edition, *, on: date, say: Say, language: str, notice: NoticeView | None
) -> ListingTold:
    """A listing in a language, without what its PA can do with it."""
    teller = _Teller(edition, say, language)
    if listing is None:
        heading, about = NOT_APPLIED
        return ListingTold("none", say(N_("Not applied")), "govuk-tag--grey", say(heading), (say(about),), "no")
    heading, about = TO_THE_PA[listing.state]
    sentences = [teller.fill(about), *teller.why(listing), *teller.ends(listing, on)]
    if notice is not None:
        sentences += [teller.on(N_("Your listing ends on %(day)s."), notice.removed_on)]
        sentences += teller.reason(notice.reason, withheld=notice.withheld)
    look = {State.LISTED: "yes", State.PROVISIONAL: "soon", State.SUBMITTED: "soon", State.CHECKING: "soon"}
    return ListingTold(
        state=listing.state.value,
        tag=say(STATES[listing.state]),
        colour=COLOURS[listing.state],
        heading=say(heading),
        sentences=[sentence for sentence in sentences if sentence],
        look=look.get(listing.state, "no"),
    )


class _Teller:
    def __init__(self, edition: Edition, say: Say, language: str) -> None:
        self.edition, self.say, self.language = edition, say, language

    def fill(self, sentence: str) -> str:
        file = self.edition.file
        return self.say(sentence) % {
            "authority": file.name.text(self.language),
            "label": file.provisional.label.text(self.language),
            "days": file.processing_target_working_days,
        }

    def on(self, sentence: str, when: date) -> str:
        return self.say(sentence) % {"day": day(when, self.language)}

    def why(self, listing: ListingView) -> list[str]:
        if listing.state not in _REASONED or listing.reason is None or listing.reason in _HERS:
            return []
        return self.reason(listing.reason, withheld=listing.withheld)

    def reason(self, reason: Reason, *, withheld: bool) -> list[str]:
        return [
            self.say(N_("No reason is given. The rules of the register allow that.") if withheld else WORDS[reason])
        ]

    def ends(self, listing: ListingView, on: date) -> list[str]:
        """What the calendar brings, once it is time to do something about it."""
        out, over = listing.runs_out_on, listing.lapses_on
        if out is None or over is None:
            return []
        if listing.state is State.PROVISIONAL:
            return [self.on(N_("Without anything new, that ends on %(day)s."), over)]
        if out <= on:
            last = over - timedelta(days=1)
            return [self.on(N_("Something has run out. Renew it now: you stay on the register until %(day)s."), last)]
        if out - timedelta(days=self.edition.rules.remind_days) <= on:
            return [self.on(N_("Something runs out: it counts until %(day)s."), out - timedelta(days=1))]
        return []
