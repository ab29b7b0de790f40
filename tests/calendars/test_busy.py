from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.bounded import LimitReached, Limits
from calendars.busy import HalfRead, NothingThere, NotReadable, Question, read_busy
from calendars.busy.document import busy_time
from calendars.spans import Span, clipped, merged

Document = Callable[..., bytes]
WINDOW = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
ASK = Question(window=WINDOW, addresses=frozenset({"mailto:an@example.org"}))
NOON = ("DTSTART:20260601T120000Z", "DTEND:20260601T130000Z")


def utc(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def busy(data: bytes, question: Question = ASK) -> tuple[Span, ...]:
    """In this process: the child around it has its own tests."""
    found = busy_time(data, question)
    assert found.faults == []
    return found.busy


def test_only_start_and_end_of_an_event_are_read(event_ics: Document) -> None:
    reading = read_busy(event_ics(*NOON, "SUMMARY:Tandarts", "LOCATION:Assen"), ASK)
    assert reading.busy == (Span(utc(6, 1, 12), utc(6, 1, 13)),)
    assert "Tandarts" not in repr(reading)


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "STATUS:cancelled",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:An@Example.org",
        "ATTENDEE;PARTSTAT=DECLINED;EMAIL=an@example.org:/principals/an/",
    ],
)
def test_an_event_that_takes_no_time_is_not_busy(event_ics: Document, line: str) -> None:
    assert busy(event_ics(*NOON, line)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:OPAQUE",
        "STATUS:TENTATIVE",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:an@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:somebody.else@example.org",
    ],
)
def test_an_event_that_may_take_time_is_busy(event_ics: Document, line: str) -> None:
    assert busy(event_ics(*NOON, line)) == (Span(utc(6, 1, 12), utc(6, 1, 13)),)


def test_our_own_entries_do_not_block_their_owner(event_ics: Document) -> None:
    own = replace(ASK, own_uids=frozenset({"one@example.org"}))
    assert busy(event_ics(*NOON), own) == ()


def test_a_whole_day_is_a_day_on_the_owners_clock(event_ics: Document) -> None:
    data = event_ics("DTSTART;VALUE=DATE:20260601")
    assert busy(data) == (Span(utc(5, 31, 22), utc(6, 1, 22)),)
    elsewhere = replace(ASK, zone="America/New_York")
    assert busy(data, elsewhere) == (Span(utc(6, 1, 4), utc(6, 2, 4)),)


def test_a_floating_time_is_on_the_owners_clock(event_ics: Document) -> None:
    data = event_ics("DTSTART:20260115T090000", "DTEND:20260115T100000")
    assert busy(data) == (Span(utc(1, 15, 8), utc(1, 15, 9)),)


def test_a_moment_without_end_takes_no_time(event_ics: Document) -> None:
    assert busy(event_ics("DTSTART:20260601T120000Z")) == ()


def test_an_event_that_ends_before_it_starts_blocks_what_lies_between(event_ics: Document) -> None:
    data = event_ics("DTSTART:20260601T120000Z", "DTEND:20260601T110000Z")
    assert busy(data) == (Span(utc(6, 1, 11), utc(6, 1, 12)),)


@pytest.mark.parametrize(
    ("start", "lines", "hours"),
    [
        # In the night that summer time ends, 25 October: two hours stay two hours ...
        ("20261025T013000", ["DURATION:PT2H"], 2),
        # ... and from half past one to half past three on the wall is three.
        ("20261025T013000", ["DTEND;TZID=Europe/Amsterdam:20261025T033000"], 3),
        # In the night that it begins, 29 March.
        ("20260329T013000", ["DURATION:PT2H"], 2),
        ("20260329T013000", ["DTEND;TZID=Europe/Amsterdam:20260329T033000"], 1),
        # A day is a day on the wall.
        ("20261025T000000", ["DURATION:P1D"], 25),
    ],
)
def test_time_passes_in_utc_when_the_clock_changes(
    event_ics: Document, start: str, lines: list[str], hours: int
) -> None:
    (span,) = busy(event_ics(f"DTSTART;TZID=Europe/Amsterdam:{start}", *lines))
    assert span.ends_at - span.starts_at == timedelta(hours=hours)


