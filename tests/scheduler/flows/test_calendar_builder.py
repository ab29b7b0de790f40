"""What each audience's calendar says about a meeting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from calendars.entry import Entry, Standing
from scheduler.db import tables
from scheduler.db.feeds import Subject
from scheduler.db.views import FeedChoices
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import FeedKind, Level, MeetingState
from scheduler.flows.calendar_builder import (
    Publisher,
    calendar_entries,
    enumeration,
    every_entry,
)
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.settings import Feeds

BASE = "https://tafel.test"
PUBLISHER = Publisher(base_url=BASE, address="agenda@tafel.test", name="Aan Tafel")
WINDOW = Feeds(
    refresh_minutes=60,
    days_back=30,
    days_ahead=400,
    tombstone_days=30,
    input_days=7,
    report_days=14,
    reads_a_minute=600,
)
SUBJECTS = {
    "r-1": Subject(FeedKind.REPRESENTATIVE, "r-1", "Afgevaardigde 1"),
    "r-2": Subject(FeedKind.REPRESENTATIVE, "r-2", "Afgevaardigde 2"),
    "r-3": Subject(FeedKind.REPRESENTATIVE, "r-3", "Afgevaardigde 3"),
    "samensterk": Subject(FeedKind.ORGANISATION, "samensterk", "Samen Sterk"),
    "assen": Subject(FeedKind.MUNICIPALITY, "GM0106", "Assen"),
    "emmen": Subject(FeedKind.MUNICIPALITY, "GM0114", "Emmen"),
    "actium": Subject(FeedKind.CORPORATION, "actium", "Actium"),
    "drenthe": Subject(FeedKind.PROVINCE, "drenthe", "Drenthe"),
}
Draft = Callable[..., int]
Entries = Callable[[str], tuple[Entry, ...]]


@pytest.fixture
def entries(session: Session, draft: Draft, noon: datetime) -> Entries:
    """The entries of somebody's calendar, after r-1 goes to m-1 and m-2, with r-2 standing by."""
    plan = draft(
        {"m-1": ["r-1"], "m-2": ["r-1", "r-3"], "m-3": []},
        deputies={"m-1": "r-2"},
        voices={"m-1": {"mevm": "mevm", "samensterk": "mevm"}},
    )
    publish_plan(session, COORDINATOR, plan, at=noon)

    def of(name: str) -> tuple[Entry, ...]:
        return calendar_entries(session, SUBJECTS[name], WINDOW, PUBLISHER, at=noon)

    return of


def _titles(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.title for entry in entries]


def test_a_representative_has_what_they_attend_or_stand_by_for(entries: Entries) -> None:
    assert _titles(entries("r-1")) == ["Overleg m-1", "Overleg m-2"]
    assert _titles(entries("r-2")) == ["Vervanger: Overleg m-1"]
    assert _titles(entries("r-3")) == ["Overleg m-2"]


def test_a_corporation_has_its_own_tables_and_no_names(
    session: Session, draft: Draft, noon: datetime
) -> None:
    row = session.get_one(tables.Meeting, "m-2")
    row.level, row.corporation_id = Level.CORPORATION, "actium"
    session.get_one(tables.Meeting, "m-3").corporation_id = "actium"
    publish_plan(session, COORDINATOR, draft({"m-2": ["r-1"], "m-3": ["r-3"]}), at=noon)
    (entry,) = calendar_entries(session, SUBJECTS["actium"], WINDOW, PUBLISHER, at=noon)
    assert entry.title == "Overleg m-2"
    assert "afgevaardigde van MEVM" in entry.description
    assert not entry.blocks


def test_an_entry_is_the_meeting_as_published(entries: Entries, noon: datetime) -> None:
    entry = entries("r-1")[0]
    assert entry.uid == "m-1@test.invalid"
    assert (entry.revision, entry.revised_at) == (0, noon)
    assert entry.ends_at - entry.starts_at == timedelta(hours=2)
    assert entry.location == "Assen"
    assert entry.url == "https://tafel.test/overleg/m-1"
    assert entry.categories == ("Gemeente", "Prestatieafspraken Assen")
    assert entry.standing is Standing.CONFIRMED


def test_the_description_says_on_whose_behalf_one_speaks(entries: Entries) -> None:
    lines = entries("r-1")[0].description.splitlines()
    assert lines == [
        "U spreekt namens MEVM en Samen Sterk.",
        "Vervanger: Afgevaardigde 2 van MEVM.",
        "https://tafel.test/overleg/m-1",
    ]


def test_a_deputy_is_told_so(entries: Entries) -> None:
    assert entries("r-2")[0].description.startswith("U staat klaar als vervanger.")


