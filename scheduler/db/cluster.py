"""Procrastinate's tables: wake-ups, over any number of machines, for work that stands in our rows.

They lie in a schema of their own in the same PostgreSQL, and hold nothing that can't be lost: every
job in them only says "look at the rows". So a newer version of the library replaces them as a
whole, backups leave them out, and nobody has to migrate them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

SCHEMA = "procrastinate"
_LOCK = 7_204_117
"""The advisory lock under which the tables are made: of processes that start together one does."""

_HEARD_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """How it stands with the workers.

    Attributes:
        workers: how many lanes of `aantafel work` were heard of within a minute.
        waiting: how many wake-ups nobody has taken yet.
        oldest: since when the first of those waits; None where none does.
    """

    workers: int
    waiting: int
    oldest: datetime | None


def is_shared(engine: Engine) -> bool:
    """Whether more than one machine can work on this database."""
    return engine.dialect.name == "postgresql"


def prepare(engine: Engine) -> None:
    """Make the tables, or bring them to the version of the library that is installed.

    Those of a newer version are left as they are: another machine was brought up to date first.
    """
    wanted = version("procrastinate")
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        present = _present(connection)
        if present is None or _parts(present) < _parts(wanted):
            _make(connection, wanted)


def _present(connection: Connection) -> str | None:
    """Which version made the tables."""
    query = "SELECT obj_description(to_regnamespace(:name)::oid, 'pg_namespace')"
    found: str | None = connection.execute(text(query), {"name": SCHEMA}).scalar_one()
    return found


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def _make(connection: Connection, number: str) -> None:
    connection.execution_options(no_parameters=True).exec_driver_sql(
        f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA};"
        f" COMMENT ON SCHEMA {SCHEMA} IS '{number}'; SET LOCAL search_path TO {SCHEMA};"
        f" {SchemaManager.get_schema()}"
    )


def standing(session: Session) -> Cluster | None:
    """How it stands now; None where no worker has ever run on this database."""
    if not is_shared(session.get_bind().engine):
        return None
    there = session.execute(
        text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.procrastinate_jobs"}
    )
    if there.scalar_one() is None:
        return None
    query = text(
        f"SELECT (SELECT count(*) FROM {SCHEMA}.procrastinate_workers"  # noqa: S608 - our own constant
        "  WHERE last_heartbeat > now() - :within),"
        f" count(*), min(at) FROM {SCHEMA}.procrastinate_jobs"
        f" JOIN {SCHEMA}.procrastinate_events ON job_id = procrastinate_jobs.id"
        " WHERE status = 'todo' AND type = 'deferred'"
    )
    workers, waiting, oldest = session.execute(query, {"within": _HEARD_WITHIN}).one()
    return Cluster(workers=workers, waiting=waiting, oldest=oldest)
