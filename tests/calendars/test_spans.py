from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.spans import Span, clipped, merged, without

START = datetime(2026, 6, 1, tzinfo=UTC)


def span(first: int, last: int) -> Span:
    return Span(START + timedelta(hours=first), START + timedelta(hours=last))


def hours(spans: tuple[Span, ...]) -> set[int]:
    return {
        hour
        for one in spans
        for hour in range(
            int((one.starts_at - START) / timedelta(hours=1)),
            int((one.ends_at - START) / timedelta(hours=1)),
        )
    }


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: span(p[0], p[0] + p[1]))
)


@given(SPANS)
def test_merging_keeps_every_hour_and_leaves_gaps_between(spans: list[Span]) -> None:
    united = merged(spans)
    assert hours(united) == hours(tuple(spans))
    assert all(a.ends_at < b.starts_at for a, b in pairwise(united))


@given(SPANS, SPANS)
def test_what_is_subtracted_is_gone_and_the_rest_stays(
    spans: list[Span], removed: list[Span]
) -> None:
    assert hours(without(spans, removed)) == hours(tuple(spans)) - hours(tuple(removed))


@given(SPANS, st.integers(0, 40), st.integers(1, 9))
def test_clipping_keeps_exactly_the_window(spans: list[Span], first: int, length: int) -> None:
    window = span(first, first + length)
    assert hours(clipped(spans, window)) == hours(tuple(spans)) & hours((window,))


def test_a_span_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        span(3, 3)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        Span(datetime(2026, 6, 1), START + timedelta(hours=1))  # noqa: DTZ001 - the fault itself
