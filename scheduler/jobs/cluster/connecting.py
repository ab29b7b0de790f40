"""How Procrastinate reaches the database that everything else is in."""

from typing import Any

from procrastinate import PsycopgConnector, SyncPsycopgConnector
from sqlalchemy import Engine

from scheduler.db.cluster import SCHEMA

_MOST_CONNECTIONS = 4
_PATIENCE_SECONDS = 10.0


def connector(engine: Engine) -> PsycopgConnector:
    """For a worker."""
    return PsycopgConnector(**_pool(engine))


def plain_connector(engine: Engine) -> SyncPsycopgConnector:
    """For who only wakes."""
    return SyncPsycopgConnector(**_pool(engine))


def _pool(engine: Engine) -> dict[str, Any]:
    address = engine.url.set(drivername="postgresql")
    return {
        "conninfo": address.render_as_string(hide_password=False),
        "kwargs": {"options": f"-c search_path={SCHEMA}"},
        "min_size": 1,
        "max_size": _MOST_CONNECTIONS,
        "timeout": _PATIENCE_SECONDS,
        "reconnect_timeout": _PATIENCE_SECONDS,
    }
