"""Everybody tries every page: nobody reads what another organisation said, but for the rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from played.desk import Desk
from played.positions import Positions
from played.record import Held
from played.stage import said
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role

_MARK = re.compile(r"merk\.([a-z]+)\.([A-Za-z0-9-]+)\.(?:([A-Za-z0-9-]+)\.)?")
_OPEN = {200, 303, 403, 404, 409}
_ALL = {Role.COORDINATOR, Role.AUDITOR}
_BODIES = {Role.MUNICIPALITY, Role.CORPORATION, Role.PROVINCE}
_ABOUT = ("", "/onze-inbreng", "/inbreng", "/terugkoppeling", "/stemmingen", "/agenda")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a browser; the organisation is that of a board or a representative."""

    actor: Actor
    organisation: str | None


@dataclass(slots=True)
class Matrix:
    """Roles by records: what each may read, by the rules as the play knows them."""

    desk: Desk
    positions: Positions
    followed: set[tuple[str, str]]
    """Organisation and table."""
    votes: Mapping[str, str]

    def readers(self, every: int) -> tuple[Reader, ...]:
        """Everybody; of the bodies and the representatives one in so many."""
        with self.desk.stage.database.session() as session:
            return tuple(_readers(session, every))

    def try_all(
        self, readers: Iterable[Reader], meetings: Iterable[Held], paths: Iterable[str]
    ) -> int:
        """Every reader opens every page; gives how many pages were shown."""
        held = {each.id: each for each in self.desk.held()}
        own = [self._paths(each) for each in meetings]
        wanted = [*paths, *(path for those in own for path in those)]
        shown = 0
        for reader in readers:
            for path in wanted:
                answer = self.desk.stage.browser(reader.actor).get(path, follow_redirects=False)
                assert answer.status_code in _OPEN, (reader, path, answer.status_code)
                shown += answer.status_code == 200
                self.reads(reader, path, said(answer.text), held)
            self._sees_its_meetings(reader, meetings)
        return shown

    def reads(self, reader: Reader, where: str, text: str, held: Mapping[str, Held]) -> None:
        """Whatever somebody reads there is theirs to read."""
        for kind, one, two in _MARK.findall(text):
            assert self._may(reader, kind, one, two, held), (reader, where, kind, one, two)

    def _paths(self, meeting: Held) -> list[str]:
        about = [f"/overleg/{meeting.id}{each}" for each in _ABOUT]
        vote = self.votes.get(meeting.id)
        return [*about, f"/stemming/{vote}"] if vote else about

    def _sees_its_meetings(self, reader: Reader, meetings: Iterable[Held]) -> None:
        if reader.actor.role is Role.ADMINISTRATOR:
            return
        for each in meetings:
            page = self.desk.stage.browser(reader.actor).get(f"/overleg/{each.id}")
            wanted = 200 if self._concerns(reader, each) else 404
            assert page.status_code == wanted, (reader, each.title)

    @staticmethod
    def _concerns(reader: Reader, meeting: Held) -> bool:
        actor = reader.actor
        if actor.role in _ALL:
            return True
        if actor.role in _BODIES:
            owner = {"municipality": meeting.town, "corporation": meeting.corporation}
            return meeting.level == actor.role.value and owner.get(meeting.level) == actor.subject
        stands_by = meeting.deputy if actor.role is Role.REPRESENTATIVE else None
        here = {*meeting.there, *meeting.voices}
        return reader.organisation in here or actor.subject == stands_by

    def _may(self, reader: Reader, kind: str, one: str, two: str, held: Mapping[str, Held]) -> bool:
        if reader.actor.role in _ALL:
            return kind != "concept"
        if reader.organisation is None:
            return False
        own, person = reader.organisation, reader.actor.subject
        rules = {
            "inbreng": lambda: own == one or self._shares(reader, held[two]),
            "concept": lambda: own == one,
            "reactie": lambda: own == one or person in held[two].going,
            "grens": lambda: own in {one, two} or self._carries(reader, one, two, held),
            "verslag": lambda: own in held[one].told,
            "kort": lambda: own in held[one].told or (own, held[one].table) in self.followed,
        }
        return rules[kind]()

    def _shares(self, reader: Reader, meeting: Held) -> bool:
        """Who goes reads it, and when it is due all whom it concerns."""
        if reader.actor.subject in {*meeting.going, meeting.deputy}:
            return True
        return self.positions.is_late(meeting) and reader.organisation in meeting.voices

    @staticmethod
    def _carries(reader: Reader, giver: str, holder: str, held: Mapping[str, Held]) -> bool:
        """Who goes reads the limits of every mandate that is used at the same table."""
        return any(
            reader.actor.subject in {*each.going, each.deputy} and each.voices.get(giver) == holder
            for each in held.values()
        )


def _readers(session: Session, every: int) -> Iterator[Reader]:
    yield from (Reader(Actor(role), None) for role in (Role.AUDITOR, Role.ADMINISTRATOR))
    yield from (Reader(COORDINATOR, None), Reader(Actor(Role.PROVINCE), None))
    towns, landlords = _names(session, tables.Municipality), _names(session, tables.Corporation)
    yield from (Reader(Actor(Role.MUNICIPALITY, name), None) for name in towns[2::every])
    yield from (Reader(Actor(Role.CORPORATION, name), None) for name in landlords[2::every])
    for name in _names(session, tables.Organisation):
        yield Reader(Actor(Role.BOARD, name), name)
    row = tables.Representative
    people = session.exec(select(row.id, row.organisation_id).order_by(row.id)).all()
    for name, organisation in people[::every]:
        yield Reader(Actor(Role.REPRESENTATIVE, name), organisation)


def _names(
    session: Session,
    row: type[tables.Municipality | tables.Corporation | tables.Organisation],
) -> list[str]:
    return sorted(session.exec(select(row.id)))
