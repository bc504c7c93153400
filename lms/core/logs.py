"""Log lines: one JSON object each on stderr in production, plain lines for people elsewhere.

Names, addresses and numbers never go into a log; what happened is named by its event and by ids.
"""

import logging
import sys

import structlog
from structlog.typing import Processor

QUIET = ("huey", "huey.consumer", "alembic", "fontTools", "xhtml2pdf", "reportlab")
"""Libraries whose ordinary chatter is not news."""


def set_up(mode: str) -> None:
    """Send our own lines, and the libraries' warnings, to stderr. For processes of ours; a host decides for itself."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # plain text: local variables could hold personal data
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
