"""What people do with claims, step by step, each committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.core.house import House
from lms.funding.claims import queries, services
from lms.funding.claims.queries import ClaimView, LineView
from lms.funding.claims.services import LineDecision
from lms.funding.trainings import training_of
from lms.funding.vocabulary import ClaimantKind, Part
from lms.learning import services as learning
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.world import World

PAID_ON = date(2026, 11, 20)


@dataclass
class Steps:
    """Each step is a unit of work of its own; time goes on by a minute with each."""

    house: House
    world: World
    clock: Any

    @contextmanager
    def writing(self) -> Iterator[tuple[Db, datetime]]:
        """A unit of work that is committed, at the time it is then."""
        self.clock.now += timedelta(minutes=1)
        with self.house.database.writing() as db:
            yield db, self.clock()

    def learner(self, name: str) -> UUID:
        """Another PA of the authority."""
        with self.writing() as (db, now):
            email = f"{uuid4().hex}@example.com"
            id = people_services.add_person(db, name=name, email=email, by=None, now=now)
            since = (now - timedelta(days=30)).date()
            where = self.world.authority
            people_services.give_role(
                db, person_id=id, organisation_id=where, role=Role.PA, by=None, now=now, since=since
            )
            return id

    def draft(
        self,
        scheme: str = "PLAIN-2026-27",
        training: str = "PAI-3",
        *,
        learner: UUID | None = None,
        employer: UUID | None = None,
        part: Part = Part.FULL,
        into: UUID | None = None,
        finished: bool = True,
        turn: int = 1,
    ) -> UUID:
        """A draft, or a line in one, of the user-led organisation or of an individual employer; returns its id."""
        who = learner or self.world.pa
        with self.writing() as (db, now):
            on = now.date()
            enrolments = learning_of(db, who, self.world.authority)
            enrolment = (
                enrolments[0]
                if enrolments
                else learning.enrol(
                    db, learner_id=who, authority_id=self.world.authority, course="PAI", by=who, now=now
                )
            )
            done = {"completed_on": on, "certificate_id": uuid4()} if finished else dict.fromkeys(_DONE)
            about = training_of(db, enrolment, training, on=on, **done)
            found = next(f for f in queries.verdicts_for(db, about, on=on) if f.scheme.code == scheme)
            asked = replace(found.asked, part=part)
            if employer:
                asked = replace(asked, claimant=ClaimantKind.INDIVIDUAL_EMPLOYER)
                found = replace(found, claimant=people.organisation(db, employer))
            found = replace(found, asked=asked)
            by = self.world.coordinator
            if into:
                return services.add_line(
                    db, claim_id=into, within=[self.world.authority], training=about, found=found, by=by, now=now
                )
            opened = services.open_draft(db, training=about, found=found, by=by, now=now, turn=turn)
            assert opened is not None
            return opened

    def claim(self, claim_id: UUID) -> ClaimView:
        """The claim as it stands."""
        with self.house.database.reading() as db:
            return queries.claim(db, claim_id, within=[self.world.authority])

    def line(self, claim_id: UUID) -> LineView:
        """Its only line."""
        (line,) = self.claim(claim_id).lines
        return line

    def cost(self, claim_id: UUID, pence: int, line_id: UUID | None = None) -> None:
        """What the training cost."""
        self.do(
            services.record_cost, by=self.world.coordinator, cost_id=uuid4(),
            line_id=line_id or self.line(claim_id).id, cost_pence=pence, paid_on=PAID_ON,
        )  # fmt: skip

    def submit(self, claim_id: UUID, *, by: UUID | None = None, accept: bool = True, **more: Any) -> Any:
        """Sent in by the funding officer, who may accept the terms."""
        who = by or self.world.funding_officer
        return self.do(services.submit, claim_id=claim_id, by=who, accept=accept, **more)

    def approve(self, claim_id: UUID, *, by: UUID | None = None, **pence: int) -> None:
        """Approved in full, or so many pence for every line."""
        lines = self.claim(claim_id).lines
        decided = {
            line.id: LineDecision(pence.get("pence", line.payable_pence), note="Less" if pence else "")
            for line in lines
        }
        self.do(services.approve, claim_id=claim_id, decisions=decided, by=by or self.world.coordinator)

    def sent(self, scheme: str = "PLAIN-2026-27", training: str = "PAI-3", pence: int = 10000, **more: Any) -> UUID:
        """A claim that was sent in."""
        claim_id = self.draft(scheme, training, **more)
        self.cost(claim_id, pence)
        self.submit(claim_id)
        return claim_id

    def do(self, service: Any, **values: Any) -> Any:
        """One call of a service behind the authority's wall."""
        with self.writing() as (db, now):
            return service(db, within=[self.world.authority], now=now, **values)

    def paid(self, paid: dict[UUID, int], **more: Any) -> None:
        """Money came in."""
        with self.writing() as (db, now):
            services.mark_paid(db, paid, by=self.world.funding_officer, now=now, **more)


_DONE = ("completed_on", "certificate_id")


def learning_of(db: Db, learner: UUID, authority: UUID) -> list[UUID]:
    """The learner's enrolments in the authority."""
    from lms.learning import queries as learning_queries

    return [e.id for e in learning_queries.enrolments_of(db, learner) if e.authority_id == authority]
