"""Rounds that a process takes part in, so many at once, as Procrastinate knows them."""

from collections.abc import Callable
from dataclasses import dataclass

from procrastinate import App, BaseConnector

from scheduler.jobs.rounds import Round, ShouldStop

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A queue of its own with rounds of one nature.

    Attributes:
        name: the queue's.
        rounds: what is done in it.
        at_once: how many of them one process does at a time.
        together: whether several workers may be at the same round; otherwise one at a time is.
    """

    name: str
    rounds: tuple[Round, ...]
    at_once: int
    together: bool

    def app(self, connector: BaseConnector, should_stop: ShouldStop) -> App:
        """Procrastinate's application with these rounds as its tasks, each with its own tick."""
        app = App(connector=connector)
        for each in self.rounds:
            lock = None if self.together else each.name
            task = app.task(name=each.name, queue=self.name, lock=lock, queueing_lock=each.name)
            app.periodic(cron=cron(each.seconds))(task(_going(each, should_stop)))
        return app


def _going(each: Round, should_stop: ShouldStop) -> Callable[..., None]:
    def go(**_tick: int) -> None:
        """The time of a tick tells it from others, and nothing else."""
        each.go(should_stop)

    return go


def cron(seconds: float) -> str:
    """A cron line that comes about every so many seconds, never more seldom; seconds stand last.

    >>> cron(5), cron(120), cron(43_200)
    ('* * * * * */5', '*/2 * * * * 0', '0 */12 * * * 0')
    """
    if seconds < _MINUTE:
        return f"* * * * * */{max(1, int(seconds))}"
    if seconds < _HOUR:
        return f"*/{int(seconds // _MINUTE)} * * * * 0"
    return f"0 */{min(24, int(seconds // _HOUR))} * * * 0"
