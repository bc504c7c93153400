"""Every scheme's whole answer to every training of one PA: worked out when asked, with all its reasons."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lms.core.db import Db
from lms.funding.claims.verdicts import verdicts_for_each
from lms.funding.reasons import Verdict
from lms.funding.trainings import choices_for, trainings_of
from lms.people import queries as people


@dataclass(frozen=True)
class Explained:
    """What one scheme says to one training; `authority`, `training` and `scheme` are codes."""

    authority: str
    training: str
    scheme: str
    edition: str
    item: str
    verdict: Verdict

    def as_data(self) -> dict[str, Any]:
        """The same as JSON can carry it."""
        keys = ("authority", "training", "scheme", "edition", "item")
        return {**{key: getattr(self, key) for key in keys}, "verdict": self.verdict.as_data()}


def explain_all(db: Db, person_id: UUID, *, on: date) -> list[Explained]:
    """What every scheme of each authority that knows a PA says to each of their trainings, as asked on a day."""
    found = []
    for authority in people.authorities_of(db, person_id, on):
        trainings = trainings_of(db, choices_for(db, person_id, [authority.id], on=on), on=on)
        for training, said in zip(trainings, verdicts_for_each(db, trainings, on=on), strict=True):
            found += [
                Explained(
                    authority.code or str(authority.id),
                    training.code,
                    one.scheme.code,
                    one.scheme.edition,
                    one.asked.item,
                    one.verdict,
                )
                for one in said
            ]
    return found
