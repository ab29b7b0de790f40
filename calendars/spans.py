"""Stretches of time as sets: unite, subtract, cut to a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `starts_at`, included, to `ends_at`, not included; both are kept in UTC.

    Raises:
        ValueError: an instant without a zone, or an end that is not after the start.
    """

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a span is between two instants: each needs a zone")
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(UTC))
        if self.ends_at <= self.starts_at:
            raise ValueError(f"a span ends after it starts: {self.starts_at}, {self.ends_at}")


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same instants in the fewest spans, in order: what overlaps or touches becomes one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.starts_at <= out[-1].ends_at:
            out[-1] = Span(out[-1].starts_at, max(out[-1].ends_at, span.ends_at))
        else:
            out.append(span)
    return tuple(out)


def clipped(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """The parts that lie within the window."""
    cut = (
        (max(span.starts_at, window.starts_at), min(span.ends_at, window.ends_at)) for span in spans
    )
    return tuple(Span(start, end) for start, end in cut if start < end)


def without(spans: Iterable[Span], removed: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of the spans where none of the removed ones lies; merged, in order."""
    left: list[Span] = []
    holes = merged(removed)
    for span in merged(spans):
        start = span.starts_at
        for hole in clipped(holes, span):
            if start < hole.starts_at:
                left.append(Span(start, hole.starts_at))
            start = hole.ends_at
        if start < span.ends_at:
            left.append(Span(start, span.ends_at))
    return tuple(left)
