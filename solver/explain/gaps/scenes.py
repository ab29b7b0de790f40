"""The suppositions about a meeting under which everybody is asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from solver.explain.changes import Change, GoOnline, OtherTime, applied
from solver.position import Position
from solver.problem import Mode, Problem, Span

_SHIFTS = (timedelta(hours=1), timedelta(hours=-1), timedelta(hours=2), timedelta(hours=-2))
_EVENING = 19


@dataclass(frozen=True, slots=True)
class Scene:
    """A position in which changes were made to the meeting, and the slots to look at there."""

    changes: tuple[Change, ...]
    position: Position
    slots: tuple[int, ...]


def scenes(position: Position, meeting: str) -> Iterator[Scene]:
    """The plan as it is, then other times for the meeting, then online."""
    yield Scene((), position, _slots(position, meeting))
    if meeting not in position.derived.pinned_slot:
        yield from _other_times(position, meeting)
    if position.problem.meetings[meeting].mode is not Mode.ONLINE:
        change = GoOnline(meeting=meeting)
        changed = _supposed(position, change.applied(position.problem))
        yield Scene((change,), changed, _slots(position, meeting))


def _slots(position: Position, meeting: str) -> tuple[int, ...]:
    taken = position.planned[meeting].slot
    return position.derived.open_slots(meeting) if taken is None else (taken,)


def _other_times(position: Position, meeting: str) -> Iterator[Scene]:
    """All other times are supposed at once; each scene looks at one, and offers only that."""
    known = len(position.problem.meetings[meeting].slots)
    changes = [OtherTime(meeting=meeting, span=span) for span in _spans(position.problem, meeting)]
    changed = _supposed(position, applied(position.problem, changes))
    for number, change in enumerate(changes):
        yield Scene((change,), changed, (known + number,))


def _spans(problem: Problem, meeting: str) -> list[Span]:
    """Times near the first choice, and that evening, that lie within the horizon."""
    known = problem.meetings[meeting].slots
    first = known[0]
    starts = [first.start + shift for shift in _SHIFTS]
    starts.append(_evening(first.start, problem))
    spans = [Span(start, start + (first.end - first.start)) for start in starts]
    return [
        span for span in dict.fromkeys(spans) if span not in known and _is_within(span, problem)
    ]


def _evening(start: datetime, problem: Problem) -> datetime:
    return start.astimezone(problem.timezone).replace(hour=_EVENING, minute=0, fold=0)


def _is_within(span: Span, problem: Problem) -> bool:
    first = span.start.astimezone(problem.timezone).date()
    last = (span.end - timedelta(minutes=1)).astimezone(problem.timezone).date()
    return problem.horizon.first_day <= first and last <= problem.horizon.last_day


def _supposed(position: Position, problem: Problem) -> Position:
    return Position(problem, position.planned)
