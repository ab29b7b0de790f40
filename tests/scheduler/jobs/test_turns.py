import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scheduler.jobs.turns import Turns


@contextmanager
def _asking(turns: Turns, said: list[str], name: str) -> Iterator[None]:
    """Somebody who waits for a turn in a thread, and is known to wait when the block begins."""
    waits = threading.Event()

    def no() -> bool:
        waits.set()
        return False

    def ask() -> None:
        with turns.turn(no):
            said.append(name)

    thread = threading.Thread(target=ask)
    thread.start()
    waits.wait()
    yield
    thread.join()


def _never() -> bool:
    return False


def test_a_long_list_of_one_lets_the_others_plan_come_between() -> None:
    turns, said = Turns(1), list[str]()
    held = turns.turn(_never)
    held.__enter__()
    with (
        _asking(turns, said, "drenthe 2"),
        _asking(turns, said, "groningen 1"),
        _asking(turns, said, "drenthe 3"),
    ):
        held.__exit__(None, None, None)
    assert said == ["drenthe 2", "groningen 1", "drenthe 3"]


def test_a_stuck_solve_leaves_the_other_turns() -> None:
    turns = Turns(2)
    with turns.turn(_never), turns.turn(_never) as is_ours:
        assert is_ours


def test_who_is_told_to_stop_leaves_the_queue() -> None:
    turns = Turns(1)
    with turns.turn(_never), turns.turn(lambda: True) as is_ours:
        assert not is_ours
    with turns.turn(_never) as is_ours:
        assert is_ours


def test_a_solve_that_fails_gives_its_turn_back() -> None:
    turns = Turns(0)  # a process that is told not to solve has one all the same, where it must

    def fail() -> None:
        with turns.turn(_never):
            raise ValueError

    for _ in range(2):
        _caught(fail)


def _caught(work: Callable[[], None]) -> None:
    try:
        work()
    except ValueError:
        return
    raise AssertionError
