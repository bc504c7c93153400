"""How often a certificate was looked at, and tries that did not fit"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_look",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_lms_look_counted")),
        sa.ForeignKeyConstraint(["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_look_certificate_id")),
        sa.PrimaryKeyConstraint("certificate_id", "on", "way", name=op.f("pk_lms_look")),
    )
    op.create_table(
        "lms_check_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tried", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_check_try")),
    )
    op.create_index("ix_lms_check_try_place_tried_at", "lms_check_try", ["place", "tried", "at"])
    op.create_index("ix_lms_check_try_tried_at", "lms_check_try", ["tried", "about", "at"])
    op.create_index("ix_lms_check_try_at", "lms_check_try", ["at"])
    op.create_index(op.f("ix_lms_certificate_pdf_sha256"), "lms_certificate_pdf", ["sha256"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_index(op.f("ix_lms_certificate_pdf_sha256"), "lms_certificate_pdf")
    op.drop_table("lms_check_try")
    op.drop_table("lms_look")
