"""Which way a notice goes and when: what somebody chose, what has to be told anyway, and hours of rest. Plain Python.

Hours are by the clock in the United Kingdom (Europe/London), also on the two days a year when it is changed.
The hours of rest and what may be turned off are the service's own: docs/decisions/0031-whom-a-message-goes-to.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from lms.core.clock import LONDON


class Purpose(StrEnum):
    """What a notice is for."""

    SAFETY = "safety"
    DECISIONS = "decisions"
    LEARNING = "learning"
    REMINDERS = "reminders"
    WORK = "work"
    COORDINATOR = "coordinator"


class Way(StrEnum):
    """How somebody is told. Whatever the way, it stands on their page in PALMS as well."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"
    PAGE = "page"


CHOICES: Mapping[Purpose, tuple[Way, ...]] = {
    Purpose.DECISIONS: (Way.EMAIL, Way.TEXT),
    Purpose.LEARNING: (Way.EMAIL, Way.TEXT, Way.PAGE),
    Purpose.REMINDERS: (Way.EMAIL, Way.TEXT, Way.PAGE),
    Purpose.WORK: (Way.EMAIL, Way.TEXT, Way.PAGE),
    Purpose.COORDINATOR: (Way.EMAIL, Way.TEXT, Way.LETTER, Way.PAGE),
}
"""What can be chosen. Security and safety are not here: nobody can turn them off. A decision has to reach somebody."""
REQUIRED = frozenset({Purpose.SAFETY, Purpose.DECISIONS})
"""What nobody can turn off."""

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
SUNDAY = 6
DIGEST_AT = time(8)
"""When the one mail a day goes out, or when the hours of rest end."""


@dataclass(frozen=True)
class Wishes:
    """What somebody chose. Whoever chose nothing has rest at night and none on Sundays: many PAs work on Sundays."""

    ways: Mapping[Purpose, Way] = field(default_factory=dict)
    digest: bool = False
    quiet: bool = True
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    sundays: bool = False

    def way(self, purpose: Purpose) -> Way:
        """What was chosen for a purpose; e-mail where nothing was, or something that cannot be."""
        chosen = self.ways.get(purpose, Way.EMAIL)
        return chosen if chosen in CHOICES.get(purpose, ()) else Way.EMAIL


@dataclass(frozen=True)
class Reach:
    """Where somebody can be reached: an e-mail address, a confirmed mobile number, and which of both do not work."""

    email: str | None
    mobile: str | None = None
    broken: frozenset[str] = frozenset()

    @property
    def mail(self) -> str | None:
        """The e-mail address, unless mail to it came back."""
        return self.email if self.email not in self.broken else None

    @property
    def text(self) -> str | None:
        """The mobile number as an address, unless messages to it came back."""
        number = f"tel:{self.mobile}" if self.mobile else None
        return number if number not in self.broken else None


@dataclass(frozen=True)
class Route:
    """The way a notice goes, and to which address."""

    way: Way
    address: str | None = None


def route(purpose: Purpose, wishes: Wishes, reach: Reach) -> Route:
    """Which way somebody is told of something.

    Safety goes to the address there is, also one that mail came back from: a link was asked for this moment. Where the
    chosen way does not work the other is taken for what has to be told, and e-mail for the rest; the page always has
    it. A coordinator's message to somebody without any address is a letter.
    """
    if purpose is Purpose.SAFETY:
        address = reach.email or (f"tel:{reach.mobile}" if reach.mobile else None)
        return Route(Way.PAGE) if address is None else Route(_way_of(address), address)
    wanted = wishes.way(purpose)
    if wanted in {Way.PAGE, Way.LETTER}:
        return Route(wanted)
    there = [reach.text, reach.mail] if wanted is Way.TEXT else [reach.mail]
    if purpose in REQUIRED:
        there.append(reach.text)
    address = next((each for each in there if each), None)
    if address is not None:
        return Route(_way_of(address), address)
    return Route(Way.LETTER if purpose is Purpose.COORDINATOR else Way.PAGE)


def _way_of(address: str) -> Way:
    return Way.TEXT if address.startswith("tel:") else Way.EMAIL


def is_quiet(wishes: Wishes, moment: datetime) -> bool:
    """Whether somebody wants to be left alone at a moment (aware)."""
    local = moment.astimezone(LONDON)
    return _sunday(wishes, local) or _at_night(wishes, local.time())


def _sunday(wishes: Wishes, local: datetime) -> bool:
    return wishes.sundays and local.weekday() == SUNDAY


def _at_night(wishes: Wishes, clock: time) -> bool:
    first, last = wishes.quiet_from, wishes.quiet_until
    if not wishes.quiet or first == last:
        return False
    return first <= clock < last if first < last else clock >= first or clock < last


def next_allowed(wishes: Wishes, now: datetime) -> datetime:
    """The first moment from now on at which somebody may be written to (aware UTC)."""
    moment = now
    while is_quiet(wishes, moment):
        local = moment.astimezone(LONDON)
        if _sunday(wishes, local):
            moment = _wall(local.date() + timedelta(days=1), time(), after=moment)
        else:
            past = local.time() >= wishes.quiet_until
            moment = _wall(local.date() + timedelta(days=past), wishes.quiet_until, after=moment)
    return moment.astimezone(UTC)


def _wall(day: date, clock: time, *, after: datetime) -> datetime:
    """The moment of a day at which clocks show a time; of an hour that comes twice, the first one after a moment.

    In the hour that is left out in spring, the moment at which the clocks go forward.
    """
    first, second = (datetime.combine(day, clock.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return datetime.combine(day, clock.replace(minute=0), LONDON).astimezone(UTC)
    return first if first > after else max(second, after + timedelta(minutes=1))


def digest_at(wishes: Wishes, now: datetime) -> datetime:
    """When the next mail with everything in it goes out: the next morning, and not while somebody rests."""
    local = now.astimezone(LONDON)
    past = local.time() >= DIGEST_AT
    return next_allowed(wishes, _wall(local.date() + timedelta(days=past), DIGEST_AT, after=now))


def due(purpose: Purpose, wishes: Wishes, way: Way, now: datetime) -> datetime:
    """When a notice may go out (aware UTC). Safety is never held; a page or a letter disturbs nobody."""
    if purpose is Purpose.SAFETY or way in {Way.PAGE, Way.LETTER}:
        return now
    return digest_at(wishes, now) if in_digest(purpose, wishes, way) else next_allowed(wishes, now)


def in_digest(purpose: Purpose, wishes: Wishes, way: Way) -> bool:
    """Whether a notice waits for the one mail a day."""
    return wishes.digest and way is Way.EMAIL and purpose is not Purpose.SAFETY


class Topic(StrEnum):
    """What a coordinator's message is about."""

    LEARNING = "learning"
    WORK = "work"


def through_employer(topic: Topic, *, wished: bool, agreed: bool) -> bool:
    """Whether a message to a PA goes to their employer: about work alone, and when both want it.

    An employer's wish by itself moves nothing: what a PA learns and what is kept about them is the PA's own.
    """
    return topic is Topic.WORK and wished and agreed
