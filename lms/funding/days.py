"""When: the windows and cut-offs that can refuse a claim, and the last day to act. Plain Python, Europe/London days."""

from collections.abc import Iterator, Mapping
from datetime import date

from lms.funding.question import Question
from lms.funding.reasons import Act, Deadline, Plain, Reason
from lms.funding.vocabulary import ClaimShape, Part, Refusal, SchemeStatus, Support
from lms.funding.windows import Window, hour_gone


def training_days(q: Question) -> Iterator[Reason]:
    """The training itself, or its payment, falls into the scheme's windows."""
    asked, windows = q.asked, q.scheme.windows
    paid_on = asked.first_part.paid_on if asked.first_part else asked.paid_on
    for name, day in (
        ("achievement", asked.completed_on),
        ("delivery", asked.completed_on),
        ("course_date", asked.completed_on),
        ("payment", paid_on),
    ):
        window: Window | None = getattr(windows, name)
        if window is not None:
            yield from _inside(name, window, day, q.on, still_to_do=name != "payment" or _unpaid(q))
    if not windows.any_named() and q.scheme.claim_year:
        yield from _inside("claim_year", q.scheme.claim_year, asked.completed_on, q.on, still_to_do=True)


def _unpaid(q: Question) -> bool:
    """Nothing was paid yet and nothing was sent in; a day of payment that is merely not told refuses nothing."""
    return q.asked.cost_paid is None and q.asked.submitted_on is None and q.part is not Part.SECOND


def _inside(name: str, window: Window, day: date | None, on: date, *, still_to_do: bool) -> Iterator[Reason]:
    values = {"window": name, **_ends(window)}
    if day is None:
        # Not done or paid yet: once the window has closed it cannot be done inside any more.
        if still_to_do and window.last and on > window.last:
            yield Reason(Refusal.OUTSIDE_ACHIEVEMENT_WINDOW, values)
        return
    code = Support.INSIDE_WINDOW if window.holds(day) else Refusal.OUTSIDE_ACHIEVEMENT_WINDOW
    yield Reason(code, {**values, "day_on": day.isoformat()})


def cut_offs(q: Question) -> Iterator[Reason]:
    """Training started, and the certificate was dated, in time."""
    start, certificate = q.scheme.windows.start, q.scheme.windows.certificate
    started_on = q.asked.started_on
    if start and started_on and not start.holds(started_on):
        early = start.first is not None and started_on < start.first
        values = {"window": "start", **_ends(start), "day_on": started_on.isoformat()}
        yield Reason(Refusal.OUTSIDE_ACHIEVEMENT_WINDOW if early else Refusal.STARTED_AFTER_CUTOFF, values)
    dated_on = q.asked.certificate_on
    if certificate and dated_on and not certificate.holds(dated_on):
        values = {"window": "certificate", **_ends(certificate), "day_on": dated_on.isoformat()}
        yield Reason(Refusal.CERTIFICATE_AFTER_CUTOFF, values)


def sending(q: Question) -> Iterator[Reason]:
    """The application or the claim comes in time: on the day it was sent, or today while it was not sent yet."""
    asked, window = q.asked, q.scheme.windows.application
    if window:
        day = asked.applied_on or q.on
        early = asked.applied_on is None and window.first is not None and day < window.first
        if not early and not window.holds(day, asked.applied_at):
            yield Reason(Refusal.OUTSIDE_SUBMISSION_WINDOW, {**_ends(window), "day_on": day.isoformat()})
    done_on = asked.completed_on
    if q.scheme.shape is ClaimShape.APPLICATION and done_on and done_on < q.sent_on:
        # Such money is asked for before the training is booked; once it is done there is nothing to ask for.
        yield Reason(Refusal.OUTSIDE_SUBMISSION_WINDOW, {"done_on": done_on.isoformat()})
    yield from _submission(q)


def status(q: Question) -> Iterator[Reason]:
    """A closed scheme takes nothing new; a closing one only second parts and what was begun while it was open."""
    standing, day = q.scheme.status_on(q.sent_on), q.sent_on
    if standing not in {SchemeStatus.CLOSED, SchemeStatus.CLOSING} or any(r.against for r in sending(q)):
        return
    if standing is SchemeStatus.CLOSING and q.part is Part.SECOND:
        return
    if standing is SchemeStatus.CLOSING and _begun_while_open(q):
        yield Reason(Support.RESIDUAL_CLAIM)
        return
    yield Reason(Refusal.OUTSIDE_SUBMISSION_WINDOW, {"status": standing.value, "day_on": day.isoformat()})


def _begun_while_open(q: Question) -> bool:
    """Whether it was paid for, begun or finished before the scheme began to close; unknown refuses nothing."""
    days = [d for d in (q.asked.paid_on, q.asked.started_on, q.asked.completed_on) if d]
    return not days or any(q.scheme.status_on(d) is SchemeStatus.OPEN for d in days)


def _submission(q: Question) -> Iterator[Reason]:
    rule, last = q.scheme.windows.submission, last_day_to_submit(q)
    if rule is None:
        return
    day = q.asked.submitted_on or q.on
    at = q.asked.submitted_at
    early = q.asked.submitted_on is not None and rule.first is not None and day < rule.first
    over = day == rule.last and hour_gone(rule.closes_at, at)
    late = last is not None and (day > last or (day == last and over))
    values: dict[str, Plain] = {"day_on": day.isoformat()}
    if last:
        values["to_on"] = last.isoformat()
    if early or late:
        yield Reason(Refusal.OUTSIDE_SUBMISSION_WINDOW, values)
    elif last:
        yield Reason(Support.NOT_TOO_LATE, values)


def last_day_to_submit(q: Question) -> date | None:
    """The last day a claim may be sent in, as far as it can be said yet."""
    rule = q.scheme.windows.submission
    return rule.last_day(q.next_part, q.asked.counted) if rule else None


def deadline(q: Question) -> Deadline | None:
    """The next last day: to apply, to send in the claim, or to have the training done; None when none is stated."""
    windows = q.scheme.windows
    submit = last_day_to_submit(q)
    if submit:
        return Deadline(Act.SUBMIT, submit)
    if windows.application and windows.application.last:
        return Deadline(Act.APPLY, windows.application.last)
    for window in (windows.delivery, windows.course_date, windows.achievement):
        if window and window.last:
            return Deadline(Act.DELIVER, window.last)
    return None


def _ends(window: Window) -> Mapping[str, Plain]:
    ends: dict[str, Plain] = {}
    if window.first:
        ends["from_on"] = window.first.isoformat()
    if window.last:
        ends["to_on"] = window.last.isoformat()
    return ends


def discretion(q: Question) -> bool:
    """Whether a claim that comes too late is still for the funder to decide."""
    rule, last = q.scheme.windows.submission, last_day_to_submit(q)
    if rule is None or rule.discretionary_until is None or last is None or q.part is Part.SECOND:
        return False
    return last < (q.asked.submitted_on or q.on) <= rule.discretionary_until


CHECKS = (training_days, cut_offs, sending, status)
