"""What was published, as far as the asking actor may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.db.participation import all_choices
from scheduler.db.tables import (
    Corporation,
    Meeting,
    Municipality,
    Organisation,
    Plan,
    Publication,
    PublicationChange,
    PublishedAttendance,
    PublishedMeeting,
    PublishedVoice,
    Representative,
)
from scheduler.db.views import (
    Attendance,
    ChangedMeeting,
    MeetingFilter,
    MeetingView,
    Named,
    PublicationView,
    VoiceHeard,
)
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import ChangeKind, Level, MeetingState, Part, Participation, Role
from scheduler.domain.times import local, local_midnight

UNNAMED = "Afgevaardigde"
"""How a representative is called to those who haven't been given the label."""


def newest(session: Session) -> Publication | None:
    """The row of the publication in force, or None before the first."""
    return session.exec(select(Publication).order_by(col(Publication.number).desc())).first()


def oldest(session: Session) -> Publication | None:
    """The row of the first publication, or None before it."""
    return session.exec(select(Publication).order_by(col(Publication.number))).first()


def latest_publication(session: Session) -> PublicationView | None:
    """The publication in force, or None before the first."""
    found = newest(session)
    return publication(session, found.number) if found else None


def publication(session: Session, number: int) -> PublicationView:
    """One publication with how many meetings it changed in which way; NotFound where absent."""
    found = session.exec(
        select(Publication, Plan)
        .join(Plan, col(Plan.id) == col(Publication.plan_id))
        .where(Publication.number == number)
    ).first()
    if found is None:
        raise NotFound("publicatie", str(number))
    published, plan = found
    counts = session.exec(
        select(PublicationChange.kind, func.count())
        .where(PublicationChange.publication_number == number)
        .group_by(col(PublicationChange.kind))
    )
    return PublicationView(
        number=published.number,
        published_at=published.published_at,
        first_day=plan.first_day,
        last_day=plan.last_day,
        changes={ChangeKind(kind): number for kind, number in counts},
    )


def publications(session: Session, actor: Actor, *, most: int = 20) -> tuple[Publication, ...]:
    """The newest publications, for who sees all."""
    actor.must_see_all()
    query = select(Publication).order_by(col(Publication.number).desc()).limit(most)
    return tuple(session.exec(query))


def publication_changes(session: Session, actor: Actor, number: int) -> tuple[ChangedMeeting, ...]:
    """What a publication changed, as it said it then, by the meetings' start.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    then = valid_at(number)
    rows = session.exec(
        select(PublicationChange, PublishedMeeting)
        .join(
            PublishedMeeting,
            and_(col(PublishedMeeting.meeting_id) == PublicationChange.meeting_id, then),
        )
        .where(PublicationChange.publication_number == number)
        .order_by(
            col(PublishedMeeting.starts_at), PublishedMeeting.meeting_id, PublicationChange.kind
        )
    )
    kinds: dict[str, list[ChangeKind]] = defaultdict(list)
    meetings: dict[str, PublishedMeeting] = {}
    for change, meeting in rows:
        kinds[meeting.meeting_id].append(change.kind)
        meetings[meeting.meeting_id] = meeting
    return tuple(
        ChangedMeeting(
            meeting_id=identifier,
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            kinds=tuple(kinds[identifier]),
        )
        for identifier, meeting in meetings.items()
    )


def changed_meetings(session: Session, actor: Actor, number: int) -> tuple[str, ...]:
    """The meetings that a publication changed, by their start as it said it then.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    changed = select(PublicationChange.meeting_id).where(
        PublicationChange.publication_number == number
    )
    query = (
        select(PublishedMeeting.meeting_id)
        .where(valid_at(number), col(PublishedMeeting.meeting_id).in_(changed))
        .order_by(col(PublishedMeeting.starts_at), PublishedMeeting.uid)
    )
    return tuple(session.exec(query))


def valid_at(number: int) -> ColumnElement[bool]:
    """The revisions of which a publication consists."""
    return and_(
        col(PublishedMeeting.first_publication) <= number,
        or_(
            col(PublishedMeeting.last_publication).is_(None),
            col(PublishedMeeting.last_publication) >= number,
        ),
    )


