"""A year's positions: what was thought of each agenda item beforehand, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session

from scheduler.db import agenda
from scheduler.db.input import VersionView, meetings_with_input, newest_versions
from scheduler.db.report_views import ItemView, Told
from scheduler.db.views import AgendaItemView, MeetingView, Named
from scheduler.domain.access import Actor
from scheduler.domain.terms import Carried, Stance
from scheduler.flows.year_report.facts import PositionLine

_ORDER = (Stance.FOR, Stance.FOR_IF, Stance.AGAINST, Stance.ABSTAIN)


def positions_of(
    session: Session,
    reader: Actor,
    organisation: Named | None,
    meetings: Iterable[MeetingView],
    told: Iterable[Told],
) -> tuple[PositionLine, ...]:
    """The lines of one organisation, or counted for all where it is None; by meeting and item.

    The reader is the organisation's board, or somebody who sees all.
    """
    by_id = {each.id: each for each in meetings}
    given = meetings_with_input(session, reader, by_id)
    items = {each.meeting.id: each.report.items for each in told}
    return tuple(
        line
        for meeting in by_id.values()
        if meeting.id in given
        for line in _lines(session, reader, organisation, meeting, items.get(meeting.id, ()))
    )


def _lines(
    session: Session,
    reader: Actor,
    organisation: Named | None,
    meeting: MeetingView,
    items: tuple[ItemView, ...],
) -> Iterator[PositionLine]:
    versions = newest_versions(session, reader, meeting.id)
    came = {each.agenda_item_id: each for each in items}
    for item in agenda.agenda_of(session, reader, meeting.id):
        line = _line(meeting, item, organisation, versions, came.get(item.id))
        if line.own or line.counts:
            yield line


def _line(
    meeting: MeetingView,
    item: AgendaItemView,
    organisation: Named | None,
    versions: Mapping[str, VersionView],
    came: ItemView | None,
) -> PositionLine:
    said = {name: each.positions.get(item.id) for name, each in versions.items()}
    stances = Counter(each.stance for each in said.values() if each is not None)
    counts = tuple((each, stances[each]) for each in _ORDER if stances[each])
    return PositionLine(
        meeting=meeting,
        title=item.title,
        own=said.get(organisation.id) if organisation else None,
        counts=() if organisation else counts,
        outcome=came.outcome if came else None,
        carried=_carried(came, organisation),
    )


def _carried(came: ItemView | None, organisation: Named | None) -> Carried | None:
    voices = came.voices if came else ()
    return next((each.carried for each in voices if each.organisation == organisation), None)
