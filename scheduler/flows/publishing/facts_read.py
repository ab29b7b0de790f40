"""Reading facts: what the latest publication says, and what a plan would."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.db import published
from scheduler.db.participation import Choices, all_choices
from scheduler.db.tables import (
    Assignment,
    Interest,
    Meeting,
    Place,
    Plan,
    PlannedMeeting,
    PublishedAttendance,
    PublishedMeeting,
    PublishedVoice,
    Representative,
    Shadow,
    Slot,
    Table,
    TravelTime,
    Voice,
)
from scheduler.domain.terms import MeetingState, Mode, Part, Participation
from scheduler.domain.times import local
from scheduler.flows.publishing.facts import FROZEN, Facts, Hearing, Presence


def facts_in_force(session: Session) -> dict[str, Facts]:
    """What the latest publication says, by meeting."""
    return _frozen(session, col(PublishedMeeting.last_publication).is_(None))


def facts_before(session: Session, plan_id: int) -> dict[str, Facts]:
    """What the latest publication says of all that publishing a plan could change.

    That is the plan's meetings, and those that were called off since.
    """
    planned = select(PlannedMeeting.meeting_id).where(PlannedMeeting.plan_id == plan_id)
    off = select(Meeting.id).where(Meeting.state == MeetingState.CANCELLED)
    concerned = or_(
        col(PublishedMeeting.meeting_id).in_(planned),
        and_(
            col(PublishedMeeting.state) == MeetingState.PLANNED,
            col(PublishedMeeting.meeting_id).in_(off),
        ),
    )
    return _frozen(session, and_(col(PublishedMeeting.last_publication).is_(None), concerned))


def facts_at(
    session: Session, number: int, *, among: Collection[str] | None = None
) -> dict[str, Facts]:
    """What a publication says, by meeting; of these meetings only, where asked."""
    condition = published.valid_at(number)
    if among is not None:
        condition = and_(condition, col(PublishedMeeting.meeting_id).in_(among))
    return _frozen(session, condition)


def _frozen(session: Session, condition: ColumnElement[bool]) -> dict[str, Facts]:
    rows = session.exec(select(PublishedMeeting).where(condition)).all()
    people: dict[int, set[Presence]] = defaultdict(set)
    # Columns, not rows: making objects of a year's people and voices costs most.
    there = select(
        PublishedAttendance.published_meeting_id,
        PublishedAttendance.representative_id,
        PublishedAttendance.organisation_id,
        PublishedAttendance.part,
        PublishedAttendance.online,
        PublishedAttendance.travel_minutes,
    )  # type: ignore[call-overload]
    for meeting, *presence in session.exec(there.join(PublishedMeeting).where(condition)):
        people[meeting].add(Presence(*presence))
    voices: dict[int, set[Hearing]] = defaultdict(set)
    spoken = select(
        PublishedVoice.published_meeting_id,
        PublishedVoice.organisation_id,
        PublishedVoice.speaker_id,
        PublishedVoice.weight,
    )
    for meeting, *hearing in session.exec(spoken.join(PublishedMeeting).where(condition)):
        voices[meeting].add(Hearing(*hearing))
    return {
        row.meeting_id: Facts(
            **{name: getattr(row, name) for name in FROZEN},
            people=frozenset(people[row.id]),
            voices=frozenset(voices[row.id]),
        )
        for row in rows
    }


def planned_facts(session: Session, plan_id: int) -> list[Facts]:
    """What a plan would have published.

    A meeting without attendees stands at the first of its slots that the plan could still choose.
    """
    reading = _read(session, plan_id)
    query = (
        select(PlannedMeeting, Meeting)
        .join(Meeting)
        .where(PlannedMeeting.plan_id == plan_id, Meeting.state == MeetingState.PLANNED)
        .order_by(Meeting.id)
    )
    return [_facts(meeting, planned, reading) for planned, meeting in session.exec(query)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The rows around a plan's meetings, by meeting or by their own identifier."""

    as_of: datetime
    slots: Mapping[str, Mapping[int, Slot]]
    people: Mapping[str, frozenset[Presence]]
    speakers: Mapping[tuple[str, str], str]
    interests: Mapping[str, Iterable[tuple[str, int]]]
    choices: Choices
    places: Mapping[str | None, Place]
    tables: Mapping[str | None, str]


