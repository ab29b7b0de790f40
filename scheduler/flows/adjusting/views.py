"""Meetings of a draft in the shape in which published ones are shown, so that both read alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.db.views import Attendance, MeetingView, Named, VoiceHeard
from scheduler.domain.terms import ChangeKind, MeetingState, Mode, Part
from scheduler.domain.times import EPOCH
from scheduler.flows.problem_builder import Question
from solver.position import Position
from solver.problem import PlannedMeeting

New = Mapping[str, frozenset[ChangeKind]]


def differences(
    question: Question,
    below: Mapping[str, PlannedMeeting],
    planned: Mapping[str, PlannedMeeting],
    views: Iterable[MeetingView],
) -> dict[str, frozenset[ChangeKind]]:
    """What a plan would change about what is published, by meeting."""
    known = {view.id for view in views}
    return {
        meeting: kinds
        for meeting, wanted in planned.items()
        if meeting not in question.held
        and (kinds := kinds_of(below[meeting], wanted, is_new=meeting not in known))
    }


def kinds_of(
    before: PlannedMeeting, after: PlannedMeeting, *, is_new: bool
) -> frozenset[ChangeKind]:
    """In which ways one meeting would change; empty where it wouldn't."""
    if is_new:
        return frozenset({ChangeKind.ADDED})
    found = {
        ChangeKind.MOVED: None not in {before.slot, after.slot} and before.slot != after.slot,
        ChangeKind.ATTENDEES: set(before.attendees) != set(after.attendees),
        ChangeKind.DEPUTY: before.deputy != after.deputy,
        ChangeKind.VOICES: dict(before.voices) != dict(after.voices),
    }
    return frozenset(kind for kind, differs in found.items() if differs)


def shown(
    session: Session,
    views: Iterable[MeetingView],
    position: Position,
    question: Question,
    new: New,
) -> tuple[MeetingView, ...]:
    """The published views, those that a plan changes as it would have them, by their start."""
    added = [meeting for meeting, kinds in new.items() if ChangeKind.ADDED in kinds]
    found = (*views, *_unpublished(session, added, question))
    seen = (as_planned(view, position) if view.id in new else view for view in found)
    return tuple(sorted(seen, key=lambda view: (view.starts_at, view.id)))


def as_planned(view: MeetingView, position: Position) -> MeetingView:
    """A meeting's view as the position plans it; where nobody attends, at its first slot."""
    problem, planned = position.problem, position.planned[view.id]
    meeting = problem.meetings[view.id]
    slot = meeting.slots[planned.slot or 0]
    names = {each.id: Named(each.id, each.name) for each in problem.organisations.values()}
    weights = sorted(meeting.interested.items(), key=lambda each: (-each[1], each[0]))
    speakers = planned.voices
    return replace(
        view,
        starts_at=slot.start,
        ends_at=slot.end,
        attendees=tuple(
            _person(position, view.id, name, Part.ATTENDEE) for name in sorted(planned.attendees)
        ),
        deputy=_person(position, view.id, planned.deputy, Part.DEPUTY) if planned.deputy else None,
        voices=tuple(
            VoiceHeard(
                organisation=names[heard],
                speaker=names[speakers[heard]] if heard in speakers else None,
                weight=weight,
            )
            for heard, weight in weights
        ),
    )


def _person(position: Position, meeting: str, name: str, part: Part) -> Attendance:
    person = position.problem.representatives[name]
    organisation = position.problem.organisations[person.organisation]
    return Attendance(
        representative_id=name,
        label=person.name,
        label_is_public=False,
        organisation=Named(organisation.id, organisation.name),
        part=part,
        online=position.derived.is_online(meeting, name),
    )


def _unpublished(
    session: Session, meetings: Iterable[str], question: Question
) -> Iterator[MeetingView]:
    """Meetings that no publication knows yet, at the first of their slots, with nobody."""
    query = select(tables.Meeting).where(col(tables.Meeting.id).in_(list(meetings)))
    for meeting in session.exec(query):
        yield _bare(session, meeting, question)


def _bare(session: Session, meeting: tables.Meeting, question: Question) -> MeetingView:
    slot = question.problem.meetings[meeting.id].slots[0]
    online = meeting.mode is Mode.ONLINE
    place = None if online else session.get(tables.Place, meeting.place_id)
    table = session.get(tables.Table, meeting.table_id) if meeting.table_id else None
    return MeetingView(
        id=meeting.id,
        uid=meeting.uid,
        revision=0,
        revised_at=EPOCH,
        title=meeting.title,
        table_name=table.name if table else None,
        level=meeting.level,
        character=meeting.character,
        municipality=_named(session.get(tables.Municipality, meeting.municipality_id or "")),
        corporation=_named(session.get(tables.Corporation, meeting.corporation_id or "")),
        mode=meeting.mode,
        place_name=place.name if place else None,
        address=place.address if place else None,
        conference_url=meeting.conference_url,
        starts_at=slot.start,
        ends_at=slot.end,
        seats_min=meeting.seats_min,
        seats_max=meeting.seats_max,
        deputy_wanted=meeting.deputy_wanted,
        state=MeetingState.PLANNED,
    )


def _named(row: tables.Municipality | tables.Corporation | None) -> Named | None:
    return Named(row.id, row.name) if row else None
