from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.errors import CalendarError
from calendars.itip import (
    Counter,
    Malformed,
    NeedsAHuman,
    NoAnswerInside,
    Reply,
    Response,
    WrongSender,
    read_answer,
)

ANSWERED = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def answer_lines(**changes: str | None) -> list[str]:
    lines = {
        "UID": "UID:5f0c@example.org",
        "SEQUENCE": "SEQUENCE:3",
        "DTSTAMP": "DTSTAMP:20260601T093000Z",
        "ATTENDEE": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Anneke@Example.net",
    } | changes
    return [line for line in lines.values() if line]


def mail(
    lines: list[str],
    method: str = "REPLY",
    sender: str = "Anneke <anneke@example.net>",
    kind: str = "text/calendar",
) -> bytes:
    calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", f"METHOD:{method}"]
    calendar += ["BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    message = EmailMessage()
    message["From"] = sender
    message["Message-ID"] = "<answer@example.net>"
    message.set_content("Geaccepteerd")
    maintype, subtype = kind.split("/")
    content = "\r\n".join(calendar).encode()
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename="a.ics")
    return message.as_bytes()


def test_an_answer_is_read_whole() -> None:
    lines = answer_lines(COMMENT="COMMENT:Ik kom\\, iets later")
    assert read_answer(mail(lines)) == Reply(
        uid="5f0c@example.org",
        sequence=3,
        attendee="anneke@example.net",
        response=Response.ACCEPTED,
        answered_at=ANSWERED,
        comment="Ik kom, iets later",
        message_id="<answer@example.net>",
    )


@pytest.mark.parametrize("response", list(Response))
@pytest.mark.parametrize("kind", ["text/calendar", "application/ics"])
def test_yes_perhaps_and_no_are_known_in_both_forms(response: Response, kind: str) -> None:
    said = f"ATTENDEE;CN=An;PARTSTAT={response.upper()}:MAILTO:anneke@example.net"
    reply = read_answer(mail(answer_lines(ATTENDEE=said), kind=kind))
    assert reply.response is response


def test_another_time_is_a_proposal() -> None:
    times = {
        "DTSTART": "DTSTART;TZID=Europe/Amsterdam:20260610T140000",
        "DTEND": "DTEND;TZID=W. Europe Standard Time:20260610T160000",
    }
    counter = read_answer(mail(answer_lines(**times), method="COUNTER"))
    assert isinstance(counter, Counter)
    assert counter.starts_at == datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert counter.ends_at - counter.starts_at == timedelta(hours=2)


def test_an_assistant_may_send_for_somebody() -> None:
    said = 'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:bureau@example.net":mailto:an@example.net'
    reply = read_answer(mail(answer_lines(ATTENDEE=said), sender="bureau@example.net"))
    assert reply.attendee == "an@example.net"


@pytest.mark.parametrize(
    "sender",
    ["bert@example.net", "anneke@example.net.evil.example", "", "an@x.nl, anneke@example.net"],
)
def test_nobody_answers_for_somebody_else(sender: str) -> None:
    with pytest.raises(WrongSender):
        read_answer(mail(answer_lines(), sender=sender))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"UID": None}, "UID"),
        ({"DTSTAMP": None}, "DTSTAMP"),
        ({"DTSTAMP": "DTSTAMP:gisteren"}, "DTSTAMP"),
        ({"SEQUENCE": "SEQUENCE:-1"}, "SEQUENCE"),
        ({"SEQUENCE": "SEQUENCE:99999999999999999999"}, "SEQUENCE"),
        ({"ATTENDEE": None}, "0 people"),
        ({"MORE": "ATTENDEE;PARTSTAT=DECLINED:mailto:bert@example.net"}, "2 people"),
        ({"ATTENDEE": "ATTENDEE:mailto:anneke@example.net"}, "PARTSTAT"),
        ({"ATTENDEE": "ATTENDEE;PARTSTAT=HMM:mailto:anneke@example.net"}, "PARTSTAT"),
    ],
)
def test_what_is_wrong_with_an_answer_is_named(changes: dict[str, str | None], named: str) -> None:
    with pytest.raises(Malformed, match=named):
        read_answer(mail(answer_lines(**changes)))


def test_a_proposal_needs_a_time_that_makes_sense() -> None:
    times = {"DTSTART": "DTSTART:20260610T140000Z", "DTEND": "DTEND:20260610T130000Z"}
    with pytest.raises(Malformed, match="ends before"):
        read_answer(mail(answer_lines(**times), method="COUNTER"))


def test_sending_somebody_else_is_for_a_human() -> None:
    said = 'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:x@y.example":mailto:anneke@example.net'
    with pytest.raises(NeedsAHuman):
        read_answer(mail(answer_lines(ATTENDEE=said)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From: an@example.net\r\nAuto-Submitted: auto-replied\r\n\r\nIk ben er niet.\r\n",
        mail(answer_lines(), method="REQUEST"),
    ],
)
def test_a_mail_without_an_answer_is_no_answer(data: bytes) -> None:
    with pytest.raises(NoAnswerInside):
        read_answer(data)


def test_a_zone_that_would_take_for_ever_to_work_out_is_not_worked_out() -> None:
    bomb = [
        *("END:VEVENT", "BEGIN:VTIMEZONE", "TZID:Bomb", "BEGIN:STANDARD"),
        *("DTSTART:00010101T000000", "RRULE:FREQ=SECONDLY", "TZOFFSETFROM:+0000"),
        *("TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT"),
    ]
    assert read_answer(mail([*answer_lines(), *bomb])).response is Response.ACCEPTED


@given(st.binary(max_size=200), st.integers(0, 800), st.booleans())
def test_broken_mail_is_named_and_never_a_crash(noise: bytes, place: int, cut: bool) -> None:
    whole = mail(answer_lines())
    data = whole[:place] + noise + (b"" if cut else whole[place:])
    with suppress(CalendarError):
        assert isinstance(read_answer(data), Reply | Counter)


def test_parts_nested_without_end_are_refused() -> None:
    nested = b"Content-Type: message/rfc822\r\n\r\n" * 3000
    with pytest.raises(CalendarError):
        read_answer(nested)
