"""Work on many people at once"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_WORK, _LINE = "lms_bulk_work", "lms_bulk_line"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        _WORK,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'running' OR started_by IS NOT NULL", name=op.f("ck_lms_bulk_work_somebody_started")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_bulk_work_authority_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_bulk_work_asked_by")),
        sa.ForeignKeyConstraint(["started_by"], ["lms_person.id"], name=op.f("fk_lms_bulk_work_started_by")),
        sa.ForeignKeyConstraint(["undoes"], ["lms_bulk_work.id"], name=op.f("fk_lms_bulk_work_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_bulk_work")),
    )
    op.create_table(
        _LINE,
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("given", sa.String(length=254), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=True),
        sa.Column("before_id", sa.Uuid(), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("person_id IS NOT NULL OR given IS NOT NULL", name=op.f("ck_lms_bulk_line_of_somebody")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_bulk_line_person_id")),
        sa.ForeignKeyConstraint(["work_id"], ["lms_bulk_work.id"], name=op.f("fk_lms_bulk_line_work_id")),
        sa.PrimaryKeyConstraint("work_id", "place", name=op.f("pk_lms_bulk_line")),
    )
    op.create_index("ix_lms_bulk_work_of", _WORK, ["authority_id", "asked_at"])
    op.create_index("ix_lms_bulk_work_old", _WORK, ["asked_at"])
    op.create_index(op.f("ix_lms_bulk_work_undoes"), _WORK, ["undoes"])
    op.create_index("ix_lms_bulk_line_state", _LINE, ["work_id", "state", "place"])
    op.create_index(op.f("ix_lms_bulk_line_person_id"), _LINE, ["person_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table(_LINE)
    op.drop_table(_WORK)
