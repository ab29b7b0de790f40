"""What a representative still owes: one list, gathered from every flow that waits for somebody.

To add to it, write a source (a function from `Own` to what is owed) and name it in `SOURCES`.
"""

from collections.abc import Callable, Iterable

from scheduler.web.owed import answers, positions, reports
from scheduler.web.owed.thing import Duty, Owed, Own

__all__ = ["SOURCES", "Duty", "Owed", "Own", "owed"]

Source = Callable[[Own], Iterable[Owed]]

SOURCES: tuple[Source, ...] = (reports.untold, positions.unsaid, answers.unanswered)
"""Where it comes from; what is owed by the same day stands in this order."""


def owed(own: Own) -> list[Owed]:
    """Everything, what is due first before the rest."""
    found = [each for source in SOURCES for each in source(own)]
    return sorted(found, key=lambda each: each.until)
