"""One run: every page beside the bare page and beside itself in a small country, then every job."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from lms.people.models import Person
from tests.benchmarks import jobs, measure, pages, served, sites, visitors
from tests.benchmarks.bare import bare_page
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.measure import Timing
from tests.benchmarks.pages import NotThere, Opener, Page

MOST_SCALE = 1.2
SMALL = 500
"""Learners of the country that the large one is compared with."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Cost:
    """What a page costs. `bare` and `small` are the bare page and the same page in the small country, in turns.

    They are compared by the time the processor worked for them, which other programs on the machine do not change;
    `by_clock` when the database works in a process of its own, where only the clock sees it.
    """

    name: str
    by_clock: bool
    timing: Timing
    bare: Timing
    small: Timing | None
    queries: int
    small_queries: int
    goal: float
    raw: int
    zipped: int

    @property
    def bare_pages(self) -> float:
        """How many bare pages it costs."""
        return self._in(self.bare)

    @property
    def scale(self) -> float | None:
        """How many times what it costs in the small country."""
        return self._in(self.small) if self.small else None

    def _in(self, other: Timing) -> float:
        if self.by_clock:
            return self.timing.percentile(50) / other.percentile(50)
        return self.timing.cpu / other.cpu


@dataclass(frozen=True)
class Missing:
    """A page that could not be measured, and why."""

    name: str
    why: str


class Bench:
    """A country with its site and visitors, with a small one beside it or not."""

    def __init__(self, country: Country, small: Country | None) -> None:
        self.country = country
        self._sites = [_Site(each) for each in (country, small) if each is not None]

    def pages(self, names: str, *, seconds: float, say: Say) -> Iterator[Cost | Missing]:
        """Measure the pages whose name contains `names`, each for so many seconds."""
        bare = _bare(self.country)
        for page in pages.PAGES:
            if names.lower() in page.name.lower():
                say(page.name)
                try:
                    yield self._cost(page, bare, seconds)
                except NotThere as missing:
                    yield Missing(page.name, str(missing))

    def jobs(self, names: str, *, say: Say) -> Iterator[Done]:
        """Do the jobs whose name contains `names`."""
        here = self._sites[0]
        for name, job in jobs.JOBS.items():
            if names.lower() in name:
                say(name)
                yield from job(here.country, here.app)

    def served(self, *, say: Say) -> Iterator[Done]:
        """Measure a worker as it is served."""
        say("serving")
        yield from served.memory(self.country)

    def openers(self, names: str) -> Iterator[tuple[Page, Opener]]:
        """Every page that can be opened, for a look inside."""
        for page in pages.PAGES:
            if names.lower() in page.name.lower():
                try:
                    yield page, self._sites[0].opener(page)
                except NotThere:
                    continue

    def _cost(self, page: Page, bare: measure.Call, seconds: float) -> Cost:
        openers = [site.opener(page) for site in self._sites]
        counts, bodies = zip(*(s.tried(opener) for s, opener in zip(self._sites, openers, strict=True)), strict=True)
        bare_timing, timing, *small = measure.in_turns([bare, *openers], seconds=seconds)
        body = bodies[0]
        return Cost(
            name=page.name,
            by_clock=self.country.house.database.engine.dialect.name != "sqlite",
            timing=timing,
            bare=bare_timing,
            small=small[0] if small else None,
            queries=counts[0],
            small_queries=counts[-1],
            goal=page.goal,
            raw=len(body),
            zipped=len(gzip.compress(body, 6)),
        )


class _Site:
    def __init__(self, country: Country) -> None:
        self.country, self.app = country, sites.site_of(country.house)
        self._visitors = visitors.gather(country, self.app)

    def opener(self, page: Page) -> Opener:
        return pages.opener(page, self.app, self._visitors)

    def tried(self, opener: Opener) -> tuple[int, bytes]:
        """How many statements a page sends and what it answers; the most of several, as people differ."""

        def once() -> tuple[int, bytes]:
            with measure.counted(self.country.house.database.engine) as sent:
                body = opener().get_data()
            return len(sent), body

        counts, bodies = zip(*(once() for _ in range(visitors.MOST)), strict=True)
        return max(counts), max(bodies, key=len)


def _bare(country: Country) -> measure.Call:
    with country.house.database.reading() as db:
        person = db.scalars(select(Person.id).limit(1)).one()
    client = bare_page(country.house.settings.database_url, person).test_client()
    return lambda: client.get("/").get_data()