def test_a_shared_calendar_names_organisations_but_no_persons(entries: Entries) -> None:
    for name in ("samensterk", "assen"):
        text = "\n".join(entry.title + entry.description for entry in entries(name))
        assert "afgevaardigde van MEVM" in text
        assert "Afgevaardigde 1" not in text


def test_a_person_who_agreed_is_named(session: Session, entries: Entries) -> None:
    session.get_one(tables.Representative, "r-1").shows_label = True
    session.flush()
    assert "Afgevaardigde 1 van MEVM" in entries("assen")[0].description


def test_a_shared_calendar_shows_mandates_and_who_is_not_heard(entries: Entries) -> None:
    first, _, third = entries("assen")
    assert "MEVM spreekt ook namens Samen Sterk." in first.description
    assert "Niet gehoord: MEVM en Samen Sterk." in third.description


def test_only_an_own_calendar_takes_time(entries: Entries) -> None:
    assert all(entry.takes_time for entry in (*entries("r-1"), *entries("r-2")))
    assert not any(entry.takes_time for entry in entries("assen"))


def test_a_body_has_its_own_meetings_only(entries: Entries) -> None:
    assert len(entries("samensterk")) == 3
    assert entries("emmen") == ()
    assert entries("drenthe") == ()


def test_what_lies_outside_the_window_is_left_out(
    session: Session, entries: Entries, noon: datetime
) -> None:
    assert len(entries("r-1")) == 2
    near = replace(WINDOW, days_ahead=60)
    assert _titles(calendar_entries(session, SUBJECTS["r-1"], near, PUBLISHER, at=noon)) == [
        "Overleg m-1"
    ]


@pytest.mark.parametrize(("days", "expected"), [(60, Standing.CANCELLED), (100, None)])
def test_a_cancelled_meeting_stays_for_a_while(
    session: Session,
    entries: Entries,
    draft: Draft,
    noon: datetime,
    days: int,
    expected: Standing | None,
) -> None:
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    publish_plan(session, COORDINATOR, draft({"m-2": ["r-1"]}), at=noon)
    wide = replace(WINDOW, days_back=200)
    later = noon + timedelta(days=days)
    found = calendar_entries(session, SUBJECTS["r-1"], wide, PUBLISHER, at=later)
    standing = {entry.uid: entry.standing for entry in found}
    assert standing.get("m-1@test.invalid") is expected


def test_an_account_does_not_depend_on_the_day(session: Session, entries: Entries) -> None:
    account = every_entry(session, "r-1", PUBLISHER)
    assert tuple(entry for _, entry in account) == tuple(entries("r-1"))


@pytest.mark.parametrize(
    ("names", "sentence"), [([], ""), (["A"], "A"), (["A", "B", "C"], "A, B en C")]
)
def test_names_in_a_sentence(names: list[str], sentence: str) -> None:
    assert enumeration(names) == sentence


def _days(entries: tuple[Entry, ...]) -> dict[str, date]:
    return {each.title: each.days[0].date() for each in entries if each.all_day}


def test_deadlines_stand_there_only_for_who_wants_them(
    session: Session, entries: Entries, noon: datetime
) -> None:
    plain = entries("r-1")
    assert _days(plain) == {}
    chosen = calendar_entries(
        session, SUBJECTS["r-1"], WINDOW, PUBLISHER, at=noon, choices=FeedChoices(deadlines=True)
    )
    held_on = {each.title: each.days[0].date() for each in plain}
    title, day = next(iter(held_on.items()))
    found = _days(chosen)
    assert found[f"Uiterste dag voor inbreng: {title}"] == day - timedelta(days=7)
    assert found[f"Uiterste dag voor terugkoppeling: {title}"] == day + timedelta(days=14)
    assert {each for each in chosen if not each.all_day} == {*plain}
    assert not any(each.blocks or each.alarms for each in chosen if each.all_day)
    assert len({each.uid for each in chosen}) == len(chosen)


def test_the_days_of_the_law_are_the_last_on_which_something_can_be_done(
    session: Session, entries: Entries, noon: datetime
) -> None:
    chosen = calendar_entries(
        session,
        SUBJECTS["drenthe"],
        WINDOW,
        PUBLISHER,
        at=noon,
        choices=FeedChoices(deadlines=True),
    )
    law = [each.days[0].date() for each in chosen if each.uid.startswith("wet-bod-")]
    assert law
    assert all((day.month, day.day) == (6, 30) for day in law)


def test_who_stands_by_has_nothing_to_hand_in(
    session: Session, entries: Entries, noon: datetime
) -> None:
    choices = FeedChoices(deadlines=True)
    chosen = calendar_entries(session, SUBJECTS["r-2"], WINDOW, PUBLISHER, at=noon, choices=choices)
    assert any(not each.all_day for each in chosen)
    assert all(each.uid.startswith("wet-") for each in chosen if each.all_day)
