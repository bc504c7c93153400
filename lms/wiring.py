"""Who reacts to what, who does which work, and what each room brings. Which pages there are is in `pages`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lms.assessment import content as assessment_content
from lms.assessment import home as assessment_home
from lms.assessment import reactions as assessment
from lms.assessment import standing_rows
from lms.assessment.asking import outside as asking_outside
from lms.assessment.asking import waits as asking_waits
from lms.assessment.asking.events import AssessorAsked, AssessorFound, AssessorRequestEnded
from lms.assessment.competence import reminding as competence_reminding
from lms.assessment.competence import waits as competence_waits
from lms.assessment.competence.events import CompetenceEndsSoon
from lms.assessment.events import (
    AllocationEnded,
    DecisionReviewed,
    DecisionsFinalised,
    SignOffWithdrawn,
    UnitSignedOff,
)
from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo, EvidenceWithdrawn
from lms.assessment.knowledge import catching_up
from lms.assessment.knowledge import printing as log_printing
from lms.assessment.knowledge import reactions as knowledge
from lms.assessment.lines import home as lines_home
from lms.assessment.lines import starting
from lms.assessment.links import reminding as link_reminding
from lms.assessment.links import waits as links_waits
from lms.assessment.links.events import LinkAnswered, LinkAsked, LinkDoubted, LinkNotTheirs, LinkSentAgain
from lms.assessment.media import taking as media_taking
from lms.assessment.personal import reactions as personal
from lms.assessment.personal import services as personal_services
from lms.assessment.personal.events import PersonalSignOffEnding
from lms.assessment.quality import home as quality_home
from lms.assessment.quality import reactions as quality
from lms.assessment.quality import waits as quality_waits
from lms.assessment.quality.events import (
    AppealMoved,
    DecisionAppealed,
    SampleAccepted,
    SampleAnswered,
    SampleSentBack,
    SampleWaitEnded,
    SampleWaitsLong,
    StandardisationAsked,
    VerifierAccessGiven,
)
from lms.assessment.quality.planning import services as sampling
from lms.assessment.queues import own as own_waits
from lms.assessment.queues import reactions as queues
from lms.assessment.queues import reminding
from lms.assessment.queues.events import WorkWaits, WorkWaitsLong
from lms.assessment.queues.makers import WaitsFor
from lms.assessment.reading import home as reading_home
from lms.assessment.sharing import reactions as sharing
from lms.assessment.sharing.events import KnowledgeShared
from lms.assessment.shelf import coverage, crossing, mapping
from lms.assessment.together import waits as together_waits
from lms.assessment.together.events import TogetherRecorded
from lms.assessment.visits import waits as visits_waits
from lms.certification import across as certification_across
from lms.certification import catching_up as new_kinds
from lms.certification import content as certification_content
from lms.certification import doctor as certification_doctor
from lms.certification import home as certification_home
from lms.certification import reactions as certification
from lms.certification.bulk import home as bulk_home
from lms.certification.bulk import packing as bulk_packing
from lms.certification.bulk import services as bulk
from lms.certification.bulk import working as bulk_working
from lms.certification.checking import throttle as checking
from lms.certification.credentials import lists as status_lists
from lms.certification.credentials import reactions as credentials
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.grounds import AskedOutside
from lms.certification.holder import home as holder_home
from lms.certification.life import reminding as lapse_reminding
from lms.certification.life.events import CertificateLapsed, CertificateLapsesSoon
from lms.certification.printing import rendering
from lms.certification.prior import home as prior_home
from lms.core import jobs, migrate, shelves
from lms.core.cards import CardMaker
from lms.core.clock import Clock, utc_now
from lms.core.content import Problem
from lms.core.db import Database, Db
from lms.core.doctor import Look
from lms.core.events import Reactions
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.shelves import Across, Loader, Shelves
from lms.core.telling import Tell
from lms.core.work import Workers
from lms.funding import content as funding_content
from lms.funding import home as funding_home
from lms.funding import reactions as funding
from lms.learning import content as learning_content
from lms.learning import home as learning_home
from lms.learning import reactions as learning
from lms.learning.authoring import home as authoring_home
from lms.learning.authoring import services as authoring
from lms.learning.authoring.events import ReportDealtWith
from lms.learning.catalogue import Courses
from lms.learning.editions import doctor as editions_doctor
from lms.learning.events import ActivityWritten, CheckMarked, LearnerEnrolled, ModuleStudied, TextRead
from lms.learning.paper import printing
from lms.learning.paper import services as paper
from lms.learning.prior.events import PriorDecided
from lms.learning.shelf import further, glossary, links, notes
from lms.learning.shown.events import OutcomesShown
from lms.learning.writing import home as writing_home
from lms.learning.writing import reactions as writing
from lms.notifications import (
    of_asking,
    of_certificates,
    of_changes,
    of_checks,
    of_directory,
    of_listing,
    of_practice,
    of_quality,
    of_register_team,
)
from lms.notifications import reactions as notifications
from lms.notifications import services as notices
from lms.people import home as people_home
from lms.people import sessions
from lms.people.events import EmploymentEnded, InvitationAccepted, PersonInvited, RoleEnded, RoleGiven, SignInLinkAsked
from lms.register import across as register_across
from lms.register import content as register_content
from lms.register import grounds as register_grounds
from lms.register import home as register_home
from lms.register import reactions as register
from lms.register import services as register_services
from lms.register.changing import home as changing_home
from lms.register.changing import working as changing
from lms.register.changing.events import RuleChangeAhead, RuleChangeOff
from lms.register.checks import home as checks_home
from lms.register.checks import reactions as checks
from lms.register.checks import sweeping as checks_sweeping
from lms.register.checks.events import (
    DecisionTold,
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    StatusConsentSaid,
    TalkInvited,
)
from lms.register.conduct import home as conduct_home
from lms.register.conduct import telling as conduct_telling
from lms.register.conduct.events import ConductToAccept
from lms.register.directory import keeping as directory_keeping
from lms.register.directory import reactions as directory
from lms.register.directory.events import (
    AbuseAnswered,
    ContactDetailsPassed,
    IntroductionAnswered,
    MessageWritten,
    ProfileHidden,
    ProfilePublished,
    ProfileSentBack,
    ProfileShown,
)
from lms.register.events import CircumstancesSaid, DisclosureStepTaken, RequirementSeen, VerdictChanged
from lms.register.feed import home as feed_home
from lms.register.feed import keeping as feed_keeping
from lms.register.feed import reactions as feed
from lms.register.feed import services as feed_services
from lms.register.listing import home as listing_home
from lms.register.listing import reactions as listing
from lms.register.listing import reminding as listing_reminding
from lms.register.listing.events import (
    ListingMoved,
    ListingReviewAnswered,
    ListingReviewAsked,
    ListingRunsOut,
    RemovalNoticeGiven,
    RemovalNoticeTakenBack,
    WaiverEnded,
    WaiverGiven,
)
from lms.register.merging import looking as doubles_looking
from lms.register.merging import reactions as merging
from lms.register.merging.events import RecordsApart, RecordsLinked
from lms.register.reminding import services as register_reminding
from lms.register.reminding.events import NextStepReminded
from lms.register.vacancies import ending as vacancies_ending
from lms.register.vacancies import home as vacancies_home
from lms.register.vacancies.events import VacancyAnswered, VacancyEnded, VacancyPublished, VacancySentBack
from lms.register.webhooks import home as webhooks_home
from lms.register.webhooks import services as webhooks
from lms.register.webhooks import working as webhooks_working
from lms.rooms import import_models

REACTIONS: Reactions = {
    PersonInvited: [notifications.send_invitation],
    SignInLinkAsked: [notifications.send_sign_in_link],
    RoleGiven: [register.begin_standing, listing.stay_with_role, merging.stay_off_lists, feed.touch_on_role],
    RoleEnded: [
        assessment.end_allocations_with_role,
        sharing.end_with_role,
        register.end_standing,
        listing.end_with_role,
        merging.stay_off_lists,
        feed.touch_on_role,
    ],
    EmploymentEnded: [sharing.end_with_employment, personal.end_personal_with_employment],
    PersonalSignOffEnding: [notifications.tell_of_ending],
    SampleAccepted: [certification.issue_when_complete],
    SampleWaitEnded: [certification.issue_when_complete],
    SampleSentBack: [of_quality.tell_assessor_of_sample],
    SampleAnswered: [of_quality.tell_assurer_of_answer],
    SampleWaitsLong: [of_quality.tell_of_long_wait],
    DecisionAppealed: [of_quality.tell_of_appeal],
    AppealMoved: [of_quality.tell_of_appeal_moved],
    VerifierAccessGiven: [of_quality.tell_verifier],
    StandardisationAsked: [of_quality.tell_of_meeting],
    EvidenceOffered: [queues.count_evidence],
    EvidenceSpokeTo: [queues.count_evidence],
    EvidenceWithdrawn: [queues.count_evidence],
    WorkWaits: [notifications.tell_of_waiting],
    WorkWaitsLong: [notifications.tell_of_long_waits],
    AllocationEnded: [sharing.end_with_allocation],
    InvitationAccepted: [learning.enrol_on_joining, asking_outside.allocate_on_joining],
    AssessorAsked: [of_asking.tell_of_request],
    AssessorFound: [of_asking.tell_of_assessor],
    AssessorRequestEnded: [of_asking.tell_of_answer],
    CompetenceEndsSoon: [of_asking.tell_of_competence],
    LearnerEnrolled: [assessment.open_on_enrolment],
    ActivityWritten: [writing.hand_over_activity],
    CheckMarked: [writing.hand_over_answers],
    TextRead: [notifications.tell_writer],
    ModuleStudied: [
        assessment.ready_when_studied,
        certification.issue_when_complete,
        register.reassess_on_study,
    ],
    DecisionsFinalised: [
        quality.take_in_decisions,
        of_practice.tell_learner_of_decisions,
        register.reassess_on_criteria,
    ],
    DecisionReviewed: [register.reassess_on_criteria],
    SignOffWithdrawn: [
        quality.take_in_withdrawal,
        certification.withdraw_with_sign_off,
        of_practice.tell_of_sign_off_withdrawn,
        register.reassess_on_practice,
    ],
    UnitSignedOff: [quality.take_in_sign_off, certification.issue_when_complete, register.reassess_on_practice],
    RequirementSeen: [register.issue_on_code, checks.follow_record],
    CircumstancesSaid: [checks.follow_fact],
    DisclosureStepTaken: [checks.follow_fact],
    StatusConsentSaid: [checks.follow_fact],
    TalkInvited: [of_checks.tell_pa],
    DecisionTold: [of_checks.tell_pa],
    DisclosureReviewAsked: [checks.follow_fact, of_checks.tell_team_of_review],
    DisclosureReviewDecided: [checks.follow_fact, of_checks.tell_pa],
    EmployerMayBeTold: [of_checks.tell_employer],
    CertificateIssued: [
        certification.issue_what_builds_on,
        register.reassess_on_certificate,
        funding.open_claims,
        notifications.tell_holder,
        credentials.make_credential,
    ],
    CertificateWithdrawn: [
        register.reassess_on_certificate,
        funding.drop_drafts,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateReplaced: [
        register.reassess_on_certificate,
        credentials.make_credential_of_replacement,
        of_certificates.tell_of_move,
    ],
    CertificateSuspended: [register.reassess_on_certificate, credentials.mark_in_list, of_certificates.tell_of_move],
    CertificateSuspensionLifted: [
        register.reassess_on_certificate,
        funding.open_claims_again,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateLapsesSoon: [of_certificates.tell_of_end],
    CertificateLapsed: [register.reassess_on_certificate, of_certificates.tell_of_end],
    VerdictChanged: [notifications.tell_person, feed.touch_on_change],
    ListingMoved: [directory.follow_listing, feed.touch_on_change, of_listing.tell_of_move, listing.work_out_again],
    ListingRunsOut: [of_listing.tell_of_end],
    RemovalNoticeGiven: [of_listing.tell_of_notice],
    RemovalNoticeTakenBack: [of_listing.tell_of_other],
    ListingReviewAsked: [of_listing.tell_of_review],
    ListingReviewAnswered: [of_listing.tell_of_other],
    RuleChangeAhead: [of_changes.tell_of_change],
    RuleChangeOff: [of_changes.tell_of_change],
    WaiverGiven: [listing.work_out_again, of_listing.tell_of_waiver],
    WaiverEnded: [listing.work_out_again, of_listing.tell_of_other],
    ConductToAccept: [of_register_team.tell_of_code],
    NextStepReminded: [of_register_team.remind],
    RecordsLinked: [of_register_team.tell_of_link],
    RecordsApart: [of_register_team.tell_of_link],
    ProfilePublished: [feed.touch_on_change, of_directory.tell_of_profile],
    ProfileSentBack: [of_directory.tell_of_profile],
    ProfileShown: [feed.touch_on_change],
    ProfileHidden: [feed.touch_on_change, of_directory.tell_of_profile],
    MessageWritten: [of_directory.tell_of_message],
    IntroductionAnswered: [of_directory.tell_of_introduction],
    ContactDetailsPassed: [of_directory.tell_of_details],
    AbuseAnswered: [of_directory.tell_of_report],
    VacancyPublished: [of_directory.tell_of_vacancy],
    VacancySentBack: [of_directory.tell_of_vacancy],
    VacancyEnded: [of_directory.tell_of_vacancy],
    VacancyAnswered: [of_directory.tell_of_vacancy_answer],
    OutcomesShown: [
        knowledge.keep_shown,
        assessment.count_what_is_shown,
        certification.issue_when_shown,
        register.reassess_on_knowledge,
    ],
    KnowledgeShared: [notifications.tell_employer],
    PriorDecided: [notifications.tell_of_prior],
    LinkAsked: [notifications.send_link],
    LinkSentAgain: [notifications.send_link],
    LinkAnswered: [notifications.tell_asker],
    LinkNotTheirs: [notifications.tell_asker],
    LinkDoubted: [notifications.tell_asker],
    TogetherRecorded: [notifications.tell_of_together],
    ReportDealtWith: [notifications.tell_reporter],
}
"""What other rooms write when a fact is recorded, in this order, in the same transaction."""

GROUNDS: AskedOutside = {
    "conduct_accepted": register_grounds.conduct_accepted,
}
"""What rooms above certification know that a certificate can rest on, by the name its rule asks for."""

BEFORE_COMMIT: tuple[Callable[[Db], None], ...] = (feed_services.settle,)
"""What is done at the end of every unit of work that writes, once, just before its commit."""

FEED_BELLS: tuple[feed_services.Bell, ...] = (webhooks.ring,)
"""Who is told, in the same unit of work, that entries were added to a register's feed."""

