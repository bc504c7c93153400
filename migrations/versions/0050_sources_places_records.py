"""Sources of money, subsidised places, holds on records"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_area_proof",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("lasts_until", sa.Date(), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seen_on <= lasts_until", name=op.f("ck_lms_area_proof_lasts_a_while")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_area_proof_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_area_proof_person_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["lms_person.id"], name=op.f("fk_lms_area_proof_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_area_proof")),
    )
    op.create_index(
        "ix_lms_area_proof_of", "lms_area_proof", ["person_id", "authority_id", "lasts_until"], unique=False
    )
    op.create_table(
        "lms_place_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("scheme_edition", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("title_cy", sa.String(length=160), nullable=True),
        sa.Column("held_at", sa.String(length=160), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("order", sa.String(length=40), nullable=False),
        sa.Column("accept_days", sa.Integer(), nullable=False),
        sa.Column("cost_pence", sa.BigInteger(), nullable=False),
        sa.Column("price_to_pa_pence", sa.BigInteger(), nullable=False),
        sa.Column("council_pence", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_off_by", sa.Uuid(), nullable=True),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(called_off_at IS NULL) = (called_off_by IS NULL)", name=op.f("ck_lms_place_run_called_off_by_somebody")
        ),
        sa.CheckConstraint("accept_days > 0", name=op.f("ck_lms_place_run_time_to_answer")),
        sa.CheckConstraint(
            "held >= 0 AND (quota IS NULL OR held <= quota)", name=op.f("ck_lms_place_run_never_more_than_there_are")
        ),
        sa.CheckConstraint(
            "opens_on <= closes_on AND closes_on <= starts_on AND starts_on <= ends_on",
            name=op.f("ck_lms_place_run_in_order"),
        ),
        sa.CheckConstraint(
            "price_to_pa_pence >= 0 AND council_pence >= 0 AND price_to_pa_pence + council_pence <= cost_pence",
            name=op.f("ck_lms_place_run_paid_once"),
        ),
        sa.CheckConstraint("quota IS NULL OR quota > 0", name=op.f("ck_lms_place_run_some_places")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_place_run_authority_id")),
        sa.ForeignKeyConstraint(["called_off_by"], ["lms_person.id"], name=op.f("fk_lms_place_run_called_off_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["lms_person.id"], name=op.f("fk_lms_place_run_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_place_run")),
    )
    op.create_index("ix_lms_place_run_going", "lms_place_run", ["called_off_at", "starts_on"], unique=False)
    op.create_index("ix_lms_place_run_of", "lms_place_run", ["authority_id", "starts_on"], unique=False)
    op.create_table(
        "lms_record_clearing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('tried', 'put_aside') OR confirmed_by IS NOT NULL",
            name=op.f("ck_lms_record_clearing_confirmed_first"),
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_lms_record_clearing_confirmed_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_record_clearing_authority_id")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["lms_person.id"], name=op.f("fk_lms_record_clearing_confirmed_by")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_record_clearing_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_record_clearing")),
    )
    op.create_index("ix_lms_record_clearing_of", "lms_record_clearing", ["authority_id", "made_at"], unique=False)
    op.create_table(
        "lms_money_said",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("cost_kind", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("cost_pence", sa.BigInteger(), nullable=True),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(capacity = 'service') = (by IS NULL)", name=op.f("ck_lms_money_said_said_by_somebody")),
        sa.CheckConstraint("cost_pence IS NULL OR cost_pence > 0", name=op.f("ck_lms_money_said_cost_is_something")),
        sa.CheckConstraint("turn > 0", name=op.f("ck_lms_money_said_turns_count_up")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_money_said_authority_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_money_said_by")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_money_said_enrolment_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_money_said_learner_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_money_said")),
        sa.UniqueConstraint(
            "enrolment_id",
            "training",
            "cost_kind",
            "turn",
            name=op.f("uq_lms_money_said_enrolment_id_training_cost_kind_turn"),
        ),
        sa.UniqueConstraint("id", name=op.f("uq_lms_money_said_id")),
    )
    op.create_index("ix_lms_money_said_learner", "lms_money_said", ["learner_id", "number"], unique=False)
    op.create_table(
        "lms_place_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("arrived", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offered_until", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'offered') = (offered_until IS NOT NULL)", name=op.f("ck_lms_place_ask_offer_has_a_last_day")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_place_ask_enrolment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_place_ask_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["lms_place_run.id"], name=op.f("fk_lms_place_ask_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_place_ask")),
        sa.UniqueConstraint("run_id", "person_id", name=op.f("uq_lms_place_ask_run_id_person_id")),
    )
    op.create_index("ix_lms_place_ask_line", "lms_place_ask", ["run_id", "state", "arrived"], unique=False)
    op.create_index("ix_lms_place_ask_person", "lms_place_ask", ["person_id", "state"], unique=False)
    op.create_index("ix_lms_place_ask_until", "lms_place_ask", ["state", "offered_until"], unique=False)
    op.create_table(
        "lms_record_cleared_claim",
        sa.Column("clearing_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("approved_pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_pence", sa.BigInteger(), nullable=False),
        sa.Column("recovered_pence", sa.BigInteger(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_record_cleared_claim_claim_id")),
        sa.ForeignKeyConstraint(
            ["clearing_id"], ["lms_record_clearing.id"], name=op.f("fk_lms_record_cleared_claim_clearing_id")
        ),
        sa.PrimaryKeyConstraint("clearing_id", "claim_id", name=op.f("pk_lms_record_cleared_claim")),
    )
    op.create_index("ix_lms_record_cleared_claim_of", "lms_record_cleared_claim", ["claim_id", "outcome"], unique=False)
    op.create_table(
        "lms_record_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("scheme", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(claim_id IS NULL) <> (scheme IS NULL)", name=op.f("ck_lms_record_hold_one_thing")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_record_hold_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_record_hold_by")),
        sa.ForeignKeyConstraint(["claim_id"], ["lms_claim.id"], name=op.f("fk_lms_record_hold_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_record_hold")),
    )
    op.create_index(op.f("ix_lms_record_hold_claim_id"), "lms_record_hold", ["claim_id"], unique=False)
    op.create_index("ix_lms_record_hold_of", "lms_record_hold", ["authority_id", "scheme"], unique=False)
    op.create_table(
        "lms_money_share",
        sa.Column("said", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("scheme", sa.String(length=40), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("source <> 'scheme' OR scheme IS NOT NULL", name=op.f("ck_lms_money_share_scheme_named")),
        sa.CheckConstraint(
            "source IN ('scheme', 'council_place') OR (line_id IS NULL AND place_id IS NULL)",
            name=op.f("ck_lms_money_share_from_records"),
        ),
        sa.CheckConstraint("pence IS NULL OR pence > 0", name=op.f("ck_lms_money_share_gives_something")),
        sa.ForeignKeyConstraint(["line_id"], ["lms_claim_line.id"], name=op.f("fk_lms_money_share_line_id")),
        sa.ForeignKeyConstraint(["place_id"], ["lms_place_ask.id"], name=op.f("fk_lms_money_share_place_id")),
        sa.ForeignKeyConstraint(["said"], ["lms_money_said.number"], name=op.f("fk_lms_money_share_said")),
        sa.PrimaryKeyConstraint("said", "place", name=op.f("pk_lms_money_share")),
    )
    op.create_index(op.f("ix_lms_money_share_line_id"), "lms_money_share", ["line_id"], unique=False)
    op.create_index(op.f("ix_lms_money_share_place_id"), "lms_money_share", ["place_id"], unique=False)
    op.create_table(
        "lms_place_held",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["lms_place_ask.id"], name=op.f("fk_lms_place_held_ask_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_place_held_person_id")),
        sa.PrimaryKeyConstraint("person_id", "scheme", "item", "training", name=op.f("pk_lms_place_held")),
        sa.UniqueConstraint("ask_id", name=op.f("uq_lms_place_held_ask_id")),
    )
    op.create_table(
        "lms_place_move",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("came_from", sa.String(length=40), nullable=True),
        sa.Column("went_to", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("came_from IS NULL OR came_from <> went_to", name=op.f("ck_lms_place_move_goes_somewhere")),
        sa.ForeignKeyConstraint(["ask_id"], ["lms_place_ask.id"], name=op.f("fk_lms_place_move_ask_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_place_move_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_place_move")),
    )
    op.create_index("ix_lms_place_move_of", "lms_place_move", ["ask_id", "number"], unique=False)
    op.create_table(
        "lms_record_hold_end",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_record_hold_end_by")),
        sa.ForeignKeyConstraint(["hold_id"], ["lms_record_hold.id"], name=op.f("fk_lms_record_hold_end_hold_id")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_lms_record_hold_end")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("lms_record_hold_end")
    op.drop_index("ix_lms_place_move_of", table_name="lms_place_move")
    op.drop_table("lms_place_move")
    op.drop_table("lms_place_held")
    op.drop_index(op.f("ix_lms_money_share_place_id"), table_name="lms_money_share")
    op.drop_index(op.f("ix_lms_money_share_line_id"), table_name="lms_money_share")
    op.drop_table("lms_money_share")
    op.drop_index("ix_lms_record_hold_of", table_name="lms_record_hold")
    op.drop_index(op.f("ix_lms_record_hold_claim_id"), table_name="lms_record_hold")
    op.drop_table("lms_record_hold")
    op.drop_index("ix_lms_record_cleared_claim_of", table_name="lms_record_cleared_claim")
    op.drop_table("lms_record_cleared_claim")
    op.drop_index("ix_lms_place_ask_until", table_name="lms_place_ask")
    op.drop_index("ix_lms_place_ask_person", table_name="lms_place_ask")
    op.drop_index("ix_lms_place_ask_line", table_name="lms_place_ask")
    op.drop_table("lms_place_ask")
    op.drop_index("ix_lms_money_said_learner", table_name="lms_money_said")
    op.drop_table("lms_money_said")
    op.drop_index("ix_lms_record_clearing_of", table_name="lms_record_clearing")
    op.drop_table("lms_record_clearing")
    op.drop_index("ix_lms_place_run_of", table_name="lms_place_run")
    op.drop_index("ix_lms_place_run_going", table_name="lms_place_run")
    op.drop_table("lms_place_run")
    op.drop_index("ix_lms_area_proof_of", table_name="lms_area_proof")
    op.drop_table("lms_area_proof")
