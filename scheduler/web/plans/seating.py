"""Who sits where: each table with who comes to it, told by its coming meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.db.views import MeetingView, Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """A table: when it next meets, who comes by organisation, and for whom they speak besides.

    Without a coming meeting it stands there all the same.
    """

    name: str
    next: MeetingView | None
    organisations: tuple[Named, ...]
    spoken_for: tuple[Named, ...]


def seating(tables: Sequence[Named], meetings: Sequence[MeetingView]) -> tuple[Seating, ...]:
    """Every table of a body, and what it meets about besides, in that order."""
    named = [table.name for table in tables]
    others = [each.table_name for each in meetings if each.table_name]
    return tuple(_seating(name, meetings) for name in dict.fromkeys([*named, *others]))


def _seating(name: str, meetings: Sequence[MeetingView]) -> Seating:
    here = [each for each in meetings if each.table_name == name]
    present = dict.fromkeys(each.organisation for m in here for each in m.attendees)
    heard = dict.fromkeys(
        voice.organisation for m in here for voice in m.voices if voice.speaker is not None
    )
    return Seating(
        name=name,
        next=here[0] if here else None,
        organisations=tuple(present),
        spoken_for=tuple(each for each in heard if each not in present),
    )
