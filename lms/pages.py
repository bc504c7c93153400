"""The pages there are: every blueprint, what stands on every page, and the menu."""

from flask import Blueprint

from lms.assessment import allocation, household
from lms.assessment import views as assessment_views
from lms.assessment.asking import pages as asking_pages
from lms.assessment.competence import pages as competence_pages
from lms.assessment.confidence import views as confidence_views
from lms.assessment.crossing import desk as crossing_desk
from lms.assessment.deciding import reading_views as deciding_views
from lms.assessment.evidence import views as evidence_views
from lms.assessment.grids import views as grids_views
from lms.assessment.knowledge import staff as knowledge_views
from lms.assessment.lines import views as lines_views
from lms.assessment.links import said as said_views
from lms.assessment.links import views as links_views
from lms.assessment.media import upload_views
from lms.assessment.media import views as media_views
from lms.assessment.paper import views as on_paper_views
from lms.assessment.personal import views as personal_views
from lms.assessment.quality import views as quality_views
from lms.assessment.queues import views as queues_views
from lms.assessment.reading import views as reading_views
from lms.assessment.sharing import views as sharing_views
from lms.assessment.signing import views as signing_views
from lms.assessment.together import views as together_views
from lms.assessment.visits import desk as visits_desk
from lms.certification.appearance import views as appearance_views
from lms.certification.attendance import views as attendance_views
from lms.certification.bulk import views as bulk_views
from lms.certification.checking import views as checking_views
from lms.certification.credentials import views as credentials_views
from lms.certification.holder import shared as shared_views
from lms.certification.holder import views as holder_views
from lms.certification.life import views as life_views
from lms.certification.printing import views as printing_views
from lms.certification.prior import desk as prior_desk
from lms.certification.prior import views as prior_views
from lms.core import views as core_views
from lms.core.web import api_pages
from lms.core.words import N_
from lms.funding.authoring import pages as schemes_pages
from lms.funding.board import pages as board_pages
from lms.funding.budgets import views as budgets_views
from lms.funding.claims import views as funding_views
from lms.funding.employers import views as training_paid_views
from lms.funding.evidence import pages as claim_evidence_pages
from lms.funding.paying import pages_of_claims as payments_pages
from lms.funding.permissions import views as permissions_views
from lms.funding.places import views as places_views
from lms.funding.records import views as funding_records_views
from lms.funding.sources import views as money_sources_views
from lms.learning import views as learning_views
from lms.learning.authoring import desk as authoring_desk
from lms.learning.offline import views as offline_views
from lms.learning.paper import views as paper_views
from lms.learning.writing import views as writing_views
from lms.navigation import NavigationItem
from lms.notifications import outbox
from lms.notifications import views as notifications_views
from lms.notifications.preferences import views as preferences_views
from lms.notifications.writing import pages as messages_pages
from lms.people import desk, employers, entrance
from lms.people import views as people_views
from lms.people.areas import views as areas_views
from lms.people.rules import Role
from lms.people.tokens import views as tokens_views
from lms.programme.authority import pages as authority_settings
from lms.programme.bulk import views as for_many_views
from lms.programme.contacts import alert_views, call_views
from lms.programme.contacts import views as contacts_views
from lms.programme.desk import pages as programme_desk
from lms.programme.forgetting import views as forgetting_views
from lms.programme.gatherings import pages as gatherings_pages
from lms.programme.groups import views as groups_views
from lms.programme.intake import views as intake_views
from lms.programme.mentors import pages as mentors_pages
from lms.programme.reports import pages as reports_pages
from lms.programme.teams import views as teams_views
from lms.register import views as register_views
from lms.register.authoring import desk as rules_desk
from lms.register.changing import views as changing_views
from lms.register.checks import views as checks_views
from lms.register.conduct import views as conduct_views
from lms.register.directory import views as directory_views
from lms.register.feed import api as feed_api
from lms.register.feed import views as feed_views
from lms.register.listing import team as listing_views
from lms.register.merging import views as merging_views
from lms.register.reaching import views as reaching_views
from lms.register.reminding import views as reminding_views
from lms.register.vacancies import views as vacancies_views
from lms.register.webhooks import views as webhooks_views

