"""What a publication says about one meeting, and how two of these sayings differ."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime

from scheduler.domain.terms import ChangeKind, Character, Level, MeetingState, Mode, Part


@dataclass(frozen=True, slots=True, order=True)
class Presence:
    """One person at a meeting: who, for whom, as what, and how."""

    representative_id: str
    organisation_id: str
    part: Part
    online: bool
    travel_minutes: int


@dataclass(frozen=True, slots=True, order=True)
class Hearing:
    """One interested organisation and who speaks for it; None where nobody does."""

    organisation_id: str
    speaker_id: str | None
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a publication freezes of one meeting. Instants in UTC, ends exclusive."""

    meeting_id: str
    uid: str
    title: str
    table_name: str | None
    level: Level
    character: Character
    municipality_id: str | None
    corporation_id: str | None
    mode: Mode
    place_id: str | None
    place_name: str | None
    address: str | None
    conference_url: str | None
    starts_at: datetime
    ends_at: datetime
    seats_min: int
    seats_max: int
    deputy_wanted: bool
    state: MeetingState
    people: frozenset[Presence]
    voices: frozenset[Hearing]

    def cancelled(self) -> "Facts":
        """The same meeting called off: who would have come stays known, to tell them."""
        return replace(self, state=MeetingState.CANCELLED)


FROZEN = tuple(field.name for field in fields(Facts) if field.name not in {"people", "voices"})
"""The facts that are columns of a published meeting under the same name."""

_BY_FIELD = {
    "starts_at": ChangeKind.MOVED,
    "ends_at": ChangeKind.MOVED,
    "mode": ChangeKind.PLACE,
    "place_id": ChangeKind.PLACE,
    "place_name": ChangeKind.PLACE,
    "address": ChangeKind.PLACE,
    "conference_url": ChangeKind.PLACE,
    "title": ChangeKind.DETAILS,
    "table_name": ChangeKind.DETAILS,
    "level": ChangeKind.DETAILS,
    "character": ChangeKind.DETAILS,
    "municipality_id": ChangeKind.DETAILS,
    "corporation_id": ChangeKind.DETAILS,
    "seats_min": ChangeKind.DETAILS,
    "seats_max": ChangeKind.DETAILS,
    "deputy_wanted": ChangeKind.DETAILS,
    "voices": ChangeKind.VOICES,
}

_BY_PART = {
    Part.ATTENDEE: ChangeKind.ATTENDEES,
    Part.DEPUTY: ChangeKind.DEPUTY,
    Part.SHADOW: ChangeKind.SHADOWS,
}


def changes(before: Facts | None, after: Facts) -> frozenset[ChangeKind]:
    """In which ways a meeting changed; empty where nothing did."""
    if before is None:
        return frozenset({ChangeKind.ADDED})
    if before.state is not after.state:
        off = after.state is MeetingState.CANCELLED
        return frozenset({ChangeKind.CANCELLED if off else ChangeKind.RESTORED})
    return frozenset(_differences(before, after))


def _differences(before: Facts, after: Facts) -> Iterator[ChangeKind]:
    for name, kind in _BY_FIELD.items():
        if getattr(before, name) != getattr(after, name):
            yield kind
    for part, kind in _BY_PART.items():
        if _who(before, part) != _who(after, part):
            yield kind


def _who(facts: Facts, part: Part) -> set[Presence]:
    return {presence for presence in facts.people if presence.part is part}
