"""Units at work, observations, judgements and sign-offs"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("allocated_by", sa.Uuid(), nullable=False),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("assessor_id <> learner_id", name=op.f("ck_lms_allocation_assessor_is_not_learner")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_allocation_until_after_since")),
        sa.ForeignKeyConstraint(["allocated_by"], ["lms_person.id"], name=op.f("fk_lms_allocation_allocated_by")),
        sa.ForeignKeyConstraint(["assessor_id"], ["lms_person.id"], name=op.f("fk_lms_allocation_assessor_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_allocation_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_allocation")),
    )
    with op.batch_alter_table("lms_allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_allocation_assessor_id"), ["assessor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_allocation_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_allocation_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "lms_learner_unit",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=True),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_learner_unit_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_learner_unit_learner_id")),
        sa.PrimaryKeyConstraint("enrolment_id", "unit", name=op.f("pk_lms_learner_unit")),
        sa.UniqueConstraint(
            "enrolment_id", "unit", "learner_id", name=op.f("uq_lms_learner_unit_enrolment_id_unit_learner_id")
        ),
    )
    with op.batch_alter_table("lms_learner_unit", schema=None) as batch_op:
        batch_op.create_index("ix_lms_learner_unit_behind_wall", ["authority_id", "opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_learner_unit_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "lms_observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("observer_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("setting", sa.String(40), nullable=True),
        sa.Column("what_was_seen", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("what_was_seen <> ''", name=op.f("ck_lms_observation_something_was_seen")),
        sa.CheckConstraint("observer_id <> learner_id", name=op.f("ck_lms_observation_observer_is_not_learner")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_observation_behalf")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_observation_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["observer_id"], ["lms_person.id"], name=op.f("fk_lms_observation_observer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_observation")),
        sa.UniqueConstraint(
            "id", "enrolment_id", "unit", "criterion", name=op.f("uq_lms_observation_id_enrolment_id_unit_criterion")
        ),
    )
    with op.batch_alter_table("lms_observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_observation_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_observation_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_observation_observer_id"), ["observer_id"], unique=False)

    op.create_table(
        "lms_sign_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_lms_sign_off_statement_was_confirmed")),
        sa.CheckConstraint("signed_by <> learner_id", name=op.f("ck_lms_sign_off_signer_is_not_learner")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_sign_off_behalf")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_sign_off_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["lms_person.id"], name=op.f("fk_lms_sign_off_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sign_off")),
        sa.UniqueConstraint("enrolment_id", "unit", name=op.f("uq_lms_sign_off_enrolment_id_unit")),
    )
    with op.batch_alter_table("lms_sign_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_sign_off_learner_id"), ["learner_id"], unique=False)

    op.create_table(
        "lms_judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("judgement", sa.String(40), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=True),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("judgement = 'met' OR feedback <> ''", name=op.f("ck_lms_judgement_not_yet_met_says_why")),
        sa.CheckConstraint(
            "kind <> 'practice' OR observation_id IS NOT NULL", name=op.f("ck_lms_judgement_practice_was_observed")
        ),
        sa.CheckConstraint("judge_id <> learner_id", name=op.f("ck_lms_judgement_judge_is_not_learner")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_judgement_behalf")),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_judgement_enrolment_id_unit_learner_id"),
        ),
        sa.ForeignKeyConstraint(["judge_id"], ["lms_person.id"], name=op.f("fk_lms_judgement_judge_id")),
        sa.ForeignKeyConstraint(
            ["observation_id", "enrolment_id", "unit", "criterion"],
            ["lms_observation.id", "lms_observation.enrolment_id", "lms_observation.unit", "lms_observation.criterion"],
            name=op.f("fk_lms_judgement_observation_id_enrolment_id_unit_criterion"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_judgement")),
        sa.UniqueConstraint("observation_id", name=op.f("uq_lms_judgement_observation_id")),
    )
    with op.batch_alter_table("lms_judgement", schema=None) as batch_op:
        batch_op.create_index("ix_lms_judgement_counting", ["enrolment_id", "unit", "criterion", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_judgement_learner_id"), ["learner_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_judgement_learner_id"))
        batch_op.drop_index("ix_lms_judgement_counting")

    op.drop_table("lms_judgement")
    with op.batch_alter_table("lms_sign_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_sign_off_learner_id"))

    op.drop_table("lms_sign_off")
    with op.batch_alter_table("lms_observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_observation_observer_id"))
        batch_op.drop_index(batch_op.f("ix_lms_observation_learner_id"))
        batch_op.drop_index(batch_op.f("ix_lms_observation_enrolment_id"))

    op.drop_table("lms_observation")
    with op.batch_alter_table("lms_learner_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_learner_unit_learner_id"))
        batch_op.drop_index("ix_lms_learner_unit_behind_wall")

    op.drop_table("lms_learner_unit")
    with op.batch_alter_table("lms_allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_allocation_learner_id"))
        batch_op.drop_index(batch_op.f("ix_lms_allocation_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_lms_allocation_assessor_id"))

    op.drop_table("lms_allocation")
