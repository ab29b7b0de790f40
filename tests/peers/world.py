"""A province that never rests: publications, owners who meddle, a bad line and mortal workers.

Each calendar server has one representative. What must stand there is kept here, apart from the
application: a model of a dozen lines that the application's own rows are judged by.
"""

import json
import os
import re
import signal
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from urllib.request import urlopen

from sqlmodel import Session, select

from calendars.stores import CalDavStore, Guard, Item, Login, recognise
from calendars.sync.copy import read_copy
from scheduler.db.engine import Database
from scheduler.db.tables import (
    Assignment,
    ConnectedCalendar,
    Connection,
    Interest,
    KnownCopy,
    Meeting,
    Plan,
    PlannedMeeting,
    Representative,
    Slot,
    Voice,
)
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import (
    CalendarUse,
    Character,
    Level,
    MeetingState,
    Mode,
    Part,
    PlanState,
)
from scheduler.flows.outside import Means, Wish, connect_calendar, standing_of_all, sync_calendars
from scheduler.flows.publishing.publish_plan import publish_plan

FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//owner//\r\nBEGIN:VEVENT\r\nUID:tandarts\r\n"
    b"DTSTAMP:20270101T000000Z\r\nDTSTART:20270601T090000Z\r\nDTEND:20270601T100000Z\r\n"
    b"SUMMARY:Tandarts\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
ROUNDS_TO_SETTLE = 60
HOUR = timedelta(hours=1)
FIRST = datetime(2028, 1, 3, 9, tzinfo=UTC)
MINE = b"X-MINE-1:ja"


@dataclass
class Wanted:
    """A meeting as it was published last."""

    uid: str
    title: str
    starts_at: datetime
    going: set[str]
    is_off: bool = False
    revision: int = 0


@dataclass
class Peer:
    """One server, its bad line, and what its owner did there."""

    name: str
    person: str
    server_home: str
    line_home: str
    login: Login
    deleted: dict[str, int] = field(default_factory=dict)
    edited: dict[str, int] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)  # at the settling before

    def line(self, word: str) -> dict[str, int]:
        """Ask the line for its counts, or tell it to be quiet or loud."""
        origin = "/".join(self.line_home.split("/")[:3])
        with urlopen(f"{origin}/-/{word}", timeout=10) as answer:
            found: dict[str, int] = json.load(answer)
        return found