def _read(session: Session, plan_id: int) -> _Reading:
    people: dict[str, set[Presence]] = defaultdict(set)
    attendances = (
        select(Assignment, Representative).join(Representative).where(Assignment.plan_id == plan_id)
    )
    for assignment, person in session.exec(attendances):
        people[assignment.meeting_id].add(_presence(assignment, person.organisation_id))
    planned = select(PlannedMeeting.meeting_id).where(PlannedMeeting.plan_id == plan_id)
    for meeting_id, shadow in shadows_of(session, planned):
        if all(each.representative_id != shadow.representative_id for each in people[meeting_id]):
            people[meeting_id].add(shadow)
    interests: dict[str, list[tuple[str, int]]] = defaultdict(list)
    asked = select(Interest.meeting_id, Interest.organisation_id, Interest.weight)
    for meeting, giver, weight in session.exec(asked.where(col(Interest.meeting_id).in_(planned))):
        interests[meeting].append((giver, weight))
    spoken = select(Voice.meeting_id, Voice.organisation_id, Voice.speaker_id)
    voices = session.exec(spoken.where(Voice.plan_id == plan_id))
    slots: dict[str, dict[int, Slot]] = defaultdict(dict)
    of_plan = select(Slot).where(col(Slot.meeting_id).in_(planned))
    for slot in session.exec(of_plan.order_by(col(Slot.position))):
        slots[slot.meeting_id][slot.position] = slot
    return _Reading(
        as_of=session.get_one(Plan, plan_id).as_of,
        slots=slots,
        people={meeting: frozenset(those) for meeting, those in people.items()},
        speakers={(meeting, giver): speaker for meeting, giver, speaker in voices},
        interests=interests,
        choices=all_choices(session),
        places={place.id: place for place in session.exec(select(Place))},
        tables=dict(session.exec(select(Table.id, Table.name)).all()),
    )


def shadows_of(session: Session, meetings: SelectOfScalar[str]) -> Iterator[tuple[str, Presence]]:
    """Who comes along to these meetings to learn, with how far it is."""
    query = (
        select(Shadow, Representative, Meeting)
        .join(Representative, col(Representative.id) == col(Shadow.representative_id))
        .join(Meeting, col(Meeting.id) == col(Shadow.meeting_id))
        .where(col(Shadow.meeting_id).in_(meetings))
    )
    for shadow, person, meeting in session.exec(query).all():
        travel = session.get(TravelTime, (person.home_id, meeting.place_id or ""))
        online = meeting.mode is Mode.ONLINE
        yield (
            shadow.meeting_id,
            Presence(
                representative_id=person.id,
                organisation_id=person.organisation_id,
                part=Part.SHADOW,
                online=online,
                travel_minutes=0 if online or travel is None else travel.minutes,
            ),
        )


def _presence(row: Assignment | PublishedAttendance, organisation_id: str) -> Presence:
    return Presence(
        representative_id=row.representative_id,
        organisation_id=organisation_id,
        part=row.part,
        online=row.online,
        travel_minutes=row.travel_minutes,
    )


def _slot(meeting: Meeting, planned: PlannedMeeting, reading: _Reading) -> Slot:
    slots = reading.slots[meeting.id]
    if planned.slot_position is not None:
        return slots[planned.slot_position]
    return next(slot for slot in slots.values() if slot.starts_at > reading.as_of)


def _facts(meeting: Meeting, planned: PlannedMeeting, reading: _Reading) -> Facts:
    slot = _slot(meeting, planned, reading)
    place = None if meeting.mode is Mode.ONLINE else reading.places[meeting.place_id]
    return Facts(
        meeting_id=meeting.id,
        uid=meeting.uid,
        title=meeting.title,
        table_name=reading.tables.get(meeting.table_id),
        level=meeting.level,
        character=meeting.character,
        municipality_id=meeting.municipality_id,
        corporation_id=meeting.corporation_id,
        mode=meeting.mode,
        place_id=place.id if place else None,
        place_name=place.name if place else None,
        address=place.address if place else None,
        conference_url=meeting.conference_url,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        seats_min=meeting.seats_min,
        seats_max=meeting.seats_max,
        deputy_wanted=meeting.deputy_wanted,
        state=meeting.state,
        people=reading.people.get(meeting.id, frozenset()),
        voices=frozenset(
            Hearing(organisation, reading.speakers.get((meeting.id, organisation)), weight)
            for organisation, weight in reading.interests[meeting.id]
            if not _leaves_alone(organisation, meeting, slot, reading.choices)
        ),
    )


def _leaves_alone(organisation: str, meeting: Meeting, slot: Slot, choices: Choices) -> bool:
    """Whether an organisation chose not to take part in such a meeting on its day."""
    day = local(slot.starts_at).date()
    chosen = choices.of(
        organisation, day, level=meeting.level, topics=meeting.topics, table=meeting.table_id
    )
    return chosen is Participation.OUT
