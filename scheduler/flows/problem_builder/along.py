"""Who comes along to a meeting to learn: settled work, which every limit and every load counts.

The rule book knows no coming along. So to the solver each is a meeting of its own that has been
settled: at the same time and place, with one seat, pinned, and nobody who has to be heard. It takes
that person's time, is in their week, their month and their organisation's load, and is no presence
where they come along.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.domain.terms import MeetingState, Part
from scheduler.domain.times import local_midnight
from solver.derive import Derived
from solver.format.seating import unseatable
from solver.problem import (
    Horizon,
    Level,
    Meeting,
    Mode,
    Pin,
    PlannedMeeting,
    Problem,
    Seats,
    Span,
)


@dataclass(frozen=True, slots=True)
class Along:
    """One person who comes along, as a meeting of their own; `way` is how long one way takes."""

    meeting: Meeting
    representative: str
    way: timedelta

    @property
    def pin(self) -> Pin:
        """That they do."""
        return Pin(meeting=self.meeting.id, representative=self.representative, slot=0)

    @property
    def planned(self) -> PlannedMeeting:
        """The same, in a plan."""
        return PlannedMeeting(
            meeting=self.meeting.id,
            slot=0,
            attendees=(self.representative,),
            deputy=None,
            voices={},
        )

    @property
    def taken(self) -> Span:
        """The time that it takes, the way there and back included."""
        (held,) = self.meeting.slots
        return Span(held.start - self.way, held.end + self.way)


def coming_along(session: Session, horizon: Horizon) -> tuple[Along, ...]:
    """Everybody who comes along to a published meeting of the horizon, past or to come."""
    there, held, paper = tables.PublishedAttendance, tables.PublishedMeeting, tables.Meeting
    query = (
        select(there, held, paper)
        .join(held, col(held.id) == col(there.published_meeting_id))
        .join(paper, col(paper.id) == col(held.meeting_id))
        .where(
            there.part == Part.SHADOW,
            col(held.last_publication).is_(None),
            held.state == MeetingState.PLANNED,
            col(held.starts_at) >= local_midnight(horizon.first_day),
            col(held.ends_at) <= local_midnight(horizon.last_day + timedelta(days=1)),
        )
        .order_by(col(held.meeting_id), there.representative_id)
    )
    return tuple(_along(*each) for each in session.exec(query))


def _along(
    there: tables.PublishedAttendance, held: tables.PublishedMeeting, paper: tables.Meeting
) -> Along:
    meeting = Meeting(
        id=f"{held.meeting_id}+{there.representative_id}",
        title=f"Meelopen: {held.title}",
        series=None,
        level=Level.MUNICIPALITY,
        municipality=None,
        topics=frozenset(),
        mode=Mode(held.mode),
        place=held.place_id,
        slots=(Span(held.starts_at, held.ends_at),),
        weight=1,
        seats=Seats(0, 1),
        expertise=frozenset(),
        preparation_minutes=paper.preparation_minutes,
        report_minutes=paper.report_minutes,
        deputy=False,
        interested={},
    )
    return Along(meeting, there.representative_id, timedelta(minutes=there.travel_minutes))


def joined(problem: Problem, everybody: Sequence[Along]) -> tuple[Problem, tuple[Along, ...]]:
    """The problem with those who come along, and which of them are meetings in it.

    Pins that can't all be kept make a problem that is refused. Whoever is pinned elsewhere at the
    time has the time taken instead: the coordinator's word goes before what is learnt.
    """
    if not everybody:
        return problem, ()
    troubles = tuple(unseatable(Derived(_with_meetings(problem, everybody))))
    fit = tuple(
        each for each in everybody if not any(trouble.concerns(each.pin) for trouble in troubles)
    )
    others = [each for each in everybody if each not in fit]
    return _with_taken(_with_meetings(problem, fit), others), fit


def _with_meetings(problem: Problem, those: Sequence[Along]) -> Problem:
    return replace(
        problem,
        meetings={**problem.meetings, **{each.meeting.id: each.meeting for each in those}},
        pins=(*problem.pins, *(each.pin for each in those)),
    )


def _with_taken(problem: Problem, those: Sequence[Along]) -> Problem:
    people = dict(problem.representatives)
    for each in those:
        person = people[each.representative]
        people[person.id] = replace(person, busy=(*person.busy, each.taken))
    return replace(problem, representatives=people)
