"""The live account's data: what was published for one representative, and what they wrote.

Two calendars: the meetings, in which a person answers and adds what is theirs, and the person's own
busy time.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from calendars.account import (
    MOST_BYTES,
    Calendar,
    Condition,
    Item,
    Openness,
    Stored,
    Why,
    WriteRefused,
    Written,
    written_over,
)
from calendars.identity import href as href_of
from scheduler.db import calendar_writes, published
from scheduler.db.engine import Database
from scheduler.domain.clients import kind_of
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MeetingState, Way
from scheduler.domain.times import EPOCH
from scheduler.flows.access.accounts import representative_by_password
from scheduler.flows.attending.answer_invitation import MEETINGS, answer_invitation, person_actor
from scheduler.flows.attending.own_busy import (
    AVAILABILITY,
    SEALED_FOR,
    busy_items,
    delete_busy,
    put_busy,
)
from scheduler.flows.attending.own_meetings import (
    CHOICES,
    OwnMeeting,
    address_of,
    own_meetings,
)
from scheduler.flows.attending.own_part import keep, take_out
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.fragments import Fragments

_WRITES = 10**9
"""More than anybody writes between two publications, so that both fit into one revision."""


class PublishedCalendars:
    """Answers the account's questions from the publication in force and the person's own part.

    A calendar's revision is the publication's number, times a large number, plus how often
    something was written for this person. Both only rise; so whoever asks what changed since then
    hears just what later publications and later writings changed.
    """

    def __init__(
        self,
        database: Database,
        publisher: Publisher,
        key: SecretKey,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._seal = Seal(key, SEALED_FOR)
        self._fragments = Fragments()

    def authenticate(self, username: str, password: str, program: str) -> str | None:
        """The representative whose app password this is, or None; notes the kind of program."""
        with self._database.session() as session:
            return representative_by_password(
                session, username, password, at=self._clock(), client=kind_of(program)
            )

    def address(self, owner: str) -> str:
        """The address under which the representative is invited."""
        return address_of(owner)

    def calendars(self, owner: str) -> Sequence[Calendar]:
        """The meetings, and the busy time."""
        with self._database.session() as session:
            newest, first = published.newest(session), published.oldest(session)
            write = calendar_writes.last(session, owner)
        number, at = (newest.number, newest.published_at) if newest else (0, EPOCH)
        revision, revised_at = number * _WRITES + write.number, max(at, write.at or EPOCH)
        return [
            Calendar(
                name=MEETINGS,
                display_name="Aan Tafel",
                description="De overleggen waar u aan tafel zit of klaarstaat als vervanger.",
                revision=revision,
                revised_at=revised_at,
                # Numbers start anew where everything was cleared away, as after the sample year.
                epoch=first.published_at.isoformat() if first else "",
                openness=Openness.KNOWN_EVENTS,
            ),
            Calendar(
                name=AVAILABILITY,
                display_name="Beschikbaarheid",
                description="Wanneer u niet kunt. Anderen zien alleen begin en eind.",
                colour="#8a4b08",
                revision=write.number,
                revised_at=write.at or EPOCH,
                openness=Openness.ALL_EVENTS,
            ),
        ]

    def items(self, owner: str, calendar: str) -> Sequence[Item]:
        """Every meeting of the representative, cancelled ones included; or their busy time."""
        with self._database.session() as session:
            if calendar == AVAILABILITY:
                return busy_items(session, owner, self._seal)
            return [
                own.item(self._fragments) for own in self._own(session, owner) if not own.hidden
            ]

    def changed_since(self, owner: str, calendar: str, revision: int) -> Collection[str] | None:
        """The hrefs of what changed after a revision; None for one that isn't there yet."""
        number, writes = divmod(revision, _WRITES)
        with self._database.session() as session:
            newest = published.newest(session)
            if number > (newest.number if newest else 0):
                return None
            if writes > calendar_writes.last(session, owner).number:
                return None
            changed = calendar_writes.changed_since(session, owner, calendar, writes)
            if calendar == AVAILABILITY:
                return changed
            uids = published.changed_for(session, owner, since=number)
        return changed | {href_of(uid) for uid in uids}

    def put(
        self, owner: str, calendar: str, href: str, content: bytes, condition: Condition
    ) -> Stored:
        """Take what a program wrote; see `CalendarSource.put`."""
        at = self._clock()
        with self._database.session() as session:
            if calendar == AVAILABILITY:
                return put_busy(session, owner, href, content, condition, seal=self._seal, at=at)
            return self._put_meeting(session, owner, href, content, condition)

    def _put_meeting(
        self, session: Session, owner: str, href: str, content: bytes, condition: Condition
    ) -> Stored:
        number = calendar_writes.begin(session, owner, at=self._clock())
        own = self._found(session, owner, href)
        if own is None:
            raise WriteRefused(Why.FOREIGN)
        condition.check(None if own.hidden else self._etag(own))
        written = written_over(own.entry, content)
        if written.additions.size > MOST_BYTES:
            raise WriteRefused(Why.TOO_LARGE)
        keep(session, owner, own.meeting, written.additions, written.changed, at=self._clock())
        calendar_writes.note(session, owner, MEETINGS, href, number=number)
        self._answer(session, owner, own, written)
        return Stored(created=own.hidden)

    def _answer(self, session: Session, owner: str, own: OwnMeeting, written: Written) -> None:
        """An answer that isn't new, or comes too late, is none."""
        attendee = own.entry.attendee
        choice = CHOICES.get(written.partstat) if written.partstat else None
        asked = own.meeting.state is MeetingState.PLANNED and own.meeting.ends_at > self._clock()
        if choice is None or not asked or (attendee and attendee.partstat is written.partstat):
            return
        answer_invitation(
            session,
            person_actor(owner),
            own.meeting.id,
            choice,
            way=Way.CALENDAR,
            at=self._clock(),
        )

    def delete(self, owner: str, calendar: str, href: str, condition: Condition) -> None:
        """Take out what a program deleted; see `CalendarSource.delete`."""
        at = self._clock()
        with self._database.session() as session:
            if calendar == AVAILABILITY:
                delete_busy(session, owner, href, condition, seal=self._seal, at=at)
                return
            calendar_writes.begin(session, owner, at=at)
            own = self._found(session, owner, href)
            shown = own if own and not own.hidden else None
            condition.check(self._etag(shown) if shown else None)
            if shown is None:
                raise WriteRefused(Why.ABSENT)
            take_out(session, person_actor(owner), shown.meeting.id, at=at)

    def _found(self, session: Session, owner: str, href: str) -> OwnMeeting | None:
        return next((own for own in self._own(session, owner) if own.href == href), None)

    def _own(self, session: Session, owner: str) -> tuple[OwnMeeting, ...]:
        return own_meetings(session, owner, self._publisher)

    def _etag(self, own: OwnMeeting) -> str:
        return own.item(self._fragments).etag