WORKERS: Workers = {
    "certification.render": rendering.render,
    **credentials.WORKERS,
    bulk.LOOK: bulk_working.look_some,
    bulk.ISSUE: bulk_working.issue_some,
    bulk.PACK: bulk_packing.pack_some,
    notices.SEND: notices.send,
    sampling.PLAN: sampling.plan_job,
    authoring.REMARK: authoring.remark,
    paper.PRINT: printing.print_page,
    log_printing.PRINT: log_printing.print_log,
    **changing.WORKERS,
    feed_keeping.LOOK_AGAIN: feed_keeping.look_again,
    webhooks.NOTIFY: webhooks_working.notify,
    register_reminding.SEND: register_reminding.work_off,
    doubles_looking.LOOK: doubles_looking.look,
}
"""What the worker does with waiting rows, by kind."""

LOADERS: Mapping[str, Sequence[Loader]] = {
    "modules": [learning_content.load, glossary.load, further.load],
    "assessments": [assessment_content.load, crossing.load],
    "certificates": [certification_content.load],
    "register": [register_content.load],
    "funding": [funding_content.load],
}
"""Who reads which shelf."""

ACROSS: tuple[Across, ...] = (mapping.across, certification_across.across, register_across.across)
"""Who looks from one shelf into another once all are read: what points somewhere has to point at something."""

