"""How long an authority keeps contact notes, call-backs and alerts"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the moment from which on a call-back is out of sight."""
    op.create_table(
        "lms_contact_retention",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=True),
        sa.Column("call_backs", sa.Integer(), nullable=True),
        sa.Column("alerts", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_contact_retention_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_contact_retention_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_contact_retention")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_contact_retention_id")),
    )
    op.create_index("ix_lms_contact_retention_of", "lms_contact_retention", ["authority_id", "number"])
    op.add_column("lms_call_back", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take both out."""
    op.drop_column("lms_call_back", "forgotten_at")
    op.drop_index("ix_lms_contact_retention_of", table_name="lms_contact_retention")
    op.drop_table("lms_contact_retention")
