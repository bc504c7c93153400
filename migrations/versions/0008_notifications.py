"""Notices"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("secret", sa.String(length=80), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_notice")),
    )
    with op.batch_alter_table("lms_notice", schema=None) as batch_op:
        batch_op.create_index("ix_lms_notice_of", ["person_id", "made_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_notice_of")

    op.drop_table("lms_notice")
