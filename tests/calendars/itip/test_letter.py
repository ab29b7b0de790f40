from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calendars.entry import Entry, Party, Standing
from calendars.itip import BadLetter, Letter, Method, compose, message_id

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
ENTRY = Entry(
    uid="5f0c@example.org",
    revision=3,
    revised_at=START,
    starts_at=START + timedelta(days=9),
    ends_at=START + timedelta(days=9, hours=2),
    title="Prestatieafspraken Emmen",
    description="Met koffie, één kop.",
    location="Gemeentehuis",
    organiser=Party(address="mailto:agenda@example.org", name="Aan Tafel"),
    attendee=Party(address="mailto:anneke@example.net", name="Anneke de Vries"),
)
LETTER = Letter(
    entry=ENTRY,
    subject="Uitnodiging: Prestatieafspraken Emmen",
    text="U bent uitgenodigd.\n",
    html="<p>U bent uitgenodigd: één kop koffie.</p>",
    reply_to="antwoord@example.org",
    domain="example.org",
    sent_at=START,
)
CANCELLED = replace(LETTER, entry=replace(ENTRY, revision=4, standing=Standing.CANCELLED))


def sent(letter: Letter) -> EmailMessage:
    """As it is after the journey."""
    return message_from_bytes(compose(letter).as_bytes(), policy=default)


def part(message: EmailMessage, kind: str) -> EmailMessage:
    (found,) = [part for part in message.walk() if part.get_content_type() == kind]
    return found


def test_a_message_has_words_first_and_the_calendar_in_both_forms() -> None:
    message = sent(LETTER)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert part(message, "text/plain").get_content().splitlines() == LETTER.text.splitlines()
    assert "één kop koffie" in part(message, "text/html").get_content()


@pytest.mark.parametrize(
    ("letter", "method", "status"),
    [(LETTER, "REQUEST", "CONFIRMED"), (CANCELLED, "CANCEL", "CANCELLED")],
)
def test_the_calendar_says_the_same_method_as_its_envelope(
    letter: Letter, method: str, status: str
) -> None:
    message = sent(letter)
    shown = part(message, "text/calendar")
    assert shown.get_param("method") == method
    assert shown["Content-Transfer-Encoding"] == "base64"
    content = shown.get_payload(decode=True)
    assert content == part(message, "application/ics").get_payload(decode=True)
    assert content.count(b"\n") == content.count(b"\r\n")
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == (method, status)
    assert event["SEQUENCE"] == letter.entry.revision
    assert str(event["ORGANIZER"]) == "mailto:agenda@example.org"
    assert str(event["ATTENDEE"]) == "mailto:anneke@example.net"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"


def test_the_headers_say_from_whom_and_where_answers_go() -> None:
    message = sent(LETTER)
    assert message["From"] == "Aan Tafel <agenda@example.org>"
    assert message["To"] == "Anneke de Vries <anneke@example.net>"
    assert message["Reply-To"] == "antwoord@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == START


def test_the_same_letter_is_the_same_message_and_another_is_another() -> None:
    assert compose(LETTER).as_bytes() == compose(LETTER).as_bytes()
    other = replace(ENTRY, attendee=Party(address="mailto:bert@example.net"))
    ids = {
        compose(letter)["Message-ID"]
        for letter in (
            LETTER,
            CANCELLED,
            replace(LETTER, entry=replace(ENTRY, revision=4)),
            replace(LETTER, entry=other),
        )
    }
    assert len(ids) == 4


def test_a_message_id_does_not_depend_on_how_an_address_is_written() -> None:
    lower, upper = (
        message_id("uid", 1, Method.REQUEST, address, "example.org")
        for address in ("mailto:an@example.org", "AN@EXAMPLE.ORG")
    )
    assert lower == upper
    assert "an@" not in lower


NASTY = st.text(
    st.sampled_from('abé\r\n\t\0\x0b\x0c\x85\u2028:;,<>@"\\= ') | st.characters(codec="utf-8"),
    max_size=60,
)


@given(NASTY, NASTY, NASTY)
def test_no_text_can_add_a_header_or_a_property(subject: str, name: str, title: str) -> None:
    attack = "\r\nBcc: all@example.org\r\nATTENDEE:mailto:x@example.org\r\n"
    entry = replace(
        ENTRY,
        title=f"T{title}{attack}",
        attendee=Party(address="an@example.net", name=name + attack),
    )
    message = sent(replace(LETTER, subject=subject + attack, entry=entry))
    assert sorted(message.keys()) == sorted(sent(LETTER).keys())
    (event,) = Calendar.from_ical(part(message, "text/calendar").get_payload(decode=True)).walk(
        "VEVENT"
    )
    assert str(event["ATTENDEE"]) == "mailto:an@example.net"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "an",
        "an@",
        "an@example.net\r\nBcc: x@example.org",
        "a b@example.net",
        "<an@example.net>",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadLetter):
        replace(LETTER, reply_to=address)
    with pytest.raises(BadLetter):
        replace(LETTER, entry=replace(ENTRY, attendee=Party(address=address)))


@pytest.mark.parametrize(
    "change",
    [
        lambda letter: replace(letter, entry=replace(ENTRY, organiser=None)),
        lambda letter: replace(letter, entry=replace(ENTRY, attendee=None)),
        lambda letter: replace(letter, domain="example.org>"),
        lambda letter: replace(letter, sent_at=datetime(2026, 6, 1)),  # noqa: DTZ001 - the fault
    ],
)
def test_an_incomplete_letter_is_refused(change: Callable[[Letter], Letter]) -> None:
    with pytest.raises(BadLetter):
        change(LETTER)
