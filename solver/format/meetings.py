"""Readers of what is to be covered, and of what was planned for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from solver.format import clock, frame
from solver.format.known import Known
from solver.format.leaves import Reader, choice, flag, known, text, whole
from solver.format.refusal import Finding, Refused, refuse
from solver.format.shapes import Demand, array, distinct, maybe, members, record
from solver.problem import Ban, Level, Meeting, Mode, Pin, PlannedMeeting, Seats, Span

_seats = record(
    Seats,
    {"min": whole(), "max": whole(1)},
    Demand(
        ("min", "max"), lambda least, most: least <= most, "max", "expected no fewer than the min"
    ),
)


def meeting(names: Known) -> Reader[Meeting]:
    """A meeting with its slots in the horizon and known places and organisations."""
    return record(
        _meeting,
        {
            "id": text,
            "title": text,
            "series": maybe(text),
            "level": choice(Level),
            "municipality": maybe(text),
            "topics": members(text),
            "mode": choice(Mode),
            "place": maybe(known("a place", names.places)),
            "slots": array(_slot(names.opens, names.closes), least=1),
            "weight": whole(1),
            "seats": _seats,
            "expertise": members(text),
            "preparation_minutes": whole(),
            "report_minutes": whole(),
            "deputy": flag,
            "interested": array(_interest(names), unique="organisation"),
        },
        Demand(
            ("mode", "place"),
            lambda mode, place: mode is Mode.ONLINE or place is not None,
            "place",
            "expected a place, because the meeting isn't online",
        ),
    )


def _meeting(*, interested: tuple[tuple[str, int], ...], **fields: Any) -> Meeting:
    return Meeting(interested=dict(interested), **fields)


def _interest(names: Known) -> Reader[tuple[str, int]]:
    readers = {
        "organisation": known("an organisation", names.organisations),
        "weight": whole(1),
    }
    return record(lambda *, organisation, weight: (organisation, weight), readers)


def _slot(opens: datetime | None, closes: datetime | None) -> Reader[Span]:
    def starts_inside(start: datetime) -> bool:
        return opens is None or opens <= start

    def ends_inside(end: datetime) -> bool:
        return closes is None or end <= closes

    return record(
        Span,
        {"start": clock.instant, "end": clock.instant},
        frame.ENDS_LATER,
        Demand(("start",), starts_inside, "start", "expected no start before the horizon"),
        Demand(("end",), ends_inside, "end", "expected no end after the horizon"),
    )


def pin(names: Known) -> Reader[Pin]:
    """A known representative at a known meeting, in one of its slots or any."""
    return record(
        Pin,
        {
            "meeting": known("a meeting", names.meetings),
            "representative": known("a representative", names.representatives),
            "slot": maybe(whole()),
        },
        _existing_slot(names.slots),
    )


def ban(names: Known) -> Reader[Ban]:
    """A known representative away from a known meeting, or from all."""
    return record(
        Ban,
        {
            "meeting": maybe(known("a meeting", names.meetings)),
            "representative": known("a representative", names.representatives),
        },
    )


def baseline_meeting(names: Known) -> Reader[PlannedMeeting]:
    """One meeting of an earlier plan: it, and who came, may have gone since."""
    return record(
        PlannedMeeting,
        {
            "meeting": text,
            "slot": maybe(whole()),
            "attendees": distinct(text),
            "deputy": maybe(text),
            "voices": _voices(names),
        },
        _existing_slot(names.slots),
    )


def planned_meeting(names: Known) -> Reader[PlannedMeeting]:
    """One meeting of a plan, as it was written: whether it may stand is for `check` to say."""
    representative = known("a representative", names.representatives)
    return record(
        PlannedMeeting,
        {
            "meeting": known("a meeting", names.meetings),
            "slot": maybe(whole()),
            "attendees": array(representative),
            "deputy": maybe(representative),
            "voices": _voices(names),
        },
    )


def _existing_slot(slots: Mapping[str, int]) -> Demand:
    def exists(meeting: str, slot: int | None) -> bool:
        return slot is None or meeting not in slots or slot < slots[meeting]

    return Demand(("meeting", "slot"), exists, "slot", "expected a slot of the meeting, from 0")


def _voices(names: Known) -> Reader[Mapping[str, str]]:
    organisation = known("an organisation", names.organisations)

    def read(value: object) -> dict[str, str]:
        if not isinstance(value, dict):
            raise refuse("an object", value)
        findings: list[Finding] = []
        for heard, speaker in value.items():
            for name in (heard, speaker):
                try:
                    organisation(name)
                except Refused as refused:
                    findings.extend(refused.below(heard))
        if findings:
            raise Refused(findings)
        return dict(value)

    return read