@dataclass
class Faults:
    """What was found wrong at a settling; all of it has to stay empty."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)
    harmed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.lost, self.doubled, self.stale, self.ghosts, self.harmed))


@dataclass
class World:
    """Everything that goes on; each deed is drawn from one seed."""

    means: Means
    guard: Guard
    peers: list[Peer]
    random: Random
    now: datetime
    meetings: dict[str, Wanted] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def begin(self, meetings: int) -> None:
        """Publish the first year, connect everybody's calendar, write it there over a good line."""
        self.publish([self._new() for _ in range(meetings)])
        for peer in self.peers:
            wish = Wish(
                representative_id=peer.person,
                address=peer.line_home,
                username=peer.login.name,
                password=peer.login.password,
                writes=True,
            )
            with self.means.database.session() as session:
                connect_calendar(session, COORDINATOR, wish, self.means)
        self.settle()
        for peer in self.peers:
            with closing(self._store(peer)) as store:
                store.put("tandarts.ics", FOREIGN, etag=None)

    def go_round(self) -> None:
        """Publish, meddle, and send a worker who may be killed."""
        self.publish(self._changed())
        for peer in self.peers:
            if self.random.random() < 0.5:
                self._meddle(peer)
        for _ in range(self.random.randint(1, 2)):
            self._work(may_be_killed=True)

    # The planner

    def _new(self) -> Wanted:
        number = len(self.meetings)
        uid = f"soak-{number}@aantafel.invalid"
        found = Wanted(uid, f"Overleg {number}", self._time(), {peer.person for peer in self.peers})
        self.meetings[uid] = found
        with self.means.database.session() as session:
            session.add(_row(number, found))
            session.flush()
            session.add(_slot(number, found))
            session.add_all(
                Interest(meeting_id=f"soak-{number}", organisation_id=each, weight=1)
                for each in sorted(set(self._organisations(session).values()))
            )
        return found

    def _time(self) -> datetime:
        """A time that no other meeting has: nobody can be at two."""
        taken = {each.starts_at for each in self.meetings.values()}
        while True:
            at = FIRST + 3 * self.random.randrange(9000) * HOUR
            if at not in taken:
                return at

    def _organisations(self, session: Session) -> dict[str, str]:
        """Whose representative each person is."""
        people = [peer.person for peer in self.peers]
        query = select(Representative.id, Representative.organisation_id)
        return {who: whose for who, whose in session.exec(query) if who in people}

    def _changed(self) -> list[Wanted]:
        standing = [each for each in self.meetings.values() if not each.is_off]
        chosen = self.random.sample(standing, self.random.randint(1, max(3, len(standing) // 2)))
        for each in chosen:
            self._change(each)
        if len(standing) - sum(each.is_off for each in chosen) < len(self.meetings) // 2:
            chosen.append(self._new())
        return chosen

    def _change(self, meeting: Wanted) -> None:
        deed = self.random.random()
        peer = self.random.choice(self.peers)
        if deed < 0.55:
            meeting.starts_at = self._time()
        elif deed < 0.75:
            meeting.title = f"{meeting.title.split(' (')[0]} ({self.random.randrange(10**6)})"
        elif deed < 0.97:
            meeting.going ^= {peer.person}
            peer.marked.discard(meeting.uid)  # who leaves and comes back begins anew
        else:
            meeting.is_off = True

    def publish(self, changed: list[Wanted]) -> None:
        """Write the model's change into the rows, and publish it."""
        self.now += timedelta(minutes=1)
        with self.means.database.session() as session:
            plan = _plan(self.now)
            session.add(plan)
            session.flush()
            for wanted in changed:
                self._write(session, plan.id, wanted)
            session.flush()
            publish_plan(session, COORDINATOR, plan.id, at=self.now)
        for wanted in changed:
            wanted.revision += 1
        self.counts["changes published"] += len(changed)

    def _write(self, session: Session, plan_id: int, wanted: Wanted) -> None:
        name = wanted.uid.partition("@")[0]
        meeting = session.get_one(Meeting, name)
        meeting.title = wanted.title
        meeting.state = MeetingState.CANCELLED if wanted.is_off else MeetingState.PLANNED
        slot = session.get_one(Slot, (name, 0))
        slot.starts_at, slot.ends_at = wanted.starts_at, wanted.starts_at + timedelta(hours=2)
        session.add(PlannedMeeting(plan_id=plan_id, meeting_id=name, slot_position=0))
        session.flush()
        session.add_all(
            Assignment(
                plan_id=plan_id,
                meeting_id=name,
                representative_id=person,
                part=Part.ATTENDEE,
                online=True,
                travel_minutes=0,
            )
            for person in sorted(wanted.going)
        )
        whose = self._organisations(session)
        session.add_all(
            Voice(plan_id=plan_id, meeting_id=name, organisation_id=each, speaker_id=each)
            for each in sorted({whose[person] for person in wanted.going})
        )

    # The owner

    def _meddle(self, peer: Peer) -> None:
        with closing(self._store(peer)) as store:
            found = store.get([ref.href for ref in store.listing()])
            ours = [item for item in found if (read_copy(item.body).uid or "") in self.meetings]
            if ours:
                self._meddle_with(peer, store, self.random.choice(ours))

    def _meddle_with(self, peer: Peer, store: CalDavStore, item: Item) -> None:
        uid = read_copy(item.body).uid or ""
        revision = self.meetings[uid].revision
        deed = self.random.choice(["delete", "retitle", "mark", "rename"])
        if deed == "delete":
            store.delete(item.href, etag=item.etag)
            peer.deleted[uid] = revision
            peer.marked.discard(uid)
        elif deed == "retitle" and peer.edited.get(uid) != revision:
            body = re.sub(rb"(?m)^SUMMARY:.*\r\n(?: .*\r\n)*", b"SUMMARY:Van mij\r\n", item.body)
            store.put(item.href, body, etag=item.etag)
            peer.edited[uid] = revision
        elif deed == "mark" and MINE not in item.body:
            body = item.body.replace(b"END:VEVENT", MINE + b"\r\nEND:VEVENT")
            store.put(item.href, body, etag=item.etag)
            peer.marked.add(uid)
        elif deed == "rename":
            store.delete(item.href, etag=item.etag)
            store.put(f"moved-{self.random.randrange(10**9)}.ics", item.body, etag=None)
        self.counts["owners' deeds"] += 1

    def _store(self, peer: Peer) -> CalDavStore:
        """The calendar by its own server: the owner's line is a good one."""
        with self.means.database.session() as session:
            query = (
                select(ConnectedCalendar.url)
                .join(Connection)
                .where(
                    Connection.representative_id == peer.person,
                    ConnectedCalendar.use == CalendarUse.WRITE,
                )
            )
            url = session.exec(query).one()
        line, server = (
            "/".join(each.split("/")[:3]) for each in (peer.line_home, peer.server_home)
        )
        url = url.replace(line, server)
        return CalDavStore(url, peer.login, self.guard, recognise(url, {}))

    # The worker

    def _work(self, *, may_be_killed: bool) -> None:
        """One round in a process of its own; where it is killed, wherever it is."""
        self.now += timedelta(hours=7)
        child = os.fork()
        if child == 0:
            self._work_and_leave()
        patience = (
            self.random.uniform(0, 2) if may_be_killed and self.random.random() < 0.2 else 600
        )
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if os.waitpid(child, os.WNOHANG)[0]:
                return
            time.sleep(0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.counts["kill -9"] += 1

    def _work_and_leave(self) -> None:
        code = 1
        try:
            with closing(Database(str(self.means.database.engine.url))) as database:
                sync_calendars(self._means_of(database), asked_for=True)
            code = 0
        finally:
            os._exit(code)

    def _means_of(self, database: Database) -> Means:
        means = self.means
        return Means(
            database=database,
            seal=means.seal,
            guard=means.guard,
            base_url=means.base_url,
            poll=means.poll,
            busy_ahead=means.busy_ahead,
            clock=lambda: self.now,
            random=Random(1),
        )

    # The judge

    def settle(self) -> Faults:
        """Let the lines be good until everything is done; then say what is wrong."""
        for peer in self.peers:
            peer.line("quiet")
        for _ in range(ROUNDS_TO_SETTLE):
            self._work(may_be_killed=False)
            if all(result.is_done for result in standing_of_all(self.means)):
                break
        self.now += timedelta(days=1)  # so that everything is compared once more
        self._work(may_be_killed=False)
        faults = Faults()
        for result in standing_of_all(self.means):
            if not result.is_done:
                faults.harmed.append(f"{result.label}: {result.said.en}")
        for peer in self.peers:
            self._judge(peer, faults)
            peer.line("loud")
        self.counts["settlings"] += 1
        return faults

    def _judge(self, peer: Peer, faults: Faults) -> None:
        with closing(self._store(peer)) as store:
            items = store.get([ref.href for ref in store.listing()])
        found: dict[str, list[Item]] = {}
        for item in items:
            found.setdefault(read_copy(item.body).uid or "", []).append(item)
        if self.counts["settlings"] and b"Tandarts" not in b"".join(i.body for i in items):
            faults.harmed.append(f"{peer.name}: the owner's own event")
        for uid, wanted in self.meetings.items():
            self._judge_one(peer, wanted, found.get(uid, []), faults)
        peer.standing = {*found}

    def _judge_one(self, peer: Peer, wanted: Wanted, items: list[Item], faults: Faults) -> None:
        where = f"{peer.name}: {wanted.uid}"
        if peer.person not in wanted.going:
            faults.ghosts.extend(where for _ in items)
            peer.marked.discard(wanted.uid)
            return
        if not items:
            if not self._may_be_absent(peer, wanted):
                faults.lost.append(f"{where}, known as {self._known(peer, wanted.uid)}")
            return
        faults.doubled.extend(where for _ in items[1:])
        text = items[0].body.replace(b"\r\n ", b"")
        title = f"GEANNULEERD: {wanted.title}" if wanted.is_off else wanted.title
        said = str(read_copy(items[0].body).planned)
        if wanted.starts_at.isoformat() not in said or repr(title) not in said:
            faults.stale.append(where)
        if wanted.uid in peer.marked and MINE not in text:
            faults.harmed.append(f"{where}: the owner's own line")

    def _may_be_absent(self, peer: Peer, wanted: Wanted) -> bool:
        """Its owner took this revision away; or it was called off before it stood there."""
        if wanted.is_off:
            return wanted.uid in peer.deleted or wanted.uid not in peer.standing
        return peer.deleted.get(wanted.uid) == wanted.revision

    def _known(self, peer: Peer, uid: str) -> str:
        """What the application believes of a copy, to tell whose fault it is."""
        query = (
            select(KnownCopy)
            .join(ConnectedCalendar)
            .join(Connection)
            .where(Connection.representative_id == peer.person, KnownCopy.uid == uid)
        )
        with self.means.database.session() as session:
            row = session.exec(query).first()
            return f"{row.status} of revision {row.revision} at {row.href}" if row else "nothing"

    def totals(self) -> dict[str, int]:
        """What happened, over all lines."""
        totals = Counter(self.counts)
        for peer in self.peers:
            totals.update({f"{k}": v for k, v in peer.line("counts").items()})
        return dict(totals)

    @property
    def operations(self) -> int:
        """Writes that reached a server, and what owners did there."""
        return self.totals().get("writes", 0) + self.counts["owners' deeds"]


def _row(number: int, wanted: Wanted) -> Meeting:
    return Meeting(
        id=f"soak-{number}",
        uid=wanted.uid,
        title=wanted.title,
        level=Level.PROVINCE,
        character=Character.ADVISING,
        mode=Mode.ONLINE,
        topics=[],
        expertise=[],
        seats_min=1,
        seats_max=9,
        preparation_minutes=0,
        report_minutes=0,
        deputy_wanted=False,
        is_sample=True,
    )


def _slot(number: int, wanted: Wanted) -> Slot:
    ends_at = wanted.starts_at + timedelta(hours=2)
    return Slot(
        meeting_id=f"soak-{number}", position=0, starts_at=wanted.starts_at, ends_at=ends_at
    )


def _plan(at: datetime) -> Plan:
    return Plan(
        first_day=date(2027, 1, 1),
        last_day=date(2031, 12, 31),
        as_of=at,
        state=PlanState.DRAFT,
        created_at=at,
        seed=1,
        workers=1,
        time_limit_seconds=1,
    )
