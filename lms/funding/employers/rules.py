"""Which money fits a PA's course, how much at most, what comes first and what not to do. Plain Python.

Each scheme is asked by its own rules (`funding.rules.claimable`); what stands here is which question an employer's six
answers make of it, and the order of what to do. Source: the schemes' files; docs/getting-training-paid.md tells it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lms.funding.asked import Asked, Earlier
from lms.funding.employers.answers import Answers, Booked, ForWhom, Lives, Wages
from lms.funding.money import Pence
from lms.funding.reasons import Act, Reason, Verdict
from lms.funding.rules import claimable, together
from lms.funding.scheme import ClaimItem, Covered, Scheme
from lms.funding.vocabulary import (
    ClaimantKind,
    Decision,
    EvidenceKind,
    ItemKind,
    LearnerKind,
    Provenance,
    Refusal,
    SchemeKind,
    SchemeStatus,
    WageSource,
)
from lms.people.rules import Nation

DO_NOT_BOOK = "do_not_book_before_decision"


class Cost(StrEnum):
    """The three costs an employer is asked about."""

    COURSE = "course"
    TRAVEL = "travel"
    COVER = "cover"


class Stop(StrEnum):
    """What speaks against a scheme because of an employer's answers, beside the scheme's own reasons."""

    BOOKED_ALREADY = "booked_already"
    NOT_THE_EMPLOYER = "not_the_employer"
    WAGES_FROM_ELSEWHERE = "wages_from_elsewhere"
    LIVES_ELSEWHERE = "lives_elsewhere"
    OTHERS_ASK = "others_ask"


class First(StrEnum):
    """What has to be done, in this order."""

    ASK_ORGANISATION = "ask_organisation"
    ASK_FOR_PLACE = "ask_for_place"
    GET_QUOTE = "get_quote"
    SHOW_EMPLOYMENT = "show_employment"
    GIVE_ACCOUNT = "give_account"
    APPLY_BY = "apply_by"
    APPLY = "apply"
    WAIT_FOR_DECISION = "wait_for_decision"
    THEN_BOOK = "then_book"
    PAY_AND_KEEP = "pay_and_keep"
    CLAIM_BY = "claim_by"
    CLAIM = "claim"


class Never(StrEnum):
    """What not to do."""

    DO_NOT_BOOK = "do_not_book"
    DO_NOT_ASK_TWICE = "do_not_ask_twice"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One cost as one item of a scheme."""

    cost: Cost
    item: str
    pence: Pence
    asked: Asked
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What one scheme says to an employer. `asks` is who would ask; `not_met` are costs it has no place for."""

    scheme: Scheme
    asks: ClaimantKind
    wanted: tuple[Wanted, ...]
    verdict: Verdict
    stops: tuple[Stop, ...] = ()
    not_met: tuple[Cost, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it is worth going on with it."""
        return not self.stops and self.verdict.claimable and bool(self.wanted)

    @property
    def asked_by_employer(self) -> bool:
        """Whether the employer applies or claims, and nobody for them."""
        return self.asks is ClaimantKind.INDIVIDUAL_EMPLOYER and self.scheme.kind is not SchemeKind.PLACE_SUBSIDY

    @property
    def at_most(self) -> Pence:
        """The most it would pay for what was asked, in pence."""
        return sum(one.verdict.amount for one in self.wanted if one.verdict.claimable) if self.fits else 0


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known beside the answers. By scheme: how the authority counts the training, and how sure that is."""

    nation: Nation
    area: str | None
    on: date
    covered: Mapping[str, Covered] = field(default_factory=dict)
    counted_as: Mapping[str, Provenance] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()
    user_led: bool = False


def fits(schemes: Iterable[Scheme], answers: Answers, known: Known) -> tuple[Fit, ...]:
    """What every scheme that takes anything new on a day says, those that fit first and the largest amount first.

    Schemes that are closed by then, or never opened, are left out.
    """
    running = (s for s in schemes if s.status_on(known.on) in {SchemeStatus.OPEN, SchemeStatus.CLOSING})
    found = [fit(scheme, answers, known) for scheme in running]
    return tuple(sorted(found, key=lambda one: (not one.fits, -one.at_most, one.scheme.code)))


def fit(scheme: Scheme, answers: Answers, known: Known) -> Fit:
    """What one scheme says to an employer's answers on a day."""
    asks = _asks(scheme)
    wanted = tuple(_wanted(scheme, answers, known))
    met = {one.cost for one in wanted}
    verdicts = [one.verdict for one in wanted]
    return Fit(
        scheme=scheme,
        asks=asks,
        wanted=wanted,
        verdict=together(verdicts) if verdicts else Verdict(decision=Decision.REFUSED),
        stops=tuple(_stops(scheme, asks, answers, known)),
        not_met=tuple(cost for cost, pence in costs_of(answers) if pence and cost not in met),
    )


