"""One process of `aantafel work`: it keeps its lanes going until it is told to stop."""

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterable
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status
from sqlalchemy import Engine

from scheduler.jobs.cluster.connecting import connector
from scheduler.jobs.cluster.lane import Lane
from scheduler.logs import log, where

_AGAIN_SECONDS = 1.0
_LISTEN_SECONDS = 0.2
_BEATS = 3
"""How often a worker is heard of before it counts as lost."""


def work(
    engine: Engine,
    lanes: Iterable[Lane],
    *,
    lost_seconds: float,
    stopping: threading.Event | None = None,
) -> None:
    """Work until SIGINT or SIGTERM, or until `stopping` is set; a lane that breaks begins anew.

    A running solve is stopped then, and its plan keeps its best so far. `lost_seconds`: how long
    a worker may be silent before its wake-ups are given to others.
    """
    asyncio.run(_Process(engine, lost_seconds, stopping).run(lanes))


class _Process:
    def __init__(
        self, engine: Engine, lost_seconds: float, stopping: threading.Event | None
    ) -> None:
        self._engine = engine
        self._lost_seconds = lost_seconds
        self._heeds_signals = stopping is None
        self._stopping = stopping or threading.Event()
        self._told = asyncio.Event()

    async def run(self, lanes: Iterable[Lane]) -> None:
        if self._heeds_signals:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self._stopping.set)
        await asyncio.gather(self._listen(), *map(self._keep, lanes))

    async def _listen(self) -> None:
        """Wait without a thread: those are for the work."""
        while not self._stopping.is_set():  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(_LISTEN_SECONDS)
        self._told.set()

    async def _keep(self, lane: Lane) -> None:
        """A database that was restarted, or a pause too long, breaks a lane: it begins anew."""
        while not self._told.is_set():
            app = lane.app(connector(self._engine), self._stopping.is_set)
            why = "its worker ended"
            try:
                async with app.open_async():
                    await _first_of(self._told.wait(), self._worker(app, lane), self._tidy(app))
            except Exception as error:  # noqa: BLE001 - whatever broke it, it has to go on
                why = where(error)
            if not self._told.is_set():
                log.warning("the lane %s begins anew: %s", lane.name, why)
                await asyncio.sleep(_AGAIN_SECONDS)

    async def _worker(self, app: App, lane: Lane) -> None:
        await app.run_worker_async(
            name=lane.name,
            queues=[lane.name],
            concurrency=lane.at_once,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=self._lost_seconds / _BEATS,
            stalled_worker_timeout=self._lost_seconds,
        )

    async def _tidy(self, app: App) -> None:
        """Take away the wake-ups of workers that were lost, so that the next one isn't kept out."""
        jobs = app.job_manager
        while True:
            await jobs.prune_stalled_workers(self._lost_seconds)
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=self._lost_seconds):
                try:
                    await jobs.finish_job(job, Status.FAILED, delete_job=True)
                except ConnectorException:
                    log.debug("another worker took the job %s away", job.id)
            await asyncio.sleep(self._lost_seconds / _BEATS)


async def _first_of(*works: Coroutine[Any, Any, object]) -> None:
    """Run them until one ends; then the others are cancelled, and waited for.

    Raises:
        Exception: what broke one of them.
    """
    tasks = [asyncio.ensure_future(each) for each in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
