"""What all tables share: one metadata with predictable constraint names, and column shorthands."""

from typing import Any

from sqlmodel import Field, SQLModel

from scheduler.db.types import UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """The base of every table."""


def key(target: str, *, primary: bool = False, cascade: bool = True, **rest: Any) -> Any:
    """A foreign key, indexed; rows that make no sense without their owner go with it."""
    return Field(
        foreign_key=target,
        primary_key=primary,
        index=not primary,
        ondelete="CASCADE" if cascade else "RESTRICT",
        **rest,
    )


def instant(*, index: bool = False) -> Any:
    """A required instant, stored in UTC."""
    return Field(sa_type=UtcDateTime, index=index)


def optional_instant() -> Any:
    """An instant that may not have come yet."""
    return Field(default=None, sa_type=UtcDateTime)
