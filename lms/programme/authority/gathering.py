"""Every setting of an authority with what it says now. Each is kept by its own room; here they are only looked up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from lms.assessment.competence.queries import policy_of as who_decides
from lms.assessment.competence.rules import Employers
from lms.assessment.links.queries import days_of
from lms.assessment.media.queries import limits_of
from lms.certification.appearance.queries import appearance_of
from lms.certification.appearance.rules import Languages
from lms.core.cards import Count
from lms.core.db import Db
from lms.core.words import N_
from lms.people import queries as people
from lms.people.tokens.queries import tokens_of
from lms.programme.authority import looks, roles
from lms.programme.contacts.guarding import counting
from lms.programme.contacts.planning import plan_of
from lms.programme.desk.setting import setting_of
from lms.register.conduct.queries import current
from lms.register.directory.queries import is_on
from lms.register.reaching.queries import contact_of


@dataclass(frozen=True)
class Line:
    """One setting: what it is about, what it says now (a message with its values), and where it is changed."""

    label: str
    endpoint: str
    now: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    missing: bool = False


@dataclass(frozen=True)
class Group:
    """Settings that belong together."""

    title: str
    lines: Sequence[Line]


_LANGUAGES = {
    Languages.HOLDER: N_("in the language the holder reads"),
    Languages.ENGLISH: N_("always in English"),
    Languages.WELSH: N_("always in Welsh"),
    Languages.BOTH: N_("in English and Welsh"),
}
_NOT_SET = N_("Not set yet")


def gathered(db: Db, authority_id: UUID, on: date) -> list[Group]:
    """All of them. A constant number of queries. Raises NotFound for what is no authority."""
    makers: tuple[tuple[str, Callable[[Db, UUID, date], Iterable[Line]]], ...] = (
        (N_("How you appear"), _appearing),
        (N_("Roles and access"), _access),
        (N_("Reminders and messages"), _reminders),
        (N_("The register"), _register),
        (N_("Practice and evidence"), _practice),
        (N_("Money and keeping records"), _money),
    )
    return [Group(title, tuple(make(db, authority_id, on))) for title, make in makers]


def _appearing(db: Db, here: UUID, on: date) -> Iterable[Line]:
    place, worn, look = people.organisation(db, here), looks.worn_by(db, here, on), appearance_of(db, here, on)
    both = {"name": place.name, "name_cy": place.name_cy}
    said = N_("%(name)s; in Welsh %(name_cy)s") if place.name_cy else N_("%(name)s; no Welsh name")
    yield Line(N_("Name"), "lms.settings.name", said, both)
    yield Line(
        N_("Colours"), "lms.settings.colours", N_("Your own colours") if worn.own else N_("The colours of PALMS")
    )
    has_logo = look.logo_sha256 is not None
    logo = N_("There is one: it stands on pages and certificates") if has_logo else _NOT_SET
    yield Line(N_("Logo"), "lms.appearance.appearance", logo, missing=not has_logo)
    yield Line(N_("Languages of certificates"), "lms.appearance.appearance", _LANGUAGES[look.languages])
    names = ", ".join(each.name for each in look.signatories)
    yield Line(
        N_("Who signs certificates"),
        "lms.appearance.appearance",
        "%(names)s" if names else N_("Nobody yet"),
        {"names": names} if names else {},
        missing=not names,
    )


def _access(db: Db, here: UUID, on: date) -> Iterable[Line]:
    held = roles.count_held(db, here, on)
    people_ = {"people": Count(N_("%(num)s role held today"), N_("%(num)s roles held today"), held)}
    yield Line(N_("Roles"), "lms.settings.held", "%(people)s", people_)
    yield Line(N_("Who can see what, and why"), "lms.settings.access_of", N_("For one person at a time"))
    named = ", ".join(each.name for each in counting(db, here, on))
    yield Line(
        N_("Who hears of alerts"),
        "lms.safeguarding.named",
        "%(names)s" if named else N_("Nobody yet, so nobody can call back"),
        {"names": named} if named else {},
        missing=not named,
    )
    systems = sum(each.open_on(on) for each in tokens_of(db, here))
    said = {"systems": Count(N_("%(num)s system may ask"), N_("%(num)s systems may ask"), systems)}
    yield Line(N_("Systems that may ask"), "lms.tokens.systems", "%(systems)s", said)


def _reminders(db: Db, here: UUID, _on: date) -> Iterable[Line]:
    waits = setting_of(db, here).limits.days.values()
    days = {"least": min(waits), "most": max(waits)}
    stuck = N_("A wait is stuck after %(least)s to %(most)s days, by who is waited for")
    yield Line(N_("The desk: when a wait is stuck"), "lms.programme_desk.settings", stuck, days)
    plan = plan_of(db, here)
    who = N_("PA and employer, after %(days)s days") if plan.employers else N_("the PA, after %(days)s days")
    yield Line(N_("Call-backs"), "lms.callbacks.settings", who, {"days": ", ".join(map(str, plan.days))})
    yield Line(
        N_("Questions by link"),
        "lms.links.days",
        N_("A link can be answered for %(days)s days"),
        {"days": days_of(db, here)},
    )
    yield Line(N_("Roles that end"), "lms.settings.held", N_("Holder and admins are told 14 days before"))
    yield Line(
        N_("What messages say"), "lms.message_templates.templates_page", N_("Your own words where you wrote some")
    )


def _register(db: Db, here: UUID, on: date) -> Iterable[Line]:
    contact, conduct = contact_of(db, here), current(db, here, on)
    yield Line(
        N_("How the register team is reached"),
        "lms.reaching.contact",
        "%(team)s" if contact else _NOT_SET,
        {"team": contact.team} if contact else {},
        missing=contact is None,
    )
    version = {"version": conduct.version} if conduct else {}
    yield Line(
        N_("Code of conduct"),
        "lms.conduct.overview",
        N_("Edition %(version)s holds") if conduct else N_("None is published"),
        version,
        missing=conduct is None,
    )
    yield Line(N_("Rules for being listed"), "lms.rules.editions", N_("By edition, each with its day"))
    on_off = N_("Employers can look for PAs") if is_on(db, here) else N_("Off")
    yield Line(N_("Finding a PA"), "lms.directory.settings", on_off)


def _practice(db: Db, here: UUID, _on: date) -> Iterable[Line]:
    policy = who_decides(db, here)
    employers = N_("Only assessors decide") if policy.employers is Employers.NO else N_("Employers may decide as well")
    yield Line(N_("Who decides on practice"), "lms.competence.policy", employers)
    limits = limits_of(db, here)
    most = N_("A photo up to %(photo)s MB, a video up to %(video)s MB")
    yield Line(N_("Files of evidence"), "lms.media.limits", most, {"photo": limits.photo, "video": limits.video})
    yield Line(N_("Sampling and appeals"), "lms.quality.policy", N_("Shares, weights and days"))
    yield Line(N_("Training content"), "lms.authoring.content", N_("Courses, questions and reports about them"))
    yield Line(N_("Frameworks"), "lms.lines.frameworks", N_("What is assessed, line by line"))


def _money(_db: Db, _here: UUID, _on: date) -> Iterable[Line]:
    yield Line(N_("Schemes"), "lms.schemes.schemes", N_("What is paid for, by whom, with your own figures"))
    yield Line(
        N_("Records of claims"), "lms.funding_records.records", N_("What is due to be cleared, and what is held")
    )
    yield Line(
        N_("How long records are kept"), "lms.settings.keeping", N_("All periods on one page, with their reasons")
    )
