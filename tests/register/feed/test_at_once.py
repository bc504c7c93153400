"""Many at once: numbers follow the order of commits, and whoever reads meanwhile misses nothing."""

from threading import Barrier, Thread
from uuid import UUID

from lms.core.house import House
from lms.register.feed import queries, services
from lms.register.kinds import ListingState
from lms.register.touching import touch
from tests.register.feed.conftest import Stage
from tests.register.feed.test_feed import in_list, replayed

WRITERS = 6
TURNS = 6


def test_a_reader_beside_many_writers_misses_nothing(house: House, stage: Stage) -> None:
    with house.database.writing() as db:
        people = [stage.pa(db, f"Pa {number}") for number in range(WRITERS)]
        for person in people:
            stage.agrees(db, person)
    start, wrong = Barrier(WRITERS + 1), list[BaseException]()

    def write(person: UUID, neighbour: UUID) -> None:
        start.wait()
        try:
            for turn in range(TURNS):
                state = (ListingState.LISTED, ListingState.PROVISIONAL, ListingState.PAUSED)[turn % 3]
                with house.database.writing() as db:
                    stage.stands(db, person, state)
                with house.database.writing() as db:  # whoever is told of, in another order than the neighbour does it
                    stage.meets(db, person, {"RM-ID": stage.now.date()})
                    touch(db, stage.authority, [neighbour, person], stage.now)
        except BaseException as error:  # noqa: BLE001  the thread must not swallow it
            wrong.append(error)

    threads = [Thread(target=write, args=(p, people[n - 1])) for n, p in enumerate(people)]
    for thread in threads:
        thread.start()
    start.wait()
    seen: list[int] = []
    while any(thread.is_alive() for thread in threads):
        with house.database.reading() as db:
            seen += [one.seq for one in queries.changes(db, stage.authority, seen[-1] if seen else 0, 5)]
    for thread in threads:
        thread.join()
    with house.database.reading() as db:
        while more := queries.changes(db, stage.authority, seen[-1] if seen else 0):
            seen += [one.seq for one in more]
        assert wrong == []
        assert seen == list(range(1, queries.head(db, stage.authority).last + 1))
        assert replayed(db, stage.authority) == in_list(db, stage.authority)


def test_one_takes_back_while_another_lists_them(house: House, stage: Stage) -> None:
    """Whoever comes last sees what the other wrote: nobody is told of who took it back."""
    for number in range(8):
        with house.database.writing() as db:
            person = stage.pa(db, f"Pa {number}")
            stage.agrees(db, person)
        start = Barrier(2)

        def lists(who: UUID, begin: Barrier) -> None:
            begin.wait()
            with house.database.writing() as db:
                stage.stands(db, who, ListingState.LISTED)

        def takes_back(who: UUID, begin: Barrier) -> None:
            begin.wait()
            with house.database.writing() as db:
                stage.takes_back(db, who)

        threads = [Thread(target=each, args=(person, start)) for each in (lists, takes_back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with house.database.reading() as db:
        assert in_list(db, stage.authority) == replayed(db, stage.authority) == {}


def test_what_is_rolled_back_beside_others_leaves_no_gap(house: House, stage: Stage) -> None:
    """Eight at once, each second turn given up after its entries were written: no number is missing or seen twice."""
    with house.database.writing() as db:
        people = [stage.pa(db, f"Pa {number}") for number in range(8)]
        for person in people:
            stage.agrees(db, person)
    start, wrong = Barrier(len(people) + 1), list[BaseException]()

    def write(person: UUID) -> None:
        start.wait()
        try:
            for turn in range(6):
                state = (ListingState.LISTED, ListingState.PROVISIONAL, ListingState.PAUSED)[turn % 3]
                with house.database.unit(writing=True) as db:
                    stage.stands(db, person, state)
                    if turn % 2:
                        services.settle(db)  # as when a later step of the commit fails
                        db.rollback()
                    else:
                        db.commit()
        except BaseException as error:  # noqa: BLE001  the thread must not swallow it
            wrong.append(error)

    threads = [Thread(target=write, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    start.wait()
    seen: list[int] = []
    while any(thread.is_alive() for thread in threads):
        with house.database.reading() as db:
            head = queries.head(db, stage.authority).last
            new = [one.seq for one in queries.changes(db, stage.authority, seen[-1] if seen else 0)]
            assert not new or head <= new[-1]
            seen += new
    for thread in threads:
        thread.join()
    with house.database.reading() as db:
        seen += [one.seq for one in queries.changes(db, stage.authority, seen[-1] if seen else 0)]
        assert wrong == []
        assert seen == list(range(1, queries.head(db, stage.authority).last + 1))
        assert len(seen) >= len(people)
        assert replayed(db, stage.authority) == in_list(db, stage.authority)
