"""Numbers for operators at /metrics: how often, how long, what waits. No names, no ids, no addresses.

Each served process counts for itself; whoever adds them up sees the whole. Without LMS_METRICS_TOKEN there is no such
page.
"""

import hmac
from time import perf_counter

from flask import Blueprint, Response, abort, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from lms.core import seal, work
from lms.core.web.state import house, now, unit

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one site."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "lms_answers", "Answers given, by page and status", ["page", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "lms_answer_seconds", "Time to an answer, by page", ["page"], buckets=BUCKETS, registry=self.registry
        )
        self._found: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self.waiting = Gauge("lms_work_waiting", "Work that is due and not done", registry=self.registry)
        self.unsealed = Gauge("lms_facts_unsealed", "Facts that wait for their seal", registry=self.registry)

    def count_on(self, site: Blueprint) -> None:
        """Count every answer of ours."""
        site.before_request(_start)
        site.after_request(self._finish)

    def _finish(self, response: Response) -> Response:
        answers, seconds = self._of(request.endpoint or "", response.status_code)
        answers.inc()
        seconds.observe(perf_counter() - g.get("lms_started", perf_counter()))
        return response

    def _of(self, endpoint: str, status: int) -> tuple[Counter, Histogram]:
        """The two counters of a page's answers; looked up once, since finding them costs more than counting."""
        found = self._found.get((endpoint, status))
        if found is None:
            page = endpoint.removeprefix("lms.")
            found = self._found[endpoint, status] = self.answers.labels(page, status), self.seconds.labels(page)
        return found

    def page(self) -> Response:
        """The numbers as Prometheus reads them, for whoever has the token; 404 for everybody else."""
        token = house().settings.metrics_token
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token or not hmac.compare_digest(sent.encode(), token.encode()):
            abort(404)
        self.waiting.set(len(work.waiting(unit(), now=now())))
        self.unsealed.set(seal.unsealed_count(unit()))
        return Response(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    g.lms_started = perf_counter()
