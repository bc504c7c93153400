"""Claims, their costs and moves"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("scheme_edition", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=True),
        sa.Column("claimant_kind", sa.String(40), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("rate_pence", sa.BigInteger(), nullable=False),
        sa.Column("rate_standing", sa.String(40), nullable=False),
        sa.Column("amount_at_most_pence", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "claimant_id IS NOT NULL OR claimant_kind = 'personal_assistant'", name=op.f("ck_lms_claim_has_claimant")
        ),
        sa.CheckConstraint("amount_at_most_pence >= 0", name=op.f("ck_lms_claim_amount_not_negative")),
        sa.CheckConstraint("rate_pence >= 0", name=op.f("ck_lms_claim_rate_not_negative")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_authority_id")),
        sa.ForeignKeyConstraint(["claimant_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_claimant_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_claim_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim")),
        sa.UniqueConstraint(
            "learner_id", "item", "scheme", "training", name=op.f("uq_lms_claim_learner_id_item_scheme_training")
        ),
    )
    with op.batch_alter_table("lms_claim", schema=None) as batch_op:
        batch_op.create_index("ix_lms_claim_listed", ["authority_id", "state", "drafted_at"], unique=False)

    op.create_table(
        "lms_claim_cost",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("cost_pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("payable_pence", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cost_pence > 0", name=op.f("ck_lms_claim_cost_cost_is_something")),
        sa.CheckConstraint("payable_pence >= 0", name=op.f("ck_lms_claim_cost_payable_not_negative")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_cost_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_cost_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_cost")),
    )
    with op.batch_alter_table("lms_claim_cost", schema=None) as batch_op:
        batch_op.create_index("ix_lms_claim_cost_latest", ["claim_id", "at"], unique=False)

    op.create_table(
        "lms_claim_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("came_from", sa.String(40), nullable=True),
        sa.Column("went_to", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("came_from IS NULL OR came_from <> went_to", name=op.f("ck_lms_claim_move_goes_somewhere")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_claim_move_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_move_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_move")),
    )
    with op.batch_alter_table("lms_claim_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_claim_move_claim_id"), ["claim_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_claim_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_claim_move_claim_id"))

    op.drop_table("lms_claim_move")
    with op.batch_alter_table("lms_claim_cost", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_claim_cost_latest")

    op.drop_table("lms_claim_cost")
    with op.batch_alter_table("lms_claim", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_claim_listed")

    op.drop_table("lms_claim")
