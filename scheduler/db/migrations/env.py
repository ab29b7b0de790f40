"""Alembic's entry: runs the migrations on the connection that `scheduler.db.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from scheduler.db.tables import Row
from scheduler.db.types import UtcDateTime


def plain(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database.

    So a migration of today still runs when the type's class has moved.
    """
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
