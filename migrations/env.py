"""Alembic's door into our tables. The engine comes from the caller; there is no settings file to fall behind."""

from alembic import context

from lms.core.db import Base
from lms.core.migrate import VERSION_TABLE
from lms.rooms import import_models

import_models()


def run() -> None:
    """Run the migrations in one transaction for each, on the engine handed over."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            version_table=VERSION_TABLE,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
            include_object=lambda _obj, name, kind, _reflected, _against: (
                kind != "table" or ((name or "").startswith("lms_") and not (name or "").startswith("lms_jobs_"))
            ),
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
