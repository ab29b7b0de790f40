"""What a program wrote, read with distrust: its lines, a person's additions, busy time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.account import Additions, Condition, Fixed, Why, WriteRefused, block_of, written_over
from calendars.account.lines import folded, parsed
from calendars.entry import Entry, Partstat, Party
from calendars.errors import BadCalendar
from calendars.ical import fragment, read, resource
from calendars.spans import Span

WINDOW = Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTAMP:20270101T000000Z\r\nDTSTART:20270601T100000Z\r\nDTEND:20270601T110000Z\r\n"
    "{}END:VEVENT\r\nEND:VCALENDAR\r\n"
)
PLAIN_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


@pytest.fixture
def entry(make_entry: Callable[..., Entry]) -> Entry:
    return make_entry(
        description="U spreekt namens A.\nhttps://tafel.test/overleg/m-1",
        categories=("Gemeente",),
        attendee=Party(address="mailto:r1@example.org"),
    )


@given(text=PLAIN_TEXT)
def test_a_line_is_folded_and_unfolded_without_loss(text: str) -> None:
    line = f"X-A:{text}"
    octets = folded(line)
    assert all(len(each) <= 75 for each in octets.split(b"\r\n"))
    assert octets.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode() == line


@given(content=st.binary(max_size=200) | st.text().map(lambda text: EVENT.format(text).encode()))
def test_nothing_but_a_refusal_comes_of_nonsense(content: bytes) -> None:
    for reader in (parsed, lambda given: block_of(given, WINDOW)):
        try:
            reader(content)
        except (BadCalendar, WriteRefused):
            continue


def test_additions_come_back_from_what_was_shown_with_them(entry: Entry) -> None:
    own = Additions(
        note="Trein van 9.12;\nmap mee, pen mee",
        categories=("privé, of niet",),
        lines=("COLOR:red", "X-LONG;A=b:" + "é" * 100),
        alarms=(("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"),),
    )
    written = written_over(entry, resource(own.shown_with(entry)))
    assert (written.additions, written.changed) == (own, frozenset())
    assert own.shown_with(entry) == written.additions.shown_with(entry)


def test_without_additions_the_entry_is_shown_as_it_is(entry: Entry) -> None:
    assert Additions().shown_with(entry) == fragment(entry)
    assert written_over(entry, resource(entry)).additions == Additions()


def test_additions_outlive_a_change_of_ours(entry: Entry, make_entry: Callable[..., Entry]) -> None:
    own = Additions(note="Map mee", lines=("COLOR:red",))
    later = make_entry(revision=2, title="Anders", description="U spreekt namens A en B.")
    (shown,) = read(resource(own.shown_with(later)))
    assert shown.title == "Anders"
    assert shown.description == "U spreekt namens A en B.\n\nMap mee"


@pytest.mark.parametrize(
    ("changes", "fixed"),
    [
        ({"title": "Anders"}, Fixed.TITLE),
        ({"location": "Elders"}, Fixed.PLACE),
        ({"location": None}, Fixed.PLACE),
        ({"ends_at": datetime(2027, 6, 1, 15, tzinfo=UTC)}, Fixed.TIME),
    ],
)
def test_what_is_fixed_is_noticed(
    entry: Entry, make_entry: Callable[..., Entry], changes: dict[str, object], fixed: Fixed
) -> None:
    theirs = make_entry(**changes)
    assert written_over(entry, resource(theirs)).changed == {fixed}


@pytest.mark.parametrize("line", ["RRULE:FREQ=DAILY", "RECURRENCE-ID:20270601T120000Z"])
def test_a_meeting_is_made_no_series(entry: Entry, line: str) -> None:
    content = resource(entry).replace(b"END:VEVENT", f"{line}\r\nEND:VEVENT".encode())
    with pytest.raises(BadCalendar):
        written_over(entry, content)


def test_another_event_is_no_answer(entry: Entry, make_entry: Callable[..., Entry]) -> None:
    with pytest.raises(BadCalendar):
        written_over(entry, resource(make_entry(2)))


@pytest.mark.parametrize(
    ("line", "partstat"),
    [
        ("ATTENDEE;PARTSTAT=DECLINED:MAILTO:R1@example.org", Partstat.DECLINED),
        ("ATTENDEE;CN=a;PARTSTAT=accepted;RSVP=TRUE:mailto:r1@example.org", Partstat.ACCEPTED),
        ("ATTENDEE;PARTSTAT=X-LATER:mailto:r1@example.org", Partstat.NEEDS_ACTION),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:r2@example.org", None),
    ],
)
def test_only_ones_own_answer_counts(
    entry: Entry, make_entry: Callable[..., Entry], line: str, partstat: Partstat | None
) -> None:
    content = resource(make_entry()).replace(b"END:VEVENT", f"{line}\r\nEND:VEVENT".encode())
    assert written_over(entry, content).partstat is partstat


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        ("", 1),
        ("TRANSP:TRANSPARENT\r\n", 0),
        ("RRULE:FREQ=MONTHLY;COUNT=3\r\n", 3),
        ("RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20270602T100000Z\r\n", 2),
    ],
)
def test_a_block_takes_its_time_and_no_other(lines: str, spans: int) -> None:
    block = block_of(EVENT.format(lines).encode(), WINDOW)
    assert len(block.spans) == spans
    assert block.starts_at == datetime(2027, 6, 1, 10, tzinfo=UTC)
    assert block.recurs == ("RRULE" in lines)


def test_a_block_that_comes_back_every_second_is_refused() -> None:
    with pytest.raises((BadCalendar, WriteRefused)):
        block_of(EVENT.format("RRULE:FREQ=MINUTELY;INTERVAL=120\r\n").encode(), WINDOW)


def test_whole_days_are_days_on_the_owners_clock() -> None:
    text = EVENT.format("").replace(":20270601T100000Z", ";VALUE=DATE:20270601")
    block = block_of(text.replace("DTEND:20270601T110000Z\r\n", "").encode(), WINDOW)
    start = datetime(2027, 5, 31, 22, tzinfo=UTC)
    assert block.spans == (Span(start, start + timedelta(days=1)),)


@pytest.mark.parametrize(
    ("headers", "etag", "holds"),
    [
        ({}, None, True),
        ({}, '"a"', True),
        ({"HTTP_IF_MATCH": '"a", "b"'}, '"b"', True),
        ({"HTTP_IF_MATCH": '"a"'}, '"b"', False),
        ({"HTTP_IF_MATCH": '"a"'}, None, False),
        ({"HTTP_IF_MATCH": "*"}, '"b"', True),
        ({"HTTP_IF_MATCH": "*"}, None, False),
        ({"HTTP_IF_MATCH": "nonsense"}, '"b"', False),
        ({"HTTP_IF_NONE_MATCH": "*"}, None, True),
        ({"HTTP_IF_NONE_MATCH": "*"}, '"b"', False),
        ({"HTTP_IF_NONE_MATCH": '"a"'}, '"b"', True),
    ],
)
def test_a_condition_holds_or_not(headers: dict[str, str], etag: str | None, holds: bool) -> None:
    condition = Condition.of(headers)
    if holds:
        condition.check(etag)
        return
    with pytest.raises(WriteRefused) as refused:
        condition.check(etag)
    assert refused.value.why is Why.CHANGED
