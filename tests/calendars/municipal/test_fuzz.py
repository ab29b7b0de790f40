"""Whatever arrives is proposals and named faults, or a named refusal: nothing else."""

import json
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from calendars.municipal import Asked, Found, NotReadable
from calendars.municipal.child import read_either
from calendars.municipal.message import found_of, written_found

ASKED = Asked(first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
SEEDS = (
    "UID:a\nSUMMARY:Raad\nDTSTART;TZID=Europe/Amsterdam:20270304T200000\nDURATION:PT2H",
    "UID:b\nSUMMARY:Commissie\nDTSTART;VALUE=DATE:20270304\nRRULE:FREQ=MONTHLY;BYDAY=1TH;COUNT=5",
    "UID:b\nRECURRENCE-ID;VALUE=DATE:20270401\nDTSTART;VALUE=DATE:20270402\nSTATUS:CANCELLED",
    "SUMMARY:Zonder\nDTSTART:20270304T190000Z\nRDATE:20270305T190000Z\nEXDATE:20270304T190000Z",
)
PIECES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "RRULE:FREQ=", "DTSTART", "DTEND:", "TZID=", "VALUE=DATE"),
        *(":", ";", "=", ",", "\\", "\r\n ", "\x00", "\ud800", "\xe9", "0001", "-P1W"),
        *("99999999T999999", "COUNT=0", "UNTIL=1", "INTERVAL=0", "BYDAY=9XX"),
    ]
)
CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _answers(document: bytes) -> None:
    try:
        found = read_either(document, ASKED)
    except NotReadable:
        return
    assert isinstance(found, Found)
    assert found_of(json.loads(written_found(found))) == found
    for each in found.proposals:
        assert ASKED.first_day <= each.day <= ASKED.last_day
        assert each.key
        each.key.encode()
        each.title.encode()
        if each.ends_at is not None:
            assert each.starts_at is not None
            assert timedelta() < each.ends_at - each.starts_at <= timedelta(days=1)


@CALM
@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 12), PIECES), max_size=6),
)
def test_a_mangled_calendar_is_read_or_named(
    calendar: Callable[..., bytes], wounds: list[tuple[int, int, str]]
) -> None:
    document = calendar(*SEEDS)
    for place, length, piece in wounds:
        cut = place % len(document)
        document = (
            document[:cut] + piece.encode("utf-8", "surrogatepass") + document[cut + length :]
        )
    _answers(document)


@CALM
@given(st.binary(max_size=300))
@example(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
@example(b"[]")
def test_any_bytes_are_read_or_refused(document: bytes) -> None:
    _answers(document)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
_FIELDS = st.sampled_from(
    [
        *("id", "url", "naam", "status", "bijlagen", "organisatie", "locatie", "webpaginaLink"),
        *("geplandeAanvangVergadering", "geplandeEindeVergadering", "geplandeVergaderdatum"),
    ]
)
_VALUES = _JSON | st.sampled_from(
    [
        "2027-03-04",
        "2027-03-04T20:00:00:000Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "gm0114",
    ]
)


@CALM
@given(st.lists(st.dictionaries(_FIELDS, _VALUES, max_size=8) | _JSON, max_size=4))
def test_any_mini_ori_is_read_or_named(entries: list[object]) -> None:
    _answers(json.dumps({"results": entries}).encode())
