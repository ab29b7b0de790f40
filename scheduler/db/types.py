"""Column types that hold what the database itself doesn't."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Enum, types
from sqlalchemy.engine import Dialect


class UtcDateTime(types.TypeDecorator[datetime]):
    """An instant: stored in UTC, given back aware; a naive one is refused.

    SQLite keeps no time zones, and PostgreSQL answers in the session's own: with this type both
    give the same `datetime`.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way in: to UTC, whole seconds and all."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way out: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum], name: str = "") -> Enum:
    """A text column that holds only the values of one closed list, by a CHECK in the database.

    `name` is the check's, after the list where it isn't given: the second column of a table with
    the same list needs one of its own, as PostgreSQL has no two checks of one name in a table.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=20,
        name=name or kind.__name__.lower(),
        values_callable=_values,
    )


def _values(members: Iterable[StrEnum]) -> list[str]:
    return [member.value for member in members]


def rule(name: str, condition: str) -> CheckConstraint:
    """A named CHECK, so that a migration can find it again."""
    return CheckConstraint(condition, name=name)
