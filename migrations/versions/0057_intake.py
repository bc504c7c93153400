"""People brought in by file: batches and what each made"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_BUSY = sa.text("state IN ('running', 'undoing')")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_intake_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("day_order", sa.String(length=40), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("invite", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("stopped", sa.String(length=300), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_event", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_intake_batch_authority_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_intake_batch_sha256")),
        sa.ForeignKeyConstraint(["started_by"], ["lms_person.id"], name=op.f("fk_lms_intake_batch_started_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["lms_person.id"], name=op.f("fk_lms_intake_batch_undone_by")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["lms_person.id"], name=op.f("fk_lms_intake_batch_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_intake_batch")),
    )
    op.create_index("ix_lms_intake_batch_of", "lms_intake_batch", ["authority_id", "uploaded_at"])
    op.create_index(op.f("ix_lms_intake_batch_sha256"), "lms_intake_batch", ["sha256"])
    op.create_index(
        "uq_lms_intake_batch_busy",
        "lms_intake_batch",
        ["authority_id"],
        unique=True,
        sqlite_where=_BUSY,
        postgresql_where=_BUSY,
    )
    _of_batches()
    op.create_table(
        "lms_intake_columns",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("day_order", sa.String(length=40), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_intake_columns_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_intake_columns_by")),
        sa.PrimaryKeyConstraint("authority_id", "shape", name=op.f("pk_lms_intake_columns")),
    )
    op.create_table(
        "lms_claimed_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claimed_certificate_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_claimed_certificate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claimed_certificate")),
        sa.UniqueConstraint(
            "person_id",
            "authority_id",
            "title",
            "earned_on",
            name=op.f("uq_lms_claimed_certificate_person_id_authority_id_title_earned_on"),
        ),
    )
    op.create_index(op.f("ix_lms_claimed_certificate_authority_id"), "lms_claimed_certificate", ["authority_id"])
    op.create_index("ix_lms_claimed_certificate_batch", "lms_claimed_certificate", ["batch_id"])


def _of_batches() -> None:
    op.create_table(
        "lms_intake_mistake",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["lms_intake_batch.id"], name=op.f("fk_lms_intake_mistake_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_lms_intake_mistake")),
    )
    op.create_table(
        "lms_intake_question",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("maybe", sa.JSON(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["lms_person.id"], name=op.f("fk_lms_intake_question_answered_by")),
        sa.ForeignKeyConstraint(["batch_id"], ["lms_intake_batch.id"], name=op.f("fk_lms_intake_question_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_lms_intake_question")),
    )
    op.create_table(
        "lms_intake_line",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fate", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("employer_person_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("made_person", sa.Boolean(), nullable=False),
        sa.Column("made_role", sa.Boolean(), nullable=False),
        sa.Column("made_employer", sa.Boolean(), nullable=False),
        sa.Column("made_employment", sa.Boolean(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["lms_intake_batch.id"], name=op.f("fk_lms_intake_line_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", "row", name=op.f("pk_lms_intake_line")),
    )
    op.create_index("ix_lms_intake_line_employer", "lms_intake_line", ["batch_id", "employer_id"])
    op.create_index(op.f("ix_lms_intake_line_person_id"), "lms_intake_line", ["person_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("lms_claimed_certificate")
    op.drop_table("lms_intake_columns")
    op.drop_table("lms_intake_line")
    op.drop_table("lms_intake_question")
    op.drop_table("lms_intake_mistake")
    op.drop_table("lms_intake_batch")
