"""Reports for a committee, and what an authority sets about them"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables. Nothing is published before somebody says so."""
    op.create_table(
        "lms_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("pdf", sa.String(length=64), nullable=True),
        sa.Column("xlsx", sa.String(length=64), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_lms_report_runs_forwards")),
        sa.CheckConstraint("(data IS NULL) = (digest IS NULL)", name=op.f("ck_lms_report_data_has_its_digest")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_report_authority_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["lms_report.id"], name=op.f("fk_lms_report_replaces_id")),
        sa.ForeignKeyConstraint(["pdf"], ["lms_file.sha256"], name=op.f("fk_lms_report_pdf")),
        sa.ForeignKeyConstraint(["xlsx"], ["lms_file.sha256"], name=op.f("fk_lms_report_xlsx")),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_report_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_report")),
        sa.UniqueConstraint(
            "authority_id", "made_year", "number", name=op.f("uq_lms_report_authority_id_made_year_number")
        ),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_lms_report_replaces_id")),
    )
    op.create_index("ix_lms_report_of", "lms_report", ["authority_id", "kind", "asked_at"], unique=False)
    op.create_table(
        "lms_report_setting",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("keep_years", sa.Integer(), nullable=False),
        sa.Column("published_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_report_setting_authority_id")
        ),
        sa.ForeignKeyConstraint(["published_id"], ["lms_report.id"], name=op.f("fk_lms_report_setting_published_id")),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_report_setting_set_by")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_report_setting")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("lms_report_setting")
    op.drop_table("lms_report")
