"""What is written when somebody joins, studies, or is judged at work."""

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
from lms.certification import reactions as certification
from lms.core.events import Reactions
from lms.funding.prospects.reactions import take_back as take_back_prospects
from lms.funding.prospects.reactions import touch_on_fact
from lms.learning import reactions as learning
from lms.learning.authoring.events import ReportDealtWith
from lms.learning.events import (
    ActivityWritten,
    CheckMarked,
    EnrolmentTakenBack,
    LearnerEnrolled,
    LearnerLeft,
    ModuleStudied,
    TextRead,
)
from lms.learning.prior.events import PriorDecided
from lms.learning.shown.events import OutcomesShown
from lms.learning.writing import reactions as writing
from lms.notifications import of_asking, of_practice, of_quality
from lms.notifications import reactions as notifications
from lms.people.events import (
    EmploymentEnded,
    EmploymentStarted,
    EmploymentTakenBack,
    InvitationAccepted,
    NameChanged,
    PersonInvited,
    RoleEnded,
    RoleGiven,
    RoleTakenBack,
    SignInLinkAsked,
)
from lms.programme.contacts import reactions as contacts
from lms.programme.gatherings import reactions as gatherings
from lms.programme.mentors import reactions as mentors
from lms.programme.teams import reactions as teams
from lms.register import reactions as register
from lms.register.feed import reactions as feed
from lms.register.listing import reactions as listing
from lms.register.merging import reactions as merging

STUDY_AND_PRACTICE: Reactions = {
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
        teams.leave_teams,
        gatherings.free_places_with_role,
        mentors.look_when_over,
    ],
    RoleTakenBack: [register.take_back_standing, feed.touch_on_role],
    EmploymentStarted: [touch_on_fact, contacts.plan_call_backs],
    EmploymentTakenBack: [touch_on_fact, contacts.take_back_call_backs],
    EnrolmentTakenBack: [assessment.take_back_with_enrolment, take_back_prospects],
    LearnerLeft: [assessment.end_allocations_with_enrolment],
    EmploymentEnded: [
        touch_on_fact,
        sharing.end_with_employment,
        personal.end_personal_with_employment,
        contacts.end_call_backs,
    ],
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
    InvitationAccepted: [learning.enrol_on_joining, asking_outside.allocate_on_joining, teams.join_team],
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
