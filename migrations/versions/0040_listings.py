"""Listings, their moves, and waivers"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _listings()
    _notices()
    _reviews()
    _waivers()


def _listings() -> None:
    op.create_table(
        "lms_listing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("shown_as", sa.String(length=40), nullable=True),
        sa.Column("provisional_since", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("runs_out_on", sa.Date(), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("look_on", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'provisional' OR provisional_since IS NOT NULL",
            name=op.f("ck_lms_listing_provisional_since_a_day"),
        ),
        sa.CheckConstraint("turn > 0", name=op.f("ck_lms_listing_counted")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_listing_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_listing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_listing")),
        sa.UniqueConstraint("person_id", "authority_id", name=op.f("uq_lms_listing_person_id_authority_id")),
    )
    op.create_index("ix_lms_listing_in", "lms_listing", ["authority_id", "state", "since"], unique=False)
    op.create_index("ix_lms_listing_look", "lms_listing", ["look_on"], unique=False)
    op.create_index("ix_lms_listing_gone", "lms_listing", ["gone_on"], unique=False)
    op.create_table(
        "lms_listing_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act NOT IN ('refuse', 'suspend', 'remove', 'lift') OR reason IS NOT NULL",
            name=op.f("ck_lms_listing_move_reason_given"),
        ),
        sa.CheckConstraint("was IS NULL OR was <> state", name=op.f("ck_lms_listing_move_goes_somewhere")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_listing_move_by")),
        sa.ForeignKeyConstraint(["listing_id"], ["lms_listing.id"], name=op.f("fk_lms_listing_move_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_listing_move")),
        sa.UniqueConstraint("listing_id", "turn", name=op.f("uq_lms_listing_move_listing_id_turn")),
    )
    op.create_table(
        "lms_listing_warning",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("runs_out_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["lms_listing.id"], name=op.f("fk_lms_listing_warning_listing_id")),
        sa.PrimaryKeyConstraint("listing_id", "runs_out_on", "days", name=op.f("pk_lms_listing_warning")),
    )


def _notices() -> None:
    op.create_table(
        "lms_removal_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("removed_on > given_on", name=op.f("ck_lms_removal_notice_some_days")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_removal_notice_by")),
        sa.ForeignKeyConstraint(["listing_id"], ["lms_listing.id"], name=op.f("fk_lms_removal_notice_listing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_removal_notice")),
    )
    op.create_index("ix_lms_removal_notice_due", "lms_removal_notice", ["removed_on"], unique=False)
    op.create_index("ix_lms_removal_notice_of", "lms_removal_notice", ["listing_id", "at"], unique=False)
    op.create_table(
        "lms_removal_notice_end",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_removal_notice_end_by")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["lms_removal_notice.id"], name=op.f("fk_lms_removal_notice_end_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_lms_removal_notice_end")),
    )


def _reviews() -> None:
    op.create_table(
        "lms_listing_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("move_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(move_id IS NULL) <> (notice_id IS NULL)", name=op.f("ck_lms_listing_review_one_decision")),
        sa.ForeignKeyConstraint(["decided_by"], ["lms_person.id"], name=op.f("fk_lms_listing_review_decided_by")),
        sa.ForeignKeyConstraint(["listing_id"], ["lms_listing.id"], name=op.f("fk_lms_listing_review_listing_id")),
        sa.ForeignKeyConstraint(["move_id"], ["lms_listing_move.id"], name=op.f("fk_lms_listing_review_move_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["lms_removal_notice.id"], name=op.f("fk_lms_listing_review_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_listing_review")),
        sa.UniqueConstraint("move_id", name=op.f("uq_lms_listing_review_move_id")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_lms_listing_review_notice_id")),
    )
    op.create_index("ix_lms_listing_review_of", "lms_listing_review", ["listing_id", "at"], unique=False)
    op.create_table(
        "lms_listing_review_answer",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by <> decided_by", name=op.f("ck_lms_listing_review_answer_somebody_else")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_listing_review_answer_by")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["lms_person.id"], name=op.f("fk_lms_listing_review_answer_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["lms_listing_review.id"], name=op.f("fk_lms_listing_review_answer_review_id")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_lms_listing_review_answer")),
    )


def _waivers() -> None:
    op.create_table(
        "lms_waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("by <> person_id", name=op.f("ck_lms_waiver_decided_by_somebody_else")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_lms_waiver_ends_after_start")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_waiver_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_waiver_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_waiver_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_waiver")),
    )
    op.create_index("ix_lms_waiver_ending", "lms_waiver", ["authority_id", "ends_on"], unique=False)
    op.create_index("ix_lms_waiver_of", "lms_waiver", ["authority_id", "person_id"], unique=False)
    op.create_index(op.f("ix_lms_waiver_person_id"), "lms_waiver", ["person_id"], unique=False)
    op.create_table(
        "lms_waiver_end",
        sa.Column("waiver_id", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_waiver_end_by")),
        sa.ForeignKeyConstraint(["waiver_id"], ["lms_waiver.id"], name=op.f("fk_lms_waiver_end_waiver_id")),
        sa.PrimaryKeyConstraint("waiver_id", name=op.f("pk_lms_waiver_end")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("lms_waiver_end")
    op.drop_table("lms_waiver")
    op.drop_table("lms_listing_review_answer")
    op.drop_table("lms_listing_review")
    op.drop_table("lms_removal_notice_end")
    op.drop_table("lms_removal_notice")
    op.drop_table("lms_listing_warning")
    op.drop_table("lms_listing_move")
    op.drop_table("lms_listing")