BLUEPRINTS: tuple[Blueprint, ...] = (
    core_views.pages,
    api_pages.pages,
    people_views.pages,
    desk.pages,
    employers.pages,
    tokens_views.pages,
    areas_views.pages,
    learning_views.pages,
    authoring_desk.pages,
    offline_views.pages,
    writing_views.pages,
    paper_views.pages,
    assessment_views.pages,
    evidence_views.pages,
    deciding_views.pages,
    signing_views.pages,
    reading_views.pages,
    lines_views.pages,
    knowledge_views.pages,
    confidence_views.pages,
    sharing_views.pages,
    media_views.pages,
    upload_views.pages,
    crossing_desk.pages,
    on_paper_views.pages,
    links_views.pages,
    said_views.pages,
    allocation.pages,
    competence_pages.pages,
    asking_pages.pages,
    visits_desk.pages,
    household.pages,
    personal_views.pages,
    queues_views.pages,
    grids_views.pages,
    quality_views.pages,
    holder_views.pages,
    shared_views.pages,
    life_views.pages,
    bulk_views.pages,
    attendance_views.pages,
    appearance_views.pages,
    checking_views.pages,
    credentials_views.pages,
    prior_views.pages,
    printing_views.pages,
    prior_desk.pages,
    register_views.pages,
    directory_views.pages,
    vacancies_views.pages,
    conduct_views.pages,
    merging_views.pages,
    reminding_views.pages,
    reaching_views.pages,
    rules_desk.pages,
    changing_views.pages,
    checks_views.pages,
    listing_views.pages,
    feed_views.pages,
    feed_api.pages,
    webhooks_views.pages,
    funding_views.pages,
    payments_pages.pages,
    budgets_views.pages,
    schemes_pages.pages,
    places_views.pages,
    money_sources_views.pages,
    funding_records_views.pages,
    board_pages.pages,
    claim_evidence_pages.pages,
    permissions_views.pages,
    training_paid_views.pages,
    programme_desk.pages,
    authority_settings.pages,
    authority_settings.worn,
    contacts_views.pages,
    intake_views.pages,
    call_views.pages,
    forgetting_views.pages,
    alert_views.pages,
    groups_views.pages,
    gatherings_pages.pages,
    teams_views.pages,
    mentors_pages.pages,
    for_many_views.pages,
    reports_pages.pages,
    notifications_views.pages,
    *messages_pages.BLUEPRINTS,
    preferences_views.pages,
)
PAGE_PARTS: tuple[str, ...] = ("lms/learning/offline/everywhere.html",)
"""Templates that stand under the header of every page: what a room has to say wherever somebody is."""
ENTRANCE: tuple[Blueprint, ...] = (entrance.pages, together_views.pages)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (outbox.pages,)


