"""The feed of a register, and tokens of systems"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEWEST = sa.text("replaced_by IS NULL")
_TELLS = sa.text("data IS NOT NULL")


def upgrade() -> None:
    """Add the tables."""
    _tokens()
    _entries()
    _agreements()
    _received()


def _tokens() -> None:
    table = "lms_system_token"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(length=80), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f(f"ck_{table}_ended_whole")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["lms_person.id"], name=op.f(f"fk_{table}_ended_by")),
        sa.ForeignKeyConstraint(["made_by"], ["lms_person.id"], name=op.f(f"fk_{table}_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("secret_digest", name=op.f(f"uq_{table}_secret_digest")),
    )
    op.create_index("ix_lms_system_token_of", table, ["authority_id", "made_at"])


def _entries() -> None:
    op.create_table(
        "lms_feed_head",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f("fk_lms_feed_head_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_lms_feed_head")),
    )
    table = "lms_feed_entry"
    op.create_table(
        table,
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("replaced_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(data IS NOT NULL) = (kind = 'put' AND replaced_by IS NULL)",
            name=op.f(f"ck_{table}_only_the_newest_tells"),
        ),
        sa.CheckConstraint("replaced_by IS NULL OR replaced_by > seq", name=op.f(f"ck_{table}_replaced_by_a_later")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "seq", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_lms_feed_entry_of", table, ["person_id", "authority_id"])
    op.create_index(
        "uq_lms_feed_entry_newest",
        table,
        ["authority_id", "person_id"],
        unique=True,
        sqlite_where=_NEWEST,
        postgresql_where=_NEWEST,
    )
    op.create_index(
        "ix_lms_feed_entry_listed", table, ["authority_id", "seq"], sqlite_where=_TELLS, postgresql_where=_TELLS
    )


def _agreements() -> None:
    table = "lms_feed_agreement"
    op.create_table(
        table,
        sa.Column("number", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("id", name=op.f(f"uq_{table}_id")),
    )
    op.create_index("ix_lms_feed_agreement_of", table, ["person_id", "authority_id", "number"])
    op.create_index(op.f("ix_lms_feed_agreement_authority_id"), table, ["authority_id"])


def _received() -> None:
    table = "lms_feed_received"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(way = 'verdict') = (person_id IS NOT NULL)", name=op.f(f"ck_{table}_verdict_of_somebody")),
        sa.ForeignKeyConstraint(["authority_id"], ["lms_organisation.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["lms_person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.ForeignKeyConstraint(["token_id"], ["lms_system_token.id"], name=op.f(f"fk_{table}_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_lms_feed_received_in", table, ["authority_id", "on_day"])
    op.create_index("ix_lms_feed_received_of", table, ["person_id", "authority_id"])


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "lms_feed_received",
        "lms_feed_agreement",
        "lms_feed_entry",
        "lms_feed_head",
        "lms_system_token",
    ):
        op.drop_table(table)
