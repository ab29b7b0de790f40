"""The meetings that are still to come, as far as the visitor may see them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from scheduler.db import published
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.terms import MeetingState
from scheduler.web.context import Visit
from scheduler.web.plans.roster import shelf_of


def coming(
    visit: Visit, wanted: MeetingFilter | None = None, *, cancelled: bool = False
) -> tuple[MeetingView, ...]:
    """From today on and not yet over, by their start; cancelled ones where asked."""
    return tuple(
        meeting
        for meeting in _published(visit, wanted)
        if meeting.ends_at > visit.at and (cancelled or meeting.state is MeetingState.PLANNED)
    )


def _published(visit: Visit, wanted: MeetingFilter | None) -> Iterable[MeetingView]:
    """All of it is kept for who plans; others, and who asks for some, get what the rows say."""
    if wanted is None and visit.who.sees_all:
        return shelf_of(visit).published(visit.session, visit.who)
    from_today = replace(wanted or MeetingFilter(), first_day=visit.today)
    return published.published_meetings(visit.session, visit.who, from_today)


def grouped(
    meetings: Iterable[MeetingView], keys: Callable[[MeetingView], Iterable[str]]
) -> dict[str, list[MeetingView]]:
    """The meetings under each of their keys, in the order given."""
    groups: dict[str, list[MeetingView]] = defaultdict(list)
    for meeting in meetings:
        for key in keys(meeting):
            groups[key].append(meeting)
    return groups


def people_at(meeting: MeetingView) -> tuple[str, ...]:
    """Who comes to a meeting or stands by, by identifier."""
    deputy = [meeting.deputy] if meeting.deputy else []
    return tuple(each.representative_id for each in (*meeting.attendees, *deputy))


def shadows_at(meeting: MeetingView) -> tuple[str, ...]:
    """Who comes along to a meeting to learn, by identifier."""
    return tuple(each.representative_id for each in meeting.shadows)
