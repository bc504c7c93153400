"""Editions of register rules written in the browser"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    _editions()
    _drafts()


def _editions() -> None:
    op.create_table(
        "lms_register_edition",
        sa.Column("number", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_register_edition_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_register_edition_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_register_edition")),
        sa.UniqueConstraint("authority_id", "edition", name=op.f("uq_lms_register_edition_authority_id_edition")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_register_edition_id")),
    )
    op.create_table(
        "lms_register_edition_withdrawn",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["lms_register_edition.id"], name=op.f("fk_lms_register_edition_withdrawn_edition_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_register_edition_withdrawn_by")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_lms_register_edition_withdrawn")),
    )


def _drafts() -> None:
    op.create_table(
        "lms_register_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("based_on", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_once", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_register_draft_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "published_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_lms_register_draft_published_is_ended")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_register_draft_authority_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_register_draft_made_by")),
        sa.ForeignKeyConstraint(["changed_by"], ["lms_person.id"], name=op.f("fk_lms_register_draft_changed_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_register_draft_ended_by")),
        sa.ForeignKeyConstraint(
            ["published_id"], ["lms_register_edition.id"], name=op.f("fk_lms_register_draft_published_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_register_draft")),
    )
    op.create_index("ix_lms_register_draft_of", "lms_register_draft", ["authority_id", "ended_at"])


def downgrade() -> None:
    """Remove them."""
    for table in ("lms_register_draft", "lms_register_edition_withdrawn", "lms_register_edition"):
        op.drop_table(table)
