"""What learners and authors say about lessons and questions"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_key_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_key_correction_says_why")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_key_correction_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_key_correction_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_key_correction")),
    )
    op.create_index("ix_lms_key_correction_of", "lms_key_correction", ["authority_id", "module", "edition"])
    op.create_table(
        "lms_lesson_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=False),
        sa.Column("rating", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_lesson_rating_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_lesson_rating_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_lesson_rating")),
    )
    op.create_index("ix_lms_lesson_rating_of", "lms_lesson_rating", ["learner_id", "lesson"])
    op.create_index("ix_lms_lesson_rating_behind_wall", "lms_lesson_rating", ["authority_id", "module"])
    op.create_table(
        "lms_mistake_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=True),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(lesson IS NULL) <> (question IS NULL)", name=op.f("ck_lms_mistake_report_about_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_mistake_report_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_mistake_report_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_mistake_report")),
    )
    op.create_index("ix_lms_mistake_report_behind_wall", "lms_mistake_report", ["authority_id", "at"])
    op.create_index(op.f("ix_lms_mistake_report_learner_id"), "lms_mistake_report", ["learner_id"])
    op.create_table(
        "lms_mistake_report_answer",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_mistake_report_answer_by")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["lms_mistake_report.id"], name=op.f("fk_lms_mistake_report_answer_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_lms_mistake_report_answer")),
    )


def downgrade() -> None:
    op.drop_table("lms_mistake_report_answer")
    op.drop_table("lms_mistake_report")
    op.drop_table("lms_lesson_rating")
    op.drop_table("lms_key_correction")
