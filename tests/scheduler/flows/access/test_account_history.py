"""Whatever is published and written, in whatever order: what is served, and what changed since."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from calendars.account import Condition, WriteRefused
from calendars.entry import Partstat
from calendars.ical import read, resource
from calendars.identity import href
from scheduler.db.answers import own_answers
from scheduler.db.engine import Database
from scheduler.db.tables import Meeting
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import NotFound, NothingToDo
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Choice, Way
from scheduler.flows.adjusting import AgainstRules
from scheduler.flows.attending.answer_invitation import MEETINGS, answer_invitation, person_actor
from scheduler.flows.attending.own_busy import AVAILABILITY
from scheduler.flows.attending.own_meetings import CHOICES
from scheduler.flows.attending.own_part import put_back, take_out
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.calendar_source import PublishedCalendars
from scheduler.flows.publishing.publish_plan import publish_plan

Draft = Callable[..., int]
IDS = ("m-1", "m-2", "m-3")
ANY = Condition()
WORDS = st.text("abc", min_size=1, max_size=3)

STEPS = st.one_of(
    st.tuples(st.just("publish"), st.lists(st.booleans(), min_size=3, max_size=3)),
    st.tuples(st.just("colour"), st.sampled_from(IDS), WORDS),
    st.tuples(st.just("say"), st.sampled_from(IDS), st.sampled_from([*CHOICES])),
    st.tuples(st.just("page"), st.sampled_from(IDS), st.sampled_from(Choice)),
    st.tuples(st.just("rename"), st.sampled_from(IDS)),
    st.tuples(st.just("delete"), st.sampled_from(IDS)),
    st.tuples(st.just("keep out"), st.sampled_from(IDS)),
    st.tuples(st.just("back"), st.sampled_from(IDS)),
    st.tuples(st.just("busy"), st.sampled_from("xyz"), st.integers(1, 28)),
    st.tuples(st.just("free"), st.sampled_from("xyz")),
)


def _href(meeting: str) -> str:
    return href(f"{meeting}@test.invalid")


def _block(name: str, day: int) -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{name}\r\n"
        f"DTSTAMP:20270101T000000Z\r\nDTSTART:202703{day:02}T090000Z\r\n"
        f"DTEND:202703{day:02}T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@dataclass
class World:
    """One representative's account, and what a client that looked at every moment would know."""

    database: Database
    session: Session
    draft: Draft
    noon: datetime
    colours: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        publisher = Publisher(
            base_url="https://tafel.test", address="agenda@tafel.test", name="Aan Tafel"
        )
        self.source = PublishedCalendars(
            self.database, publisher, SecretKey(b"k" * 32), lambda: self.noon
        )
        self.seen: list[tuple[str, int, dict[str, str]]] = []

    def state(self, calendar: str) -> dict[str, str]:
        return {item.href: item.etag for item in self.source.items("r-1", calendar)}

    def look(self) -> None:
        for calendar in self.source.calendars("r-1"):
            self.seen.append((calendar.name, calendar.revision, self.state(calendar.name)))

    def text_of(self, meeting: str) -> str | None:
        found = [i for i in self.source.items("r-1", MEETINGS) if i.href == _href(meeting)]
        return found[0].content.decode() if found else None

    def write(self, meeting: str, change: Callable[[str], str]) -> None:
        text = self.text_of(meeting)
        if text is not None:
            changed = change(text.replace("\r\n ", "")).encode()
            self.source.put("r-1", MEETINGS, _href(meeting), changed, ANY)

    def do(self, act: str, *given: object) -> None:
        {
            "publish": self._publish,
            "colour": self._colour,
            "say": self._say,
            "page": self._page,
            "rename": self._rename,
            "delete": self._delete,
            "keep out": self._keep_out,
            "back": self._back,
            "busy": self._busy,
            "free": self._free,
        }[act](*given)

    def _publish(self, mine: list[bool]) -> None:
        people = {
            meeting: ["r-1" if own else "r-3"] for meeting, own in zip(IDS, mine, strict=True)
        }
        try:
            publish_plan(self.session, COORDINATOR, self.draft(people), at=self.noon)
        except (NothingToDo, AgainstRules):  # r-1 said no, or is busy then
            self.session.rollback()
        self.session.commit()

    def _colour(self, meeting: str, colour: str) -> None:
        def change(text: str) -> str:
            kept = [line for line in text.split("\r\n") if not line.startswith("COLOR")]
            return "\r\n".join(kept).replace("END:VEVENT", f"COLOR:{colour}\r\nEND:VEVENT")

        if self.text_of(meeting):
            self.write(meeting, change)
            self.colours[meeting] = colour

    def _say(self, meeting: str, partstat: Partstat) -> None:
        def change(text: str) -> str:
            for each in Partstat:
                text = text.replace(f"PARTSTAT={each.upper()}", f"PARTSTAT={partstat.upper()}")
            return text

        self.write(meeting, change)
        if self.text_of(meeting):
            with self.database.session() as session:
                said = own_answers(session, COORDINATOR, "r-1")
            assert said[meeting].choice is CHOICES[partstat]

    def _rename(self, meeting: str) -> None:
        self.write(meeting, lambda text: text.replace("SUMMARY:", "SUMMARY:Mijn "))

    def _on_page(self, act: Callable[[Session], None]) -> None:
        try:
            with self.database.session() as session:
                act(session)
        except NotFound:
            return

    def _page(self, meeting: str, choice: Choice) -> None:
        actor = person_actor("r-1")
        self._on_page(
            lambda session: answer_invitation(
                session, actor, meeting, choice, way=Way.PAGE, at=self.noon
            )
        )

    def _keep_out(self, meeting: str) -> None:
        actor = person_actor("r-1")
        self._on_page(lambda s: take_out(s, actor, meeting, at=self.noon, for_good=True))

    def _back(self, meeting: str) -> None:
        self._on_page(lambda s: put_back(s, person_actor("r-1"), meeting, at=self.noon))

    def _delete(self, meeting: str) -> None:
        if self.text_of(meeting):
            self.source.delete("r-1", MEETINGS, _href(meeting), ANY)
            assert self.text_of(meeting) is None

    def _busy(self, name: str, day: int) -> None:
        self.blocks[f"{name}.ics"] = _block(name, day)
        self.source.put("r-1", AVAILABILITY, f"{name}.ics", _block(name, day), ANY)

    def _free(self, name: str) -> None:
        if self.blocks.pop(f"{name}.ics", None) is None:
            with pytest.raises(WriteRefused):
                self.source.delete("r-1", AVAILABILITY, f"{name}.ics", ANY)
        else:
            self.source.delete("r-1", AVAILABILITY, f"{name}.ics", ANY)


