"""Several provinces in one process, each kept open in a thread of its own.

So what is wrong with one (its database is away, its disk is full, its solve takes long) is its own
matter: the others neither wait for it nor hear of it.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from scheduler.domain.errors import AanTafelError
from scheduler.hosting import Hosted
from scheduler.logs import about, log, where

Keep = Callable[[Hosted, threading.Event], None]
"""Opens a province and stays until the event is set."""

_AGAIN_SECONDS = 15.0
_PATIENCE_SECONDS = 50.0
"""Less than the units in `deploy/` give a process to stop."""


@contextmanager
def keeping(provinces: Iterable[Hosted], keep: Keep, stopping: threading.Event) -> Iterator[None]:
    """Keep all of them open while the block lasts; afterwards each is closed in order.

    One that can't be opened, or breaks, is tried again every 15 seconds. One that doesn't close
    within 50 seconds is left as it is: rows say what goes on, and nothing is lost.
    """
    threads = [
        threading.Thread(target=_kept, args=(each, keep, stopping), name=each.name, daemon=True)
        for each in provinces
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        until = monotonic() + _PATIENCE_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))


def _kept(province: Hosted, keep: Keep, stopping: threading.Event) -> None:
    with about(province.name):
        while not stopping.is_set():
            try:
                keep(province, stopping)
            except AanTafelError as error:
                log.error("not open: %s", error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
                log.error("not open: %s", where(error))
            stopping.wait(_AGAIN_SECONDS)