def test_a_series_keeps_its_hour_on_the_wall_and_minds_its_exceptions(ics: Document) -> None:
    data = ics(
        "BEGIN:VEVENT",
        "UID:weekly",
        "DTSTART;TZID=Europe/Amsterdam:20260323T090000",
        "DTEND;TZID=Europe/Amsterdam:20260323T100000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;TZID=Europe/Amsterdam:20260406T090000",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:weekly",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20260413T090000",
        "DTSTART;TZID=Europe/Amsterdam:20260414T140000",
        "DTEND;TZID=Europe/Amsterdam:20260414T150000",
        "END:VEVENT",
    )
    assert busy(data) == (
        Span(utc(3, 23, 8), utc(3, 23, 9)),  # winter time
        Span(utc(3, 30, 7), utc(3, 30, 8)),  # summer time
        Span(utc(4, 14, 12), utc(4, 14, 13)),  # moved
    )


def test_one_cancelled_occurrence_frees_only_itself(ics: Document) -> None:
    data = ics(
        "BEGIN:VEVENT",
        "UID:daily",
        *NOON,
        "RRULE:FREQ=DAILY;COUNT=2",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:daily",
        "RECURRENCE-ID:20260602T120000Z",
        "DTSTART:20260602T120000Z",
        "DTEND:20260602T130000Z",
        "STATUS:CANCELLED",
        "END:VEVENT",
    )
    assert busy(data) == (Span(utc(6, 1, 12), utc(6, 1, 13)),)


def test_a_windows_zone_is_known_and_a_zone_of_nobodys_is_guessed_and_told(
    event_ics: Document,
) -> None:
    windows = event_ics("DTSTART;TZID=W. Europe Standard Time:20260601T120000", "DURATION:PT1H")
    assert read_busy(windows, ASK).guessed_zones == ()
    nobody = event_ics("DTSTART;TZID=Thuis:20260601T120000", "DURATION:PT1H")
    reading = read_busy(nobody, ASK)
    assert reading.busy == (Span(utc(6, 1, 10), utc(6, 1, 11)),)
    assert reading.guessed_zones == ("Thuis",)


def test_a_zone_of_the_calendars_own_is_used_even_with_lines_that_the_library_refuses(
    ics: Document,
) -> None:
    data = ics(
        *("BEGIN:VTIMEZONE", "TZID:Mine", "TZUNTIL:20300101T000000Z", "BEGIN:STANDARD"),
        *("DTSTART:19700101T000000", "TZOFFSETFROM:+0500", "TZOFFSETTO:+0500"),
        *("END:STANDARD", "END:VTIMEZONE"),
        *("BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Mine:20260601T120000", "DURATION:PT1H"),
        "END:VEVENT",
    )
    assert busy(data) == (Span(utc(6, 1, 7), utc(6, 1, 8)),)


def test_a_series_written_in_utc_follows_the_clock_that_the_calendar_names(
    ics: Document,
) -> None:
    series = ("BEGIN:VEVENT", "UID:a", "DTSTART:20260323T080000Z", "DURATION:PT1H")
    data = ics("X-WR-TIMEZONE:Europe/Amsterdam", *series, "RRULE:FREQ=WEEKLY;COUNT=2", "END:VEVENT")
    assert busy(data) == (Span(utc(3, 23, 8), utc(3, 23, 9)), Span(utc(3, 30, 7), utc(3, 30, 8)))


def test_a_clock_that_does_not_exist_changes_nothing(ics: Document) -> None:
    data = ics("X-WR-TIMEZONE:Thuis", "BEGIN:VEVENT", "UID:a", *NOON, "END:VEVENT")
    assert busy(data) == (Span(utc(6, 1, 12), utc(6, 1, 13)),)


