"""The chain over the country's facts: all are sealed but the latest, which wait for the sealing that is measured."""

from collections import deque
from collections.abc import Iterator

from lms.core import seal
from tests.benchmarks.story import Row, Story

UNSEALED = 2 * seal.BATCH
SEALED_AT = "2026-11-21 11:59:00.000000"


class Chain:
    """Seals event rows in the order in which they are written."""

    def __init__(self, story: Story) -> None:
        columns = list(story.columns["lms_event"])
        self._id, self._digest = columns.index("id"), columns.index("digest")
        self._columns = list(story.columns["lms_seal"])
        self._waiting: deque[Row] = deque()
        self._position, self._chain = 0, seal.START

    def extended(self, copied: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """The rows of a copy, and seals for facts that are no longer among the latest."""
        for table, row in copied:
            yield table, row
            if table == "lms_event":
                self._waiting.append(row)
                if len(self._waiting) > UNSEALED:
                    yield "lms_seal", self._seal(self._waiting.popleft())

    def _seal(self, row: Row) -> Row:
        self._position += 1
        self._chain = seal._link(self._chain, row[self._id], row[self._digest])
        values = {
            "position": self._position,
            "event_id": row[self._id],
            "chain": self._chain,
            "sealed_at": SEALED_AT,
        }
        return tuple(values[name] for name in self._columns)
