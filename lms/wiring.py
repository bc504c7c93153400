"""Who reacts to what, and a house put together from what the rooms bring. Which pages there are is in `pages`."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from lms.assessment import reactions as assessment
from lms.assessment.asking import outside as asking_outside
from lms.assessment.asking.events import AssessorAsked, AssessorFound, AssessorRequestEnded
from lms.assessment.competence.events import CompetenceEndsSoon
from lms.assessment.events import AllocationEnded, DecisionReviewed, DecisionsFinalised, SignOffWithdrawn, UnitSignedOff
from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo, EvidenceWithdrawn
from lms.assessment.knowledge import reactions as knowledge
from lms.assessment.lines import starting
from lms.assessment.links.events import LinkAnswered, LinkAsked, LinkDoubted, LinkNotTheirs, LinkSentAgain
from lms.assessment.personal import reactions as personal
from lms.assessment.personal.events import PersonalSignOffEnding
from lms.assessment.quality import reactions as quality
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
from lms.assessment.queues import reactions as queues
from lms.assessment.queues.events import WorkWaits, WorkWaitsLong
from lms.assessment.sharing import reactions as sharing
from lms.assessment.sharing.events import KnowledgeShared
from lms.assessment.together.events import TogetherRecorded
from lms.brought import ACROSS, CARDS, LOADERS, LOOKS, SWEEPS, WAITS, WORKERS
from lms.certification import reactions as certification
from lms.certification.credentials import reactions as credentials
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.grounds import AskedOutside
from lms.certification.life.events import CertificateLapsed, CertificateLapsesSoon
from lms.core import jobs, migrate, shelves
from lms.core.clock import Clock, utc_now
from lms.core.db import Database, Db
from lms.core.events import Reactions
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings
from lms.funding import reactions as funding
from lms.learning import reactions as learning
from lms.learning.authoring.events import ReportDealtWith
from lms.learning.events import ActivityWritten, CheckMarked, LearnerEnrolled, ModuleStudied, TextRead
from lms.learning.prior.events import PriorDecided
from lms.learning.shown.events import OutcomesShown
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
from lms.people.events import EmploymentEnded, InvitationAccepted, PersonInvited, RoleEnded, RoleGiven, SignInLinkAsked
from lms.register import grounds as register_grounds
from lms.register import reactions as register
from lms.register.changing.events import RuleChangeAhead, RuleChangeOff
from lms.register.checks import reactions as checks
from lms.register.checks.events import (
    DecisionTold,
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    StatusConsentSaid,
    TalkInvited,
)
from lms.register.conduct.events import ConductToAccept
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
from lms.register.feed import reactions as feed
from lms.register.feed import services as feed_services
from lms.register.listing import reactions as listing
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
from lms.register.merging import reactions as merging
from lms.register.merging.events import RecordsApart, RecordsLinked
from lms.register.reminding.events import NextStepReminded
from lms.register.vacancies.events import VacancyAnswered, VacancyEnded, VacancyPublished, VacancySentBack
from lms.register.webhooks import services as webhooks
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