def test_stored_free_busy_counts_all_but_what_is_free(ics: Document) -> None:
    data = ics(
        *("BEGIN:VFREEBUSY", "UID:f", "FREEBUSY:20260601T100000Z/PT1H"),
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260601T120000Z/20260601T130000Z",
        *("FREEBUSY;FBTYPE=FREE:20260602T100000Z/PT1H", "END:VFREEBUSY"),
    )
    assert busy(data) == (
        Span(utc(6, 1, 10), utc(6, 1, 11)),
        Span(utc(6, 1, 12), utc(6, 1, 13)),
    )


def availability(priority: int, day: str, first: int, last: int) -> tuple[str, ...]:
    return (
        *("BEGIN:VAVAILABILITY", f"UID:v{priority}{day}", f"PRIORITY:{priority}"),
        *(f"DTSTART:{day}T000000Z", "DURATION:P1D"),
        *("BEGIN:AVAILABLE", f"UID:a{priority}{day}", f"DTSTART:{day}T{first:02}0000Z"),
        *(f"DTEND:{day}T{last:02}0000Z", "END:AVAILABLE", "END:VAVAILABILITY"),
    )


def test_availability_closes_the_rest_of_its_own_stretch(ics: Document) -> None:
    assert busy(ics(*availability(1, "20260601", 9, 17))) == (
        Span(utc(6, 1, 0), utc(6, 1, 9)),
        Span(utc(6, 1, 17), utc(6, 2, 0)),
    )


def test_availability_of_a_higher_priority_takes_the_place_of_a_lower_one(ics: Document) -> None:
    data = ics(*availability(1, "20260601", 19, 22), *availability(5, "20260601", 9, 17))
    assert busy(data) == (
        Span(utc(6, 1, 0), utc(6, 1, 19)),
        Span(utc(6, 1, 22), utc(6, 2, 0)),
    )


def test_an_appointment_within_available_time_is_still_busy(ics: Document) -> None:
    data = ics(*availability(1, "20260601", 0, 23), "BEGIN:VEVENT", "UID:a", *NOON, "END:VEVENT")
    assert busy(data)[0] == Span(utc(6, 1, 12), utc(6, 1, 13))


def test_weekly_availability_without_bounds_holds_for_the_whole_window(ics: Document) -> None:
    data = ics(
        *("BEGIN:VAVAILABILITY", "UID:v", "BEGIN:AVAILABLE", "UID:a"),
        *("DTSTART;TZID=Europe/Amsterdam:20200106T190000", "DURATION:PT3H"),
        *("RRULE:FREQ=WEEKLY;BYDAY=MO", "END:AVAILABLE", "END:VAVAILABILITY"),
    )
    june = replace(ASK, window=Span(utc(6, 1), utc(6, 9)))
    assert busy(data, june) == (
        Span(utc(6, 1), utc(6, 1, 17)),
        Span(utc(6, 1, 20), utc(6, 8, 17)),
        Span(utc(6, 8, 20), utc(6, 9)),
    )


BROKEN = [
    ("DTSTART:binnenkort",),
    ("SUMMARY:no start",),
    (*NOON, "RRULE:FREQ=SOMETIMES"),
    (*NOON, "RRULE FREQ=DAILY"),
    (*NOON, "EXDATE:never", "RRULE:FREQ=DAILY;COUNT=2"),
    (*NOON, "DTSTART:20260602T120000Z"),
    ("DTSTART:20260601T120000Z", "DURATION:een uur"),
    ("DTSTART:20260601T120000Z", "DTEND;TZID=Europe/Amsterdam:20261301T990000"),
]


@pytest.mark.parametrize("lines", BROKEN)
def test_an_event_that_cannot_be_understood_is_an_error_and_never_free_time(
    ics: Document, lines: tuple[str, ...]
) -> None:
    whole = ("BEGIN:VEVENT", "UID:whole", *NOON, "END:VEVENT")
    data = ics(*whole, "BEGIN:VEVENT", "UID:broken", *lines, "END:VEVENT")
    with pytest.raises(HalfRead) as caught:
        read_busy(data, ASK)
    assert caught.value.busy == (Span(utc(6, 1, 12), utc(6, 1, 13)),)
    assert len(caught.value.faults) == 1


