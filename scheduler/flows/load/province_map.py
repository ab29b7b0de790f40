"""Figures per municipality for the meetings still to come: what, gaps, hours, travel, and who."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from scheduler.db import people
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.flows.load.loads import Attended, Load, summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One municipality; travel is there and back, `seated` who attends there, by name."""

    municipality: Named
    meetings: int
    gaps: int
    load: Load
    seated: tuple[str, ...]


def province_map(
    session: Session,
    actor: Actor,
    meetings: Iterable[MeetingView],
    attended: Iterable[Attended],
) -> tuple[Town, ...]:
    """The figures of these meetings, by municipality; all municipalities, with figures or not.

    Args:
        session: the session.
        actor: who asks; must plan for all.
        meetings: the meetings that count.
        attended: every attendance that is published, or at least those of these meetings.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    wanted = {each.id for each in meetings}
    there = (each for each in attended if each.meeting_id in wanted)
    loads = summed(there, lambda each: each.municipality_id or "")
    by_town: dict[str, list[MeetingView]] = defaultdict(list)
    for meeting in meetings:
        if meeting.municipality:
            by_town[meeting.municipality.id].append(meeting)
    return tuple(
        _town(each, by_town[each.id], loads.get(each.id, Load()))
        for each in people.municipalities(session)
    )


def _town(municipality: Named, meetings: Collection[MeetingView], load: Load) -> Town:
    seated = {each.organisation.name for meeting in meetings for each in meeting.attendees}
    return Town(
        municipality=municipality,
        meetings=len(meetings),
        gaps=sum(meeting.has_gap for meeting in meetings),
        load=load,
        seated=tuple(sorted(seated)),
    )
