"""Where the checks of Rivermere's PAs stand in the demonstration: asked for, talked about, decided, looked at again.

Each is lived through the services, at moments before now. Nothing says what any certificate contains: nobody knows.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.demo.people import Stage
from lms.register import services as register
from lms.register.checks import services, steps
from lms.register.disclosures import Decision, Factor, FollowUp, StatusResult
from lms.register.kinds import Circumstance

WHERE = "RIVERMERE"
NUMBER = "999999999999"
"""An invented number: no certificate has it."""


def show(stage: Stage) -> None:
    """Live every story."""
    for name, live in STORIES.items():
        live(_Checks(stage, name))


class _Checks:
    """One PA's checks while they are lived."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage, self.db = stage, stage.db
        self.authority_id, self.person_id = stage.places[WHERE], stage.persons[name]
        self.officer, self.manager = stage.persons["Idris Khan"], stage.persons["Maureen Doyle"]

    def seen(self, days: float, result: str = "no_content", *, on_days: int | None = None, number: str = "") -> UUID:
        """A certificate recorded so many days ago; `on_days`: seen longer ago than that."""
        once, now = uuid4(), self.stage.ago(days)
        on = london_day(self.stage.ago(days if on_days is None else on_days))
        services.record_certificate(
            self.db,
            once=once,
            person_id=self.person_id,
            authority_id=self.authority_id,
            code="RM-DBS",
            on=on,
            data={
                "level": "enhanced_adults_list",
                "workforce": "adult",
                "issue_date": (on - timedelta(days=6)).isoformat(),
                "result": result,
            },
            number=number,
            by=self.officer,
            now=now,
        )
        return once

    def step(self, days: float, record_id: UUID, step: FollowUp, **more: Any) -> None:
        """The next step, so many days ago."""
        now = self.stage.ago(days)
        given = {"by": self.officer, "now": now, "on": london_day(now), **more}
        steps.take_step(self.db, once=uuid4(), record_id=record_id, authority_id=self.authority_id, step=step, **given)

    def talked(self, days: float) -> UUID:
        """A certificate with content that was talked about and weighed."""
        seen = self.seen(days, "has_content")
        self.step(days - 1, seen, FollowUp.INVITED, place="Thursday at 14:00, Town Hall, room 3, or by video")
        self.step(days - 3, seen, FollowUp.DISCUSSED)
        weighed = (Factor.RELEVANCE, Factor.SERIOUSNESS, Factor.TIME_PASSED, Factor.CIRCUMSTANCES, Factor.OPENNESS)
        self.step(days - 3, seen, FollowUp.CONSIDERED, factors=weighed)
        return seen

    def decided(self, days: float, decision: Decision) -> UUID:
        """The same, decided by the officer, with the manager as second person where one is needed."""
        seen = self.talked(days)
        self.step(days - 4, seen, FollowUp.DECIDED, decision=decision)
        if decision.needs_second_person:
            self.step(days - 5, seen, FollowUp.AGREED, by=self.manager)
        return seen

    def consents(self, days: float) -> None:
        """The PA agrees to status checks."""
        services.say_consent(self.db, given=True, **self._mine(days))

    def _mine(self, days: float) -> dict[str, Any]:
        return {
            "once": uuid4(),
            "person_id": self.person_id,
            "authority_id": self.authority_id,
            "now": self.stage.ago(days),
        }

    def about(self, record_id: UUID, days: float, by: UUID) -> dict[str, Any]:
        """What a service is told about a certificate, so many days ago."""
        return {
            "once": uuid4(),
            "record_id": record_id,
            "authority_id": self.authority_id,
            "by": by,
            "now": self.stage.ago(days),
        }


def _to_invite(checks: _Checks) -> None:
    checks.seen(1, "has_content")


def _invited(checks: _Checks) -> None:
    seen = checks.seen(4, "has_content")
    checks.step(2, seen, FollowUp.INVITED, place="Thursday at 14:00, Town Hall, room 3, or by video")


def _to_decide(checks: _Checks) -> None:
    checks.talked(11)


def _second_person(checks: _Checks) -> None:
    seen = checks.talked(9)
    checks.step(2, seen, FollowUp.DECIDED, decision=Decision.WITH_CONDITIONS)


def _review(checks: _Checks) -> None:
    seen = checks.decided(15, Decision.DO_NOT_PROCEED)
    services.ask_review(checks.db, **checks.about(seen, 2, checks.person_id))


def _told(checks: _Checks) -> None:
    seen = checks.decided(20, Decision.WITH_CONDITIONS)
    employer = checks.stage.places["Stephen Lacey"]
    services.let_employer_know(checks.db, employer_id=employer, **checks.about(seen, 10, checks.person_id))


def _asked_for(checks: _Checks) -> None:
    checks.seen(1, "not_seen")


def _with_number(checks: _Checks) -> None:
    checks.consents(25)
    checks.seen(24, number=NUMBER)


def _status_due(checks: _Checks) -> None:
    checks.consents(30)
    checks.seen(50, on_days=350)


def _status_checked(checks: _Checks) -> None:
    checks.consents(30)
    seen = checks.seen(40, on_days=400)
    about = checks.about(seen, 20, checks.officer)
    on = london_day(about["now"])
    services.record_status(checks.db, result=StatusResult.NO_CHANGE_NO_CONTENT, on=on, **about)


def _with_a_child(checks: _Checks) -> None:
    now: datetime = checks.stage.ago(14)
    register.say_circumstances(
        checks.db,
        person_id=checks.person_id,
        authority_id=checks.authority_id,
        answers={Circumstance.CHILD: True},
        by=checks.person_id,
        now=now,
    )


STORIES: Mapping[str, Callable[[_Checks], None]] = {
    "Irena Horvat": _to_invite,
    "Marta Silva": _invited,
    "Dean Foster": _to_decide,
    "Beth Warren": _second_person,
    "Ravi Patel": _review,
    "Kelly Marsh": _told,
    "Jo Fletcher": _asked_for,
    "Femi Ogun": _with_number,
    "Tamsin Clarke": _status_due,
    "Rosa Delgado": _status_checked,
    "Aled Price": _with_a_child,
}
