"""Where pages about one learner's knowledge are: the learner's own, or those of somebody who may look at them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from lms.assessment.knowledge.queries import Showing
from lms.learning.shown.rules import HowShown


@dataclass(frozen=True)
class Places:
    """Addresses of the pages about one learner. `learner_id` is None on the learner's own pages.

    `reads`: whether whoever looks may open the texts of this learner.
    """

    learner_id: UUID | None = None
    reads: bool = False

    @property
    def own(self) -> bool:
        """Whether the learner is looking."""
        return self.learner_id is None

    def start(self, edition: str | None = None) -> str:
        """The overview."""
        return self._to("overview", edition=edition)

    def lines(self, framework: str) -> str:
        """Every line."""
        return self._to("lines", framework=framework)

    def unit(self, framework: str, unit: str) -> str:
        """The progress log of a standard."""
        return self._to("unit_log", framework=framework, unit_code=unit)

    def pdf(self, framework: str, unit: str | None = None) -> str:
        """The progress log as a PDF, of one standard or of all."""
        if unit is None:
            return self._to("whole_log_pdf", framework=framework)
        return self._to("unit_log_pdf", framework=framework, unit_code=unit)

    def _to(self, view: str, **args: Any) -> str:
        if self.learner_id is None:
            return url_for(f"lms.knowledge.{view}", **args)
        return url_for(f"lms.knowledge.learners_{view}", person_id=self.learner_id, **args)

    def evidence(self, showing: Showing) -> str | None:
        """Where what was shown can be opened by whoever looks; None where it cannot."""
        if showing.source_id is None:
            return None
        if showing.how is HowShown.CONVERSATION:
            return url_for("lms.knowledge.conversation_page", conversation_id=showing.source_id)
        return self._own_evidence(showing) if self.own else self._staffs_evidence(showing)

    @staticmethod
    def _own_evidence(showing: Showing) -> str | None:
        ways: dict[HowShown, Callable[[], str]] = {
            HowShown.CHECK: lambda: url_for("lms.learning.result_page", attempt_id=showing.source_id),
            HowShown.ACTIVITY: lambda: url_for("lms.writing.text_page", work_id=showing.source_id),
            HowShown.PRIOR: lambda: url_for("lms.prior.mine"),
        }
        return ways[showing.how]()

    def _staffs_evidence(self, showing: Showing) -> str | None:
        if showing.how is HowShown.ACTIVITY and self.reads:
            return url_for("lms.reading.text", work_id=showing.source_id)
        return None
