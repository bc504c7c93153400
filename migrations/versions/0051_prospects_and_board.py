"""What each training could get, and the board"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_prospect_standing",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_prospect_standing_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_prospect_standing_learner_id")),
        sa.PrimaryKeyConstraint("authority_id", "learner_id", name=op.f("pk_lms_prospect_standing")),
    )
    op.create_index(
        "ix_lms_prospect_standing_due", "lms_prospect_standing", ["authority_id", "holds_until"], unique=False
    )
    op.create_index(
        "ix_lms_prospect_standing_rules", "lms_prospect_standing", ["authority_id", "rules", "learner_id"], unique=False
    )
    op.create_table(
        "lms_prospect",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("claimant_kind", sa.String(length=40), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("cost_known", sa.Boolean(), nullable=False),
        sa.Column("certified", sa.Boolean(), nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.CheckConstraint("(act IS NULL) = (deadline_on IS NULL)", name=op.f("ck_lms_prospect_deadline_whole")),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_lms_prospect_amount_not_negative")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_prospect_authority_id")),
        sa.ForeignKeyConstraint(["claimant_id"], ["lms_organisation.id"], name=op.f("fk_lms_prospect_claimant_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_prospect_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_prospect")),
        sa.UniqueConstraint(
            "learner_id",
            "enrolment_id",
            "training",
            "scheme",
            name=op.f("uq_lms_prospect_learner_id_enrolment_id_training_scheme"),
        ),
    )
    op.create_index(
        "ix_lms_prospect_due", "lms_prospect", ["authority_id", "claimed", "decision", "deadline_on"], unique=False
    )
    op.create_index("ix_lms_prospect_scheme", "lms_prospect", ["authority_id", "scheme", "decision"], unique=False)
    op.create_table(
        "lms_claim_in_short",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("risk", sa.String(length=60), nullable=False),
        sa.Column("ask", sa.String(length=40), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_claim_in_short_authority_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_in_short_claim_id")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_lms_claim_in_short")),
    )
    op.create_index(
        "ix_lms_claim_in_short_counted",
        "lms_claim_in_short",
        ["authority_id", "state", "since", "amount_pence"],
        unique=False,
    )
    op.create_index(
        "ix_lms_claim_in_short_due", "lms_claim_in_short", ["authority_id", "deadline_on", "amount_pence"], unique=False
    )
    op.create_index("ix_lms_claim_in_short_look", "lms_claim_in_short", ["looked_on"], unique=False)
    op.create_index(
        "ix_lms_claim_in_short_risk",
        "lms_claim_in_short",
        ["authority_id", "risk", "ask", "amount_pence"],
        unique=False,
    )
    op.create_table(
        "lms_funding_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=False),
        sa.Column("made_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_lms_funding_statement_runs_forwards")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_funding_statement_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["lms_organisation.id"], name=op.f("fk_lms_funding_statement_claimant_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_funding_statement_made_by")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_funding_statement_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_funding_statement")),
        sa.UniqueConstraint(
            "authority_id", "made_year", "number", name=op.f("uq_lms_funding_statement_authority_id_made_year_number")
        ),
    )
    op.create_index(
        "ix_lms_funding_statement_of", "lms_funding_statement", ["authority_id", "claimant_id", "made_at"], unique=False
    )
    op.create_table(
        "lms_claim_audit_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_claim_audit_file_asked_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_claim_audit_file_claim_id")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_claim_audit_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_claim_audit_file")),
    )
    op.create_index("ix_lms_claim_audit_file_of", "lms_claim_audit_file", ["claim_id", "asked_at"], unique=False)
    op.execute(_BEGIN_PROSPECTS)


_BEGIN_PROSPECTS = """
INSERT INTO lms_prospect_standing (authority_id, learner_id, rules, turn, worked_out_at)
SELECT DISTINCT e.authority_id, e.learner_id, '', 0, CURRENT_TIMESTAMP FROM lms_enrolment AS e
JOIN lms_organisation AS o ON o.id = e.authority_id
JOIN lms_person AS p ON p.id = e.learner_id
"""
# Enrolments name both without a foreign key, so one that points nowhere stays out instead of stopping the upgrade.
# Read by no schemes yet: the worker reads everybody in its first minutes, and sums up every claim that is not.


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_lms_claim_audit_file_of", table_name="lms_claim_audit_file")
    op.drop_table("lms_claim_audit_file")
    op.drop_index("ix_lms_funding_statement_of", table_name="lms_funding_statement")
    op.drop_table("lms_funding_statement")
    op.drop_index("ix_lms_claim_in_short_counted", table_name="lms_claim_in_short")
    op.drop_index("ix_lms_claim_in_short_due", table_name="lms_claim_in_short")
    op.drop_index("ix_lms_claim_in_short_look", table_name="lms_claim_in_short")
    op.drop_index("ix_lms_claim_in_short_risk", table_name="lms_claim_in_short")
    op.drop_table("lms_claim_in_short")
    op.drop_index("ix_lms_prospect_due", table_name="lms_prospect")
    op.drop_index("ix_lms_prospect_scheme", table_name="lms_prospect")
    op.drop_table("lms_prospect")
    op.drop_index("ix_lms_prospect_standing_due", table_name="lms_prospect_standing")
    op.drop_index("ix_lms_prospect_standing_rules", table_name="lms_prospect_standing")
    op.drop_table("lms_prospect_standing")
