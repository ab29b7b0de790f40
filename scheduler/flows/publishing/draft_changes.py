"""What publishing a draft would change, compared with what is in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from scheduler.db.tables import Meeting
from scheduler.domain.terms import ChangeKind, MeetingState
from scheduler.flows.publishing.facts import Facts, changes
from scheduler.flows.publishing.facts_read import planned_facts

Change = tuple[Facts, frozenset[ChangeKind]]
"""A meeting as it would be, and in which ways that is new."""


@dataclass(frozen=True, slots=True)
class DraftChanges:
    """What would change, and what the draft says in vain: of meetings that have begun."""

    made: tuple[Change, ...]
    too_late: tuple[Facts, ...]


def upcoming_changes(
    session: Session, plan_id: int, before: Mapping[str, Facts], *, at: datetime
) -> DraftChanges:
    """What publishing a plan at an instant would change; what has begun stays as it is."""
    planned = planned_facts(session, plan_id)
    ahead = [facts for facts in planned if not _has_begun(facts, before, at)]
    return DraftChanges(
        made=tuple(_changed(before, [*ahead, *called_off(session, before)])),
        too_late=tuple(
            facts for facts, _ in _changed(before, planned) if _has_begun(facts, before, at)
        ),
    )


def _has_begun(facts: Facts, before: Mapping[str, Facts], at: datetime) -> bool:
    """Whether the meeting began, where it is planned or where it was published."""
    known = before.get(facts.meeting_id)
    on = known is not None and known.state is MeetingState.PLANNED
    return min(facts.starts_at, known.starts_at if known and on else facts.starts_at) <= at


def _changed(before: Mapping[str, Facts], after: Iterable[Facts]) -> Iterable[Change]:
    compared = ((facts, changes(before.get(facts.meeting_id), facts)) for facts in after)
    return ((facts, kinds) for facts, kinds in compared if kinds)


def called_off(session: Session, before: Mapping[str, Facts]) -> list[Facts]:
    """What was published and has been called off since, as publishing would say it."""
    off = set(session.exec(select(Meeting.id).where(Meeting.state == MeetingState.CANCELLED)))
    return [facts.cancelled() for facts in before.values() if facts.meeting_id in off]
