"""What a tier's value is made of, piece by piece (rule book, section 5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solver.problem import Level, Meeting, Tier
from solver.rules import Roster, comfort, spread
from solver.rules.deputy import DEPUTY
from solver.rules.expertise import EXPERTISE
from solver.rules.presence import PRESENCE
from solver.rules.roster import Attendance
from solver.rules.stability import STABILITY

_WHOLE = (PRESENCE, EXPERTISE, DEPUTY, STABILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a tier's value, and what it belongs to; the rest is None.

    `voice` names meeting and organisation, `workload` a representative or an organisation,
    `spread` a meeting or a region, `comfort` a meeting (with the representative where it is about
    one attendance) or a series, and every other tier a meeting.
    """

    tier: Tier
    value: int
    meeting: str | None = None
    organisation: str | None = None
    representative: str | None = None
    region: str | None = None
    series: str | None = None


def of_meeting(table: Roster, meeting: Meeting) -> Iterator[Part]:
    """What one meeting adds whatever else is planned. `table` is a roster of it alone."""
    name = meeting.id
    for rule in _WHOLE:
        yield Part(tier=rule.name, value=rule.value(table), meeting=name)
    yield from _voices(table, meeting)
    if meeting.level is Level.PROVINCE:
        yield Part(tier=Tier.SPREAD, value=spread.of_table(table, meeting), meeting=name)
    yield Part(tier=Tier.COMFORT, value=comfort.of_table(table, name), meeting=name)
    yield from _attendances(table, name)


def _voices(table: Roster, meeting: Meeting) -> Iterator[Part]:
    voices = table.planned[meeting.id].voices
    for organisation, weight in meeting.interested.items():
        if organisation not in voices:
            value = meeting.weight * weight
            yield Part(tier=Tier.VOICE, value=value, meeting=meeting.id, organisation=organisation)


def _attendances(table: Roster, meeting: str) -> Iterator[Part]:
    slot = table.slot(meeting)
    if slot is None:
        return
    for name in dict.fromkeys(table.planned[meeting].attendees):
        value = comfort.of_attendance(table, Attendance(meeting, slot, name))
        yield Part(tier=Tier.COMFORT, value=value, meeting=meeting, representative=name)
