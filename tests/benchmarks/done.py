"""What came out for a job."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """What came out for a job: a figure with its unit, and the goal it is held to, if there is one."""

    name: str
    value: float
    unit: str
    note: str = ""
    goal: float | None = None
    more_is_better: bool = False

    @property
    def verdict(self) -> str:
        """Whether the goal is met: "ok" or "over"; empty without a goal."""
        if self.goal is None:
            return ""
        return "ok" if (self.value >= self.goal if self.more_is_better else self.value <= self.goal) else "over"
