"""Knowledge shown of each line of a framework"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_LINE = ("authority_id", "framework", "edition", "line")


def upgrade() -> None:
    """Add the tables."""
    _lines()
    _conversations()
    op.create_table(
        "lms_mapping_read",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("after", sa.Uuid(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lms_mapping_read")),
    )
    op.create_table(
        "lms_log_print",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_log_print_learner_id")),
        sa.ForeignKeyConstraint(["pdf"], ["lms_file.sha256"], name=op.f("fk_lms_log_print_pdf")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lms_log_print")),
    )
    op.create_index(op.f("ix_lms_log_print_learner_id"), "lms_log_print", ["learner_id"])


def _lines() -> None:
    op.create_table(
        "lms_criterion",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('knowledge', 'practice')", name=op.f("ck_lms_criterion_known_kind")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_criterion_authority_id")),
        sa.PrimaryKeyConstraint(*_LINE, name=op.f("pk_lms_criterion")),
        sa.UniqueConstraint(*_LINE, "kind", name=op.f("uq_lms_criterion_authority_id_framework_edition_line_kind")),
    )
    op.create_table(
        "lms_knowledge_shown",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("line", sa.String(length=80), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'knowledge'", name=op.f("ck_lms_knowledge_shown_never_practice")),
        sa.CheckConstraint("judged_by <> learner_id", name=op.f("ck_lms_knowledge_shown_somebody_else_judged")),
        sa.ForeignKeyConstraint(
            [*_LINE, "kind"],
            [f"lms_criterion.{name}" for name in (*_LINE, "kind")],
            name=op.f("fk_lms_knowledge_shown_authority_id"),
        ),
        sa.ForeignKeyConstraint(["judged_by"], ["lms_person.id"], name=op.f("fk_lms_knowledge_shown_judged_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_knowledge_shown_learner_id")),
        sa.PrimaryKeyConstraint(
            "learner_id",
            "framework",
            "edition",
            "line",
            "authority_id",
            "outcome",
            name=op.f("pk_lms_knowledge_shown"),
        ),
    )
    op.create_index("ix_lms_knowledge_shown_line", "lms_knowledge_shown", list(_LINE))


def _conversations() -> None:
    op.create_table(
        "lms_conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("judged", sa.String(length=40), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("heard_by", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("behalf", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("heard_by <> learner_id", name=op.f("ck_lms_conversation_somebody_else_listens")),
        sa.CheckConstraint("asked <> '' AND said <> ''", name=op.f("ck_lms_conversation_was_noted")),
        sa.CheckConstraint("judged = 'met' OR word <> ''", name=op.f("ck_lms_conversation_not_yet_says_why")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_conversation_authority_id")
        ),
        sa.ForeignKeyConstraint(["behalf"], ["lms_organisation.id"], name=op.f("fk_lms_conversation_behalf")),
        sa.ForeignKeyConstraint(["heard_by"], ["lms_person.id"], name=op.f("fk_lms_conversation_heard_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["lms_person.id"], name=op.f("fk_lms_conversation_learner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_conversation")),
    )
    op.create_index("ix_lms_conversation_of", "lms_conversation", ["learner_id", "authority_id", "recorded_at"])


def downgrade() -> None:
    """Remove the tables."""
    for table in ("lms_log_print", "lms_mapping_read", "lms_conversation", "lms_knowledge_shown", "lms_criterion"):
        op.drop_table(table)
