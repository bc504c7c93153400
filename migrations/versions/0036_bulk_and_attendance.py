"""Batches of certificates, workshops, and how an authority's certificates look"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('looking', 'ready', 'running', 'stopped')")


def upgrade() -> None:
    """Add the tables."""
    _appearance()
    _workshops()
    _batches()
    _downloads()


def _appearance() -> None:
    op.create_table(
        "lms_certificate_appearance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("languages", sa.String(length=40), nullable=False),
        sa.Column("logo_sha256", sa.String(length=64), nullable=True),
        sa.Column("logo_alt", sa.String(length=200), nullable=False),
        sa.Column("logo_alt_cy", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "logo_sha256 IS NULL OR logo_alt <> ''", name=op.f("ck_lms_certificate_appearance_logo_says_what_it_shows")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_certificate_appearance_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["logo_sha256"], ["lms_file.sha256"], name=op.f("fk_lms_certificate_appearance_logo_sha256")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["lms_person.id"], name=op.f("fk_lms_certificate_appearance_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_certificate_appearance")),
    )
    op.create_index("ix_lms_certificate_appearance_newest", "lms_certificate_appearance", ["authority_id", "set_at"])
    op.create_table(
        "lms_signatory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("role_cy", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"until" IS NULL OR "until" >= since', name=op.f("ck_lms_signatory_until_after_since")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_signatory_authority_id")),
        sa.ForeignKeyConstraint(["named_by"], ["lms_person.id"], name=op.f("fk_lms_signatory_named_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_signatory")),
    )
    op.create_index("ix_lms_signatory_of", "lms_signatory", ["authority_id", "since"])


def _workshops() -> None:
    op.create_table(
        "lms_workshop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name=op.f("ck_lms_workshop_issued_whole")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_lms_workshop_some_time")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_workshop_authority_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["lms_person.id"], name=op.f("fk_lms_workshop_issued_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["lms_person.id"], name=op.f("fk_lms_workshop_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_workshop")),
    )
    op.create_index("ix_lms_workshop_of", "lms_workshop", ["authority_id", "on_day"])
    op.create_table(
        "lms_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["lms_person.id"], name=op.f("fk_lms_attendance_noted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_attendance_person_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["lms_workshop.id"], name=op.f("fk_lms_attendance_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_attendance")),
        sa.UniqueConstraint("workshop_id", "person_id", name=op.f("uq_lms_attendance_workshop_id_person_id")),
    )
    op.create_index(op.f("ix_lms_attendance_person_id"), "lms_attendance", ["person_id"])


def _batches() -> None:
    op.create_table(
        "lms_certificate_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'running' OR started_by IS NOT NULL", name=op.f("ck_lms_certificate_batch_somebody_started")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_certificate_batch_asked_by")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_certificate_batch_authority_id")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["lms_person.id"], name=op.f("fk_lms_certificate_batch_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_certificate_batch")),
    )
    op.create_index("ix_lms_certificate_batch_of", "lms_certificate_batch", ["authority_id", "asked_at"])
    op.create_index(
        "uq_lms_certificate_batch_open",
        "lms_certificate_batch",
        ["authority_id", "kind", "code", "about"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "lms_certificate_batch_line",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["lms_certificate_batch.id"], name=op.f("fk_lms_certificate_batch_line_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_certificate_batch_line_certificate_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_certificate_batch_line_person_id")),
        sa.PrimaryKeyConstraint("batch_id", "place", name=op.f("pk_lms_certificate_batch_line")),
        sa.UniqueConstraint("batch_id", "source_id", name=op.f("uq_lms_certificate_batch_line_batch_id_source_id")),
    )
    op.create_index(op.f("ix_lms_certificate_batch_line_person_id"), "lms_certificate_batch_line", ["person_id"])
    op.create_index("ix_lms_certificate_batch_line_state", "lms_certificate_batch_line", ["batch_id", "state", "place"])


def _downloads() -> None:
    op.create_table(
        "lms_certificate_download",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("next_place", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["lms_person.id"], name=op.f("fk_lms_certificate_download_asked_by")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["lms_certificate_batch.id"], name=op.f("fk_lms_certificate_download_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_certificate_download")),
    )
    op.create_index("ix_lms_certificate_download_of", "lms_certificate_download", ["batch_id", "asked_at"])
    op.create_table(
        "lms_certificate_download_part",
        sa.Column("download_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["download_id"], ["lms_certificate_download.id"], name=op.f("fk_lms_certificate_download_part_download_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_certificate_download_part_sha256")),
        sa.PrimaryKeyConstraint("download_id", "part", name=op.f("pk_lms_certificate_download_part")),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "lms_certificate_download_part",
        "lms_certificate_download",
        "lms_certificate_batch_line",
        "lms_certificate_batch",
        "lms_attendance",
        "lms_workshop",
        "lms_signatory",
        "lms_certificate_appearance",
    ):
        op.drop_table(table)
