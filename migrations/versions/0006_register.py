"""What the register teams saw, and standings"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_circumstance_said",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("circumstance", sa.String(40), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_circumstance_said_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_circumstance_said_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_circumstance_said_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_circumstance_said")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_circumstance_said_id")),
    )
    with op.batch_alter_table("lms_circumstance_said", schema=None) as batch_op:
        batch_op.create_index("ix_lms_circumstance_said_of", ["person_id", "authority_id"], unique=False)

    op.create_table(
        "lms_requirement_record",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "by <> person_id OR kind IN ('availability', 'code_of_conduct', 'work_area')",
            name=op.f("ck_lms_requirement_record_seen_by_somebody_else"),
        ),
        sa.CheckConstraint(
            "by = person_id OR kind NOT IN ('availability', 'code_of_conduct', 'work_area')",
            name=op.f("ck_lms_requirement_record_said_by_the_pa"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= seen_on", name=op.f("ck_lms_requirement_record_ends_after_seen")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_requirement_record_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_requirement_record_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_requirement_record_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_requirement_record")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_requirement_record_id")),
    )
    with op.batch_alter_table("lms_requirement_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_requirement_record_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index("ix_lms_requirement_record_of", ["person_id", "authority_id"], unique=False)

    op.create_table(
        "lms_standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_standing_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_standing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_standing")),
        sa.UniqueConstraint("person_id", "authority_id", name=op.f("uq_lms_standing_person_id_authority_id")),
    )
    with op.batch_alter_table("lms_standing", schema=None) as batch_op:
        batch_op.create_index("ix_lms_standing_due", ["holds_until"], unique=False)
        batch_op.create_index(
            "ix_lms_standing_list", ["authority_id", "ended_on", "state", "holds_until"], unique=False
        )

    op.create_table(
        "lms_disclosure_step",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("decision", sa.String(40), nullable=True),
        sa.Column("status_result", sa.String(40), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(step = 'status_checked') = (status_result IS NOT NULL)",
            name=op.f("ck_lms_disclosure_step_status_when_checked"),
        ),
        sa.CheckConstraint(
            "(step IN ('decided', 'agreed')) = (decision IS NOT NULL)",
            name=op.f("ck_lms_disclosure_step_decision_when_decided"),
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_disclosure_step_by")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["lms_requirement_record.id"], name=op.f("fk_lms_disclosure_step_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_disclosure_step")),
        sa.UniqueConstraint(
            "disclosure_id", "step", "by", "done_on", name=op.f("uq_lms_disclosure_step_disclosure_id_step_by_done_on")
        ),
        sa.UniqueConstraint("id", name=op.f("uq_lms_disclosure_step_id")),
    )
    with op.batch_alter_table("lms_disclosure_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_disclosure_step_disclosure_id"), ["disclosure_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_disclosure_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_disclosure_step_disclosure_id"))

    op.drop_table("lms_disclosure_step")
    with op.batch_alter_table("lms_standing", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_standing_list")
        batch_op.drop_index("ix_lms_standing_due")

    op.drop_table("lms_standing")
    with op.batch_alter_table("lms_requirement_record", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_requirement_record_of")
        batch_op.drop_index(batch_op.f("ix_lms_requirement_record_authority_id"))

    op.drop_table("lms_requirement_record")
    with op.batch_alter_table("lms_circumstance_said", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_circumstance_said_of")

    op.drop_table("lms_circumstance_said")
