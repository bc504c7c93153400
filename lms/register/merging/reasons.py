"""Why two records are read as one, and why that was undone. Codes only: a reason says nothing about anybody."""

from enum import StrEnum


class LinkReason(StrEnum):
    """How the register team knows that two records are of the same person."""

    SAID_BY_THE_PA = "said_by_the_pa"
    SAME_DOCUMENTS = "same_documents"
    SAME_CONTACT = "same_contact"
    ADDED_TWICE = "added_twice"


class UndoReason(StrEnum):
    """Why two records are read as two again."""

    TWO_PEOPLE = "two_people"
    WRONG_WAY_ROUND = "wrong_way_round"
    ASKED_BY_THE_PA = "asked_by_the_pa"


class Likeness(StrEnum):
    """What makes two records look like the same person."""

    NAME = "name"
    NAME_AND_EMAIL = "name_and_email"
    EMAIL = "email"
    NAME_AND_EMPLOYER = "name_and_employer"
