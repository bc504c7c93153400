"""Lines of frameworks, confirmed or corrected"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_line_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("looked", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("text_en", sa.String(length=200), nullable=False),
        sa.Column("text_cy", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("simulation", sa.String(length=40), nullable=False),
        sa.Column("looked_up_in", sa.String(length=300), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("looked IN ('confirmed', 'corrected')", name=op.f("ck_lms_line_check_says_something")),
        sa.CheckConstraint("text_en <> '' AND looked_up_in <> ''", name=op.f("ck_lms_line_check_says_where")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_line_check_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_line_check_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_line_check")),
    )
    op.create_index("ix_lms_line_check_of", "lms_line_check", ["authority_id", "framework", "edition", "line"])


def downgrade() -> None:
    op.drop_table("lms_line_check")
