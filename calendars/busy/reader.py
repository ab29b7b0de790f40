"""The face of the package: bytes in, busy time out, with a child process in between."""

import json
from datetime import UTC, datetime

from calendars import bounded
from calendars.bounded import Limits
from calendars.busy.question import HalfRead, NothingThere, NotReadable, Question, Reading
from calendars.errors import CalendarError
from calendars.spans import Span

_CHILD = "calendars.busy.child:answer"


def read_busy(data: bytes, question: Question, limits: Limits | None = None) -> Reading:
    """Which time the calendar in `data` (.ics) takes.

    Raises:
        NotReadable: no calendar.
        NothingThere: a calendar without entries, unless the question allows it.
        HalfRead: at least one entry could not be understood; carries the rest.
        LimitReached: the input asks too much of the reader (`calendars.bounded`).
        ChildFailed: the reader broke down.
    """
    asked = json.dumps(_written(question)).encode()
    answer = bounded.run(_CHILD, asked + b"\n" + data, limits or Limits())
    return _read(json.loads(answer))


def _written(question: Question) -> dict[str, object]:
    return {
        "window": _seconds(question.window),
        "zone": question.zone,
        "addresses": sorted(question.addresses),
        "own_uids": sorted(question.own_uids),
        "may_be_empty": question.may_be_empty,
    }


def _read(answer: dict[str, list[str]]) -> Reading:
    if "refused" in answer:
        raise _refusal(*answer["refused"])
    busy = tuple(_span(*map(float, pair)) for pair in answer["busy"])
    if answer["faults"]:
        raise HalfRead(busy, tuple(answer["faults"]))
    return Reading(busy=busy, guessed_zones=tuple(answer["guessed_zones"]))


def _refusal(kind: str, message: str) -> CalendarError:
    return NothingThere(message) if kind == NothingThere.__name__ else NotReadable(message)


def _seconds(span: Span) -> tuple[float, float]:
    return span.starts_at.timestamp(), span.ends_at.timestamp()


def _span(start: float, end: float) -> Span:
    return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
