"""Schemes written in the browser, confirmed figures and adoptions"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "lms_schemes_changed",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_schemes_changed_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_schemes_changed")),
    )
    op.create_table(
        "lms_scheme_edition",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_scheme_edition_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_scheme_edition_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_scheme_edition")),
        sa.UniqueConstraint(
            "authority_id", "scheme", "edition", name=op.f("uq_lms_scheme_edition_authority_id_scheme_edition")
        ),
        sa.UniqueConstraint("id", name=op.f("uq_lms_scheme_edition_id")),
    )
    op.create_table(
        "lms_scheme_edition_withdrawn",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_scheme_edition_withdrawn_by")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["lms_scheme_edition.id"], name=op.f("fk_lms_scheme_edition_withdrawn_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_lms_scheme_edition_withdrawn")),
    )
    op.create_table(
        "lms_scheme_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("based_on", sa.String(length=40), nullable=False),
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
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_lms_scheme_draft_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "published_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_lms_scheme_draft_published_is_ended")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_scheme_draft_authority_id")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["lms_person.id"], name=op.f("fk_lms_scheme_draft_changed_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f("fk_lms_scheme_draft_ended_by")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f("fk_lms_scheme_draft_made_by")),
        sa.ForeignKeyConstraint(
            ["published_id"], ["lms_scheme_edition.id"], name=op.f("fk_lms_scheme_draft_published_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_scheme_draft")),
    )
    op.create_index("ix_lms_scheme_draft_of", "lms_scheme_draft", ["authority_id", "ended_at"], unique=False)
    op.create_table(
        "lms_scheme_adopted",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_scheme_adopted_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_scheme_adopted_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_scheme_adopted")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_scheme_adopted_id")),
    )
    op.create_index("ix_lms_scheme_adopted_of", "lms_scheme_adopted", ["authority_id", "scheme"], unique=False)
    op.create_table(
        "lms_figure_confirmed",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_figure_confirmed_authority_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_figure_confirmed_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lms_figure_confirmed")),
        sa.UniqueConstraint("id", name=op.f("uq_lms_figure_confirmed_id")),
    )
    op.create_index("ix_lms_figure_confirmed_of", "lms_figure_confirmed", ["authority_id", "scheme"], unique=False)
    op.create_table(
        "lms_figure_confirmation_ended",
        sa.Column("confirmed_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_figure_confirmation_ended_by")),
        sa.ForeignKeyConstraint(
            ["confirmed_id"], ["lms_figure_confirmed.id"], name=op.f("fk_lms_figure_confirmation_ended_confirmed_id")
        ),
        sa.PrimaryKeyConstraint("confirmed_id", name=op.f("pk_lms_figure_confirmation_ended")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("lms_figure_confirmation_ended")
    op.drop_table("lms_figure_confirmed")
    op.drop_table("lms_scheme_adopted")
    op.drop_table("lms_scheme_draft")
    op.drop_table("lms_scheme_edition_withdrawn")
    op.drop_table("lms_scheme_edition")
    op.drop_table("lms_schemes_changed")