def costs_of(answers: Answers) -> tuple[tuple[Cost, Pence | None], ...]:
    """The three costs as they were answered."""
    return ((Cost.COURSE, answers.course), (Cost.TRAVEL, answers.travel), (Cost.COVER, answers.cover))


_OTHERS = (
    ClaimantKind.USER_LED_ORGANISATION,
    ClaimantKind.LOCAL_AUTHORITY_PARTNERSHIP,
    ClaimantKind.PERSONAL_ASSISTANT,
)


def _asks(scheme: Scheme) -> ClaimantKind:
    """The employer where they may; else the first kind that asks for PAs and employers; else the employer, refused."""
    if ClaimantKind.INDIVIDUAL_EMPLOYER in scheme.claimants:
        return ClaimantKind.INDIVIDUAL_EMPLOYER
    return next((kind for kind in _OTHERS if kind in scheme.claimants), ClaimantKind.INDIVIDUAL_EMPLOYER)


def _wanted(scheme: Scheme, answers: Answers, known: Known) -> Iterable[Wanted]:
    for cost, pence in costs_of(answers):
        if not pence:
            continue
        item = _item(scheme, cost, known)
        if item is None and cost is not Cost.COURSE:
            continue
        asked = _asked(item.code if item else answers.code, pence, scheme, answers, known)
        yield Wanted(
            cost=cost, item=asked.item, pence=pence, asked=asked, verdict=claimable(scheme, asked, on=known.on)
        )


_ITEM_OF = {Cost.COURSE: ItemKind.COURSE_FEE, Cost.TRAVEL: ItemKind.TRAVEL, Cost.COVER: ItemKind.REPLACEMENT_COVER}


def _item(scheme: Scheme, cost: Cost, known: Known) -> ClaimItem | None:
    """The item a cost is: a course as the authority counts it, else what the scheme names for that kind of cost."""
    covered = known.covered.get(scheme.code)
    if cost is Cost.COURSE and covered is not None:
        return scheme.item(covered.item)
    return next((item for item in scheme.items if item.kind == _ITEM_OF[cost]), None)


def _asked(item: str, pence: Pence, scheme: Scheme, answers: Answers, known: Known) -> Asked:
    covered = known.covered.get(scheme.code)
    own = ClaimantKind.INDIVIDUAL_EMPLOYER in scheme.claimants
    return Asked(
        item=item,
        training=answers.code,
        days=covered.days if covered else None,
        days_provenance=known.counted_as.get(scheme.code, Provenance.ILLUSTRATIVE),
        nation=nation_of(answers, known),
        area=known.area,
        claimant=_asks(scheme),
        learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER,
        started_on=answers.starts_on,
        cost_quoted=pence,
        earlier=tuple(known.earlier),
        employs_for_a_child=answers.for_whom is ForWhom.CHILD,
        wages_from=_WAGES.get(answers.wages) if own and answers.wages else None,
        booked=answers.booked is not Booked.NO if own and answers.booked else None,
    )


