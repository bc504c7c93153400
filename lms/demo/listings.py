"""Where the PAs of the demonstration stand on the registers: applied, listed, warned, lapsed, paused, suspended, ended.

Each story is lived through the services, at moments before now. What the rules of that day do not allow ends a story
early: a demonstration made soon after its rules began has fewer people who lapsed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.words import NotFound, Refused
from lms.demo.people import Stage, add
from lms.people.rules import Role
from lms.register import queries, services
from lms.register.kinds import Item, ListingState, RequirementKind
from lms.register.lines import Line
from lms.register.listing import removing, reviewing, waivers
from lms.register.listing import services as listings
from lms.register.listing.moves import Act
from lms.register.listing.reasons import Reason
from lms.register.listing.waiving import SeenInstead, WaiverReason
from lms.register.rules import circumstances_asked

Kind = RequirementKind
State = ListingState
OFFICERS = {"RIVERMERE": "Idris Khan", "HARBOURGATE": "Ola Adeyemi", "DYFFRYN": "Gethin Pugh"}
MANAGERS = {"RIVERMERE": "Maureen Doyle", "HARBOURGATE": "Judith Stone", "DYFFRYN": "Catrin Vaughan"}
_SAID = {Kind.CODE_OF_CONDUCT, Kind.AVAILABILITY, Kind.WORK_AREA}


@dataclass(frozen=True)
class Story:
    """One PA's way: what happened so many days ago, in order. `held`: since how many days they have what is asked.

    `older` names requirements that were seen, and `until` documents that end, so many days from today. `lacks` is what
    they do not have. Without `held` nothing but the moves is told: the rest of their story stands elsewhere.
    """

    name: str
    authority: str
    moves: tuple[tuple[float, str], ...]
    held: int | None = None
    older: Mapping[str, int] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    language: str = "en"


def _listed(days: int, *more: tuple[float, str]) -> tuple[tuple[float, str], ...]:
    """Applied, taken up and listed so many days ago, and what came then."""
    return ((days + 9, "apply"), (days + 7, "take_up"), (days, "list"), *more)


STORIES = (
    Story("Chidi Obi", "RIVERMERE", ((3, "start"),)),
    Story("Beth Warren", "RIVERMERE", ((3, "apply"),)),
    Story("Aled Price", "RIVERMERE", ((16, "apply"),)),
    Story("Dean Foster", "RIVERMERE", ((19, "apply"), (15, "take_up"))),
    Story("Grace Adomako", "RIVERMERE", ((9, "apply"), (6, "take_up"), (0.2, "show"))),
    Story("Olu Adebayo", "RIVERMERE", _listed(230), held=245, older={"RM-DECL": 345}),
    Story("Karen Whitlock", "RIVERMERE", _listed(210), held=225, older={"RM-DECL": 370}),
    Story("Mark Ellison", "RIVERMERE", _listed(190, (8, "look")), held=205, older={"RM-DECL": 388}),
    Story("Priya Nair", "RIVERMERE", _listed(150, (21, "pause")), held=165),
    Story("Steph Rowley", "RIVERMERE", _listed(120, (5, "suspend"), (3, "review")), held=135),
    Story("Victor Hale", "RIVERMERE", ((70, "apply"), (66, "take_up"), (33, "refuse")), held=75, lacks=("RM-REF",)),
    Story("Denise Akers", "RIVERMERE", _listed(100, (4, "remove")), held=115),
    Story("Yusuf Demir", "RIVERMERE", _listed(140, (40, "leave")), held=155),
    Story(
        "Hazel Brook",
        "RIVERMERE",
        ((60, "apply"), (56, "take_up"), (50, "waive RM-REF"), (50, "list")),
        held=64,
        lacks=("RM-REF",),
    ),
    Story("Sade Williams", "HARBOURGATE", ((8, "apply"), (5, "take_up"), (4, "show"))),
    Story("Liam Byrne", "HARBOURGATE", ((4, "apply"),)),
    Story("Joy Mbeki", "HARBOURGATE", ((26, "apply"), (22, "take_up"))),
    Story("Owen Marsh", "HARBOURGATE", _listed(60), held=70),
    Story("Carlos Mendes", "HARBOURGATE", _listed(110, (6, "look")), held=125),
    Story("Bea Lindqvist", "HARBOURGATE", _listed(70, (12, "withhold")), held=80),
    Story("Callum Reid", "DYFFRYN", ((12, "apply"), (9, "take_up"))),
    Story("Meinir Vaughan", "DYFFRYN", ((52, "apply"), (49, "take_up"), (45, "show")), held=56, lacks=("DY-INDUCT",)),
    Story("Lowri Thomas", "DYFFRYN", ((2, "apply"),)),
    Story("Eirlys Hughes", "DYFFRYN", _listed(90), held=105, language="cy"),
    Story("Glyn Parry", "DYFFRYN", _listed(170), held=195),
    Story("Nerys Lewis", "DYFFRYN", _listed(80, (10, "pause")), held=95, language="cy"),
)


def show(stage: Stage) -> None:
    """Live every story that the rules of its days allow."""
    for story in STORIES:
        _Life(stage, story).live()


class _Life:
    """One story while it is lived. No moment is before the rules began, and none before the one told last."""

    def __init__(self, stage: Stage, story: Story) -> None:
        self.stage, self.story, self.db = stage, story, stage.db
        self.authority_id = stage.places[story.authority]
        self.officer, self.manager = stage.persons[OFFICERS[story.authority]], stage.persons[MANAGERS[story.authority]]
        self.last = stage.ago(800)
        if story.held is not None:
            where = story.authority
            add(stage, story.name, Role.PA, where, where, language=story.language, days_ago=story.held + 5)
        self.person_id = stage.persons[story.name]

    def live(self) -> None:
        with suppress(Refused, NotFound):
            if self.story.held is not None:
                self._gather(self.story.held)
            for days, what in self.story.moves:
                word, _space, code = what.partition(" ")
                self._acts()[word](code, self._moment(days))
        services.reassess(self.db, person_id=self.person_id, authority_id=self.authority_id, now=self.stage.now)

    def _moment(self, days: float) -> datetime:
        self.last = max(self.stage.ago(days), self.last + timedelta(minutes=7))
        return min(self.last, self.stage.now)

    def _acts(self) -> Mapping[str, Callable[[str, datetime], object]]:
        def move(to: State, act: Act, by: UUID, reason: Reason | None, _code: str, now: datetime) -> None:
            listings.move(self.db, once=uuid4(), to=to, act=act, by=by, reason=reason, now=now, **self._who())

        mine, team = self.person_id, self.officer
        return {
            "start": lambda _code, now: listings.start(self.db, now=now, **self._who()),
            "apply": lambda _code, now: listings.apply(self.db, once=uuid4(), now=now, **self._who()),
            "take_up": partial(move, State.CHECKING, Act.TAKE_UP, team, None),
            "show": partial(move, State.PROVISIONAL, Act.SHOW, team, None),
            "list": partial(move, State.LISTED, Act.LIST, team, None),
            "refuse": partial(move, State.REFUSED, Act.REFUSE, team, Reason.REQUIREMENTS_NOT_MET),
            "suspend": partial(move, State.SUSPENDED, Act.SUSPEND, team, Reason.CONCERN),
            "pause": partial(move, State.PAUSED, Act.PAUSE, mine, None),
            "leave": partial(move, State.REMOVED, Act.LEAVE, mine, None),
            "review": lambda _code, now: reviewing.ask(self.db, once=uuid4(), now=now, **self._who()),
            "remove": lambda _code, now: self._remove(Reason.NO_ANSWER, now),
            "withhold": lambda _code, now: self._remove(Reason.CONCERN_FROM_OTHER_BODY, now, withheld=True),
            "waive": self._waive,
            "look": lambda _code, now: services.reassess(self.db, now=now, **self._who()),
        }

    def _who(self) -> dict[str, Any]:
        return {"person_id": self.person_id, "authority_id": self.authority_id}

    def _remove(self, reason: Reason, now: datetime, *, withheld: bool = False) -> None:
        removing.remove(
            self.db, once=uuid4(), reason=reason, withheld=withheld, by=self.manager, now=now, **self._who()
        )

    def _waive(self, code: str, now: datetime) -> None:
        waivers.give(
            self.db,
            once=uuid4(),
            code=code,
            reason=WaiverReason.TRANSFERRED,
            seen=SeenInstead.OTHER_REGISTER,
            ends_on=london_day(now + timedelta(days=75)),
            by=self.manager,
            now=now,
            **self._who(),
        )

    def _gather(self, days: int) -> None:
        """Everything that is asked, seen so many days ago or earlier."""
        now = self._moment(days)
        edition = queries.edition_for(self.db, self.authority_id, london_day(now))
        answers = dict.fromkeys(circumstances_asked(edition.rules) if edition else (), False)
        services.say_circumstances(self.db, answers=answers, by=self.person_id, now=now, **self._who())
        for rule in edition.rules.requirements if edition else ():
            if edition and rule.mandatory and rule.when is None and rule.code not in self.story.lacks:
                self._meet(edition.lines[rule.code], getattr(rule, "alternatives", ((),)), now)

    def _meet(self, line: Line, alternatives: tuple[tuple[Item, ...], ...], now: datetime) -> None:
        if line.kind is Kind.CODE_OF_CONDUCT:
            version = str(getattr(line, "version", ""))
            services.accept_code(self.db, once=uuid4(), version=version, now=now, **self._who())
            return
        if line.kind in _SAID:
            services.say_so(self.db, once=uuid4(), code=line.code, now=now, **self._who())
            return
        on = london_day(self.stage.ago(self.story.older.get(line.code, 0))) if line.code in self.story.older else None
        ends = self.story.until.get(line.code)
        for data in _data(line, alternatives[0], now):
            services.record_seen(
                self.db,
                once=uuid4(),
                code=line.code,
                on=on or london_day(now),
                ends_on=london_day(self.stage.ago(-ends)) if ends is not None else None,
                data=data,
                by=self.officer,
                now=now,
                **self._who(),
            )


def _data(line: Line, items: tuple[Item, ...], now: datetime) -> Iterator[dict[str, Any]]:
    """What is kept of it, kind by kind; several records where several things are asked."""
    issued: date = london_day(now - timedelta(days=20))
    if line.kind is Kind.DBS:
        yield {
            "level": getattr(line, "level", ""),
            "workforce": getattr(line, "workforce", ""),
            "issue_date": issued.isoformat(),
            "result": "no_content",
        }
    elif line.kind is Kind.REFERENCE:
        for number in range(getattr(line, "count", 1)):
            yield {"source": "other" if number else "most_recent_employer_or_tutor", "relative": False}
    elif line.kind in {Kind.TRAINING, Kind.ASSESSMENT}:
        for item in items:
            yield {"item_kind": item.kind.value, "item_code": item.code, "completed_on": issued.isoformat()}
    else:
        yield {"met": True}
