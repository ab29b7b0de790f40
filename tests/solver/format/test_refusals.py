"""What makes a problem document refused, and where the fault is put."""

import json
from typing import Any

import pytest

from solver.errors import BadDocument
from solver.format import read_problem

GONE = object()
AGAIN = object()


def _refusals(document: Any) -> list[tuple[str, str]]:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(BadDocument) as refused:
        read_problem(text)
    return [(fault.path, fault.message) for fault in refused.value.faults]


def _paths(document: Any) -> list[str]:
    return [path for path, _ in _refusals(document)]


def _put(document: Any, path: str, value: Any) -> None:
    """Set what a dotted path leads to; GONE takes it away, AGAIN repeats it in its list."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    here = document
    for step in steps:
        here = here[step]
    if value is GONE:
        del here[last]
    elif value is AGAIN:
        here.append(here[last])
    else:
        here[last] = value


def test_the_whole_document_is_sound(document: dict[str, Any]) -> None:
    assert read_problem(json.dumps(document)).name == "small"


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        # Keys
        ("name", GONE, "name"),
        ("format", GONE, "format"),
        ("policy.tiers", GONE, "policy.tiers"),
        ("representatives.0.online", GONE, "representatives[0].online"),
        ("meetings.0.seats.min", GONE, "meetings[0].seats.min"),
        ("colour", 1, "colour"),
        ("meetings.1.colour", 1, "meetings[1].colour"),
        ("baseline.0.colour", 1, "baseline[0].colour"),
        ("odd key", 1, '["odd key"]'),
        # Kinds
        ("format", "delegation-problem/2", "format"),
        ("name", 7, "name"),
        ("name", None, "name"),
        ("regions", {}, "regions"),
        ("regions.0", [], "regions[0]"),
        ("travel", [], "travel"),
        ("travel.minutes", [], "travel.minutes"),
        ("baseline.0.voices", [], "baseline[0].voices"),
        ("representatives.0.paid_job", 1, "representatives[0].paid_job"),
        ("representatives.0.paid_job", "false", "representatives[0].paid_job"),
        ("representatives.0.experience", "seasoned", "representatives[0].experience"),
        ("representatives.0.expertise", "wonen", "representatives[0].expertise"),
        ("representatives.0.expertise.0", 7, "representatives[0].expertise[0]"),
        ("meetings.0.level", "nation", "meetings[0].level"),
        ("meetings.0.mode", "by_letter", "meetings[0].mode"),
        ("policy.tiers.0", "harmony", "policy.tiers[0]"),
        ("pins", None, "pins"),
        ("bans", None, "bans"),
        ("as_of", None, "as_of"),
        # Numbers
        ("regions.0.weight", 0, "regions[0].weight"),
        ("regions.0.weight", True, "regions[0].weight"),
        ("regions.0.weight", 1.0, "regions[0].weight"),
        ("regions.0.weight", "1", "regions[0].weight"),
        ("regions.0.weight", 2**53, "regions[0].weight"),
        ("regions.0.weight", 10**300, "regions[0].weight"),
        ("organisations.0.capacity_minutes", 0, "organisations[0].capacity_minutes"),
        ("representatives.0.target_minutes", 0, "representatives[0].target_minutes"),
        (
            "representatives.0.max_meetings_per_week",
            -1,
            "representatives[0].max_meetings_per_week",
        ),
        ("meetings.0.weight", 0, "meetings[0].weight"),
        ("meetings.0.preparation_minutes", -1, "meetings[0].preparation_minutes"),
        ("meetings.0.report_minutes", 0.5, "meetings[0].report_minutes"),
        ("meetings.0.interested.0.weight", 0, "meetings[0].interested[0].weight"),
        ("meetings.0.seats", {"min": -1, "max": 1}, "meetings[0].seats.min"),
        ("meetings.0.seats", {"min": 0, "max": 0}, "meetings[0].seats.max"),
        ("meetings.0.seats", {"min": 3, "max": 2}, "meetings[0].seats.max"),
        ("travel.detour", 0, "travel.detour"),
        ("travel.detour", -1.5, "travel.detour"),
        ("travel.detour", float("nan"), "travel.detour"),
        ("travel.speed_kmh", 0, "travel.speed_kmh"),
        ("travel.speed_kmh", float("inf"), "travel.speed_kmh"),
        ("travel.speed_kmh", 1e-300, "travel.speed_kmh"),
        ("travel.overhead_minutes", -0.1, "travel.overhead_minutes"),
        ("travel.overhead_minutes", True, "travel.overhead_minutes"),
        ("travel.minutes.assen|emmen", -1, 'travel.minutes["assen|emmen"]'),
        ("travel.minutes.assen|emmen", 1.5, 'travel.minutes["assen|emmen"]'),
        ("places.0.lat", 90.01, "places[0].lat"),
        ("places.0.lon", -180.01, "places[0].lon"),
        ("places.0.lat", 10**400, "places[0].lat"),
        ("policy.max_mandates_per_attendee", -1, "policy.max_mandates_per_attendee"),
        ("policy.hybrid_online_beyond_minutes", 4.5, "policy.hybrid_online_beyond_minutes"),
        # Times
        ("timezone", "Europe/Asen", "timezone"),
        ("timezone", "", "timezone"),
        ("timezone", "../etc/passwd", "timezone"),
        ("timezone", "Europe", "timezone"),
        ("timezone", "a" * 300, "timezone"),
        ("timezone", "\x00", "timezone"),
        ("horizon.first_day", "2026-13-01", "horizon.first_day"),
        ("horizon.first_day", "2026-1-1", "horizon.first_day"),
        ("horizon.first_day", "20260101", "horizon.first_day"),
        ("horizon.first_day", "0001-01-01", "horizon.first_day"),
        ("horizon.last_day", "9999-12-31", "horizon.last_day"),
        ("office_hours.closed_days.0", "2027-02-29", "office_hours.closed_days[0]"),
        ("office_hours.weekdays.0", 0, "office_hours.weekdays[0]"),
        ("office_hours.weekdays.0", 8, "office_hours.weekdays[0]"),
        ("office_hours.start", "9:00", "office_hours.start"),
        ("office_hours.start", "24:01", "office_hours.start"),
        ("office_hours.start", "09:60", "office_hours.start"),
        ("office_hours.start", "\u0660\u0669:\u0660\u0660", "office_hours.start"),
        ("office_hours.end", "09:00", "office_hours.end"),
        ("as_of", "2027-01-01T09:00:00", "as_of"),
        ("as_of", "2027-01-01T09:00:30+01:00", "as_of"),
        ("as_of", "2027-01-01T09:00:00.5+01:00", "as_of"),
        ("as_of", "2027-01-01", "as_of"),
        ("as_of", "2027-02-29T09:00:00+01:00", "as_of"),
        ("as_of", "9999-12-31T23:59:00-12:00", "as_of"),
        ("as_of", "0001-01-01T00:00:00+12:00", "as_of"),
        ("as_of", "9999-12-20T00:00:00+00:00", "as_of"),
        ("as_of", 1798790400, "as_of"),
        ("meetings.0.slots.0.end", "2027-03-02T18:00:00+00:00", "meetings[0].slots[0].end"),
        ("meetings.0.slots.0.start", "2026-11-30T23:59:00+01:00", "meetings[0].slots[0].start"),
        ("meetings.0.slots.0.end", "2028-02-01T00:01:00+01:00", "meetings[0].slots[0].end"),
        ("representatives.0.busy.0.end", "2027-04-01T08:00:00Z", "representatives[0].busy[0].end"),
        (
            "representatives.0.availability.1.start",
            "24:00",
            "representatives[0].availability[1].end",
        ),
        ("mandates.0.last_day", "2026-12-31", "mandates[0].last_day"),
        # References
        ("organisations.0.region", "zuid", "organisations[0].region"),
        ("representatives.0.organisation", "o-x", "representatives[0].organisation"),
        ("representatives.0.home", "roden", "representatives[0].home"),
        ("mandates.0.giver", "o-x", "mandates[0].giver"),
        ("mandates.0.holder", "o-x", "mandates[0].holder"),
        ("mandates.0.holder", "o-b", "mandates[0].holder"),
        ("meetings.0.place", "roden", "meetings[0].place"),
        ("meetings.0.place", None, "meetings[0].place"),
        ("meetings.0.interested.0.organisation", "o-x", "meetings[0].interested[0].organisation"),
        ("travel.minutes.assen", 5, "travel.minutes.assen"),
        ("travel.minutes.assen|roden", 5, 'travel.minutes["assen|roden"]'),
        ("travel.minutes.assen|emmen|meppel", 5, 'travel.minutes["assen|emmen|meppel"]'),
        ("places.0.id", "as|sen", "places[0].id"),
        ("bans.0.meeting", "m-x", "bans[0].meeting"),
        ("bans.0.representative", "r-x", "bans[0].representative"),
        ("baseline.0.voices.o-a", "o-x", "baseline[0].voices.o-a"),
        ("baseline.0.slot", 2, "baseline[0].slot"),
        ("meetings.0.slots", [], "meetings[0].slots"),
        ("representatives.0.avoids", ["s-1"], "representatives[0].avoids"),
        # Duplicates
        ("regions.0", AGAIN, "regions[3].id"),
        ("organisations.0", AGAIN, "organisations[3].id"),
        ("representatives.0", AGAIN, "representatives[3].id"),
        ("mandates.0", AGAIN, "mandates[1].id"),
        ("meetings.0", AGAIN, "meetings[3].id"),
        ("baseline.0", AGAIN, "baseline[1].meeting"),
        ("meetings.0.topics.0", AGAIN, "meetings[0].topics[1]"),
        ("meetings.0.interested.0", AGAIN, "meetings[0].interested[2].organisation"),
        ("mandates.0.municipalities.0", AGAIN, "mandates[0].municipalities[1]"),
        ("office_hours.closed_days.0", AGAIN, "office_hours.closed_days[1]"),
        ("office_hours.weekdays.0", AGAIN, "office_hours.weekdays[5]"),
        ("baseline.0.attendees.0", AGAIN, "baseline[0].attendees[2]"),
        ("policy.tiers.0", AGAIN, "policy.tiers[8]"),
    ],
)
def test_one_thing_wrong_is_found_where_it_stands(
    document: dict[str, Any], path: str, value: Any, fault: str
) -> None:
    _put(document, path, value)
    assert fault in _paths(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("as_of", GONE),
        ("pins", GONE),
        ("bans", GONE),
        ("baseline", GONE),
        ("baseline", None),
        ("office_hours.end", "24:00"),
        ("meetings.0.series", None),
        ("meetings.0.municipality", None),
        ("meetings.0.interested", []),
        ("meetings.0.topics", []),
        ("meetings.0.seats", {"min": 0, "max": 1}),
        ("meetings.1.slots.0.start", "2027-03-02T18:30:00Z"),
        ("meetings.1.slots.0.start", "2027-03-02T19:30+01:00"),
        ("meetings.0.slots.0.start", "2026-12-01T00:00:00+01:00"),
        ("meetings.0.slots.0.end", "2028-02-01T00:00:00+01:00"),
        ("meetings.0.slots.1.end", "2028-01-31T23:00:00+00:00"),
        ("representatives.0.availability", None),
        ("representatives.0.availability", []),
        ("representatives.0.busy.0.end", "9999-12-31T00:00:00+00:00"),
        ("mandates.0.municipalities", None),
        ("mandates.0.first_day", "0001-01-01"),
        ("mandates.0.last_day", "9999-12-31"),
        ("mandates.0.last_day", "2027-01-01"),
        ("places.0.lat", 53),
        ("policy.tiers", ["comfort", "presence"]),
        ("policy.tiers", []),
        ("policy.max_mandates_per_attendee", 0),
        ("travel.minutes.emmen|assen", 50),
        ("baseline.0.meeting", "m-gone"),
        ("baseline.0.slot", None),
        ("regions.0.weight", 2**53 - 1),
    ],
)
def test_what_the_rule_book_leaves_free_is_read(
    document: dict[str, Any], path: str, value: Any
) -> None:
    _put(document, path, value)
    assert read_problem(json.dumps(document)).name == "small"


def test_an_online_meeting_needs_no_place(document: dict[str, Any]) -> None:
    document["meetings"][0] |= {"mode": "online", "place": None}
    assert read_problem(json.dumps(document)).meetings["m-1"].place is None


def test_as_of_is_the_first_midnight_where_it_is_left_out(document: dict[str, Any]) -> None:
    del document["as_of"]
    as_of = read_problem(json.dumps(document)).as_of
    assert as_of.isoformat() == "2026-11-30T23:00:00+00:00"


class TestPins:
    @pytest.mark.parametrize(
        ("pins", "faults"),
        [
            ([("m-1", "r-a", None)], []),
            ([("m-1", "r-a", 0), ("m-1", "r-a", None)], []),
            ([("m-x", "r-a", None)], ["pins[0].meeting"]),
            ([("m-1", "r-x", None)], ["pins[0].representative"]),
            ([("m-1", "r-a", 2)], ["pins[0].slot"]),
            ([("m-1", "r-a", -1)], ["pins[0].slot"]),
            ([("m-1", "r-a", 0), ("m-1", "r-a", 0)], ["pins[1]"]),
            # r-c is banned from m-1, r-b from everything.
            ([("m-1", "r-c", None)], ["pins[0]"]),
            ([("m-2", "r-b", None)], ["pins[0]"]),
            ([("m-2", "r-c", None)], []),
            ([("m-1", "r-a", 0), ("m-1", "r-a", 1)], ["pins[1].slot"]),
            ([("m-2", "r-a", None), ("m-2", "r-c", None)], []),
            # r-a can't be at m-1 in its first slot and in Emmen half an hour later.
            ([("m-1", "r-a", 0), ("m-2", "r-a", 0)], ["pins[1]"]),
            ([("m-2", "r-a", 0), ("m-1", "r-a", 0)], ["pins[1]"]),
            ([("m-1", "r-a", 1), ("m-2", "r-a", 0)], []),
            ([("m-1", "r-a", None), ("m-2", "r-a", None)], []),
            ([("m-1", "r-a", 0), ("m-2", "r-c", 0)], []),
        ],
    )
    def test_pins_that_nobody_can_keep_are_refused(
        self, document: dict[str, Any], pins: list[tuple[str, str, int | None]], faults: list[str]
    ) -> None:
        document["pins"] = _pins(*pins)
        if faults:
            assert _paths(document) == faults
        else:
            assert len(read_problem(json.dumps(document)).pins) == len(pins)

    def test_no_more_are_pinned_than_there_are_seats(self, document: dict[str, Any]) -> None:
        document["meetings"][1]["seats"] = {"min": 1, "max": 1}
        document["pins"] = _pins(("m-2", "r-a", None), ("m-2", "r-c", None))
        assert _paths(document) == ["pins[1]"]

    def test_open_slots_are_chosen_together(self, document: dict[str, Any]) -> None:
        # Three meetings that share the same two evenings, and one person pinned at all.
        slots = document["meetings"][0]["slots"]
        for meeting in document["meetings"]:
            meeting |= {"slots": slots, "place": "assen"}
        people = [(f"m-{number}", "r-a", None) for number in (1, 2, 3)]
        document["pins"] = _pins(*people)
        ((path, message),) = _refusals(document)
        assert path == "pins[2]"
        assert "m-1 and m-2 and m-3" in message
        document["pins"] = _pins(*people[:2])
        assert len(read_problem(json.dumps(document)).pins) == 2

    def test_a_long_chain_of_open_slots_is_settled(self, document: dict[str, Any]) -> None:
        # Each meeting can give way to the next one's first slot only by taking its second.
        first = document["meetings"][0]
        evenings = [
            {"start": f"2027-{m:02}-{d:02}T19:00:00Z", "end": f"2027-{m:02}-{d:02}T20:00:00Z"}
            for m in range(1, 13)
            for d in range(1, 29)
        ]
        document["meetings"] = [
            {**first, "id": f"m-{i}", "slots": [evenings[i], evenings[i + 1]]} for i in range(300)
        ]
        document["bans"], document["baseline"] = [], None
        document["pins"] = _pins(
            ("m-0", "r-a", 1), *((f"m-{i}", "r-a", None) for i in range(1, 300))
        )
        assert len(read_problem(json.dumps(document)).pins) == 300
        document["pins"].append(_pins(("m-299", "r-a", 0))[0])
        assert "pins[300]" in _paths(document)


def _pins(*pins: tuple[str, str, int | None]) -> list[dict[str, Any]]:
    return [{"meeting": m, "representative": r, "slot": slot} for m, r, slot in pins]


def test_every_fault_is_listed_at_once(document: dict[str, Any]) -> None:
    for path, value in (
        ("timezone", "Nowhere/At-All"),
        ("places.0.lat", "north"),
        ("organisations.1.region", "zuid"),
        ("representatives.0.home", 7),
        ("meetings.0.place", "roden"),
        ("meetings.0.weight", 0),
        ("meetings.1.slots.0.end", "soon"),
    ):
        _put(document, path, value)
    document["pins"] = _pins(("m-1", "r-c", 9), ("m-2", "r-b", None))
    document["meetings"].append(document["meetings"][0])
    assert sorted(_paths(document)) == [
        "meetings[0].place",
        "meetings[0].weight",
        "meetings[1].slots[0].end",
        "meetings[3].id",
        "meetings[3].place",
        "meetings[3].weight",
        "organisations[1].region",
        "pins[0].slot",
        "pins[1]",
        "places[0].lat",
        "representatives[0].home",
        "timezone",
    ]


def test_what_refers_to_something_faulty_is_no_fault_of_its_own(document: dict[str, Any]) -> None:
    document["places"][0]["name"] = 7
    document["organisations"] = "none"
    assert _paths(document) == ["places[0].name", "organisations"]


def test_a_clash_of_pins_is_found_beside_other_faults(document: dict[str, Any]) -> None:
    document["pins"] = _pins(("m-1", "r-a", 0), ("m-2", "r-a", 0))
    document["meetings"][2]["weight"] = 0
    assert _paths(document) == ["meetings[2].weight", "pins[1]"]


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe{}",
        b'{"name": "\xe9"}',
        "",
        "{",
        "{} {}",
        "[" * 100_000,
        '{"a":' * 100_000,
        "\ufeff{}",
        "[]",
        "null",
        "7",
        '"text"',
        "NaN",
        "1" * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_no_document_at_all_is_refused_as_a_whole(text: str | bytes) -> None:
    assert _paths(text) == [""]


def test_a_key_that_stands_twice_is_refused_where_it_does(document: dict[str, Any]) -> None:
    text = json.dumps(document).replace('"weight": 1,', '"weight": 1, "weight": 2,', 1)
    assert _paths(text) == ["meetings[0].weight"]


def test_half_surrogate_pairs_are_refused_wherever_they_stand(document: dict[str, Any]) -> None:
    document["meetings"][0]["title"] = "\ud83d"
    document["representatives"][0]["expertise"] = ["\udc00"]
    document["travel"]["minutes"]["\ud800"] = 5
    assert {"meetings[0].title", "representatives[0].expertise[0]"} <= set(_paths(document))
    assert 'travel.minutes["\\ud800"]' in _paths(document)


def test_whole_surrogate_pairs_are_letters_like_any_other(document: dict[str, Any]) -> None:
    document["meetings"][0]["title"] = "Overleg 🏠"
    assert read_problem(json.dumps(document)).meetings["m-1"].title == "Overleg 🏠"


def test_a_message_says_what_was_expected_and_what_was_found(document: dict[str, Any]) -> None:
    document["meetings"][0]["weight"] = [1]
    document["regions"][0]["weight"] = "a" * 100
    messages = dict(_refusals(document))
    assert messages["meetings[0].weight"] == "expected a whole number ≥ 1, found an array"
    assert messages["regions[0].weight"].endswith('found "' + "a" * 59 + "…")


def test_a_refusal_reads_as_one_fault_to_a_line(document: dict[str, Any]) -> None:
    document["name"], document["regions"] = 1, 2
    with pytest.raises(BadDocument, match="name: expected a text, found 1\nregions: expected an"):
        read_problem(json.dumps(document))
