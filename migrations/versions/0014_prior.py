"""Prior learning, and answers on paper"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _offers()
    _decisions()
    op.create_table(
        "lms_prior_taken_back",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["lms_prior_offer.id"], name=op.f("fk_lms_prior_taken_back_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_lms_prior_taken_back")),
    )
    op.create_table(
        "lms_prior_outcome",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["lms_prior_decision.id"], name=op.f("fk_lms_prior_outcome_decision_id")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_prior_outcome_enrolment_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "outcome", name=op.f("pk_lms_prior_outcome")),
    )
    op.add_column("lms_module_studied", sa.Column("prior", sa.JSON(), nullable=True))
    _paper()


def _offers() -> None:
    op.create_table(
        "lms_prior_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=True),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=True),
        sa.Column("certificate", sa.String(length=40), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(paper IS NULL) <> (certificate IS NULL)", name=op.f("ck_lms_prior_offer_one_proof")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_prior_offer_authority_id")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_prior_offer_enrolment_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_prior_offer_learner_id")),
        sa.ForeignKeyConstraint(["paper"], ["lms_file.sha256"], name=op.f("fk_lms_prior_offer_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_prior_offer")),
        sa.UniqueConstraint("id", "learner_id", name=op.f("uq_lms_prior_offer_id_learner_id")),
    )
    for column in ("authority_id", "enrolment_id", "learner_id"):
        op.create_index(op.f(f"ix_lms_prior_offer_{column}"), "lms_prior_offer", [column])


def _decisions() -> None:
    op.create_table(
        "lms_prior_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decided_by <> learner_id", name=op.f("ck_lms_prior_decision_somebody_else_decides")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_lms_prior_decision_says_why")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_prior_decision_behalf")),
        sa.ForeignKeyConstraint(["decided_by"], ["lms_person.id"], name=op.f("fk_lms_prior_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["offer_id", "learner_id"],
            ["lms_prior_offer.id", "lms_prior_offer.learner_id"],
            name=op.f("fk_lms_prior_decision_offer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_prior_decision")),
    )
    op.create_index("uq_lms_prior_decision_offer", "lms_prior_decision", ["offer_id"], unique=True)


def _paper() -> None:
    op.create_table(
        "lms_paper_sheet",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["lms_attempt.id"], name=op.f("fk_lms_paper_sheet_attempt_id")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_paper_sheet_made_by")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_lms_paper_sheet")),
    )
    op.create_table(
        "lms_paper_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("lessons", sa.JSON(), nullable=False),
        sa.Column("activity", sa.Uuid(), nullable=True),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(length=64), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorded_by <> learner_id", name=op.f("ck_lms_paper_record_somebody_else_records")),
        sa.ForeignKeyConstraint(["attempt_id"], ["lms_attempt.id"], name=op.f("fk_lms_paper_record_attempt_id")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_paper_record_behalf")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["lms_enrolment.id"], name=op.f("fk_lms_paper_record_enrolment_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_paper_record_learner_id")),
        sa.ForeignKeyConstraint(["paper"], ["lms_file.sha256"], name=op.f("fk_lms_paper_record_paper")),
        sa.ForeignKeyConstraint(["recorded_by"], ["lms_person.id"], name=op.f("fk_lms_paper_record_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_paper_record")),
    )
    for column in ("attempt_id", "enrolment_id"):
        op.create_index(op.f(f"ix_lms_paper_record_{column}"), "lms_paper_record", [column])
    op.create_table(
        "lms_paper_print",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["pdf"], ["lms_file.sha256"], name=op.f("fk_lms_paper_print_pdf")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lms_paper_print")),
    )


def downgrade() -> None:
    for table in ("lms_paper_print", "lms_paper_record", "lms_paper_sheet"):
        op.drop_table(table)
    with op.batch_alter_table("lms_module_studied") as batch_op:
        batch_op.drop_column("prior")
    for table in ("lms_prior_outcome", "lms_prior_taken_back", "lms_prior_decision", "lms_prior_offer"):
        op.drop_table(table)
