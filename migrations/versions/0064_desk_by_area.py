"""The areas of an authority, and who belongs to which"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables. Nobody has an area before somebody says so."""
    left = sa.text("ended_at IS NOT NULL")
    op.create_index("ix_lms_enrolment_left", "lms_enrolment", ["id"], sqlite_where=left, postgresql_where=left)
    op.create_table(
        "lms_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_cy", sa.String(length=80), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_area_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_area")),
        sa.UniqueConstraint("authority_id", "code", name=op.f("uq_lms_area_authority_id_code")),
        sa.UniqueConstraint("authority_id", "name", name=op.f("uq_lms_area_authority_id_name")),
    )
    op.create_table(
        "lms_person_area",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["lms_area.id"], name=op.f("fk_lms_person_area_area_id")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_person_area_authority_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_person_area_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_person_area_set_by")),
        sa.PrimaryKeyConstraint("authority_id", "person_id", name=op.f("pk_lms_person_area")),
    )
    op.create_index("ix_lms_person_area_in", "lms_person_area", ["area_id", "person_id"], unique=False)
    op.create_index(op.f("ix_lms_person_area_person_id"), "lms_person_area", ["person_id"], unique=False)
    op.create_table(
        "lms_employer_area",
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["lms_area.id"], name=op.f("fk_lms_employer_area_area_id")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_employer_area_employer_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_employer_area_set_by")),
        sa.PrimaryKeyConstraint("employer_id", name=op.f("pk_lms_employer_area")),
    )
    op.create_index(op.f("ix_lms_employer_area_area_id"), "lms_employer_area", ["area_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("lms_employer_area")
    op.drop_table("lms_person_area")
    op.drop_table("lms_area")
    op.drop_index("ix_lms_enrolment_left", table_name="lms_enrolment")
