"""Notifications to other systems"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("overlap_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_seq", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped", sa.String(length=40), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(stopped IS NULL) = (stopped_at IS NULL)", name=op.f("ck_lms_webhook_stopped_with_its_day")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_webhook_ended_by_somebody")),
        sa.CheckConstraint("turn >= 1 AND tries >= 0 AND told_seq >= 0", name=op.f("ck_lms_webhook_counts")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_webhook_authority_id")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_webhook_made_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_webhook_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_webhook")),
    )
    op.create_index("ix_lms_webhook_of", "lms_webhook", ["authority_id", "ended_at"])
    op.create_index("ix_lms_webhook_due", "lms_webhook", ["next_at"])
    op.create_table(
        "lms_webhook_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("after_seq", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came", sa.String(length=40), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.CheckConstraint("after_seq <= head", name=op.f("ck_lms_webhook_delivery_in_order")),
        sa.ForeignKeyConstraint(["webhook_id"], ["lms_webhook.id"], name=op.f("fk_lms_webhook_delivery_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_webhook_delivery")),
    )
    op.create_index("ix_lms_webhook_delivery_of", "lms_webhook_delivery", ["webhook_id", "made_at"])
    op.create_index("ix_lms_webhook_delivery_old", "lms_webhook_delivery", ["made_at"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("lms_webhook_delivery")
    op.drop_table("lms_webhook")
