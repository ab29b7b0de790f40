"""Figures per municipality for the meetings still to come: what, gaps, hours, travel, and who."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from scheduler.db import people
from scheduler.db.views import MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.times import local
from scheduler.flows.loads import Load, attended_in_force, summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One municipality; travel is there and back, `seated` who attends there, by name."""

    municipality: Named
    meetings: int
    gaps: int
    load: Load
    seated: tuple[str, ...]


def province_map(
    session: Session, actor: Actor, meetings: Sequence[MeetingView]
) -> tuple[Town, ...]:
    """The figures of these meetings, by municipality; all municipalities, with figures or not.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    loads = _loads(session, actor, meetings)
    return tuple(
        _town(each, [m for m in meetings if m.municipality == each], loads.get(each.id, Load()))
        for each in people.municipalities(session)
    )


def _loads(session: Session, actor: Actor, meetings: Sequence[MeetingView]) -> dict[str, Load]:
    if not meetings:
        return {}
    first, last = (local(each.starts_at).date() for each in (meetings[0], meetings[-1]))
    wanted = {each.id for each in meetings}
    attended = (
        each for each in attended_in_force(session, actor, first, last) if each.meeting_id in wanted
    )
    return summed(attended, lambda each: each.municipality_id or "")


def _town(municipality: Named, meetings: Collection[MeetingView], load: Load) -> Town:
    seated = {each.organisation.name for meeting in meetings for each in meeting.attendees}
    return Town(
        municipality=municipality,
        meetings=len(meetings),
        gaps=sum(meeting.has_gap for meeting in meetings),
        load=load,
        seated=tuple(sorted(seated)),
    )
