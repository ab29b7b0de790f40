"""Drafts to publish, without a solver: who attends which meeting is simply said."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.terms import Part, PlanState

Draft = Callable[..., int]
"""`draft({"m-1": ["r-1"]}, deputies={"m-1": "r-2"})` gives the number of a new draft plan.

`voices` maps a meeting to who speaks for whom; by default everybody who attends speaks for itself.
"""


@pytest.fixture
def draft(session: Session, noon: datetime) -> Draft:
    def make(
        attendees: Mapping[str, list[str]],
        *,
        deputies: Mapping[str, str] | None = None,
        voices: Mapping[str, Mapping[str, str]] | None = None,
    ) -> int:
        plan = tables.Plan(
            first_day=date(2027, 1, 1),
            last_day=date(2027, 12, 31),
            as_of=noon,
            state=PlanState.DRAFT,
            created_at=noon,
            seed=1,
            workers=1,
            time_limit_seconds=1,
        )
        session.add(plan)
        session.flush()
        for meeting, people in attendees.items():
            _add_meeting(session, plan.id, meeting, people, (deputies or {}).get(meeting))
            spoken = (voices or {}).get(meeting)
            _add_voices(session, plan.id, meeting, spoken or _for_themselves(session, people))
        return plan.id

    return make


def _add_meeting(
    session: Session, plan_id: int, meeting: str, people: list[str], deputy: str | None
) -> None:
    slot = 0 if people else None
    session.add(tables.PlannedMeeting(plan_id=plan_id, meeting_id=meeting, slot_position=slot))
    session.flush()
    parts = [(person, Part.ATTENDEE) for person in people]
    parts += [(deputy, Part.DEPUTY)] if deputy else []
    session.add_all(
        tables.Assignment(
            plan_id=plan_id,
            meeting_id=meeting,
            representative_id=person,
            part=part,
            online=False,
            travel_minutes=0,
        )
        for person, part in parts
    )
    session.flush()


def _for_themselves(session: Session, people: list[str]) -> dict[str, str]:
    own = {session.get_one(tables.Representative, person).organisation_id for person in people}
    return {organisation: organisation for organisation in own}


def _add_voices(session: Session, plan_id: int, meeting: str, spoken: Mapping[str, str]) -> None:
    session.add_all(
        tables.Voice(
            plan_id=plan_id, meeting_id=meeting, organisation_id=organisation, speaker_id=speaker
        )
        for organisation, speaker in spoken.items()
    )
    session.flush()
