"""Certificates, their PDFs and withdrawals"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("holder_name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("module_title", sa.String(length=200), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("course_title", sa.String(length=200), nullable=False),
        sa.Column("design_edition", sa.String(length=40), nullable=False),
        sa.Column("content_edition", sa.String(length=40), nullable=False),
        sa.Column("framework_edition", sa.String(length=40), nullable=True),
        sa.Column("proves", sa.JSON(), nullable=False),
        sa.Column("does_not_prove", sa.JSON(), nullable=False),
        sa.Column("nation", sa.String(40), nullable=False),
        sa.Column("authority_name", sa.String(length=160), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("signed_off_by", sa.String(length=120), nullable=True),
        sa.Column("signed_off_as", sa.String(length=120), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(signed_off_on IS NULL) = (signed_off_by IS NULL) AND (signed_off_on IS NULL) = (signed_off_as IS NULL)",
            name=op.f("ck_lms_certificate_sign_off_whole"),
        ),
        sa.CheckConstraint(
            "lapses_on IS NULL OR lapses_on > issued_on", name=op.f("ck_lms_certificate_lapses_after_issue")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_certificate_authority_id")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["lms_person.id"], name=op.f("fk_lms_certificate_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_certificate")),
        sa.UniqueConstraint("enrolment_id", "kind", "code", name=op.f("uq_lms_certificate_enrolment_id_kind_code")),
        sa.UniqueConstraint("number", name=op.f("uq_lms_certificate_number")),
    )
    with op.batch_alter_table("lms_certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_certificate_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_certificate_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index("ix_lms_certificate_holder_id", ["holder_id", "issued_on"], unique=False)

    op.create_table(
        "lms_certificate_pdf",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_certificate_pdf_certificate_id")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["lms_file.sha256"], name=op.f("fk_lms_certificate_pdf_sha256")),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_lms_certificate_pdf")),
    )
    op.create_table(
        "lms_withdrawal",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["lms_person.id"], name=op.f("fk_lms_withdrawal_by")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["lms_certificate.id"], name=op.f("fk_lms_withdrawal_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_lms_withdrawal")),
    )


def downgrade() -> None:
    op.drop_table("lms_withdrawal")
    op.drop_table("lms_certificate_pdf")
    with op.batch_alter_table("lms_certificate", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_certificate_holder_id")
        batch_op.drop_index(batch_op.f("ix_lms_certificate_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_lms_certificate_authority_id"))

    op.drop_table("lms_certificate")
