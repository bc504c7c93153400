"""What the register teams of the demonstration do at their desks: doubles, a new code of conduct, a reminder."""

from datetime import timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.content import Words
from lms.demo.people import Stage, add
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.conduct import known
from lms.register.conduct import services as conduct
from lms.register.lists import Chosen
from lms.register.merging import services as merging
from lms.register.merging.reasons import LinkReason
from lms.register.reaching.queries import Contact
from lms.register.reaching.services import set_contact
from lms.register.reasons import Step
from lms.register.reminding import services as reminding

_NEWS = Words(en="You say in advance when you cannot come.")
_MORE = Words(en="I say as early as I can when I cannot come.")


def show(stage: Stage) -> None:
    """Fill the desks."""
    _reached(stage)
    _twice(stage)
    _coming(stage)
    _draft(stage)
    _remind(stage)


def _reached(stage: Stage) -> None:
    """Two register teams have written how PAs reach them; Dyffryn's has not yet."""
    for code, town, phone in (
        ("RIVERMERE", "Rivermere", "01632 960 100"),
        ("HARBOURGATE", "Harbourgate", "01632 960 200"),
    ):
        where = stage.places[code]
        manager = people.people_in(stage.db, where, Role.REGISTER_MANAGER, london_day(stage.now))[0]
        email, hours = f"register@{town.lower()}.example", "Monday to Friday, 9am to 4pm"
        contact = Contact(f"{town} PA register team", email, phone, hours)
        set_contact(stage.db, once=uuid4(), authority_id=where, contact=contact, by=manager.id, now=stage.ago(40))


def _twice(stage: Stage) -> None:
    """Somebody joined twice and is read as one; somebody else may have, and nobody has looked yet."""
    by = stage.persons["Idris Khan"]
    where = stage.places["RIVERMERE"]
    known_pas = people.people_in(stage.db, where, Role.PA, london_day(stage.now), limit=2)
    for place, pa in enumerate(known_pas):
        twin = add(
            stage, pa.name, Role.PA, "RIVERMERE", "RIVERMERE", username=f"second.record.{place + 1}", days_ago=30
        )
        if place == 0:
            merging.link(
                stage.db,
                once=uuid4(),
                authority_id=where,
                kept_id=pa.id,
                other_id=twin,
                reason=LinkReason.SAID_BY_THE_PA,
                by=by,
                now=stage.ago(2),
            )


def _coming(stage: Stage) -> None:
    """Harbourgate has a new code of conduct that holds in six weeks."""
    where, by = stage.places["HARBOURGATE"], stage.persons["Judith Stone"]
    draft, revision = _write(stage, "HARBOURGATE", "4", by)
    conduct.publish(
        stage.db,
        draft_id=draft,
        authority_id=where,
        revision=revision,
        from_day=london_day(stage.now) + timedelta(days=42),
        welsh=False,
        by=by,
        now=stage.ago(1),
    )


def _draft(stage: Stage) -> None:
    """Rivermere's manager has begun to write one."""
    _write(stage, "RIVERMERE", "2027-1", stage.persons["Maureen Doyle"])


def _write(stage: Stage, authority: str, version: str, by: UUID) -> tuple[UUID, int]:
    """A draft with one commitment more than there were: its id and revision."""
    where, once = stage.places[authority], uuid4()
    conduct.begin(stage.db, once=once, authority_id=where, version=version, by=by, now=stage.ago(3))
    (found,) = (each for each in known.written(stage.db, where) if each.id == once)
    revision = conduct.save(
        stage.db,
        draft_id=once,
        authority_id=where,
        revision=found.revision,
        version=version,
        commitments=(*found.commitments, _MORE),
        news=_NEWS,
        reaccept_days=found.reaccept_days,
        by=by,
        now=stage.ago(2),
    )
    return once, revision


def _remind(stage: Stage) -> None:
    """Whoever has training to go on with at Rivermere was reminded of it."""
    reminding.send(
        stage.db,
        once=uuid4(),
        authority_id=stage.places["RIVERMERE"],
        chosen=Chosen(step=Step.FINISH_LEARNING.value),
        by=stage.persons["Idris Khan"],
        now=stage.ago(1),
    )
