"""The virus scanner: what it says, and that nobody takes silence for a clean file."""

import socket

import pytest
from clamd import MARK, Clamd

from scheduler.clamd import Scanner, ScannerDown


@pytest.mark.parametrize("where", ["path", "address"])
def test_a_clean_file_is_clean_and_one_with_a_virus_is_named(clamd: Clamd, where: str) -> None:
    scanner = Scanner(getattr(clamd, where), 5)
    large = b"x" * 200_000
    assert scanner.finds(large) is None
    assert scanner.finds(large + MARK) == "Test.Virus-1"
    assert clamd.looked_at == [large, large + MARK]
    assert scanner.trouble() == ""


def test_what_it_could_not_look_at_is_not_clean(clamd: Clamd) -> None:
    with pytest.raises(ScannerDown, match="size limit exceeded"):
        Scanner(clamd.path, 5).finds(b"x" * 300_001)


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:1", "no address at all"])
def test_who_does_not_answer_is_down(address: str) -> None:
    scanner = Scanner(address, 1)
    assert scanner.trouble()
    with pytest.raises(ScannerDown):
        scanner.finds(b"x")


def test_who_hangs_up_or_says_nothing_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        scanner = Scanner(f"127.0.0.1:{silent.getsockname()[1]}", 0.05)
        assert scanner.trouble() == "timed out"