def published_meeting(session: Session, actor: Actor, meeting_id: str) -> MeetingView:
    """One published meeting; NotFound where it isn't there or isn't this actor's to see."""
    wanted = _visible(actor).where(col(PublishedMeeting.meeting_id) == meeting_id)
    views = _views(session, actor, session.exec(wanted).all())
    if not views:
        raise NotFound("overleg", meeting_id)
    return views[0]


def revision_of_meeting(
    session: Session, actor: Actor, meeting_id: str, revision: int
) -> MeetingView:
    """A meeting as one revision said it, in force or not; NotFound where there was none.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    wanted = select(PublishedMeeting).where(
        PublishedMeeting.meeting_id == meeting_id, PublishedMeeting.revision == revision
    )
    views = _views(session, actor, session.exec(wanted).all())
    if not views:
        raise NotFound("overleg", meeting_id)
    return views[0]


def published_meetings(
    session: Session, actor: Actor, wanted: MeetingFilter
) -> tuple[MeetingView, ...]:
    """The published meetings that fit the filter, by their start."""
    rows = session.exec(_visible(actor).where(*_conditions(wanted))).all()
    views = _views(session, actor, rows)
    return tuple(view for view in views if view.has_gap) if wanted.gaps_only else views


def visible_ids(session: Session, actor: Actor, wanted: MeetingFilter) -> tuple[str, ...]:
    """The published meetings that fit the filter, gaps left out of account, by their start.

    For who has the views of all of them at hand: reading those again is most of the work.
    """
    query = (
        select(PublishedMeeting.meeting_id)
        .where(_in_force(actor), *_conditions(wanted))
        .order_by(col(PublishedMeeting.starts_at), PublishedMeeting.meeting_id)
    )
    return tuple(session.exec(query))


def own_trips(session: Session, actor: Actor) -> dict[str, int]:
    """How far the asking representative has to go to each of their meetings in force."""
    if actor.role is not Role.REPRESENTATIVE:
        return {}
    query = (
        select(PublishedMeeting.meeting_id, PublishedAttendance.travel_minutes)
        .join(PublishedAttendance)
        .where(
            col(PublishedMeeting.last_publication).is_(None),
            PublishedAttendance.representative_id == actor.subject,
        )
    )
    return dict(session.exec(query).all())


def changed_for(session: Session, representative_id: str, *, since: int) -> frozenset[str]:
    """The UIDs of the meetings that may have changed for a representative after a publication.

    A revision that began later, or ended with that publication or later, is a change; it is this
    person's where they attend or stand by before or after it.
    """
    changed = (
        select(PublishedMeeting.uid)
        .join(PublishedAttendance)
        .where(
            PublishedAttendance.representative_id == representative_id,
            or_(
                col(PublishedMeeting.first_publication) > since,
                col(PublishedMeeting.last_publication) >= since,
            ),
        )
    )
    return frozenset(session.exec(changed))


def _visible(actor: Actor) -> SelectOfScalar[PublishedMeeting]:
    """The meetings in force that this actor may see: everybody's scope in one place.

    A representative sees where they come or stand by, and where their organisation has a stake;
    a municipality, corporation or province sees its own.
    """
    return (
        select(PublishedMeeting)
        .where(_in_force(actor))
        .order_by(col(PublishedMeeting.starts_at), PublishedMeeting.meeting_id)
    )


def _in_force(actor: Actor) -> ColumnElement[bool]:
    return and_(col(PublishedMeeting.last_publication).is_(None), _scope(actor))


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.sees_all:
        return true()
    if actor.asks:
        return _of_body(actor)
    if actor.role is Role.BOARD:
        return or_(
            _attended_by(col(PublishedAttendance.organisation_id) == actor.subject),
            _heard(col(PublishedVoice.organisation_id) == actor.subject),
        )
    own = select(Representative.organisation_id).where(Representative.id == actor.subject)
    return or_(
        _attended_by(col(PublishedAttendance.representative_id) == actor.subject),
        _heard(col(PublishedVoice.organisation_id) == own.scalar_subquery()),
    )


def _heard(organisation: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(PublishedVoice.published_meeting_id) == PublishedMeeting.id, organisation
    )


def _of_body(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.MUNICIPALITY:
        return col(PublishedMeeting.municipality_id) == actor.subject
    if actor.role is Role.CORPORATION:
        return and_(
            col(PublishedMeeting.level) == Level.CORPORATION,
            col(PublishedMeeting.corporation_id) == actor.subject,
        )
    return col(PublishedMeeting.level) == Level.PROVINCE


def _attended_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        and_(col(PublishedAttendance.published_meeting_id) == PublishedMeeting.id, condition)
    )


def _conditions(wanted: MeetingFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.first_day:
        yield col(PublishedMeeting.starts_at) >= local_midnight(wanted.first_day)
    if wanted.last_day:
        yield col(PublishedMeeting.starts_at) < local_midnight(wanted.last_day + timedelta(days=1))
    if wanted.municipality:
        yield col(PublishedMeeting.municipality_id) == wanted.municipality
    if wanted.region:
        inside = select(Municipality.id).where(Municipality.region_id == wanted.region)
        yield col(PublishedMeeting.municipality_id).in_(inside)
    if wanted.organisation:
        yield or_(
            _attended_by(col(PublishedAttendance.organisation_id) == wanted.organisation),
            exists().where(
                col(PublishedVoice.published_meeting_id) == PublishedMeeting.id,
                col(PublishedVoice.organisation_id) == wanted.organisation,
            ),
        )
    if wanted.representative:
        yield _attended_by(col(PublishedAttendance.representative_id) == wanted.representative)
    if wanted.table:
        at_table = select(Meeting.id).where(Meeting.table_id == wanted.table)
        yield col(PublishedMeeting.meeting_id).in_(at_table)
    if wanted.level:
        yield col(PublishedMeeting.level) == wanted.level


def _views(
    session: Session, actor: Actor, rows: Sequence[PublishedMeeting]
) -> tuple[MeetingView, ...]:
    names = _Names(session)
    people = _people(session, actor, rows, names)
    voices = _marked(session, rows, _voices(session, rows, names))
    travel = _own_travel(session, actor, rows)
    return tuple(
        _view(row, people[row.id], voices[row.id], names, travel.get(row.id)) for row in rows
    )


class _Names:
    """The names of municipalities, corporations and organisations, read once per question."""

    def __init__(self, session: Session) -> None:
        self._municipalities = _by_id(session.exec(select(Municipality.id, Municipality.name)))
        self._corporations = _by_id(session.exec(select(Corporation.id, Corporation.name)))
        self._organisations = _by_id(session.exec(select(Organisation.id, Organisation.name)))

    def municipality(self, identifier: str | None) -> Named | None:
        return self._municipalities[identifier] if identifier else None

    def corporation(self, identifier: str | None) -> Named | None:
        return self._corporations[identifier] if identifier else None

    def organisation(self, identifier: str) -> Named:
        return self._organisations[identifier]


def _by_id(rows: Iterable[tuple[str, str]]) -> dict[str, Named]:
    return {identifier: Named(identifier, name) for identifier, name in rows}


def _people(
    session: Session, actor: Actor, rows: Sequence[PublishedMeeting], names: _Names
) -> dict[int, list[Attendance]]:
    people: dict[int, list[Attendance]] = defaultdict(list)
    there = PublishedAttendance
    known = {person.id: person for person in session.exec(select(Representative))}
    # Columns, not rows: a year holds thousands of these, and making objects of them costs most.
    query = (
        select(
            there.published_meeting_id,
            there.organisation_id,
            there.part,
            there.online,
            there.representative_id,
        )  # type: ignore[call-overload]
        .join(Representative, col(Representative.id) == col(there.representative_id))
        .where(col(there.published_meeting_id).in_([row.id for row in rows]))
        .order_by(Representative.label, Representative.id)
    )
    for meeting_id, organisation_id, part, online, name in session.exec(query):
        person = known[name]
        people[meeting_id].append(
            Attendance(
                representative_id=person.id,
                label=person.label if _may_know(actor, person) else UNNAMED,
                label_is_public=person.shows_label,
                organisation=names.organisation(organisation_id),
                part=part,
                online=online,
            )
        )
    return people


def _may_know(actor: Actor, person: Representative) -> bool:
    """Colleagues know each other; outsiders only those who agreed to it."""
    return not actor.asks or person.shows_label


def _voices(
    session: Session, rows: Sequence[PublishedMeeting], names: _Names
) -> dict[int, list[VoiceHeard]]:
    voices: dict[int, list[VoiceHeard]] = defaultdict(list)
    # Columns, not rows: a year holds thousands of voices, and making objects of them costs most.
    query = (
        select(
            PublishedVoice.published_meeting_id,
            PublishedVoice.organisation_id,
            PublishedVoice.speaker_id,
            PublishedVoice.weight,
        )
        .where(col(PublishedVoice.published_meeting_id).in_([row.id for row in rows]))
        .order_by(col(PublishedVoice.weight).desc(), PublishedVoice.organisation_id)
    )
    for meeting_id, organisation_id, speaker_id, weight in session.exec(query):
        voices[meeting_id].append(
            VoiceHeard(
                organisation=names.organisation(organisation_id),
                speaker=names.organisation(speaker_id) if speaker_id else None,
                weight=weight,
            )
        )
    return voices


def _marked(
    session: Session, rows: Sequence[PublishedMeeting], voices: dict[int, list[VoiceHeard]]
) -> dict[int, list[VoiceHeard]]:
    """The same, in which is marked who has chosen to take no part."""
    chosen = all_choices(session)
    leavers = chosen.leavers
    rows = [row for row in rows if any(e.organisation.id in leavers for e in voices[row.id])]
    if not rows:
        return voices
    wanted = col(Meeting.id).in_([row.meeting_id for row in rows])
    query = select(Meeting.id, Meeting.topics, Meeting.table_id).where(wanted)
    about = {name: (topics, table) for name, topics, table in session.exec(query)}
    for row in rows:
        topics, table = about[row.meeting_id]
        takes_part = partial(
            chosen.of,
            day=local(row.starts_at).date(),
            level=row.level,
            topics=topics,
            table=table,
            before=row.starts_at,
        )
        voices[row.id] = [
            replace(each, leaves_alone=takes_part(each.organisation.id) is Participation.OUT)
            for each in voices[row.id]
        ]
    return voices


def _own_travel(session: Session, actor: Actor, rows: Sequence[PublishedMeeting]) -> dict[int, int]:
    """How far the asking representative has to go: nobody else's home can be reckoned from it."""
    if actor.role is not Role.REPRESENTATIVE:
        return {}
    query = select(PublishedAttendance).where(
        PublishedAttendance.representative_id == actor.subject,
        col(PublishedAttendance.published_meeting_id).in_([row.id for row in rows]),
    )
    return {each.published_meeting_id: each.travel_minutes for each in session.exec(query)}


def _view(
    row: PublishedMeeting,
    people: Sequence[Attendance],
    voices: Sequence[VoiceHeard],
    names: _Names,
    travel_minutes: int | None,
) -> MeetingView:
    cancelled = row.state is MeetingState.CANCELLED
    return MeetingView(
        id=row.meeting_id,
        uid=row.uid,
        revision=row.revision,
        revised_at=row.revised_at,
        title=row.title,
        table_name=row.table_name,
        level=row.level,
        character=row.character,
        municipality=names.municipality(row.municipality_id),
        corporation=names.corporation(row.corporation_id),
        mode=row.mode,
        place_name=row.place_name,
        address=row.address,
        conference_url=row.conference_url,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seats_min=row.seats_min,
        seats_max=row.seats_max,
        deputy_wanted=row.deputy_wanted and not cancelled,
        state=row.state,
        attendees=tuple(each for each in people if each.part is Part.ATTENDEE),
        deputy=next((each for each in people if each.part is Part.DEPUTY), None),
        shadows=tuple(each for each in people if each.part is Part.SHADOW),
        voices=tuple(voices),
        travel_minutes=travel_minutes,
    )