CHECKS: tuple[Callable[[Shelves], list[str]], ...] = (
    lambda shelves_: register_content.run_cases(shelves_[register_content.RegisterRules]),
    lambda shelves_: funding_content.run_cases(shelves_[funding_content.Schemes]),
)
"""Worked cases that travel with the rules: each gives a sentence for every case that does not come out."""

NOTES: tuple[Callable[[Shelves, date], list[Problem]], ...] = (
    lambda shelves_, on: notes.report(shelves_[Courses], on),
    lambda shelves_, _on: glossary.report(shelves_[glossary.Glossary]),
    lambda shelves_, _on: coverage.notes(shelves_),
)
"""Softer findings about content on a day: nothing is broken, but somebody should look."""

LINKS: tuple[Callable[[Shelves, Tell], Iterable[Problem]], ...] = (
    lambda shelves_, tell: links.ask(shelves_[Courses], tell),
)
"""Who can ask whether the web addresses in content still answer."""

SWEEPS: tuple[Callable[[House, datetime], object], ...] = (
    lambda house, now: register_services.reread(house, now=now),
    sessions.forget_old,
    media_taking.sweep,
    catching_up.catch_up,
    standing_rows.catch_up,
    competence_reminding.remind,
    link_reminding.remind,
    link_reminding.forget_unsent,
    personal_services.remind,
    reminding.remind,
    sampling.sweep,
    checking.forget_old,
    status_lists.sweep,
    new_kinds.catch_up,
    lapse_reminding.remind,
    feed_keeping.each_day,
    changing.sweep,
    listing_reminding.sweep,
    checks_sweeping.delete_numbers,
    conduct_telling.remind,
    doubles_looking.sweep,
    webhooks_working.sweep,
    vacancies_ending.end_due,
    directory_keeping.forget_old,
)
"""What the worker does each minute because the calendar moved on."""

