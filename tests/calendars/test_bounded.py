import pytest

from calendars.bounded import ChildFailed, LimitReached, Limits, run

QUICK = Limits(cpu_seconds=1, wall_seconds=20, memory_megabytes=300, input_megabytes=1)


def test_a_child_answers_with_bytes() -> None:
    assert run("base64:b64encode", b"tafel", QUICK) == b"dGFmZWw="


def test_too_large_an_input_is_not_even_tried() -> None:
    with pytest.raises(LimitReached) as caught:
        run("base64:b64encode", bytes(1024 * 1024 + 1), QUICK)
    assert caught.value.limit == "input_megabytes"


def test_an_endless_loop_is_ended_by_the_processor_limit() -> None:
    with pytest.raises(LimitReached) as caught:
        run("builtins:exec", b"while True: pass", QUICK)
    assert caught.value.limit == "cpu_seconds"


def test_waiting_for_ever_is_ended_by_the_clock() -> None:
    with pytest.raises(LimitReached) as caught:
        run("builtins:exec", b"import time; time.sleep(60)", Limits(wall_seconds=1))
    assert caught.value.limit == "wall_seconds"


def test_huge_memory_is_refused() -> None:
    with pytest.raises(LimitReached) as caught:
        run("builtins:exec", b"bytearray(2_000_000_000)", QUICK)
    assert caught.value.limit == "memory_megabytes"


def test_a_broken_child_says_what_kind_of_fault_but_never_quotes_its_input() -> None:
    with pytest.raises(ChildFailed, match="ValueError") as caught:
        run("builtins:exec", b"raise ValueError('dentist at nine')", QUICK)
    assert "dentist" not in str(caught.value)


def test_secrets_of_the_parent_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANTAFEL_SECRET", "geheim")
    code = b"import os; raise LookupError if 'AANTAFEL_SECRET' in os.environ else SystemExit(3)"
    with pytest.raises(ChildFailed) as caught:
        run("builtins:exec", code, QUICK)
    assert caught.value.code == 3
