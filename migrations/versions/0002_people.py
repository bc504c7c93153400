"""Persons, organisations, roles, employment and signing in"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lms_organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_cy", sa.String(length=160), nullable=True),
        sa.Column("nation", sa.String(40), nullable=False),
        sa.Column("user_led", sa.Boolean(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_organisation_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_lms_organisation_code")),
    )
    with op.batch_alter_table("lms_organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_organisation_authority_id"), ["authority_id"], unique=False)

    op.create_table(
        "lms_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("username", sa.String(length=60), nullable=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("access_needs", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_used", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_person")),
        sa.UniqueConstraint("email", name=op.f("uq_lms_person_email")),
        sa.UniqueConstraint("username", name=op.f("uq_lms_person_username")),
    )
    with op.batch_alter_table("lms_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_person_name"), ["name"], unique=False)

    op.create_table(
        "lms_sign_in_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_digest", sa.String(length=64), nullable=False),
        sa.Column("place_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_sign_in_try")),
    )
    with op.batch_alter_table("lms_sign_in_try", schema=None) as batch_op:
        batch_op.create_index("ix_lms_sign_in_try_recent", ["account_digest", "at"], unique=False)

    op.create_table(
        "lms_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_agreement_authority_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["lms_organisation.id"], name=op.f("fk_lms_agreement_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_agreement")),
        sa.UniqueConstraint(
            "authority_id", "organisation_id", "since", name=op.f("uq_lms_agreement_authority_id_organisation_id_since")
        ),
    )
    with op.batch_alter_table("lms_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_agreement_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_agreement_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "lms_employment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pa_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_employment_until_after_since")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_employment_employer_id")),
        sa.ForeignKeyConstraint(["pa_id"], ["lms_person.id"], name=op.f("fk_lms_employment_pa_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_employment")),
        sa.UniqueConstraint("pa_id", "employer_id", "since", name=op.f("uq_lms_employment_pa_id_employer_id_since")),
    )
    with op.batch_alter_table("lms_employment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_employment_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_employment_pa_id"), ["pa_id"], unique=False)

    op.create_table(
        "lms_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by"], ["lms_person.id"], name=op.f("fk_lms_invitation_accepted_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_invitation_authority_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["lms_organisation.id"], name=op.f("fk_lms_invitation_employer_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["lms_person.id"], name=op.f("fk_lms_invitation_invited_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["lms_organisation.id"], name=op.f("fk_lms_invitation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_invitation")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_lms_invitation_secret_digest")),
    )
    with op.batch_alter_table("lms_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_invitation_authority_id"), ["authority_id"], unique=False)

    op.create_table(
        "lms_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_lms_role_until_after_since")),
        sa.ForeignKeyConstraint(["organisation_id"], ["lms_organisation.id"], name=op.f("fk_lms_role_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_role_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lms_role")),
        sa.UniqueConstraint(
            "person_id",
            "organisation_id",
            "role",
            "since",
            name=op.f("uq_lms_role_person_id_organisation_id_role_since"),
        ),
    )
    with op.batch_alter_table("lms_role", schema=None) as batch_op:
        batch_op.create_index("ix_lms_role_in", ["organisation_id", "role"], unique=False)
        batch_op.create_index(batch_op.f("ix_lms_role_person_id"), ["person_id"], unique=False)

    op.create_table(
        "lms_session",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_session_person_id")),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_lms_session")),
    )
    with op.batch_alter_table("lms_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "lms_sign_in_link",
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f("fk_lms_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("secret_digest", name=op.f("pk_lms_sign_in_link")),
    )
    with op.batch_alter_table("lms_sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lms_sign_in_link_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lms_sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_sign_in_link_person_id"))

    op.drop_table("lms_sign_in_link")
    with op.batch_alter_table("lms_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_session_person_id"))

    op.drop_table("lms_session")
    with op.batch_alter_table("lms_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_role_person_id"))
        batch_op.drop_index("ix_lms_role_in")

    op.drop_table("lms_role")
    with op.batch_alter_table("lms_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_invitation_authority_id"))

    op.drop_table("lms_invitation")
    with op.batch_alter_table("lms_employment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_employment_pa_id"))
        batch_op.drop_index(batch_op.f("ix_lms_employment_employer_id"))

    op.drop_table("lms_employment")
    with op.batch_alter_table("lms_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_agreement_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_lms_agreement_authority_id"))

    op.drop_table("lms_agreement")
    with op.batch_alter_table("lms_sign_in_try", schema=None) as batch_op:
        batch_op.drop_index("ix_lms_sign_in_try_recent")

    op.drop_table("lms_sign_in_try")
    with op.batch_alter_table("lms_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_person_name"))

    op.drop_table("lms_person")
    with op.batch_alter_table("lms_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lms_organisation_authority_id"))

    op.drop_table("lms_organisation")
