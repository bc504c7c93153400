"""Permissions, and what employers answer and accept"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_bank_details",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_bank_details_by")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_bank_details_employer_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_bank_details")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_bank_details_id")),
    )
    op.create_index("ix_lms_bank_details_of", "lms_bank_details", ["employer_id", "number"], unique=False)
    op.create_table(
        "lms_permission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("schemes", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("given_how", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("employer_id <> delegate_id", name=op.f("ck_lms_permission_given_to_another")),
        sa.CheckConstraint("ends_on >= given_on", name=op.f("ck_lms_permission_ends_after_it_began")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_permission_authority_id")),
        sa.ForeignKeyConstraint(["delegate_id"], ["lms_organisation.id"], name=op.f("fk_lms_permission_delegate_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_permission_employer_id")),
        sa.ForeignKeyConstraint(["given_by"], ["lms_person.id"], name=op.f("fk_lms_permission_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_permission")),
    )
    op.create_index(op.f("ix_lms_permission_authority_id"), "lms_permission", ["authority_id"], unique=False)
    op.create_index(op.f("ix_lms_permission_employer_id"), "lms_permission", ["employer_id"], unique=False)
    op.create_index("ix_lms_permission_for", "lms_permission", ["delegate_id", "employer_id"], unique=False)
    op.create_table(
        "lms_permission_use",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("permission_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("learner_id", sa.Uuid(), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_permission_use_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_permission_use_claim_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_permission_use_learner_id")),
        sa.ForeignKeyConstraint(
            ["permission_id"], ["lms_permission.id"], name=op.f("fk_lms_permission_use_permission_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_permission_use")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_permission_use_id")),
    )
    op.create_index(op.f("ix_lms_permission_use_claim_id"), "lms_permission_use", ["claim_id"], unique=False)
    op.create_index("ix_lms_permission_use_of", "lms_permission_use", ["permission_id", "number"], unique=False)
    op.create_table(
        "lms_permission_withdrawn",
        sa.Column("permission_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_permission_withdrawn_by")),
        sa.ForeignKeyConstraint(
            ["permission_id"], ["lms_permission.id"], name=op.f("fk_lms_permission_withdrawn_permission_id")
        ),
        sa.PrimaryKeyConstraint("permission_id", name=op.f("pk_lms_permission_withdrawn")),
    )
    op.create_table(
        "lms_permission_worker",
        sa.Column("permission_id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_permission_worker_pa_id")),
        sa.ForeignKeyConstraint(
            ["permission_id"], ["lms_permission.id"], name=op.f("fk_lms_permission_worker_permission_id")
        ),
        sa.PrimaryKeyConstraint("permission_id", "pa_id", name=op.f("pk_lms_permission_worker")),
    )
    op.create_index(op.f("ix_lms_permission_worker_pa_id"), "lms_permission_worker", ["pa_id"], unique=False)
    op.create_table(
        "lms_training_enquiry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_training_enquiry_authority_id")
        ),
        sa.ForeignKeyConstraint(["begun_by"], ["lms_person.id"], name=op.f("fk_lms_training_enquiry_begun_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_training_enquiry_claim_id")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_training_enquiry_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_training_enquiry")),
    )
    op.create_index(op.f("ix_lms_training_enquiry_claim_id"), "lms_training_enquiry", ["claim_id"], unique=False)
    op.create_index("ix_lms_training_enquiry_of", "lms_training_enquiry", ["employer_id", "changed_at"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_lms_training_enquiry_of", table_name="lms_training_enquiry")
    op.drop_index(op.f("ix_lms_training_enquiry_claim_id"), table_name="lms_training_enquiry")
    op.drop_table("lms_training_enquiry")
    op.drop_index(op.f("ix_lms_permission_worker_pa_id"), table_name="lms_permission_worker")
    op.drop_table("lms_permission_worker")
    op.drop_table("lms_permission_withdrawn")
    op.drop_index("ix_lms_permission_use_of", table_name="lms_permission_use")
    op.drop_index(op.f("ix_lms_permission_use_claim_id"), table_name="lms_permission_use")
    op.drop_table("lms_permission_use")
    op.drop_index("ix_lms_permission_for", table_name="lms_permission")
    op.drop_index(op.f("ix_lms_permission_employer_id"), table_name="lms_permission")
    op.drop_index(op.f("ix_lms_permission_authority_id"), table_name="lms_permission")
    op.drop_table("lms_permission")
    op.drop_index("ix_lms_bank_details_of", table_name="lms_bank_details")
    op.drop_table("lms_bank_details")
