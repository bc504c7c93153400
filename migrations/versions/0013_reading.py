"""How somebody likes pages to look, and the place they have reached in a lesson"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AS_MADE = {
    "text_size": "normal",
    "spacing": "normal",
    "contrast": "normal",
    "motion": "device",
    "voice_speed": "normal",
}


def upgrade() -> None:
    for name, value in _AS_MADE.items():
        op.add_column("lms_person", sa.Column(name, sa.String(length=40), server_default=value, nullable=False))
    op.create_table(
        "lms_reading_place",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("section > 0", name=op.f("ck_lms_reading_place_section_counts")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_reading_place_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "lesson", name=op.f("pk_lms_reading_place")),
    )


def downgrade() -> None:
    op.drop_table("lms_reading_place")
    for name in _AS_MADE:
        op.drop_column("lms_person", name)