@pytest.fixture
def world(village: Database, session: Session, draft: Draft, noon: datetime) -> World:
    return World(village, session, draft, noon)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_publications_and_writes_are_served_together_and_told_exactly(
    world: World, steps: list[tuple[str, ...]]
) -> None:
    # One history that goes on through all examples: each begins where the last one ended.
    world.look()
    for act, *given_ in steps:
        world.do(act, *given_)
        world.look()
    _what_is_served_is_the_publication_and_ones_own(world)
    for calendar, revision, then in world.seen[-40:]:
        changed = world.source.changed_since("r-1", calendar, revision)
        now = world.state(calendar)
        assert changed is not None
        moved = {name: now[name] for name in changed if name in now}
        assert {name: tag for name, tag in then.items() if name not in changed} | moved == now


def _what_is_served_is_the_publication_and_ones_own(world: World) -> None:
    busy = {item.href: item.content for item in world.source.items("r-1", AVAILABILITY)}
    assert busy == world.blocks
    for item in world.source.items("r-1", MEETINGS):
        (entry,) = read(resource(item.fragment))
        meeting = entry.uid.removesuffix("@test.invalid")
        text = item.content.decode().replace("\r\n ", "")
        assert not entry.title.startswith("Mijn")
        assert f"COLOR:{world.colours[meeting]}\r\n" in text if meeting in world.colours else True
        assert text.count("COLOR:") == (meeting in world.colours)


def test_a_meeting_that_was_taken_out_comes_back_when_it_changes(world: World) -> None:
    world.do("publish", [True, True, True])
    world.do("delete", "m-1")
    world.do("keep out", "m-2")
    world.session.get_one(Meeting, "m-1").title = "A"
    world.session.get_one(Meeting, "m-2").title = "B"
    world.session.commit()
    world.do("publish", [True, True, True])
    assert world.text_of("m-1") is not None
    assert world.text_of("m-2") is None
    world.do("back", "m-2")
    assert world.text_of("m-2") is not None
