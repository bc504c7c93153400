"""Verdicts in plain words: the same for the page, the API and the command line, in order of what helps most.

Written to the PA. Of a certificate we only ever say that there is something to talk about; never a word that judges it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lms.core.i18n import day
from lms.core.words import N_, Say
from lms.register.content import Edition
from lms.register.findings import Finding
from lms.register.kinds import Circumstance, Item, ListingState, ReferenceSource, RequirementState, TrainingKind
from lms.register.lines import DisclosureLine
from lms.register.reasons import Step, Why
from lms.register.rules import Because, Verdict, in_order_of_help

FORBIDDEN = ("negative", "positive", "failed", "passed", "clear")
"""Words never said of a disclosure (DBS code of practice); a test reads every sentence here for them."""

STATES: Mapping[RequirementState, str] = {
    RequirementState.NOT_STARTED: N_("Not started"),
    RequirementState.PENDING: N_("In progress"),
    RequirementState.MET: N_("Done"),
    RequirementState.EXPIRING: N_("Runs out soon"),
    RequirementState.EXPIRED: N_("Has run out"),
    RequirementState.WAIVED: N_("Not needed for now"),
    RequirementState.NOT_MET: N_("Not enough yet"),
    RequirementState.NOT_APPLICABLE: N_("Does not apply to you"),
}

LISTING_STATES: Mapping[ListingState, str] = {
    ListingState.DRAFT: N_("Not sent yet"),
    ListingState.SUBMITTED: N_("Sent"),
    ListingState.CHECKING: N_("Something is missing"),
    ListingState.PROVISIONAL: N_("Can be shown with a label"),
    ListingState.LISTED: N_("Nothing is missing"),
    ListingState.PAUSED: N_("Paused"),
    ListingState.LAPSED: N_("Something ran out"),
    ListingState.SUSPENDED: N_("Hidden by the team"),
    ListingState.REMOVED: N_("Ended"),
    ListingState.REFUSED: N_("Turned down"),
}

CIRCUMSTANCES: Mapping[Circumstance, str] = {
    Circumstance.SELF_EMPLOYED: N_("Are you self-employed as a PA?"),
    Circumstance.CHILD: N_("Will you support a child, or work in a home where a child lives or visits?"),
    Circumstance.DRIVES: N_("Will you drive as part of your work?"),
}

_APPLIES_WHEN: Mapping[str, str] = {
    Circumstance.SELF_EMPLOYED: N_("Only for PAs who are self-employed."),
    Circumstance.CHILD: N_("Only for PAs who support a child, or work in a home where a child lives or visits."),
    Circumstance.DRIVES: N_("Only for PAs who drive as part of their work."),
}

REFERENCE_SOURCES: Mapping[ReferenceSource, str] = {
    ReferenceSource.MOST_RECENT: N_("Most recent employer or tutor"),
    ReferenceSource.OTHER: N_("Somebody else who knows the PA’s work"),
}

_BECAUSE: Mapping[Because, str] = {
    Because.NOTHING_IS_MISSING: N_("You have everything %(authority)s asks for."),
    Because.DISCLOSURE_IS_DISCUSSED: N_(
        "The register team wants to talk with you first. Nothing is decided before that."
    ),
    Because.DECIDED_AGAINST: N_("It was decided not to list you. You can ask for a review."),
    Because.WITHIN_GRACE: N_("Something has run out. You have a few days left in which to renew it."),
    Because.SOMETHING_RAN_OUT: N_("Something has run out. Renew it to come back on the register."),
    Because.ENOUGH_TO_BEGIN: N_("You have enough to begin. You can be shown with the label “%(label)s”."),
    Because.PROVISIONAL_PERIOD_OVER: N_("The time for being shown with the label “%(label)s” is over."),
    Because.SOMETHING_IS_MISSING: N_("You cannot be shown on the register of %(authority)s yet."),
}

_WHY: Mapping[Why, str] = {
    Why.MET: N_("Done on %(since)s."),
    Why.WAIVED: N_("The register manager decided that you do not need this until %(last)s."),
    Why.RUNS_OUT: N_("It counts until %(last)s. Renew it before then."),
    Why.RAN_OUT: N_("It counted until %(last)s and has to be renewed."),
    Why.NOTHING_YET: N_("Nothing is recorded yet."),
    Why.LOOKED_AND_NOT_MET: N_("We looked at this on %(on)s. It is not enough yet."),
    Why.LEARNING_LEFT: N_("Still to do: %(left)s."),
    Why.REFERENCES_LEFT: N_("We have %(have)s of %(need)s."),
    Why.REFERENCE_FROM_LEFT: N_("We still need one from your most recent employer or tutor."),
    Why.OLDER_VERSION: N_("You accepted an older version. Version %(version)s is the one that counts now."),
    Why.OTHER_AREA: N_("You told us about another area."),
    Why.OTHER_LEVEL: N_("The certificate we saw is of another level, or was asked for other work."),
    Why.CERTIFICATE_NOT_SEEN: N_("The check was asked for. We have not seen the certificate yet."),
    Why.CONTENT_TO_DISCUSS: N_("We saw your certificate and want to talk about it with you before anybody decides."),
    Why.DECISION_TO_RECORD: N_("We talked with you about your certificate. The decision is not made yet."),
    Why.DECIDED_NOT_TO_PROCEED: N_("It was decided on %(on)s not to go on. You can ask for a review."),
    Why.BARRED: N_(
        "The law does not allow you to do this work. This was recorded on %(on)s. You can ask for a review."
    ),
    Why.NEW_CHECK_NEEDED: N_("The update service says that something changed, so a new check is needed."),
}

_STEPS: Mapping[Step, str] = {
    Step.SHOW_IDENTITY: N_("Show the register team a document that proves who you are."),
    Step.SHOW_RIGHT_TO_WORK: N_("Show the register team your passport or your share code."),
    Step.SHOW_CERTIFICATE: N_("Show the register team the certificate when it comes."),
    Step.OPEN_DISCUSSION: N_("Talk with the register team about your certificate. You can bring somebody with you."),
    Step.RECORD_DECISION: N_("Wait for the register team. They will tell you what was decided, and why."),
    Step.TELL_DECISION: N_("Ask the register team how to have the decision looked at again."),
    Step.GIVE_REFEREES: N_("Give the register team the names of people who know your work."),
    Step.FINISH_LEARNING: N_(
        "Go on with this training. If you did it somewhere else, show the register team the certificate."
    ),
    Step.FINISH_ASSESSMENT: N_("Ask your assessor to come and see you at work."),
    Step.ACCEPT_CODE: N_("Read the code of conduct and accept it."),
    Step.ARRANGE_INTERVIEW: N_("Arrange a time to talk with the register team."),
    Step.TALK_TO_TEAM: N_("Ask the register team what is not enough yet."),
    Step.SHOW_INSURANCE: N_("Show the register team your insurance certificate."),
    Step.SHOW_SELF_EMPLOYMENT: N_("Show the register team that you are registered as self-employed."),
    Step.MAKE_DECLARATION: N_("Ask the register team for the declaration, and sign it."),
    Step.FINISH_PROFILE: N_("Write your profile and send it to the register team."),
    Step.CONFIRM_AVAILABILITY: N_("Tell us that your details are still right."),
    Step.SAY_AREA: N_("Tell us that you work or want to work in this area."),
    Step.PAY_FEE: N_("Pay the fee."),
}

_START_CHECK: Mapping[str, str] = {
    "authority": N_("Ask the register team to start your check. %(authority)s pays for it."),
    "direct_payment_budget": N_("Ask your employer to start the check. The direct payment pays for it."),
    "employer": N_("Ask your employer to start the check. Your employer pays for it."),
    "pa": N_("Start the check through an umbrella body. You pay for it."),
}

_ITEMS: Mapping[TrainingKind, str] = {
    TrainingKind.MODULE: N_("module %(code)s"),
    TrainingKind.CERTIFICATE: N_("certificate %(code)s"),
    TrainingKind.CARE_CERTIFICATE_STANDARD: N_("Care Certificate standard %(code)s"),
    TrainingKind.CARE_CERTIFICATE_KNOWLEDGE: N_("all the knowledge part of the Care Certificate"),
    TrainingKind.AWIF_SECTION: N_("section %(code)s of the All Wales Induction Framework"),
    TrainingKind.QUALIFICATION: N_("the qualification named above"),
    TrainingKind.UNIT: N_("unit %(code)s"),
    TrainingKind.CRITERION: N_("criterion %(code)s"),
}


@dataclass(frozen=True)
class Row:
    """One requirement as it is told. `title` may be English on a Welsh page; `title_language` says which it is."""

    code: str
    finding: Finding
    title: str
    title_language: str
    about: str
    about_language: str
    state: str
    why: str
    next_step: str


@dataclass(frozen=True)
class Told:
    """A whole verdict as it is told. `next` is the row that helps most now; `to_do` begins with it.

    `to_do` is what is missing or runs out soon, `recommended` what is only good to have, `done` what needs nothing.
    """

    state: str
    headline: str
    because: str
    decides: str
    adverts: str
    until: str
    example: bool
    next: Row | None
    to_do: Sequence[Row]
    recommended: Sequence[Row]
    done: Sequence[Row]
    not_applicable: Sequence[Row]


def _headed(verdict: Verdict) -> ListingState:
    """In days of grace a PA stays listed, and yet something is missing."""
    return ListingState.LAPSED if verdict.because is Because.WITHIN_GRACE else verdict.state


def tell(
    verdict: Verdict,
    edition: Edition,
    *,
    say: Say,
    language: str,
    titles: Mapping[str, str] | None = None,
    answered: Collection[Circumstance] = tuple(Circumstance),
) -> Told:
    """A verdict in a language. `titles` of modules by code are said with the codes, where they are given.

    A requirement that depends on something the PA has not `answered` is not said to be none of theirs.
    """
    teller = _Teller(edition, say, language, titles or {}, answered)
    ordered = [teller.row(one) for one in in_order_of_help(edition.rules, verdict.findings)]
    to_do = [row for row in ordered if row.finding.mandatory or row.finding.holds_back]
    listed = {row.code for row in ordered}
    rest = [teller.row(one) for one in verdict.findings if one.code not in listed]
    away = RequirementState.NOT_APPLICABLE
    name = edition.file.name.text(language)
    return Told(
        state=verdict.state.value,
        headline=say(LISTING_STATES[_headed(verdict)]),
        because=teller.fill(_BECAUSE[verdict.because]),
        decides=say(N_("These are the rules of %(authority)s. Its register team decides who is listed."))
        % {"authority": name},
        adverts=_adverts(verdict, edition, say),
        until=_until(verdict, language, say),
        example=edition.file.status == "example",
        next=ordered[0] if ordered else None,
        to_do=to_do,
        recommended=[row for row in ordered if row not in to_do],
        done=[row for row in rest if row.finding.state is not away],
        not_applicable=[row for row in rest if row.finding.state is away],
    )


def step_said(step: Step, say: Say) -> str:
    """What comes next in a sentence to the PA, where it is not known who pays for a check."""
    return say(_STEPS.get(step, N_("Ask the register team how your DBS check is started.")))


def item_said(item: Item, say: Say) -> str:
    """A piece of learning in words, with its code."""
    return say(_ITEMS[item.kind]) % {"code": item.code}


def item_titled(item: Item, say: Say, titles: Mapping[str, str]) -> str:
    """The same with its title, where `titles` has one."""
    said, title = item_said(item, say), titles.get(item.code)
    return f"{said} ({title})" if title else said


def _until(verdict: Verdict, language: str, say: Say) -> str:
    """Until when the answer stays good. While a PA cannot be shown, no day of the calendar helps them: none is said."""
    if verdict.until is None or verdict.state not in (ListingState.LISTED, ListingState.PROVISIONAL):
        return ""
    last = verdict.until - timedelta(days=1)
    return say(N_("If nothing else happens, this stays so until %(day)s.")) % {"day": day(last, language)}


def _adverts(verdict: Verdict, edition: Edition, say: Say) -> str:
    if edition.file.adverts is None:
        return ""
    allowed, not_yet = N_("You can answer adverts."), N_("You cannot answer adverts yet.")
    return say(allowed if verdict.may_apply_for_adverts else not_yet)


class _Teller:
    def __init__(
        self,
        edition: Edition,
        say: Say,
        language: str,
        titles: Mapping[str, str],
        answered: Collection[Circumstance],
    ) -> None:
        self.edition, self.say, self.language, self.titles, self.answered = edition, say, language, titles, answered
        file = edition.file
        self.always = {"authority": file.name.text(language), "label": file.provisional.label.text(language)}

    def fill(self, sentence: str, values: Mapping[str, Any] | None = None) -> str:
        """A sentence with its values in words."""
        if "%(" not in sentence:
            return self.say(sentence)
        given = {name: self._worded(value) for name, value in (values or {}).items()}
        return self.say(sentence) % {**self.always, **given}

    def row(self, one: Finding) -> Row:
        line = self.edition.lines[one.code]
        return Row(
            code=one.code,
            finding=one,
            title=line.title.text(self.language),
            title_language=line.title.language(self.language),
            about=line.about.text(self.language) if line.about else "",
            about_language=line.about.language(self.language) if line.about else self.language,
            state=self.say(self._state(one)),
            why=self._why(one),
            next_step=self._step(one),
        )

    def _state(self, one: Finding) -> str:
        open_question = one.why is Why.DOES_NOT_APPLY and one.values["when"] not in self.answered
        return N_("Depends on your answer") if open_question else STATES[one.state]

    def _why(self, one: Finding) -> str:
        if one.why is Why.DOES_NOT_APPLY:
            return self.say(_APPLIES_WHEN[one.values["when"]])
        said = self.fill(_WHY[one.why], one.values)
        if one.why is Why.MET and "last" in one.values:
            said += " " + self.fill(N_("It counts until %(last)s."), one.values)
        if one.why is Why.LEARNING_LEFT and one.values["alternatives"] > 1:
            said += " " + self.say(N_("Other training can count instead."))
        return said

    def _step(self, one: Finding) -> str:
        if one.next_step is None:
            return ""
        line = self.edition.lines[one.code]
        if one.next_step is Step.START_CHECK and isinstance(line, DisclosureLine):
            return self.fill(_START_CHECK[line.paid_by])
        return self.fill(_STEPS[one.next_step])

    def _worded(self, value: Any) -> Any:
        if isinstance(value, date):
            return day(value, self.language)
        if isinstance(value, tuple):
            return ", ".join(self._item(item) for item in value)
        return value

    def _item(self, item: Item) -> str:
        return item_titled(item, self.say, self.titles)
