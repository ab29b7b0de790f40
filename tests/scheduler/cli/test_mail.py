"""`aantafel mail`: for whoever runs the installation, and for Postfix."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def receive(run: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    def make(message: bytes) -> object:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(message)))
        return run("mail", "receive")

    return make


def test_an_empty_outbox_is_listed_and_sent(run: Callable[..., object]) -> None:
    listed, sent = run("mail", "list", "--json"), run("mail", "send")
    assert (listed.code, json.loads(listed.out)) == (0, [])
    assert (sent.code, sent.out) == (0, "0 sent, 0 refused, 0 to be tried again.\n")


def test_a_strangers_words_are_taken_and_left(receive: Callable[..., object]) -> None:
    ended = receive(b"From: iemand@elders.example\r\n\r\nHallo.\r\n")
    assert (ended.code, ended.err) == (os.EX_OK, "")


def reply(sender: str, stamp: str = "20270105T090000Z") -> bytes:
    return (
        f"From: {sender}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
        f"VERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:{stamp}\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:an@post.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def test_a_forged_answer_is_left_without_telling_whose_name_it_uses(
    receive: Callable[..., object],
) -> None:
    for sender in ("an@post.example", "een-ander@post.example"):
        ended = receive(reply(sender))
        assert ended.code == os.EX_OK
        assert "no invitation" in ended.err


def test_what_cannot_be_read_goes_back_to_its_sender(receive: Callable[..., object]) -> None:
    ended = receive(reply("an@post.example", stamp="morgen"))
    assert ended.code == os.EX_DATAERR
    assert "DTSTAMP" in ended.err
    assert receive(b"x" * 5_000_001).code == os.EX_DATAERR


def test_a_database_that_is_away_means_later(
    receive: Callable[..., object], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.parent.joinpath("data").write_text("in the way")
    assert receive(reply("an@post.example")).code == os.EX_TEMPFAIL
