import pytest

from solver.search import stopwatch
from solver.search.stopwatch import Stopwatch


def test_before_it_can_be_told_all_the_time_is_the_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stopwatch, "TELLING_SECONDS", 3600.0)
    clock = Stopwatch(1800.0)
    assert clock.left >= clock.processor_left > 0


def test_as_much_is_left_as_the_processor_gave_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter((5.0, 5.0))
    monkeypatch.setattr(stopwatch, "TELLING_SECONDS", 0.0)
    monkeypatch.setattr(stopwatch, "_processor_seconds", lambda: next(given))
    assert Stopwatch(1800.0).processor_left == 0


def test_more_than_one_core_counts_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter((5.0, 5000.0))
    monkeypatch.setattr(stopwatch, "TELLING_SECONDS", 0.0)
    monkeypatch.setattr(stopwatch, "_processor_seconds", lambda: next(given))
    clock = Stopwatch(1800.0)
    assert clock.left <= 1800.0
    assert 0 < clock.processor_left <= 1800.0


def test_once_stopped_nothing_is_left() -> None:
    assert Stopwatch(3600.0, lambda: True).processor_left == 0
