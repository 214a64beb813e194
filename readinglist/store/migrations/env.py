"""Run by Alembic: hands the migrations the connection that `upgrade` opened."""

from alembic import context

from readinglist.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
