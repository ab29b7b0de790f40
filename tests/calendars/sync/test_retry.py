from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.stores import (
    Busy,
    Forbidden,
    Full,
    Missing,
    Refused,
    StoreError,
    UidTaken,
    Unauthorised,
    Unreachable,
)
from calendars.sync import Backoff, Breaker, Delivery, Phase, Report
from calendars.sync.retry import weightiest

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BACKOFF = Backoff()


def after(error: StoreError | None, delivery: Delivery | None = None) -> Delivery:
    return (delivery or Delivery()).after(error, NOW, BACKOFF, Random(7))


@given(st.integers(1, 10_000), st.randoms(use_true_random=False))
def test_a_wait_stays_between_a_second_and_an_hour(attempts: int, random: Random) -> None:
    wait = BACKOFF.wait(attempts, None, random)
    assert timedelta(seconds=1) <= wait <= timedelta(hours=1)


def test_waits_differ_so_that_a_thousand_workers_do_not_come_back_together() -> None:
    random = Random(1)
    waits = {BACKOFF.wait(12, None, random) for _ in range(100)}
    assert len(waits) == 100


@pytest.mark.parametrize(("asked", "given_"), [(90, 90), (7 * 3600, 6 * 3600), (-5, 0)])
def test_what_the_server_asks_wins_up_to_six_hours(asked: int, given_: int) -> None:
    error = Busy("slower", 429, timedelta(seconds=asked))
    assert after(error).not_before == NOW + timedelta(seconds=given_)


@pytest.mark.parametrize(
    ("error", "phase"),
    [
        (None, Phase.READY),
        (Unreachable("timeout"), Phase.WAITING),
        (Busy("slower"), Phase.WAITING),
        (Unauthorised("no"), Phase.PAUSED),
        (Forbidden("no"), Phase.PARKED),
        (Full("no room"), Phase.PARKED),
        (Missing("no calendar"), Phase.PARKED),
        (UidTaken("elsewhere"), Phase.PARKED),
        (Refused("what?", 400), Phase.DEAD),
    ],
)
def test_each_failure_leads_to_its_own_phase(error: StoreError | None, phase: Phase) -> None:
    assert after(error).phase is phase


def test_a_paused_delivery_is_not_tried_until_somebody_resumes_it() -> None:
    paused = after(Unauthorised("no"))
    assert not paused.due(NOW + timedelta(days=9))
    assert paused.resumed().due(NOW)


def test_a_waiting_delivery_is_due_when_its_time_has_come_and_not_before() -> None:
    waiting = after(Busy("slower", 429, timedelta(minutes=5)))
    assert not waiting.due(NOW + timedelta(minutes=4))
    assert waiting.due(NOW + timedelta(minutes=5))


def test_a_day_of_failures_calls_for_somebody() -> None:
    first = after(Unreachable("timeout"))
    later = first.after(Unreachable("timeout"), NOW + timedelta(hours=23), BACKOFF, Random(7))
    assert not later.alarming(NOW + timedelta(hours=23), BACKOFF)
    assert later.alarming(NOW + timedelta(hours=24), BACKOFF)
    assert not after(None, later).alarming(NOW + timedelta(hours=24), BACKOFF)


def test_a_run_that_failed_in_part_is_tried_again_before_it_is_given_up() -> None:
    refused, lost = Refused("what?"), Unreachable("timeout")
    assert weightiest(Report(failed=(("a", refused), ("b", lost)))) is lost
    assert weightiest(Report(failed=(("a", refused),))) is refused
    assert weightiest(Report(failed=(("a", lost),), stopped=Busy("slower"))).args == ("slower",)
    assert weightiest(Report()) is None


def test_five_failures_open_the_breaker_and_one_answer_closes_it() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker = breaker.after(Unreachable("timeout"), NOW)
        assert breaker.allows(NOW)
    breaker = breaker.after(Unreachable("timeout"), NOW)
    assert not breaker.allows(NOW + timedelta(seconds=59))
    assert breaker.allows(NOW + timedelta(seconds=60))
    assert breaker.after(Forbidden("alive"), NOW).allows(NOW)


def test_a_breaker_rests_longer_each_time_but_never_over_an_hour() -> None:
    breaker, rests = Breaker(), []
    for _ in range(20):
        breaker = breaker.after(Unreachable("timeout"), NOW)
        rests.append((breaker.open_until or NOW) - NOW)
    assert rests[4:7] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert rests[-1] == timedelta(hours=1)
