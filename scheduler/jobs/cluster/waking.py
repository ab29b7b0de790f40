"""Waking a worker as soon as something was asked, without waiting for the next tick."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from psycopg_pool import PoolTimeout
from sqlalchemy import Engine

from scheduler.jobs.cluster.connecting import plain_connector
from scheduler.jobs.cluster.lanes import ROUNDS, SOLVING
from scheduler.logs import log, where

_ROUND_OF: Mapping[str, tuple[str, str, str | None]] = {
    "plan": ("solving", SOLVING, None),
    "plan_piece": ("solving", SOLVING, None),
    "supposition": ("solving", SOLVING, None),
    "outbox": ("mail", ROUNDS, "mail"),
    "sign_in_ask": ("mail", ROUNDS, "mail"),
    "webhook_delivery": ("webhooks", ROUNDS, "webhooks"),
    "publication": ("calendars", ROUNDS, "calendars"),
}
"""Which round looks after a table: its name, its lane, and its lock where it has one."""


class Waker:
    """Told of what was written; inside its block. That it can't wake anybody harms nothing."""

    def __init__(self, engine: Engine) -> None:
        """Prepare; nothing is opened before the block begins."""
        self._app = App(connector=plain_connector(engine))

    def __enter__(self) -> Self:
        self._app.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._app.close()

    def heard(self, tables: frozenset[str]) -> None:
        """Wake whoever looks after these tables, each once."""
        for name, lane, lock in {_ROUND_OF[each] for each in tables if each in _ROUND_OF}:
            self._wake(name, lane, lock)

    def _wake(self, name: str, lane: str, lock: str | None) -> None:
        job = self._app.configure_task(name, queue=lane, lock=lock, queueing_lock=name)
        try:
            job.defer()
        except AlreadyEnqueued:
            pass
        except (ConnectorException, PoolTimeout) as error:
            log.warning("nobody was woken for %s; the next tick does: %s", name, where(error))
