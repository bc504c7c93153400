"""Who reacts to what. Which pages there are is in `pages`, how a house is put together in `building`."""

from collections.abc import Callable, Mapping

from lms.assessment import reactions as assessment
from lms.assessment.asking import outside as asking_outside
from lms.assessment.asking.events import AssessorAsked, AssessorFound, AssessorRequestEnded
from lms.assessment.competence.events import CompetenceEndsSoon
from lms.assessment.events import AllocationEnded, DecisionReviewed, DecisionsFinalised, SignOffWithdrawn, UnitSignedOff
from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo, EvidenceWithdrawn
from lms.assessment.knowledge import reactions as knowledge
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
from lms.brought import CLAIM_FORGETTERS
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
from lms.core.db import Db
from lms.core.events import Reactions
from lms.funding.board import keeping as board
from lms.funding.board.touching import touch_on_claim
from lms.funding.budgets import reactions as budgets
from lms.funding.budgets.events import MoneyRunsOut
from lms.funding.claims import reactions as funding
from lms.funding.claims.events import (
    ClaimApproved,
    ClaimCostRecorded,
    ClaimDrafted,
    ClaimLineAdded,
    ClaimLineTakenOut,
    ClaimNeedsAction,
    ClaimPaid,
    ClaimRecovered,
    ClaimRejected,
    ClaimSubmitted,
    ClaimWithdrawn,
)
from lms.funding.employers.events import ApplicationPrepared, BankDetailsGiven, BankDetailsRead
from lms.funding.employers.reactions import pass_decision_on
from lms.funding.evidence import carrying as claim_carrying
from lms.funding.evidence import packs as claim_packs
from lms.funding.paying.events import DifferenceSettled
from lms.funding.permissions.events import PermissionGiven, PermissionTakenBack, PermissionUsed
from lms.funding.places.events import PlaceMoved
from lms.funding.prospects import services as prospects
from lms.funding.prospects.reactions import touch_on_fact
from lms.funding.sources import reactions as money_sources
from lms.learning import reactions as learning
from lms.learning.authoring.events import ReportDealtWith
from lms.learning.events import ActivityWritten, CheckMarked, LearnerEnrolled, ModuleStudied, TextRead
from lms.learning.prior.events import PriorDecided
from lms.learning.shown.events import OutcomesShown
from lms.learning.writing import reactions as writing
from lms.notifications import (
    of_alerts,
    of_asking,
    of_budgets,
    of_certificates,
    of_changes,
    of_checks,
    of_claims,
    of_directory,
    of_employers,
    of_listing,
    of_nudges,
    of_places,
    of_practice,
    of_quality,
    of_register_team,
)
from lms.notifications import reactions as notifications
from lms.people.events import (
    EmploymentEnded,
    EmploymentStarted,
    InvitationAccepted,
    NameChanged,
    PersonInvited,
    RoleEnded,
    RoleGiven,
    SignInLinkAsked,
)
from lms.programme.contacts import reactions as contacts
from lms.programme.contacts.events import (
    AlertWaits,
    SafeguardingChanged,
    SafeguardingPersonEnded,
    SafeguardingPersonNamed,
)
from lms.programme.desk import reactions as desk
from lms.programme.desk.events import Nudged
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

