"""Remittances, payments, recoveries and budgets"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_payment_turn",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_payment_turn_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_payment_turn")),
    )
    op.create_table(
        "lms_pot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_lms_pot_runs_forwards")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_pot_authority_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["lms_person.id"], name=op.f("fk_lms_pot_opened_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["lms_organisation.id"], name=op.f("fk_lms_pot_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_pot")),
        sa.UniqueConstraint("scope", name=op.f("uq_lms_pot_scope")),
    )
    op.create_index("ix_lms_pot_of", "lms_pot", ["authority_id", "scheme"], unique=False)
    op.create_table(
        "lms_remittance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("headings", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=True),
        sa.Column("day_order", sa.String(length=40), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_as", sa.String(length=64), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (taken_as IS NULL)", name=op.f("ck_lms_remittance_taken_when_confirmed")
        ),
        sa.CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name=op.f("ck_lms_remittance_not_both")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_remittance_authority_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["lms_person.id"], name=op.f("fk_lms_remittance_confirmed_by")),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_remittance_sha256")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["lms_person.id"], name=op.f("fk_lms_remittance_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_remittance")),
        sa.UniqueConstraint("authority_id", "taken_as", name=op.f("uq_lms_remittance_authority_id_taken_as")),
    )
    op.create_index("ix_lms_remittance_headings", "lms_remittance", ["authority_id", "headings"], unique=False)
    op.create_index("ix_lms_remittance_of", "lms_remittance", ["authority_id", "uploaded_at"], unique=False)
    op.create_table(
        "lms_budget_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("pot_id", sa.Uuid(), nullable=True),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_away_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_budget_alert_authority_id")
        ),
        sa.ForeignKeyConstraint(["pot_id"], ["lms_pot.id"], name=op.f("fk_lms_budget_alert_pot_id")),
        sa.ForeignKeyConstraint(["put_away_by"], ["lms_person.id"], name=op.f("fk_lms_budget_alert_put_away_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_budget_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_lms_budget_alert_key")),
    )
    op.create_index("ix_lms_budget_alert_open", "lms_budget_alert", ["authority_id", "put_away_at"], unique=False)
    op.create_table(
        "lms_pot_change",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pot_id", sa.Uuid(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pence <> 0", name=op.f("ck_lms_pot_change_is_something")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_pot_change_by")),
        sa.ForeignKeyConstraint(["pot_id"], ["lms_pot.id"], name=op.f("fk_lms_pot_change_pot_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_pot_change")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_pot_change_id")),
    )
    op.create_index(op.f("ix_lms_pot_change_pot_id"), "lms_pot_change", ["pot_id"], unique=False)
    op.create_table(
        "lms_remittance_row",
        sa.Column("remittance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("payment", sa.String(length=60), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("typed_amount", sa.String(length=60), nullable=False),
        sa.Column("typed_day", sa.String(length=60), nullable=False),
        sa.Column("wrong", sa.String(length=200), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_for", sa.String(length=64), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(choice IS NULL) = (decided_by IS NULL)", name=op.f("ck_lms_remittance_row_decided_by_somebody")
        ),
        sa.CheckConstraint("pence IS NULL OR pence <> 0", name=op.f("ck_lms_remittance_row_is_something")),
        sa.ForeignKeyConstraint(["decided_by"], ["lms_person.id"], name=op.f("fk_lms_remittance_row_decided_by")),
        sa.ForeignKeyConstraint(
            ["remittance_id"], ["lms_remittance.id"], name=op.f("fk_lms_remittance_row_remittance_id")
        ),
        sa.PrimaryKeyConstraint("remittance_id", "number", name=op.f("pk_lms_remittance_row")),
    )
    op.create_index("ix_lms_remittance_row_reference", "lms_remittance_row", ["reference"], unique=False)
    op.create_table(
        "lms_difference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_lms_difference_is_something")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_difference_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_difference_claim_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_difference_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_difference")),
    )
    op.create_index("ix_lms_difference_claim", "lms_difference", ["claim_id", "at"], unique=False)
    op.create_index("ix_lms_difference_line", "lms_difference", ["line_id"], unique=False)
    op.create_table(
        "lms_money_entry",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("waiting_pence", sa.BigInteger(), nullable=False),
        sa.Column("approved_pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_pence", sa.BigInteger(), nullable=False),
        sa.Column("recovered_pence", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_money_entry_authority_id")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_money_entry_claim_id")),
        sa.ForeignKeyConstraint(["claimant_id"], ["lms_organisation.id"], name=op.f("fk_lms_money_entry_claimant_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_money_entry_line_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_money_entry")),
    )
    op.create_index("ix_lms_money_entry_claim", "lms_money_entry", ["claim_id"], unique=False)
    op.create_index("ix_lms_money_entry_line", "lms_money_entry", ["line_id"], unique=False)
    op.create_index("ix_lms_money_entry_pot", "lms_money_entry", ["authority_id", "scheme", "on_day"], unique=False)
    op.create_table(
        "lms_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("remittance_id", sa.Uuid(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(remittance_id IS NULL) = (row_number IS NULL)", name=op.f("ck_lms_payment_row_of_a_remittance")
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_lms_payment_is_something")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_payment_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_payment_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_payment_claim_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_payment_line_id")),
        sa.ForeignKeyConstraint(["remittance_id"], ["lms_remittance.id"], name=op.f("fk_lms_payment_remittance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_payment")),
        sa.UniqueConstraint(
            "remittance_id", "row_number", "line_id", name=op.f("uq_lms_payment_remittance_id_row_number_line_id")
        ),
    )
    op.create_index("ix_lms_payment_claim", "lms_payment", ["claim_id", "at"], unique=False)
    op.create_index("ix_lms_payment_day", "lms_payment", ["authority_id", "paid_on"], unique=False)
    op.create_index("ix_lms_payment_line", "lms_payment", ["line_id"], unique=False)
    op.create_table(
        "lms_repayment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("remittance_id", sa.Uuid(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(remittance_id IS NULL) = (row_number IS NULL)", name=op.f("ck_lms_repayment_row_of_a_remittance")
        ),
        sa.CheckConstraint("pence > 0", name=op.f("ck_lms_repayment_is_something")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_repayment_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_repayment_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_repayment_claim_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_repayment_line_id")),
        sa.ForeignKeyConstraint(["remittance_id"], ["lms_remittance.id"], name=op.f("fk_lms_repayment_remittance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_repayment")),
        sa.UniqueConstraint(
            "remittance_id", "row_number", "line_id", name=op.f("uq_lms_repayment_remittance_id_row_number_line_id")
        ),
    )
    op.create_index("ix_lms_repayment_claim", "lms_repayment", ["claim_id", "at"], unique=False)
    op.create_index("ix_lms_repayment_line", "lms_repayment", ["line_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_lms_repayment_line", table_name="lms_repayment")
    op.drop_index("ix_lms_repayment_claim", table_name="lms_repayment")
    op.drop_table("lms_repayment")
    op.drop_index("ix_lms_payment_line", table_name="lms_payment")
    op.drop_index("ix_lms_payment_day", table_name="lms_payment")
    op.drop_index("ix_lms_payment_claim", table_name="lms_payment")
    op.drop_table("lms_payment")
    op.drop_index("ix_lms_money_entry_pot", table_name="lms_money_entry")
    op.drop_index("ix_lms_money_entry_line", table_name="lms_money_entry")
    op.drop_index("ix_lms_money_entry_claim", table_name="lms_money_entry")
    op.drop_table("lms_money_entry")
    op.drop_index("ix_lms_difference_line", table_name="lms_difference")
    op.drop_index("ix_lms_difference_claim", table_name="lms_difference")
    op.drop_table("lms_difference")
    op.drop_index("ix_lms_remittance_row_reference", table_name="lms_remittance_row")
    op.drop_table("lms_remittance_row")
    op.drop_index(op.f("ix_lms_pot_change_pot_id"), table_name="lms_pot_change")
    op.drop_table("lms_pot_change")
    op.drop_index("ix_lms_budget_alert_open", table_name="lms_budget_alert")
    op.drop_table("lms_budget_alert")
    op.drop_index("ix_lms_remittance_of", table_name="lms_remittance")
    op.drop_index("ix_lms_remittance_headings", table_name="lms_remittance")
    op.drop_table("lms_remittance")
    op.drop_index("ix_lms_pot_of", table_name="lms_pot")
    op.drop_table("lms_pot")
    op.drop_table("lms_payment_turn")
