"""Sign-offs for one person"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_SIGN_OFF = "lms_personal_sign_off"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        _SIGN_OFF,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_code", sa.String(length=12), nullable=False),
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.String(length=120), nullable=False),
        sa.Column("signer_role", sa.String(length=40), nullable=False),
        sa.Column("signer_organisation", sa.String(length=160), nullable=False),
        sa.Column("known_by", sa.String(length=200), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_as", sa.String(length=40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorded_by <> learner_id", name=op.f(f"ck_{_SIGN_OFF}_somebody_else_wrote_it")),
        sa.CheckConstraint("trained_on <= observed_on", name=op.f(f"ck_{_SIGN_OFF}_trained_before_watched")),
        sa.CheckConstraint("observed_on <= valid_until", name=op.f(f"ck_{_SIGN_OFF}_ends_after_it_began")),
        sa.CheckConstraint(
            "person_code <> '' AND what <> '' AND signer_name <> '' AND known_by <> ''",
            name=op.f(f"ck_{_SIGN_OFF}_says_all"),
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f(f"fk_{_SIGN_OFF}_learner_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f(f"fk_{_SIGN_OFF}_employer_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{_SIGN_OFF}_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["lms_person.id"], name=op.f(f"fk_{_SIGN_OFF}_recorded_by")),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f(f"fk_{_SIGN_OFF}_behalf")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_SIGN_OFF}")),
    )
    op.create_index(f"ix_{_SIGN_OFF}_of", _SIGN_OFF, ["learner_id", "employer_id"])
    op.create_index(op.f(f"ix_{_SIGN_OFF}_employer_id"), _SIGN_OFF, ["employer_id"])
    op.create_index(op.f(f"ix_{_SIGN_OFF}_valid_until"), _SIGN_OFF, ["valid_until"])
    _looks()
    _ends()
    op.create_table(
        "lms_personal_reminder",
        sa.Column("personal_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["personal_id"], [f"{_SIGN_OFF}.id"], name=op.f("fk_lms_personal_reminder_personal_id")
        ),
        sa.PrimaryKeyConstraint("personal_id", "days", name=op.f("pk_lms_personal_reminder")),
    )


def _looks() -> None:
    op.create_table(
        "lms_personal_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("personal_id", sa.Uuid(), nullable=False),
        sa.Column("looked", sa.String(length=40), nullable=False),
        sa.Column("looked_by", sa.String(length=200), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "looked <> 'fits' OR looked_by <> ''", name=op.f("ck_lms_personal_look_fits_says_who_looked")
        ),
        sa.ForeignKeyConstraint(["personal_id"], [f"{_SIGN_OFF}.id"], name=op.f("fk_lms_personal_look_personal_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_personal_look_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_personal_look")),
    )
    op.create_index("ix_lms_personal_look_latest", "lms_personal_look", ["personal_id", "at"])


def _ends() -> None:
    op.create_table(
        "lms_personal_end",
        sa.Column("personal_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(why = 'stopped') = (by IS NOT NULL)", name=op.f("ck_lms_personal_end_somebody_stopped_it")
        ),
        sa.ForeignKeyConstraint(["personal_id"], [f"{_SIGN_OFF}.id"], name=op.f("fk_lms_personal_end_personal_id")),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_personal_end_by")),
        sa.PrimaryKeyConstraint("personal_id", "why", name=op.f("pk_lms_personal_end")),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("lms_personal_reminder", "lms_personal_end", "lms_personal_look", _SIGN_OFF):
        op.drop_table(table)