NAVIGATION = (
    NavigationItem(N_("Home"), "lms.people.home"),
    NavigationItem(N_("My learning"), "lms.learning.my_induction", (Role.PA, Role.LEARNER)),
    NavigationItem(N_("Care Certificate"), "lms.knowledge.overview", (Role.PA,)),
    NavigationItem(N_("Practice"), "lms.assessment.practice", (Role.PA,)),
    NavigationItem(N_("Certificates"), "lms.holder.mine", (Role.PA,)),
    NavigationItem(N_("The register"), "lms.register.mine", (Role.PA,)),
    NavigationItem(N_("Courses to ask for"), "lms.places.mine", (Role.PA,)),
    NavigationItem(
        N_("What waits"),
        "lms.queues.queue",
        (Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE, Role.QUALITY_ASSURER, Role.COORDINATOR),
    ),
    NavigationItem(N_("My PAs"), "lms.household.my_pas", (Role.EMPLOYER, Role.REPRESENTATIVE)),
    NavigationItem(N_("Training money"), "lms.training_paid.home", (Role.EMPLOYER, Role.REPRESENTATIVE)),
    NavigationItem(N_("Employers you act for"), "lms.permissions.acting_for", (Role.ADVISER,)),
    NavigationItem(N_("People I assess"), "lms.assessment.people_i_assess", (Role.ASSESSOR,)),
    NavigationItem(N_("What I may assess"), "lms.competence.mine", (Role.ASSESSOR,)),
    NavigationItem(N_("Texts to read"), "lms.reading.queue", (Role.ASSESSOR, Role.COORDINATOR)),
    NavigationItem(N_("Meetings"), "lms.quality.my_meetings", (Role.ASSESSOR,)),
    NavigationItem(N_("Quality assurance"), "lms.quality.plan", (Role.QUALITY_ASSURER,)),
    NavigationItem(N_("Records to verify"), "lms.quality.to_verify", (Role.VERIFIER,)),
    NavigationItem(N_("Your desk"), "lms.programme_desk.desk", (Role.COORDINATOR,)),
    NavigationItem(N_("People"), "lms.desk.people", (Role.COORDINATOR,)),
    NavigationItem(N_("Employers"), "lms.employers.employers", (Role.COORDINATOR,)),
    NavigationItem(N_("Learners"), "lms.learning.learners", (Role.COORDINATOR,)),
    NavigationItem(N_("Standards"), "lms.grids.cohort", (Role.COORDINATOR, Role.QUALITY_ASSURER)),
    NavigationItem(N_("Assessors"), "lms.allocation.learners", (Role.COORDINATOR,)),
    NavigationItem(N_("Certificates"), "lms.life.issued", (Role.COORDINATOR, Role.QUALITY_ASSURER)),
    NavigationItem(N_("What assessors may decide on"), "lms.competence.assessors", (Role.QUALITY_ASSURER,)),
    NavigationItem(N_("Settings"), "lms.settings.settings", (Role.ADMIN,)),
    NavigationItem(N_("Who decides"), "lms.competence.policy", (Role.ADMIN,)),
    NavigationItem(N_("The register"), "lms.register.desk_page", (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)),
    NavigationItem(N_("Systems that may ask"), "lms.tokens.systems", (Role.ADMIN, Role.REGISTER_MANAGER)),
    NavigationItem(N_("Reports"), "lms.reports.reports", (Role.REGISTER_MANAGER,)),
    NavigationItem(N_("Rules"), "lms.rules.editions", (Role.REGISTER_MANAGER, Role.REGISTER_OFFICER)),
    NavigationItem(N_("Register team"), "lms.reaching.contact", (Role.ADMIN,)),
    NavigationItem(N_("Who hears of alerts"), "lms.safeguarding.named", (Role.ADMIN,)),
    NavigationItem(N_("Training content"), "lms.authoring.content", (Role.ADMIN,)),
    NavigationItem(N_("Frameworks"), "lms.lines.frameworks", (Role.ADMIN,)),
    NavigationItem(N_("Files of evidence"), "lms.media.limits", (Role.ADMIN,)),
    NavigationItem(N_("Money for training"), "lms.funding_board.board", (Role.COORDINATOR, Role.FUNDING_OFFICER)),
    NavigationItem(N_("Claims"), "lms.funding.claims", (Role.COORDINATOR, Role.FUNDING_OFFICER)),
    NavigationItem(N_("Schemes"), "lms.schemes.schemes", (Role.ADMIN,)),
    NavigationItem(N_("Records of claims"), "lms.funding_records.records", (Role.ADMIN,)),
    NavigationItem(N_("Mentoring"), "lms.mentors.mine", (Role.PA, Role.EMPLOYER, Role.REPRESENTATIVE)),
    NavigationItem(N_("Messages"), "lms.notifications.messages"),
    NavigationItem(N_("Your account"), "lms.people.account"),
)
