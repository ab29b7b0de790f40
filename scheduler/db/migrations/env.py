"""Alembic's entry: runs the migrations on the connection that `scheduler.db.schema` hands over."""

from alembic import context

from scheduler.db.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    user_module_prefix="scheduler.db.types.",
)
with context.begin_transaction():
    context.run_migrations()