LOOKS: tuple[Look, ...] = (
    editions_doctor.look,
    certification_doctor.look,
    starting.look,
)
"""What rooms have to say to `lms doctor`."""

CARDS: tuple[CardMaker, ...] = (
    learning_home.cards,
    authoring_home.cards,
    writing_home.cards,
    assessment_home.cards,
    reading_home.cards,
    lines_home.cards,
    quality_home.cards,
    certification_home.cards,
    holder_home.cards,
    bulk_home.cards,
    prior_home.cards,
    register_home.cards,
    vacancies_home.cards,
    conduct_home.cards,
    listing_home.cards,
    changing_home.cards,
    checks_home.cards,
    feed_home.cards,
    webhooks_home.cards,
    funding_home.cards,
    people_home.cards,
)
"""What stands on a home page."""

WAITS: tuple[WaitsFor, ...] = (
    own_waits.for_assessor,
    own_waits.for_whoever_decided,
    own_waits.for_household,
    quality_waits.sampled,
    quality_waits.appealed,
    competence_waits.waits_for,
    asking_waits.waits_for,
    visits_waits.two_versions,
    visits_waits.received,
    links_waits.waits_for,
    together_waits.waits_for,
)
"""What waits for somebody, in the one queue: each in a constant number of queries."""


INFO: Mapping[str, object] = {
    "reactions": REACTIONS,
    "grounds": GROUNDS,
    "before_commit": BEFORE_COMMIT,
    "feed_bells": FEED_BELLS,
}
"""What every unit of work of a house carries, beside its shelves and its bell."""


def build_house(settings: Settings, *, clock: Clock | None = None, bell: Callable[[UUID], Any] | None = None) -> House:
    """A house ready to be lived in: content loaded, database reachable and not newer than this version.

    `bell` is rung with the id of waiting work after its commit; by default it wakes the worker through the job
    engine. Raises ContentWrong with every mistake in every pack, and every line of a framework that people hold
    evidence for and no pack brings any more; NewerDatabase, or what the database says.
    """
    import_models()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    loaded = shelves.load(LOADERS, settings.packs, across=ACROSS)
    ring = bell or jobs.bell(settings)
    database = Database(settings.database_url, info={**INFO, "shelves": loaded, "bell": ring})
    try:
        migrate.check_not_newer(database)
        starting.check_lines_are_held(database)
    except Exception:
        database.close()
        raise
    return House(
        settings=settings,
        database=database,
        shelves=loaded,
        files=Files(settings.files_url),
        workers=WORKERS,
        card_makers=CARDS,
        sweeps=SWEEPS,
        looks=LOOKS,
        waits=WAITS,
        clock=clock or utc_now,
    )