def test_broken_free_busy_and_availability_are_errors_too(ics: Document) -> None:
    stored = ics("BEGIN:VFREEBUSY", "UID:f", "FREEBUSY:morgen", "END:VFREEBUSY")
    hours = ics("BEGIN:VAVAILABILITY", "UID:v", "DTSTART:ooit", "END:VAVAILABILITY")
    for data in (stored, hours):
        with pytest.raises((HalfRead, NotReadable)):
            read_busy(data, ASK)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><title>Inloggen</title></html>",
        b"\xff\xfe\x00binary",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        read_busy(data, ASK)


def test_half_a_download_is_refused_wherever_it_stops(event_ics: Document) -> None:
    data = event_ics(*NOON)
    cut = data.index(b"END:VCALENDAR") + len(b"END:VCALENDAR")
    for end in range(1, cut, 7):
        with pytest.raises(NotReadable):
            busy_time(data[:end], ASK)


def test_a_calendar_without_entries_is_an_error_unless_its_owner_said_so(ics: Document) -> None:
    with pytest.raises(NothingThere):
        read_busy(ics(), ASK)
    assert read_busy(ics(), replace(ASK, may_be_empty=True)).busy == ()


def test_a_rule_without_end_or_measure_is_stopped(event_ics: Document) -> None:
    bomb = event_ics(*NOON, "RRULE:FREQ=SECONDLY")
    with pytest.raises(LimitReached):
        read_busy(bomb, ASK, Limits(cpu_seconds=1))


def test_a_window_of_years_is_not_asked() -> None:
    with pytest.raises(ValueError, match="at most 800 days"):
        Question(window=Span(utc(1, 1), utc(1, 1).replace(year=2030)))


def test_an_unknown_zone_of_the_owner_is_not_asked() -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        replace(ASK, zone="Europe/Emmen")


LOCAL = st.datetimes(datetime(2026, 1, 3), datetime(2026, 12, 20)).map(  # noqa: DTZ001 - wall clock
    lambda moment: moment.replace(second=0, microsecond=0)
)


@given(
    st.lists(
        st.tuples(LOCAL, st.integers(1, 3000), st.sampled_from(["zone", "utc", "floating", "day"])),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_the_form_the_same_time_is_busy_and_order_does_not_matter(
    events: list[tuple[datetime, int, str]], shuffle: "object"
) -> None:
    lines, expected = [], []
    for start, minutes, form in events:
        written, span = one_event(start, minutes, form)
        lines.append(written)
        expected.append(span)
    shuffle.shuffle(lines)
    body = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{e}END:VEVENT\r\n" for n, e in enumerate(lines))
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()
    assert busy(data) == merged(clipped(expected, WINDOW))


def one_event(start: datetime, minutes: int, form: str) -> tuple[str, Span]:
    zone = ZoneInfo("UTC" if form == "utc" else "Europe/Amsterdam")
    if form == "day":
        first, days = start.replace(hour=0, minute=0), 1 + minutes % 5
        last = first + timedelta(days=days)
        written = f"DTSTART;VALUE=DATE:{first:%Y%m%d}\r\nDTEND;VALUE=DATE:{last:%Y%m%d}\r\n"
        return written, Span(first.replace(tzinfo=zone), last.replace(tzinfo=zone))
    mark = {"zone": ";TZID=Europe/Amsterdam:{}", "utc": ":{}Z", "floating": ":{}"}[form]
    instant = start.replace(tzinfo=zone).astimezone(UTC)
    written = f"DTSTART{mark.format(f'{start:%Y%m%dT%H%M%S}')}\r\nDURATION:PT{minutes}M\r\n"
    return written, Span(instant, instant + timedelta(minutes=minutes))
