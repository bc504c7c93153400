"""The second rows of links: a desk with many pages keeps few of them in the menu and the rest in a row of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.words import N_
from lms.people.rules import Role

UNDER = {"lms.forgetting": "lms.settings.settings"}
"""Rooms without a link of their own in the menu, and the link under which people find them."""

ROW_PART = "lms/core/second_row.html"
"""The template that stands under the header of pages with a second row of links."""


@dataclass(frozen=True)
class NavigationItem:
    """A page in the menu or a row, for those who hold one of the roles; no roles: for everybody who sees the rest."""

    label: str
    endpoint: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class SecondRow:
    """A row of links on the pages of one desk.

    `rooms` says which link is marked on a page of a blueprint, by the blueprint's name. `in_menu` are the links that
    stand in the menu too; on every other page of the row the first of them is marked there.
    """

    label: str
    roles: frozenset[Role]
    items: tuple[NavigationItem, ...]
    rooms: Mapping[str, str]
    in_menu: tuple[str, ...]


def _row(
    label: str, roles: frozenset[Role], in_menu: tuple[str, ...], items: tuple[NavigationItem, ...], **rooms: str
) -> SecondRow:
    own = {item.endpoint.split(".")[1]: item.endpoint for item in items}
    return SecondRow(label, roles, items, own | rooms, in_menu)


MONEY = _row(
    N_("Pages about money for training"),
    frozenset({Role.COORDINATOR, Role.FUNDING_OFFICER}),
    ("lms.funding_board.board", "lms.funding.claims"),
    (
        NavigationItem(N_("Board"), "lms.funding_board.board"),
        NavigationItem(N_("Claims"), "lms.funding.claims"),
        NavigationItem(N_("Schemes"), "lms.schemes.schemes"),
        NavigationItem(N_("Budgets"), "lms.budgets.budgets"),
        NavigationItem(N_("Payments"), "lms.payments.remittances"),
        NavigationItem(N_("Subsidised places"), "lms.places.team"),
        NavigationItem(N_("Permissions"), "lms.permissions.behind"),
        NavigationItem(N_("Records"), "lms.funding_records.records"),
        NavigationItem(N_("Reports"), "lms.reports.reports", (Role.FUNDING_OFFICER,)),
    ),
    claim_evidence="lms.funding.claims",
    money_sources="lms.places.team",
)
PROGRAMME = _row(
    N_("Pages of your desk"),
    frozenset({Role.COORDINATOR}),
    ("lms.programme_desk.desk",),
    (
        NavigationItem(N_("Desk"), "lms.programme_desk.desk"),
        NavigationItem(N_("Bring people in"), "lms.intake.batches"),
        NavigationItem(N_("Groups"), "lms.groups.groups"),
        NavigationItem(N_("Events"), "lms.gatherings.planned"),
        NavigationItem(N_("Do for many"), "lms.bulk_work.works"),
        NavigationItem(N_("Messages to people"), "lms.messages_out.outbox"),
        NavigationItem(N_("Call-backs"), "lms.callbacks.calls"),
        NavigationItem(N_("Contacts"), "lms.contacts.contacts"),
        NavigationItem(N_("Teams that learn"), "lms.teams.teams"),
        NavigationItem(N_("Mentors"), "lms.mentors.desk"),
        NavigationItem(N_("Reports"), "lms.reports.reports"),
    ),
    message_templates="lms.messages_out.outbox",
    message_people="lms.messages_out.outbox",
    areas="lms.programme_desk.desk",
)
ROWS: tuple[SecondRow, ...] = (PROGRAMME, MONEY)
"""In this order: reports belong to both desks, and for who works at both they stand at the first."""
