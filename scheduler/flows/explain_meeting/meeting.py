"""Why these people at a meeting, who else could come, who can't, and at which other times."""

from scheduler.db.views import Named
from scheduler.flows.adjusting.errors import said
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.explain_meeting.parts import DEPUTY, FREE, Explained, OtherTime, Reasons
from scheduler.flows.explain_meeting.someone import changes_of, someone
from solver.explain import Why, why
from solver.position import Position
from solver.ranking import Move, Seat, candidates_at, moves


def explain_meeting(standing: Standing, meeting_id: str, place: str, about: str = "") -> Explained:
    """Explain an open meeting, and who could take a place there.

    Args:
        standing: where things stand.
        meeting_id: an open meeting.
        place: `vrij`, `vervanger`, or the attendee whose place it is.
        about: the attendee whose coming is explained; by default whose place it is, or the first.
    """
    attendees = standing.planned(meeting_id).attendees
    asked = next((name for name in (place, about) if name in attendees), None)
    who = asked or min(attendees, default="")
    return standing.answer(
        (meeting_id, place, who),
        lambda position: _explained(standing, position, meeting_id, place, who),
    )


def usual_place(standing: Standing, meeting_id: str) -> str:
    """Which place is asked about unless another is: an empty one, the deputy's, or the first."""
    planned = standing.planned(meeting_id)
    meeting = standing.question.problem.meetings[meeting_id]
    if len(planned.attendees) < meeting.seats.min:
        return FREE
    if meeting.deputy and planned.deputy is None and planned.attendees:
        return DEPUTY
    return FREE if len(planned.attendees) < meeting.seats.max else min(planned.attendees)


def places(standing: Standing, meeting_id: str) -> tuple[str, ...]:
    """Every place that can be asked about."""
    planned = standing.planned(meeting_id)
    meeting = standing.question.problem.meetings[meeting_id]
    free = (FREE,) if len(planned.attendees) < meeting.seats.max else ()
    deputy = (DEPUTY,) if planned.attendees and meeting.deputy else ()
    return (*free, *deputy, *sorted(planned.attendees))


def _explained(
    standing: Standing, position: Position, meeting_id: str, place: str, who: str
) -> Explained:
    planned = position.planned[meeting_id]
    reason = why(position, meeting_id, who) if who else None
    if reason and place == who:
        found = (*(rival.candidate for rival in reason.rivals), *reason.unable)
    else:
        found = candidates_at(position, meeting_id, _seat(place))
    people = [someone(standing, position, meeting_id, each) for each in found]
    able = {each.representative for each in found if each.possible}
    unable = [each for each in people if each.id not in able]
    return Explained(
        place=place,
        why=_reasons_of(position, reason) if reason else None,
        pinned=frozenset(
            name for name in planned.attendees if position.derived.is_pinned(meeting_id, name)
        ),
        able=tuple(each for each in people if each.id in able),
        unable=tuple(each for each in unable if each.has_standing),
        outside=tuple(each for each in unable if not each.has_standing),
        times=tuple(_time(standing, meeting_id, each) for each in moves(position, meeting_id)),
    )


def _seat(place: str) -> Seat:
    if place == DEPUTY:
        return Seat(as_deputy=True)
    return Seat() if place == FREE else Seat(instead_of=place)


def _reasons_of(position: Position, found: Why) -> Reasons:
    known = position.problem.representatives
    rival = next(iter(found.rivals), None)
    following = rival.candidate.representative if rival else ""
    return Reasons(
        id=found.representative,
        label=known[found.representative].name,
        pinned=found.pinned,
        facts=tuple(said(each) for each in found.facts),
        without=changes_of(position, found.without),
        next_best=Named(following, known[following].name) if rival else None,
        next_changes=changes_of(position, rival.candidate.effect) if rival else (),
    )


def _time(standing: Standing, meeting_id: str, move: Move) -> OtherTime:
    span = standing.question.problem.meetings[meeting_id].slots[move.slot]
    return OtherTime(
        slot=standing.question.slot_positions[meeting_id][move.slot],
        starts_at=span.start,
        ends_at=span.end,
        changes=changes_of(standing.position, move.effect),
        refusals=tuple(dict.fromkeys(said(each.sentence) for each in move.refusals)),
    )
