"""Written answers, read and sent back"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_attempt_marking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_lms_attempt_marking_percent_range")),
        sa.ForeignKeyConstraint(["attempt_id"], ["lms_attempt.id"], name=op.f("fk_lms_attempt_marking_attempt_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_attempt_marking_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_attempt_marking")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_lms_attempt_marking_attempt_id_number")),
    )
    op.create_table(
        "lms_written_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'question') = (attempt_id IS NOT NULL)", name=op.f("ck_lms_written_work_answer_has_attempt")
        ),
        sa.CheckConstraint("state <> 'met' OR met_at IS NOT NULL", name=op.f("ck_lms_written_work_met_says_when")),
        sa.ForeignKeyConstraint(["attempt_id"], ["lms_attempt.id"], name=op.f("fk_lms_written_work_attempt_id")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_written_work_authority_id")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_written_work_enrolment_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_written_work_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_written_work")),
        sa.UniqueConstraint("attempt_id", "code", name=op.f("uq_lms_written_work_attempt_id_code")),
        sa.UniqueConstraint("id", "learner_id", name=op.f("uq_lms_written_work_id_learner_id")),
    )
    with op.batch_alter_table("lms_written_work", schema=None) as batch_op:
        batch_op.create_index("ix_lms_written_work_behind_wall", ["authority_id", "state", "since"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_written_work_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index("ix_lms_written_work_of", ["enrolment_id", "state"], unique=False)
        batch_op.create_index(
            "uq_lms_written_work_activity",
            ["enrolment_id", "code"],
            unique=True,
            sqlite_where=sa.text("attempt_id IS NULL"),
            postgresql_where=sa.text("attempt_id IS NULL"),
        )

    op.create_table(
        "lms_reading_draft",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("judged", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["lms_person.id"], name=op.f("fk_lms_reading_draft_reader_id")),
        sa.ForeignKeyConstraint(["work_id"], ["lms_written_work.id"], name=op.f("fk_lms_reading_draft_work_id")),
        sa.PrimaryKeyConstraint("work_id", "reader_id", name=op.f("pk_lms_reading_draft")),
    )
    with op.batch_alter_table("lms_reading_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_reading_draft_reader_id"), ["reader_id"], unique=False)

    op.create_table(
        "lms_reading_lease",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["lms_person.id"], name=op.f("fk_lms_reading_lease_reader_id")),
        sa.ForeignKeyConstraint(["work_id"], ["lms_written_work.id"], name=op.f("fk_lms_reading_lease_work_id")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_lms_reading_lease")),
    )
    with op.batch_alter_table("lms_reading_lease", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_reading_lease_reader_id"), ["reader_id"], unique=False)

    op.create_table(
        "lms_written_text",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_lms_written_text_something_was_written")),
        sa.ForeignKeyConstraint(["work_id"], ["lms_written_work.id"], name=op.f("fk_lms_written_text_work_id")),
        sa.PrimaryKeyConstraint("work_id", "version", name=op.f("pk_lms_written_text")),
    )
    op.create_table(
        "lms_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("judged", sa.String(length=40), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("judged = 'met' OR comment <> ''", name=op.f("ck_lms_reading_not_yet_says_why")),
        sa.CheckConstraint("reader_id <> learner_id", name=op.f("ck_lms_reading_reader_is_not_learner")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_reading_behalf")),
        sa.ForeignKeyConstraint(["reader_id"], ["lms_person.id"], name=op.f("fk_lms_reading_reader_id")),
        sa.ForeignKeyConstraint(
            ["work_id", "learner_id"],
            ["lms_written_work.id", "lms_written_work.learner_id"],
            name=op.f("fk_lms_reading_work_id_learner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["work_id", "version"],
            ["lms_written_text.work_id", "lms_written_text.version"],
            name=op.f("fk_lms_reading_work_id_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_reading")),
    )
    with op.batch_alter_table("lms_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_reading_reader_id"), ["reader_id"], unique=False)
        batch_op.create_index("uq_lms_reading_version", ["work_id", "version"], unique=True)

    _begin_trails()


def _begin_trails() -> None:
    """Every check that was handed in before had one marking: at hand-in, by its learner.

    Texts of activities that were finished before are left alone: their learners were told that only they can open
    them, so nobody else may until they say so anew.
    """
    attempt = sa.table(
        "lms_attempt", *map(sa.column, ("id", "enrolment_id", "finished_at", "percent", "passed", "marks"))
    )
    enrolment = sa.table("lms_enrolment", *map(sa.column, ("id", "learner_id")))
    names = ("id", "attempt_id", "number", "percent", "passed", "marks", "why", "by", "at")
    marking = sa.table("lms_attempt_marking", *map(sa.column, names))
    handed_in = (
        sa.select(
            attempt.c.id,
            attempt.c.id.label("attempt_id"),
            sa.literal_column("1"),
            attempt.c.percent,
            attempt.c.passed,
            sa.func.coalesce(attempt.c.marks, sa.literal_column("'{}'")),
            sa.literal_column("'handed_in'"),
            enrolment.c.learner_id,
            attempt.c.finished_at,
        )
        .join_from(attempt, enrolment, enrolment.c.id == attempt.c.enrolment_id)
        .where(attempt.c.finished_at.is_not(None))
    )
    op.execute(sa.insert(marking).from_select(names, handed_in))


def downgrade() -> None:
    for table in (
        "lms_reading",
        "lms_written_text",
        "lms_reading_lease",
        "lms_reading_draft",
        "lms_written_work",
        "lms_attempt_marking",
    ):
        op.drop_table(table)
