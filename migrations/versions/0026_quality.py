"""Quality assurance: policies, plans, samples, verifiers, meetings, appeals"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sampling()
    _verifiers()
    _meetings()
    _appeals()


def _sampling() -> None:
    op.create_table(
        "lms_sampling_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("share_final", sa.Integer(), nullable=False),
        sa.Column("share_interim", sa.Integer(), nullable=False),
        sa.Column("share_learners", sa.Integer(), nullable=False),
        sa.Column("share_standards", sa.Integer(), nullable=False),
        sa.Column("share_kinds", sa.Integer(), nullable=False),
        sa.Column("share_assessors", sa.Integer(), nullable=False),
        sa.Column("weight_new_assessor", sa.Integer(), nullable=False),
        sa.Column("weight_employer_as_assessor", sa.Integer(), nullable=False),
        sa.Column("weight_relative_declared", sa.Integer(), nullable=False),
        sa.Column("weight_fast", sa.Integer(), nullable=False),
        sa.Column("weight_uniform", sa.Integer(), nullable=False),
        sa.Column("fast_hours", sa.Integer(), nullable=False),
        sa.Column("uniform_from", sa.Integer(), nullable=False),
        sa.Column("waits", sa.String(length=40), nullable=False),
        sa.Column("waits_in", sa.JSON(), nullable=False),
        sa.Column("wait_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("appeal_days", sa.Integer(), nullable=False),
        sa.Column("appeal_answer_days", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("share_final + share_interim > 0", name=op.f("ck_lms_sampling_policy_asks_for_something")),
        sa.CheckConstraint(
            "weight_employer_as_assessor >= 1 AND weight_relative_declared >= 1",
            name=op.f("ck_lms_sampling_policy_close_to_the_work_weighs"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_sampling_policy_authority_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_sampling_policy_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sampling_policy")),
    )
    op.create_index("ix_lms_sampling_policy_newest", "lms_sampling_policy", ["authority_id", "set_at"])
    op.create_table(
        "lms_sampling_work",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("kinds", sa.String(length=300), nullable=False),
        sa.Column("risks", sa.String(length=200), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("assessor_id <> learner_id", name=op.f("ck_lms_sampling_work_nobody_decides_own_work")),
        sa.ForeignKeyConstraint(["assessor_id"], ["lms_person.id"], name=op.f("fk_lms_sampling_work_assessor_id")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_sampling_work_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id", "unit", "learner_id"],
            ["lms_learner_unit.enrolment_id", "lms_learner_unit.unit", "lms_learner_unit.learner_id"],
            name=op.f("fk_lms_sampling_work_enrolment_id_unit_learner_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sampling_work")),
        sa.UniqueConstraint(
            "enrolment_id",
            "unit",
            "assessor_id",
            "period",
            name=op.f("uq_lms_sampling_work_enrolment_id_unit_assessor_id_period"),
        ),
    )
    op.create_index("ix_lms_sampling_work_period", "lms_sampling_work", ["authority_id", "period", "planned"])
    op.create_index("ix_lms_sampling_work_unit", "lms_sampling_work", ["authority_id", "framework", "unit", "last_at"])
    op.create_table(
        "lms_sampling_plan",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("stands", sa.JSON(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_sampling_plan_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "period", name=op.f("pk_lms_sampling_plan")),
    )
    op.create_table(
        "lms_sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("risks", sa.String(length=200), nullable=False),
        sa.Column("kinds", sa.String(length=300), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'sent_back' OR due_on IS NOT NULL", name=op.f("ck_lms_sample_sent_back_says_when")
        ),
        sa.CheckConstraint("state = 'open' OR taken_by IS NOT NULL", name=op.f("ck_lms_sample_somebody_has_it")),
        sa.CheckConstraint(
            "taken_by IS NULL OR (taken_by <> learner_id AND taken_by <> assessor_id)",
            name=op.f("ck_lms_sample_never_own"),
        ),
        sa.ForeignKeyConstraint(["assessor_id"], ["lms_person.id"], name=op.f("fk_lms_sample_assessor_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_sample_authority_id")),
        sa.ForeignKeyConstraint(["chosen_by"], ["lms_person.id"], name=op.f("fk_lms_sample_chosen_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_sample_learner_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["lms_person.id"], name=op.f("fk_lms_sample_taken_by")),
        sa.ForeignKeyConstraint(["work_id"], ["lms_sampling_work.id"], name=op.f("fk_lms_sample_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sample")),
        sa.UniqueConstraint("work_id", "stage", name=op.f("uq_lms_sample_work_id_stage")),
    )
    op.create_index("ix_lms_sample_assessor", "lms_sample", ["assessor_id", "state"])
    op.create_index(op.f("ix_lms_sample_learner_id"), "lms_sample", ["learner_id"])
    op.create_index("ix_lms_sample_period", "lms_sample", ["authority_id", "period", "state"])
    op.create_index("ix_lms_sample_taken_by", "lms_sample", ["taken_by", "state"])
    op.create_index("ix_lms_sample_unit", "lms_sample", ["enrolment_id", "unit"])
    op.create_table(
        "lms_sample_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_sample_step_by")),
        sa.ForeignKeyConstraint(["sample_id"], ["lms_sample.id"], name=op.f("fk_lms_sample_step_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sample_step")),
    )
    op.create_index("ix_lms_sample_step_of", "lms_sample_step", ["sample_id", "at"])
    op.create_table(
        "lms_quality_activity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("said <> ''", name=op.f("ck_lms_quality_activity_says_what")),
        sa.CheckConstraint('"by" <> about_id', name=op.f("ck_lms_quality_activity_about_somebody_else")),
        sa.ForeignKeyConstraint(["about_id"], ["lms_person.id"], name=op.f("fk_lms_quality_activity_about_id")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_quality_activity_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_quality_activity_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_quality_activity")),
    )
    op.create_index(op.f("ix_lms_quality_activity_about_id"), "lms_quality_activity", ["about_id"])
    op.create_index("ix_lms_quality_activity_newest", "lms_quality_activity", ["authority_id", "on_day"])


def _verifiers() -> None:
    op.create_table(
        "lms_verifier_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("verifier_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("framework", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("work_from", sa.Date(), nullable=True),
        sa.Column("work_until", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"until" >= since', name=op.f("ck_lms_verifier_access_until_after_since")),
        sa.CheckConstraint(
            "(enrolment_id IS NULL) <> (unit IS NULL)", name=op.f("ck_lms_verifier_access_one_or_the_other")
        ),
        sa.CheckConstraint(
            "(unit IS NULL) = (framework IS NULL)", name=op.f("ck_lms_verifier_access_unit_of_a_framework")
        ),
        sa.CheckConstraint("given_by <> verifier_id", name=op.f("ck_lms_verifier_access_given_by_somebody_else")),
        sa.CheckConstraint(
            "unit IS NULL OR (work_from IS NOT NULL AND work_until >= work_from)",
            name=op.f("ck_lms_verifier_access_unit_says_which_work"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_verifier_access_authority_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["lms_person.id"], name=op.f("fk_lms_verifier_access_given_by")),
        sa.ForeignKeyConstraint(["verifier_id"], ["lms_person.id"], name=op.f("fk_lms_verifier_access_verifier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_verifier_access")),
    )
    op.create_index("ix_lms_verifier_access_behind_wall", "lms_verifier_access", ["authority_id", "until"])
    op.create_index(op.f("ix_lms_verifier_access_enrolment_id"), "lms_verifier_access", ["enrolment_id"])
    op.create_index("ix_lms_verifier_access_of", "lms_verifier_access", ["verifier_id", "until"])
    op.create_table(
        "lms_verifier_access_end",
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["lms_verifier_access.id"], name=op.f("fk_lms_verifier_access_end_access_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_verifier_access_end_by")),
        sa.PrimaryKeyConstraint("access_id", name=op.f("pk_lms_verifier_access_end")),
    )
    op.create_table(
        "lms_verifier_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("verifier_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("what_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_verifier_look_authority_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_verifier_look_learner_id")),
        sa.ForeignKeyConstraint(["verifier_id"], ["lms_person.id"], name=op.f("fk_lms_verifier_look_verifier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_verifier_look")),
    )
    op.create_index("ix_lms_verifier_look_behind_wall", "lms_verifier_look", ["authority_id", "at"])
    op.create_index("ix_lms_verifier_look_by", "lms_verifier_look", ["verifier_id", "at"])
    op.create_index(op.f("ix_lms_verifier_look_learner_id"), "lms_verifier_look", ["learner_id"])


def _meetings() -> None:
    op.create_table(
        "lms_standardisation_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at_time", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_standardisation_meeting_asked_by")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_standardisation_meeting_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_standardisation_meeting")),
    )
    op.create_index("ix_lms_standardisation_meeting_newest", "lms_standardisation_meeting", ["authority_id", "on_day"])
    op.create_table(
        "lms_standardisation_asked",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["lms_standardisation_meeting.id"], name=op.f("fk_lms_standardisation_asked_meeting_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_standardisation_asked_person_id")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_lms_standardisation_asked")),
    )
    op.create_index(op.f("ix_lms_standardisation_asked_person_id"), "lms_standardisation_asked", ["person_id"])
    op.create_table(
        "lms_standardisation_attended",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_standardisation_attended_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["lms_standardisation_meeting.id"], name=op.f("fk_lms_standardisation_attended_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["lms_person.id"], name=op.f("fk_lms_standardisation_attended_person_id")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_lms_standardisation_attended")),
    )
    op.create_index(op.f("ix_lms_standardisation_attended_person_id"), "lms_standardisation_attended", ["person_id"])
    op.create_table(
        "lms_standardisation_agreed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_standardisation_agreed_by")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["lms_standardisation_meeting.id"], name=op.f("fk_lms_standardisation_agreed_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_standardisation_agreed")),
    )
    op.create_index("ix_lms_standardisation_agreed_newest", "lms_standardisation_agreed", ["meeting_id", "at"])


def _appeals() -> None:
    op.create_table(
        "lms_appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("second_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("new_decision_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("why <> ''", name=op.f("ck_lms_appeal_says_why")),
        sa.CheckConstraint(
            "second_id IS NULL OR (second_id <> decided_by AND second_id <> learner_id)",
            name=op.f("ck_lms_appeal_another"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_appeal_asked_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_appeal_authority_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["lms_person.id"], name=op.f("fk_lms_appeal_decided_by")),
        sa.ForeignKeyConstraint(["decision_id"], ["lms_decision.id"], name=op.f("fk_lms_appeal_decision_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_appeal_learner_id")),
        sa.ForeignKeyConstraint(["new_decision_id"], ["lms_decision.id"], name=op.f("fk_lms_appeal_new_decision_id")),
        sa.ForeignKeyConstraint(["second_id"], ["lms_person.id"], name=op.f("fk_lms_appeal_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_lms_appeal_decision_id")),
    )
    op.create_index(op.f("ix_lms_appeal_learner_id"), "lms_appeal", ["learner_id"])
    op.create_index("ix_lms_appeal_line", "lms_appeal", ["enrolment_id", "line"])
    op.create_index("ix_lms_appeal_second", "lms_appeal", ["second_id", "stage"])
    op.create_index("ix_lms_appeal_stage", "lms_appeal", ["authority_id", "stage", "asked_at"])
    op.create_table(
        "lms_appeal_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["lms_appeal.id"], name=op.f("fk_lms_appeal_step_appeal_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_appeal_step_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_appeal_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_appeal_step")),
    )
    op.create_index("ix_lms_appeal_step_of", "lms_appeal_step", ["appeal_id", "at"])


def downgrade() -> None:
    for table in (
        "lms_appeal_step",
        "lms_appeal",
        "lms_standardisation_agreed",
        "lms_standardisation_attended",
        "lms_standardisation_asked",
        "lms_standardisation_meeting",
        "lms_verifier_look",
        "lms_verifier_access_end",
        "lms_verifier_access",
        "lms_quality_activity",
        "lms_sample_step",
        "lms_sample",
        "lms_sampling_plan",
        "lms_sampling_work",
        "lms_sampling_policy",
    ):
        op.drop_table(table)
