"""Enrolments, study and knowledge checks"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_enrolment_authority_id")),
        sa.ForeignKeyConstraint(["enrolled_by"], ["lms_person.id"], name=op.f("fk_lms_enrolment_enrolled_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_enrolment_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_enrolment")),
    )
    with op.batch_alter_table("lms_enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_enrolment_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_enrolment_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(
            "uq_lms_enrolment_running",
            ["learner_id", "course", "authority_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "lms_activity_text",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_activity_text_enrolment_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_activity_text")),
    )
    with op.batch_alter_table("lms_activity_text", schema=None) as batch_op:
        batch_op.create_index("ix_lms_activity_text_of", ["enrolment_id", "activity"], unique=False)

    op.create_table(
        "lms_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("marks", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(finished_at IS NULL AND percent IS NULL AND passed IS NULL) OR (finished_at IS NOT NULL AND percent IS NOT NULL AND passed IS NOT NULL)",
            name=op.f("ck_lms_attempt_handed_in_whole"),
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_lms_attempt_percent_range")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_attempt_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_attempt")),
        sa.UniqueConstraint("enrolment_id", "module", "number", name=op.f("uq_lms_attempt_enrolment_id_module_number")),
    )
    with op.batch_alter_table("lms_attempt", schema=None) as batch_op:
        batch_op.create_index(
            "uq_lms_attempt_open",
            ["enrolment_id", "module"],
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.create_table(
        "lms_lesson_studied",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("lesson", sa.String(length=40), nullable=False),
        sa.Column("studied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_lesson_studied_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_lesson_studied")),
        sa.UniqueConstraint("enrolment_id", "lesson", name=op.f("uq_lms_lesson_studied_enrolment_id_lesson")),
    )
    op.create_table(
        "lms_module_studied",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("studied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_module_studied_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_module_studied")),
        sa.UniqueConstraint("enrolment_id", "module", name=op.f("uq_lms_module_studied_enrolment_id_module")),
    )
    op.create_table(
        "lms_answer",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["lms_attempt.id"], name=op.f("fk_lms_answer_attempt_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_answer")),
    )
    with op.batch_alter_table("lms_answer", schema=None) as batch_op:
        batch_op.create_index("ix_lms_answer_of", ["attempt_id", "question"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_answer_of")

    op.drop_table("lms_answer")
    op.drop_table("lms_module_studied")
    op.drop_table("lms_lesson_studied")
    with op.batch_alter_table("lms_attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lms_attempt_open",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.drop_table("lms_attempt")
    with op.batch_alter_table("lms_activity_text", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_activity_text_of")

    op.drop_table("lms_activity_text")
    with op.batch_alter_table("lms_enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lms_enrolment_running",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_lms_enrolment_learner_id"))
        batch_op.drop_index(batch_op.f("ix_lms_enrolment_authority_id"))

    op.drop_table("lms_enrolment")
