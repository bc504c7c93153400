"""What each room brings: waiting work, shelves it reads, what it does each minute, cards, what waits for somebody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from lms.assessment import allocating, standing_rows
from lms.assessment import content as assessment_content
from lms.assessment import home as assessment_home
from lms.assessment.asking import waits as asking_waits
from lms.assessment.competence import reminding as competence_reminding
from lms.assessment.competence import waits as competence_waits
from lms.assessment.knowledge import catching_up
from lms.assessment.knowledge import printing as log_printing
from lms.assessment.lines import home as lines_home
from lms.assessment.lines import starting
from lms.assessment.links import reminding as link_reminding
from lms.assessment.links import waits as links_waits
from lms.assessment.media import taking as media_taking
from lms.assessment.personal import services as personal_services
from lms.assessment.quality import home as quality_home
from lms.assessment.quality import waits as quality_waits
from lms.assessment.quality.planning import services as sampling
from lms.assessment.queues import own as own_waits
from lms.assessment.queues import reminding
from lms.assessment.queues.makers import WaitsFor
from lms.assessment.reading import home as reading_home
from lms.assessment.shelf import coverage, crossing, mapping
from lms.assessment.together import waits as together_waits
from lms.assessment.visits import waits as visits_waits
from lms.certification import across as certification_across
from lms.certification import catching_up as new_kinds
from lms.certification import content as certification_content
from lms.certification import doctor as certification_doctor
from lms.certification import home as certification_home
from lms.certification.bulk import home as bulk_home
from lms.certification.bulk import packing as bulk_packing
from lms.certification.bulk import services as bulk
from lms.certification.bulk import working as bulk_working
from lms.certification.checking import throttle as checking
from lms.certification.credentials import lists as status_lists
from lms.certification.credentials import reactions as credentials
from lms.certification.holder import home as holder_home
from lms.certification.life import reminding as lapse_reminding
from lms.certification.printing import rendering
from lms.certification.prior import home as prior_home
from lms.core import dropping
from lms.core.cards import CardMaker
from lms.core.content import Problem
from lms.core.doctor import Look
from lms.core.house import House
from lms.core.restore import Turn
from lms.core.shelves import Across, Loader, Shelves
from lms.core.telling import Tell
from lms.core.work import Workers
from lms.funding import content as funding_content
from lms.funding.board import auditing as board_auditing
from lms.funding.board import forgetting as board_forgetting
from lms.funding.board import keeping as board_keeping
from lms.funding.board import printing as board_printing
from lms.funding.board import statements as board_statements
from lms.funding.budgets import alerts as budget_alerts
from lms.funding.budgets import home as budgets_home
from lms.funding.claims import forgetting as claims_forgetting
from lms.funding.claims import home as funding_home
from lms.funding.employers import clearing as bank_clearing
from lms.funding.employers import forgetting as employers_forgetting
from lms.funding.employers import home as training_paid_home
from lms.funding.evidence import forgetting as evidence_forgetting
from lms.funding.evidence import packing as claim_packing
from lms.funding.paying import forgetting as payments_forgetting
from lms.funding.permissions import forgetting as permissions_forgetting
from lms.funding.places import ending as places_ending
from lms.funding.places import home as places_home
from lms.funding.prospects import rereading as prospects_rereading
from lms.funding.records import services as funding_records
from lms.funding.records import working as funding_clearing
from lms.funding.records.services import Forget
from lms.learning import content as learning_content
from lms.learning import home as learning_home
from lms.learning.authoring import home as authoring_home
from lms.learning.authoring import services as authoring
from lms.learning.catalogue import Courses
from lms.learning.editions import doctor as editions_doctor
from lms.learning.paper import printing
from lms.learning.paper import services as paper
from lms.learning.shelf import further, glossary, links, notes
from lms.learning.writing import home as writing_home
from lms.notifications import digests, sending
from lms.notifications import services as notices
from lms.notifications.channels import looking as channels_looking
from lms.notifications.channels import polling
from lms.notifications.letters import posting
from lms.notifications.letters import services as letters
from lms.notifications.writing import services as messages
from lms.notifications.writing import working as messages_working
from lms.people import home as people_home
from lms.people import sessions
from lms.programme.authority import ending as roles_ending
from lms.programme.bulk import services as for_many
from lms.programme.bulk import sweeping as for_many_sweeping
from lms.programme.bulk import working as for_many_working
from lms.programme.contacts import home as contacts_home
from lms.programme.contacts import sweeping as contacts_sweeping
from lms.programme.desk import keeping as desk_keeping
from lms.programme.forgetting import clearing as contacts_clearing
from lms.programme.gatherings import home as gatherings_home
from lms.programme.gatherings import sweeping as gatherings_sweeping
from lms.programme.intake import services as intake
from lms.programme.intake import sweeping as intake_sweeping
from lms.programme.intake import working as intake_working
from lms.programme.mentors import home as mentors_home
from lms.programme.mentors import reactions as mentors_reactions
from lms.programme.mentors import sweeping as mentors_sweeping
from lms.programme.reports import filing as reports_filing
from lms.programme.reports import services as reports
from lms.register import across as register_across
from lms.register import content as register_content
from lms.register import home as register_home
from lms.register import services as register_services
from lms.register.changing import home as changing_home
from lms.register.changing import working as changing
from lms.register.checks import home as checks_home
from lms.register.checks import sweeping as checks_sweeping
from lms.register.conduct import home as conduct_home
from lms.register.conduct import telling as conduct_telling
from lms.register.directory import keeping as directory_keeping
from lms.register.feed import home as feed_home
from lms.register.feed import keeping as feed_keeping
from lms.register.feed import restoring as feed_restoring
from lms.register.listing import home as listing_home
from lms.register.listing import reminding as listing_reminding
from lms.register.merging import looking as doubles_looking
from lms.register.reminding import services as register_reminding
from lms.register.vacancies import ending as vacancies_ending
from lms.register.vacancies import home as vacancies_home
from lms.register.webhooks import home as webhooks_home
from lms.register.webhooks import services as webhooks
from lms.register.webhooks import working as webhooks_working

WORKERS: Workers = {
    "certification.render": rendering.render,
    mentors_reactions.OVER: mentors_reactions.end_when_over,
    **credentials.WORKERS,
    bulk.LOOK: bulk_working.look_some,
    bulk.ISSUE: bulk_working.issue_some,
    bulk.PACK: bulk_packing.pack_some,
    notices.SEND: sending.send,
    notices.DIGEST: digests.send,
    messages.SEND_MANY: messages_working.send_many,
    letters.PRINT: letters.print_file,
    posting.POST: posting.post,
    sampling.PLAN: sampling.plan_job,
    authoring.REMARK: authoring.remark,
    paper.PRINT: printing.print_page,
    log_printing.PRINT: log_printing.print_log,
    **changing.WORKERS,
    feed_keeping.LOOK_AGAIN: feed_keeping.look_again,
    webhooks.NOTIFY: webhooks_working.notify,
    register_reminding.SEND: register_reminding.work_off,
    doubles_looking.LOOK: doubles_looking.look,
    funding_records.CLEAR: funding_clearing.clear,
    dropping.DROP: dropping.drop,
    board_statements.PRINT: board_printing.print_statement,
    board_auditing.MAKE: board_auditing.make,
    claim_packing.PACK: claim_packing.pack,
    for_many.LOOK: for_many_working.look_some,
    for_many.DO: for_many_working.do_some,
    intake.LOOK: intake_working.look,
    intake.CARRY: intake_working.carry,
    intake.UNDO: intake_working.undo,
    reports.MAKE: reports_filing.make,
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
    contacts_sweeping.sweep,  # first of all: alerts wait for nothing that takes long
    lambda house, now: register_services.reread(house, now=now),
    sessions.forget_old,
    media_taking.sweep,
    catching_up.catch_up,
    standing_rows.catch_up,
    allocating.end_with_enrolments,
    competence_reminding.remind,
    roles_ending.remind,
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
    places_ending.sweep,
    prospects_rereading.sweep,
    board_keeping.sweep,
    budget_alerts.sweep,
    bank_clearing.sweep,
    desk_keeping.sweep,
    polling.sweep,
    gatherings_sweeping.remind,
    intake_sweeping.sweep,
    mentors_sweeping.forget,
    reports.forget_old,
    contacts_clearing.sweep,
    for_many_sweeping.forget,
)
"""What the worker does each minute because the calendar moved on."""

AFTER_RESTORE: tuple[Turn, ...] = (feed_restoring.begin_anew,)
"""What rooms do once a backup was put back."""

LOOKS: tuple[Look, ...] = (
    editions_doctor.look,
    certification_doctor.look,
    starting.look,
    channels_looking.look,
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
    budgets_home.cards,
    training_paid_home.cards,
    contacts_home.cards,
    gatherings_home.cards,
    mentors_home.cards,
    places_home.cards,
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

CLAIM_FORGETTERS: tuple[Forget, ...] = (
    evidence_forgetting.forget,
    employers_forgetting.forget,
    board_forgetting.forget,
    payments_forgetting.forget,
    permissions_forgetting.forget,
    claims_forgetting.forget,
)
"""Who takes away what is personal in a claim whose time to be kept is over."""