def nation_of(answers: Answers, known: Known) -> Nation:
    """Where the employer lives; where they did not say, or elsewhere, the nation of their council."""
    return _NATIONS.get(answers.lives or Lives.ELSEWHERE, known.nation)


_WAGES = {Wages(source.value): source for source in WageSource}
_NATIONS = {Lives.ENGLAND: Nation.ENGLAND, Lives.WALES: Nation.WALES}


def _stops(scheme: Scheme, asks: ClaimantKind, answers: Answers, known: Known) -> Iterable[Stop]:
    if answers.lives is Lives.ELSEWHERE:
        yield Stop.LIVES_ELSEWHERE
    if answers.booked in {Booked.BOOKED, Booked.PAID} and decides_first(scheme):
        yield Stop.BOOKED_ALREADY
    if asks is ClaimantKind.INDIVIDUAL_EMPLOYER and ClaimantKind.INDIVIDUAL_EMPLOYER in scheme.claimants:
        if answers.wages is Wages.SOMEBODY_ELSE:
            yield Stop.NOT_THE_EMPLOYER
        elif answers.wages and scheme.funding_sources_of_employer and not _names(scheme, answers.wages):
            yield Stop.WAGES_FROM_ELSEWHERE
    elif asks is ClaimantKind.USER_LED_ORGANISATION and not known.user_led:
        yield Stop.OTHERS_ASK


def _names(scheme: Scheme, wages: Wages) -> bool:
    return _WAGES.get(wages) in scheme.funding_sources_of_employer


def decides_first(scheme: Scheme) -> bool:
    """Whether a scheme decides before anything may be booked."""
    return scheme.kind is SchemeKind.PROSPECTIVE_GRANT or DO_NOT_BOOK in scheme.advice


def first_steps(found: Fit) -> tuple[First, ...]:
    """What has to be done for money that fits, in order."""
    scheme = found.scheme
    if scheme.kind is SchemeKind.PLACE_SUBSIDY:
        return (First.ASK_FOR_PLACE,)
    if not found.asked_by_employer:
        return (First.ASK_ORGANISATION,)
    needed = {kind for one in found.wanted for kind in _evidence(scheme, one.item)}
    deadline = found.verdict.deadline
    steps = [
        (EvidenceKind.QUOTE in needed, First.GET_QUOTE),
        (EvidenceKind.EMPLOYER_PROOF in needed, First.SHOW_EMPLOYMENT),
        (scheme.paid_to == "individual_employer_bank" or EvidenceKind.BANK_DETAILS in needed, First.GIVE_ACCOUNT),
    ]
    if decides_first(scheme):
        by = First.APPLY_BY if deadline is not None and deadline.act is Act.APPLY else First.APPLY
        steps += [(True, by), (True, First.WAIT_FOR_DECISION), (True, First.THEN_BOOK)]
    else:
        by = First.CLAIM_BY if deadline is not None and deadline.act is Act.SUBMIT else First.CLAIM
        steps += [(True, First.PAY_AND_KEEP), (True, by)]
    return tuple(step for wanted, step in steps if wanted)


def not_to_do(found: Fit) -> tuple[Never, ...]:
    """What not to do with money that fits."""
    waits = decides_first(found.scheme)
    return (Never.DO_NOT_BOOK, Never.DO_NOT_ASK_TWICE) if waits else (Never.DO_NOT_ASK_TWICE,)


def _evidence(scheme: Scheme, code: str) -> tuple[EvidenceKind, ...]:
    item = scheme.item(code)
    return item.evidence if item else ()


def against(found: Fit) -> tuple[Reason, ...]:
    """The scheme's own reasons why it does not pay, without what only repeats the employer's answers."""
    said = {Stop.OTHERS_ASK, Stop.WAGES_FROM_ELSEWHERE} & set(found.stops)
    hidden = {Refusal.CLAIMANT_KIND_NOT_ALLOWED} if said else set()
    return tuple(r for r in found.verdict.reasons if r.against and r.code not in hidden)
