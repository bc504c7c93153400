"""Competence"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_lms_decision_countersigned",
        "lms_decision",
        ["authority_id", "needs_countersign", "at"],
        sqlite_where=sa.text("needs_countersign = 1"),
        postgresql_where=sa.text("needs_countersign"),
    )
    op.create_table(
        "lms_assessing_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("employers", sa.String(length=40), nullable=False),
        sa.Column("first_countersigned", sa.Integer(), nullable=False),
        sa.Column("training_needed", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_countersigned >= 0", name=op.f("ck_lms_assessing_policy_no_fewer_than_none")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_assessing_policy_authority_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_assessing_policy_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_assessing_policy")),
    )
    op.create_index("ix_lms_assessing_policy_latest", "lms_assessing_policy", ["authority_id", "set_at"])
    op.create_table(
        "lms_assessor_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_assessor_mark_says_why")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_assessor_mark_until_after_since")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_assessor_mark_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_assessor_mark_person_id")),
        sa.ForeignKeyConstraint(["said_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_mark_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_assessor_mark")),
    )
    op.create_index(op.f("ix_lms_assessor_mark_authority_id"), "lms_assessor_mark", ["authority_id"])
    op.create_index("ix_lms_assessor_mark_of", "lms_assessor_mark", ["person_id", "authority_id"])
    op.create_table(
        "lms_assessor_training",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= done_on", name=op.f("ck_lms_assessor_training_until_after_done")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_assessor_training_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_assessor_training_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_training_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_assessor_training")),
    )
    op.create_index(op.f("ix_lms_assessor_training_authority_id"), "lms_assessor_training", ["authority_id"])
    op.create_index("ix_lms_assessor_training_of", "lms_assessor_training", ["person_id", "authority_id"])
    op.create_table(
        "lms_competence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> recorded_by", name=op.f("ck_lms_competence_somebody_else_recorded")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_competence_until_after_since")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_competence_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_competence_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["lms_person.id"], name=op.f("fk_lms_competence_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_competence")),
    )
    op.create_index(op.f("ix_lms_competence_authority_id"), "lms_competence", ["authority_id"])
    op.create_index("ix_lms_competence_ending", "lms_competence", ["until"])
    op.create_index("ix_lms_competence_of", "lms_competence", ["person_id", "authority_id", "framework", "unit"])
    op.create_table(
        "lms_relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> learner_id", name=op.f("ck_lms_relation_two_people")),
        sa.CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since", name=op.f("ck_lms_relation_until_after_since")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_relation_learner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_relation_person_id")),
        sa.ForeignKeyConstraint(["said_by"], ["lms_person.id"], name=op.f("fk_lms_relation_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_relation")),
    )
    op.create_index("ix_lms_relation_between", "lms_relation", ["learner_id", "person_id"])
    op.create_index(op.f("ix_lms_relation_person_id"), "lms_relation", ["person_id"])
    op.create_table(
        "lms_assessor_mark_end",
        sa.Column("mark_id", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_mark_end_ended_by")),
        sa.ForeignKeyConstraint(["mark_id"], ["lms_assessor_mark.id"], name=op.f("fk_lms_assessor_mark_end_mark_id")),
        sa.PrimaryKeyConstraint("mark_id", name=op.f("pk_lms_assessor_mark_end")),
    )
    op.create_table(
        "lms_assessor_training_end",
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_assessor_training_end_says_why")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_assessor_training_end_ended_by")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["lms_assessor_training.id"], name=op.f("fk_lms_assessor_training_end_training_id")
        ),
        sa.PrimaryKeyConstraint("training_id", name=op.f("pk_lms_assessor_training_end")),
    )
    op.create_table(
        "lms_competence_end",
        sa.Column("competence_id", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_competence_end_says_why")),
        sa.ForeignKeyConstraint(
            ["competence_id"], ["lms_competence.id"], name=op.f("fk_lms_competence_end_competence_id")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_competence_end_ended_by")),
        sa.PrimaryKeyConstraint("competence_id", name=op.f("pk_lms_competence_end")),
    )
    op.create_table(
        "lms_competence_reminder",
        sa.Column("competence_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competence_id"], ["lms_competence.id"], name=op.f("fk_lms_competence_reminder_competence_id")
        ),
        sa.PrimaryKeyConstraint("competence_id", "days", name=op.f("pk_lms_competence_reminder")),
    )
    op.create_table(
        "lms_relation_end",
        sa.Column("relation_id", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_relation_end_says_why")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_relation_end_ended_by")),
        sa.ForeignKeyConstraint(["relation_id"], ["lms_relation.id"], name=op.f("fk_lms_relation_end_relation_id")),
        sa.PrimaryKeyConstraint("relation_id", name=op.f("pk_lms_relation_end")),
    )


def downgrade() -> None:
    op.drop_index("ix_lms_decision_countersigned", "lms_decision")
    for table in (
        "lms_relation_end",
        "lms_competence_reminder",
        "lms_competence_end",
        "lms_assessor_training_end",
        "lms_assessor_mark_end",
        "lms_relation",
        "lms_competence",
        "lms_assessor_training",
        "lms_assessor_mark",
        "lms_assessing_policy",
    ):
        op.drop_table(table)
