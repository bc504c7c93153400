"""A text shows what it was written for, whatever a newer edition of its module asks to be written about."""

from pathlib import Path
from uuid import uuid4

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.learning.editions import services as moving
from lms.learning.models import Enrolment
from lms.learning.shown.queries import shown_in
from lms.learning.states import Judged
from lms.learning.writing import desk
from lms.learning.writing import queries as writing
from tests.learning.packs import LESSON, Pack
from tests.learning.shown.conftest import Learner
from tests.learning.shown.knowing import FIRST, FIRST_BANK, bank, write_knowing
from tests.world import World

WIDER = FIRST.replace('edition: "1"', 'edition: "2"\nchanges: {en: The text is about more.}').replace(
    "shows: [KNOW-1-K3]", "shows: [KNOW-1-K3, KNOW-1-K5]"
)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The small courses, with a second edition of the first module, whose text shows one outcome more."""
    folder: Path = tmp_path_factory.mktemp("editions")
    pack = write_knowing(Pack(folder / "modules"))
    pack.write("KNOW-1-later/module.yaml", WIDER)
    pack.write("KNOW-1-later/questions.yaml", bank("KNOW-1", FIRST_BANK))
    pack.write("KNOW-1-later/lessons/01-own.en.md", LESSON.replace("CODE", "KNOW-1-L1"))
    return shelves.load(LOADERS, [folder], across=ACROSS)


def read_as_met(learner: Learner, world: World) -> None:
    (piece,) = writing.pieces_of(learner.db, learner.person)
    desk.record_reading(
        learner.db,
        id=uuid4(),
        work_id=piece.id,
        version=piece.version,
        judged=Judged.MET,
        comment="",
        by=world.coordinator,
        behalf=world.authority,
        now=learner.who()["now"],
    )


def begin_in_the_first_edition(learner: Learner) -> None:
    row = learner.db.get_one(Enrolment, learner.on["KNOW"])
    row.editions = {**(row.editions or {}), "KNOW-1": "1"}
    learner.write()


def move(learner: Learner) -> None:
    moving.move(learner.db, enrolment_id=learner.on["KNOW"], module="KNOW-1", edition="2", **learner.who())


def test_a_text_written_before_the_move_shows_what_it_was_about(learner: Learner, world: World) -> None:
    begin_in_the_first_edition(learner)
    move(learner)
    read_as_met(learner, world)
    assert set(shown_in(learner.db, learner.on["KNOW"])) == {"KNOW-1-K3"}


def test_a_text_written_anew_after_the_move_shows_what_the_newer_one_is_about(learner: Learner, world: World) -> None:
    begin_in_the_first_edition(learner)
    move(learner)
    learner.write("My work, and the rest of it")
    read_as_met(learner, world)
    assert set(shown_in(learner.db, learner.on["KNOW"])) == {"KNOW-1-K3", "KNOW-1-K5"}
