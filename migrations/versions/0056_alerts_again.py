"""One alert at a time for an answer: after it was closed, the same answer raises a new one"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_ALERT = "lms_safeguarding_alert"
_ONCE = "uq_lms_safeguarding_alert_call_back_id_question_option"
_OPEN = "uq_lms_safeguarding_alert_open"
_OF = ["call_back_id", "question", "option"]


@contextmanager
def _steps_aside() -> Iterator[None]:
    """SQLite writes the table anew, and drops none that other rows point to: these wait elsewhere meanwhile."""
    if op.get_bind().dialect.name != "sqlite":
        yield
        return
    op.execute("CREATE TEMPORARY TABLE steps_aside AS SELECT * FROM lms_safeguarding_step")
    op.execute("DELETE FROM lms_safeguarding_step")
    yield
    op.execute("INSERT INTO lms_safeguarding_step SELECT * FROM steps_aside")
    op.execute("DROP TABLE steps_aside")


def upgrade() -> None:
    """Only alerts that are open keep out another one."""
    with _steps_aside(), op.batch_alter_table(_ALERT) as batch_op:
        batch_op.drop_constraint(_ONCE, type_="unique")
    unclosed = sa.text("closed_at IS NULL")
    op.create_index(_OPEN, _ALERT, _OF, unique=True, sqlite_where=unclosed, postgresql_where=unclosed)


def downgrade() -> None:
    """One alert for an answer, for ever."""
    op.drop_index(_OPEN, table_name=_ALERT)
    with _steps_aside(), op.batch_alter_table(_ALERT) as batch_op:
        batch_op.create_unique_constraint(_ONCE, _OF)
