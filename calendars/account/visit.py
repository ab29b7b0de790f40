"""One request's look at the source: each thing is asked once, and a failure is remembered."""

from collections.abc import Callable, Collection, Sequence
from contextvars import ContextVar
from functools import cached_property
from typing import TypeVar

from calendars.account.source import Calendar, CalendarSource, Item

_Answer = TypeVar("_Answer")


class Visit:
    """An authenticated owner's request."""

    def __init__(self, source: CalendarSource, owner: str) -> None:
        self.owner = owner
        self.failure: Exception | None = None
        self._source = source
        self._items: dict[str, Sequence[Item]] = {}

    @cached_property
    def calendars(self) -> Sequence[Calendar]:
        """The owner's calendars."""
        return self._ask(lambda: self._source.calendars(self.owner))

    def items(self, calendar: str) -> Sequence[Item]:
        """What is in one of them."""
        if calendar not in self._items:
            self._items[calendar] = self._ask(lambda: self._source.items(self.owner, calendar))
        return self._items[calendar]

    def changed_since(self, calendar: str, revision: int) -> Collection[str] | None:
        """The hrefs that came, changed or went after this revision; None where nobody knows."""
        return self._ask(lambda: self._source.changed_since(self.owner, calendar, revision))

    def _ask(self, question: Callable[[], _Answer]) -> _Answer:
        # Radicale answers a failure as if the client had caused it; so it is kept for the caller.
        try:
            return question()
        except Exception as failure:
            self.failure = failure
            raise


current_visit: ContextVar[Visit] = ContextVar("current_visit")
"""The visit that Radicale's storage, which isn't told about requests, answers from."""
