"""What the flows around requests share: who asks, which rows are whose, and their times."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from scheduler.db import people
from scheduler.db.tables import Corporation, Meeting, MeetingRequest, Municipality, RequestTime
from scheduler.domain.access import Actor, body
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Level, Role


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for tenants; only the one identifier that belongs to the level is there."""

    level: Level
    municipality_id: str | None = None
    corporation_id: str | None = None

    @classmethod
    def of(cls, row: MeetingRequest | Meeting) -> "Asker":
        """Who asked for this."""
        return cls(row.level, row.municipality_id, row.corporation_id)

    @classmethod
    def who_is(cls, actor: Actor) -> "Asker":
        """The body that is signed in; NotAllowed where it is somebody else."""
        match actor.role:
            case Role.MUNICIPALITY:
                return cls(Level.MUNICIPALITY, municipality_id=actor.subject)
            case Role.CORPORATION:
                return cls(Level.CORPORATION, corporation_id=actor.subject)
            case Role.PROVINCE:
                return cls(Level.PROVINCE)
            case _:
                raise NotAllowed

    @property
    def body(self) -> Actor:
        """The same as somebody who may ask, look and change."""
        return body(self.level, self.municipality_id, self.corporation_id)


@dataclass(frozen=True, slots=True)
class Time:
    """A possible time; without instants only the local day is known. Ends exclusive, in UTC."""

    day: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    end_is_assumed: bool = False


def may_ask_for(session: Session, actor: Actor, asker: Asker) -> None:
    """Let a body ask for itself, and who plans for all on anybody's behalf.

    Raises:
        NotAllowed: the actor asks for somebody else.
        NotFound: there is no such municipality or corporation.
    """
    if not (actor == asker.body or actor.plans_for_all):
        raise NotAllowed
    if asker.municipality_id and session.get(Municipality, asker.municipality_id) is None:
        raise NotFound("gemeente", asker.municipality_id)
    if asker.corporation_id and session.get(Corporation, asker.corporation_id) is None:
        raise NotFound("woningcorporatie", asker.corporation_id)


def request_of(session: Session, actor: Actor, request_id: str) -> MeetingRequest:
    """A request that is the actor's own, or anybody's for who plans for all.

    Raises:
        NotFound: it isn't there, or isn't this actor's.
    """
    row = session.get(MeetingRequest, request_id)
    if row is None or not (actor.plans_for_all or _is_own(actor, row)):
        raise NotFound("uitnodiging", request_id)
    return row


def request_to_change(session: Session, actor: Actor, request_id: str) -> MeetingRequest:
    """The same, held until the transaction ends: who changes it meanwhile waits, and then reads it.

    Without this somebody could accept what is just being withdrawn, and both would be kept.
    """
    held = update(MeetingRequest).where(col(MeetingRequest.id) == request_id)
    still = held.values(id=request_id).execution_options(synchronize_session=False)
    session.exec(still)
    session.get(MeetingRequest, request_id, populate_existing=True)
    return request_of(session, actor, request_id)


def _is_own(actor: Actor, row: MeetingRequest) -> bool:
    return actor == Asker.of(row).body


def place_of(session: Session, asker: Asker) -> str | None:
    """Where the asker meets: the town hall, the head office, or where the province does."""
    if asker.municipality_id is not None:
        return session.get_one(Municipality, asker.municipality_id).place_id
    if asker.corporation_id is not None:
        return session.get_one(Corporation, asker.corporation_id).place_id
    return people.the_province(session).place_id


def times_of(session: Session, request_id: str) -> list[RequestTime]:
    """The possible times, the one liked best first."""
    query = select(RequestTime).where(RequestTime.request_id == request_id)
    return list(session.exec(query.order_by(col(RequestTime.position))))


def replace_times(session: Session, request_id: str, times: tuple[Time, ...]) -> None:
    """Put these times in the place of those that were there."""
    session.exec(delete(RequestTime).where(col(RequestTime.request_id) == request_id))
    session.add_all(
        RequestTime(
            request_id=request_id,
            position=position,
            day=time.day,
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            end_is_assumed=time.end_is_assumed,
        )
        for position, time in enumerate(times)
    )
    session.flush()
