"""Answers with a number of their own, the phone's claim and the moment they were given; what a check was handed in with

What stands already was given when it was received. Its number is the one it has had in its table, so that of two from
the same moment the later one still counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RECEIVED = {"lms_answer": "answered_at", "lms_activity_text": "saved_at"}


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    number = "lpad(to_hex(number), 32, '0')::uuid" if postgresql else "printf('%032x', number)"
    for table, received in RECEIVED.items():
        op.add_column(table, sa.Column("given_id", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column("given_at", sa.DateTime(timezone=True), nullable=True))
        given = sa.table(table, sa.column("given_id"), sa.column("given_at"), sa.column(received))
        op.execute(given.update().values(given_id=sa.text(number), given_at=given.c[received]))
        op.create_index(f"uq_{table}_given", table, ["given_id"], unique=True)
    op.add_column("lms_attempt", sa.Column("counted", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("lms_attempt", "counted")
    for table in RECEIVED:
        op.drop_index(f"uq_{table}_given", table)
        for column in ("given_at", "claimed_at", "given_id"):
            op.drop_column(table, column)
