"""Run by Alembic: hands the migrations the connection that `upgrade` opened."""

from alembic import context

from readinglist.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
