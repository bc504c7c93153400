"""What is written when the register learns or decides something."""

from lms.core.events import Reactions
from lms.notifications import of_changes, of_checks, of_directory, of_listing, of_register_team
from lms.notifications import reactions as notifications
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
from lms.register.merging.events import RecordsApart, RecordsLinked
from lms.register.reminding.events import NextStepReminded
from lms.register.vacancies.events import VacancyAnswered, VacancyEnded, VacancyPublished, VacancySentBack

REGISTER: Reactions = {
    RequirementSeen: [register.issue_on_code, checks.follow_record],
    CircumstancesSaid: [checks.follow_fact],
    DisclosureStepTaken: [checks.follow_fact],
    StatusConsentSaid: [checks.follow_fact],
    TalkInvited: [of_checks.tell_pa],
    DecisionTold: [of_checks.tell_pa],
    DisclosureReviewAsked: [checks.follow_fact, of_checks.tell_team_of_review],
    DisclosureReviewDecided: [checks.follow_fact, of_checks.tell_pa],
    EmployerMayBeTold: [of_checks.tell_employer],
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
}
