"""What is written when a claim, a permission or a payment moves."""

from lms.core.events import Reactions
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
from lms.funding.prospects.reactions import touch_on_fact
from lms.funding.sources import reactions as money_sources
from lms.notifications import of_budgets, of_claims, of_employers, of_places

MONEY: Reactions = {
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