REACTIONS: Reactions = {
    PersonInvited: [notifications.send_invitation],
    SignInLinkAsked: [notifications.send_sign_in_link],
    NameChanged: [feed.touch_on_name],
    RoleGiven: [register.begin_standing, listing.stay_with_role, merging.stay_off_lists, feed.touch_on_role],
    RoleEnded: [
        assessment.end_allocations_with_role,
        sharing.end_with_role,
        register.end_standing,
        listing.end_with_role,
        merging.stay_off_lists,
        feed.touch_on_role,
    ],
    EmploymentStarted: [touch_on_fact, contacts.plan_call_backs],
    EmploymentEnded: [
        touch_on_fact,
        sharing.end_with_employment,
        personal.end_personal_with_employment,
        contacts.end_call_backs,
    ],
    AlertWaits: [of_alerts.tell_of_alert],
    SafeguardingPersonNamed: [of_alerts.tell_named],
    SafeguardingPersonEnded: [of_alerts.tell_not_named],
    SafeguardingChanged: [of_alerts.tell_of_change],
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
    LearnerEnrolled: [assessment.open_on_enrolment, touch_on_fact],
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
        touch_on_fact,
        notifications.tell_holder,
        credentials.make_credential,
    ],
    CertificateWithdrawn: [
        register.reassess_on_certificate,
        funding.drop_drafts,
        touch_on_fact,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateReplaced: [
        register.reassess_on_certificate,
        touch_on_fact,
        credentials.make_credential_of_replacement,
        of_certificates.tell_of_move,
    ],
    CertificateSuspended: [
        register.reassess_on_certificate,
        funding.look_when_suspended,
        touch_on_fact,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateSuspensionLifted: [
        register.reassess_on_certificate,
        funding.open_claims_again,
        touch_on_fact,
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
    Nudged: [of_nudges.tell],
    PlaceMoved: [of_places.tell_of_place],
    PermissionGiven: [of_employers.tell_of_permission],
    PermissionTakenBack: [of_employers.tell_of_end],
    PermissionUsed: [of_employers.tell_of_decision],
    ApplicationPrepared: [of_employers.tell_of_application],
    BankDetailsGiven: [of_employers.tell_of_account],
    BankDetailsRead: [of_employers.tell_of_reading],
    ClaimDrafted: [touch_on_fact, touch_on_claim],
    ClaimLineAdded: [claim_carrying.copy_over, touch_on_fact, touch_on_claim],
    ClaimLineTakenOut: [money_sources.take_out_line, touch_on_fact, touch_on_claim, budgets.enter],
    ClaimCostRecorded: [touch_on_claim, budgets.enter],
    ClaimSubmitted: [claim_packs.freeze, money_sources.take_in_claim, touch_on_fact, touch_on_claim, budgets.enter],
    ClaimNeedsAction: [of_claims.tell_of_answer, touch_on_fact, touch_on_claim],
    ClaimApproved: [
        funding.open_second_when_approved,
        of_claims.tell_of_answer,
        pass_decision_on,
        money_sources.take_in_claim,
        touch_on_fact,
        touch_on_claim,
        budgets.enter,
    ],
    ClaimRejected: [
        of_claims.tell_of_answer,
        pass_decision_on,
        money_sources.take_out_claim,
        touch_on_fact,
        touch_on_claim,
        budgets.enter,
    ],
    DifferenceSettled: [budgets.enter],
    MoneyRunsOut: [of_budgets.tell],
    ClaimPaid: [touch_on_fact, touch_on_claim, budgets.enter],
    ClaimRecovered: [touch_on_fact, touch_on_claim, budgets.enter],
    ClaimWithdrawn: [money_sources.take_out_claim, touch_on_fact, touch_on_claim, budgets.enter],
}
"""What other rooms write when a fact is recorded, in this order, in the same transaction."""

GROUNDS: AskedOutside = {
    "conduct_accepted": register_grounds.conduct_accepted,
}
"""What rooms above certification know that a certificate can rest on, by the name its rule asks for."""

BEFORE_COMMIT: tuple[Callable[[Db], None], ...] = (feed_services.settle, prospects.settle, board.settle, desk.settle)
"""What is done at the end of every unit of work that writes, once, just before its commit."""

FEED_BELLS: tuple[feed_services.Bell, ...] = (webhooks.ring,)
"""Who is told, in the same unit of work, that entries were added to a register's feed."""

INFO: Mapping[str, object] = {
    "reactions": desk.also(REACTIONS),
    "grounds": GROUNDS,
    "claim_forgetters": CLAIM_FORGETTERS,
    "before_commit": BEFORE_COMMIT,
    "feed_bells": FEED_BELLS,
}
"""What every unit of work of a house carries, beside its shelves and its bell."""
