"""Log lines: one JSON object each on stderr in production, plain lines for people elsewhere.

Names, addresses and numbers never go into a log; what happened is named by its event and by ids.
"""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

QUIET = ("huey", "huey.consumer", "alembic", "fontTools", "xhtml2pdf", "reportlab")
"""Libraries whose ordinary chatter is not news."""


MOST_CAUSES = 5


def trail(trouble: BaseException) -> list[str]:
    """The kind of a mistake and its way through the code, then the same of what caused it, without any message.

    A message may repeat what somebody wrote: PostgreSQL tells in its complaint whose address is there already.
    """
    said: list[str] = []
    cause: BaseException | None = trouble
    for _ in range(MOST_CAUSES):
        if cause is None:
            break
        places = traceback.extract_tb(cause.__traceback__)
        said.append(type(cause).__name__)
        said += [f"{'/'.join(Path(place.filename).parts[-3:])}:{place.lineno} {place.name}" for place in places]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return said


def _trouble_without_words(_logger: Any, _method: str, line: EventDict) -> EventDict:
    given = line.pop("exc_info", None)
    trouble = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(trouble, BaseException):
        line["trail"] = trail(trouble)
    return line


def set_up(mode: str) -> None:
    """Send our own lines, and the libraries' warnings, to stderr. For processes of ours; a host decides for itself."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trouble_without_words,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer()
        if mode == "production"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
