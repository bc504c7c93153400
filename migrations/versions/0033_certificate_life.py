"""What happens to certificates after their issue, and what their holders share"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _suspensions()
    _words()
    _shares()
    _choices()


def _suspensions() -> None:
    op.create_table(
        "lms_suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("turn > 0", name=op.f("ck_lms_suspension_counted")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_suspension_certificate_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_suspension_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_suspension")),
        sa.UniqueConstraint("certificate_id", "turn", name=op.f("uq_lms_suspension_certificate_id_turn")),
    )
    op.create_table(
        "lms_suspension_lift",
        sa.Column("suspension_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["lms_suspension.id"], name=op.f("fk_lms_suspension_lift_suspension_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_suspension_lift_by")),
        sa.PrimaryKeyConstraint("suspension_id", name=op.f("pk_lms_suspension_lift")),
    )


def _words() -> None:
    op.create_table(
        "lms_certificate_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_certificate_word_certificate_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_certificate_word_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_certificate_word")),
    )
    op.create_index("ix_lms_certificate_word_certificate_id", "lms_certificate_word", ["certificate_id", "at"])
    op.create_table(
        "lms_lapse_note",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_lapse_note_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", "days", name=op.f("pk_lms_lapse_note")),
    )


def _shares() -> None:
    op.create_table(
        "lms_share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("for_whom", sa.String(length=120), nullable=False),
        sa.Column("name_shown", sa.String(length=40), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("for_whom <> ''", name=op.f("ck_lms_share_says_for_whom")),
        sa.ForeignKeyConstraint(["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_share_certificate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_share")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_lms_share_secret_digest")),
    )
    op.create_index("ix_lms_share_certificate_id", "lms_share", ["certificate_id", "made_at"])
    op.create_table(
        "lms_share_look",
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["lms_share.id"], name=op.f("fk_lms_share_look_share_id")),
        sa.PrimaryKeyConstraint("share_id", "on", name=op.f("pk_lms_share_look")),
    )


def _choices() -> None:
    op.create_table(
        "lms_holder_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("name_shown", sa.String(length=40), nullable=False),
        sa.Column("stays_checkable", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["lms_person.id"], name=op.f("fk_lms_holder_choice_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_holder_choice")),
    )
    op.create_index("ix_lms_holder_choice_holder_id", "lms_holder_choice", ["holder_id", "made_at"])


def downgrade() -> None:
    """Take the tables away."""
    for table in (
        "lms_holder_choice",
        "lms_share_look",
        "lms_share",
        "lms_lapse_note",
        "lms_certificate_word",
        "lms_suspension_lift",
        "lms_suspension",
    ):
        op.drop_table(table)
