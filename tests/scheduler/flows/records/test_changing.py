"""Adding, changing, ending and taking back what the province is made of."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.terms import DecisionRule, Role, WeightRule
from scheduler.flows.records import (
    KINDS,
    AlreadyThere,
    BadRecord,
    Kind,
    RecordChanged,
    Typed,
    UndoImpossible,
    add_record,
    change_record,
    differences,
    end_record,
    fitting,
    history_of,
    kind_called,
    look_around,
    record_of,
    records,
    remove_record,
    undo_change,
)

CORPORATION = {"naam": "Woonborg", "hoofdkantoor": "emmen"}
HOLIDAY = {
    "naam": "Zomer",
    "soort": "schoolvakantie",
    "eerste_dag": "10-7-2027",
    "laatste_dag": "2027-08-22",
}


def test_a_limit_that_was_changed_stands_in_the_row_and_in_the_log(
    session: Session, change: Callable, people: Kind, noon: datetime
) -> None:
    done = change("afgevaardigden", "r-1", hoogstens_overleggen_per_week=" 2 ")
    assert session.get_one(tables.Representative, "r-1").max_meetings_per_week == 2
    (act,) = history_of(session, COORDINATOR, people, "r-1")
    assert (act.id, act.act, act.before, act.after) == (
        done.act,
        "change",
        {"hoogstens_overleggen_per_week": ""},
        {"hoogstens_overleggen_per_week": "2"},
    )


def test_nothing_changed_is_no_act(session: Session, change: Callable, people: Kind) -> None:
    assert change("afgevaardigden", "r-1", naam="Afgevaardigde 1").act is None
    assert history_of(session, COORDINATOR, people, "r-1") == ()


def test_hours_are_kept_to_the_minute(change: Callable, texts: Callable, session: Session) -> None:
    assert texts("afgevaardigden", "r-1")["uren_per_jaar"] == "121:40"
    change("afgevaardigden", "r-1", uren_per_jaar="7,5")
    assert session.get_one(tables.Representative, "r-1").target_minutes_per_year == 450


def test_weekly_hours_are_rows_of_their_own(
    change: Callable, texts: Callable, session: Session
) -> None:
    hours = "19.00-24:00, 9:00 tot 12:00"
    change("afgevaardigden", "r-1", kan_altijd="nee", maandag=hours)
    assert texts("afgevaardigden", "r-1")["maandag"] == "09:00-12:00, 19:00-24:00"
    rows = session.exec(select(tables.Availability)).all()
    assert sorted((row.weekday, row.ends_at_midnight) for row in rows) == [(1, False), (1, True)]


def test_every_fault_is_told_at_its_field(change: Callable) -> None:
    with pytest.raises(BadRecord) as refusal:
        change("afgevaardigden", "r-1", uren_per_jaar="veel", woonplaats="Parijs", dinsdag="9-12")
    assert [fault.key for fault in refusal.value.faults] == [
        "woonplaats",
        "uren_per_jaar",
        "dinsdag",
    ]


def test_what_doesnt_fit_together_is_refused(change: Callable) -> None:
    with pytest.raises(BadRecord) as refusal:
        change("mandaten", "md-1", houder="samensterk", laatste_dag="2026-01-01")
    assert [fault.key for fault in refusal.value.faults] == ["houder", "laatste_dag"]


def test_a_tables_owner_belongs_to_its_level(change: Callable, session: Session) -> None:
    with pytest.raises(BadRecord) as refusal:
        change("overlegtafels", "pa-assen", niveau="woningcorporatie")
    assert [fault.key for fault in refusal.value.faults] == ["gemeente", "corporatie"]
    change("overlegtafels", "pa-assen", niveau="woningcorporatie", gemeente="", corporatie="actium")
    assert session.get_one(tables.Table, "pa-assen").corporation_id == "actium"


def test_a_mandate_without_municipalities_holds_everywhere(
    change: Callable, texts: Callable, session: Session
) -> None:
    change("mandaten", "md-1", gemeenten="Emmen, Assen", niveaus="provincie")
    assert texts("mandaten", "md-1")["gemeenten"] == "GM0106, GM0114"
    row = session.get_one(tables.Mandate, "md-1")
    assert (row.everywhere, row.levels) == (False, ["province"])
    change("mandaten", "md-1", gemeenten="", niveaus="")
    assert (row.everywhere, row.levels) == (True, None)


def test_a_capacity_that_was_given_is_no_longer_an_assumption(
    change: Callable, session: Session
) -> None:
    row = session.get_one(tables.Organisation, "mevm")
    row.capacity_is_sample = True
    change("organisaties", "mevm", opmerking="Belt liever")
    assert row.capacity_is_sample
    change("organisaties", "mevm", uren_per_jaar="600")
    assert (row.capacity_is_sample, row.capacity_minutes_per_year) == (False, 36_000)


def test_the_same_form_sent_twice_adds_one(session: Session, noon: datetime) -> None:
    kind, typed = kind_called("corporaties"), Typed(texts=CORPORATION)
    first = add_record(session, COORDINATOR, kind, typed, at=noon)
    second = add_record(session, COORDINATOR, kind, typed, at=noon)
    assert (first.identifier, second.identifier, second.act) == ("woonborg", "woonborg", None)


def test_another_of_the_same_name_is_refused(session: Session, noon: datetime) -> None:
    typed = Typed(texts={"naam": "ACTIUM"})
    with pytest.raises(AlreadyThere, match="Actium"):
        add_record(session, COORDINATOR, kind_called("corporaties"), typed, at=noon)


def test_a_name_that_an_address_needs_gets_another_identifier(
    session: Session, noon: datetime
) -> None:
    typed = Typed(texts={"naam": "Nieuw"})
    made = add_record(session, COORDINATOR, kind_called("corporaties"), typed, at=noon)
    assert made.identifier.startswith("nieuw-")


@pytest.mark.parametrize(("given", "refused"), [("GM1680", False), ("", True), ("GM0114", True)])
def test_a_municipality_comes_with_its_own_code(
    session: Session, noon: datetime, given: str, refused: bool
) -> None:
    texts = {"naam": "Aa en Hunze", "regio": "noord", "gemeentehuis": "assen"}
    typed = Typed(texts=texts, identifier=given)
    if refused:
        with pytest.raises(BadRecord):
            add_record(session, COORDINATOR, kind_called("gemeenten"), typed, at=noon)
    else:
        made = add_record(session, COORDINATOR, kind_called("gemeenten"), typed, at=noon)
        assert made.identifier == given


def test_the_second_of_two_sees_what_the_first_did_and_loses_nothing(
    session: Session, change: Callable, texts: Callable, people: Kind, noon: datetime
) -> None:
    was = texts("afgevaardigden", "r-1")
    change("afgevaardigden", "r-1", hoogstens_minuten_reizen="30")
    mine = Typed(texts={**was, "naam": "Iemand"}, was=was)
    with pytest.raises(RecordChanged) as conflict:
        change_record(session, COORDINATOR, people, "r-1", mine, at=noon)
    (other,) = conflict.value.meanwhile
    assert (other.key, other.was, other.now) == ("hoogstens_minuten_reizen", "", "30")
    assert conflict.value.texts["naam"] == "Iemand"
    assert conflict.value.texts["hoogstens_minuten_reizen"] == "30"
    again = Typed(texts=conflict.value.texts, was=conflict.value.now)
    done = change_record(session, COORDINATOR, people, "r-1", again, at=noon)
    assert done.after == {"naam": "Iemand"}


def test_the_same_change_by_two_is_no_conflict(
    session: Session, change: Callable, texts: Callable, people: Kind, noon: datetime
) -> None:
    was = texts("afgevaardigden", "r-1")
    change("afgevaardigden", "r-1", naam="Iemand")
    typed = Typed(texts={**was, "naam": "Iemand"}, was=was)
    assert change_record(session, COORDINATOR, people, "r-1", typed, at=noon).act is None


def test_who_ends_stays_and_is_listed_only_when_asked(
    session: Session, people: Kind, noon: datetime
) -> None:
    typed = Typed(texts={"laatste_dag": "2027-01-03"}, why="Verhuist")
    done = end_record(session, COORDINATOR, people, "r-1", typed, at=noon)
    assert history_of(session, COORDINATOR, people, "r-1")[0].why == "Verhuist"
    listed = records(session, COORDINATOR, people, today=noon.date())

    def found(*, ended: bool) -> set[str]:
        return {each.id for each in fitting(listed, "", today=noon.date(), ended=ended)}

    assert (found(ended=False), found(ended=True)) == ({"r-2", "r-3"}, {"r-1", "r-2", "r-3"})
    undo_change(session, COORDINATOR, people, done.act, at=noon)
    assert session.get_one(tables.Representative, "r-1").last_day is None


def test_search_finds_words_in_any_field(session: Session, people: Kind, noon: datetime) -> None:
    listed = records(session, COORDINATOR, people, today=noon.date())
    found = fitting(listed, "samen EMMEN", today=noon.date(), ended=False)
    assert [each.id for each in found] == ["r-3"]


def test_what_nothing_refers_to_can_be_taken_away_and_brought_back(
    session: Session, noon: datetime
) -> None:
    kind = kind_called("gesloten-dagen")
    made = add_record(session, COORDINATOR, kind, Typed(texts=HOLIDAY), at=noon)
    gone = remove_record(session, COORDINATOR, kind, made.identifier, at=noon)
    with pytest.raises(NotFound):
        record_of(session, COORDINATOR, kind, made.identifier)
    undo_change(session, COORDINATOR, kind, gone.act, at=noon)
    row = session.get_one(tables.ClosedPeriod, made.identifier)
    assert (row.first_day, row.last_day) == (date(2027, 7, 10), date(2027, 8, 22))


def test_what_history_refers_to_is_never_taken_away(
    session: Session, people: Kind, noon: datetime
) -> None:
    with pytest.raises(BadInput):
        remove_record(session, COORDINATOR, people, "r-1", at=noon)
    typed = Typed(texts={"laatste_dag": ""})
    with pytest.raises(BadInput):
        end_record(session, COORDINATOR, kind_called("gesloten-dagen"), "c-1", typed, at=noon)


def test_undo_stops_where_something_was_changed_since(
    session: Session, change: Callable, people: Kind, noon: datetime
) -> None:
    first = change("afgevaardigden", "r-1", naam="Een")
    change("afgevaardigden", "r-1", naam="Twee")
    with pytest.raises(UndoImpossible):
        undo_change(session, COORDINATOR, people, first.act, at=noon)
    with pytest.raises(NotFound):
        undo_change(session, COORDINATOR, kind_called("mandaten"), first.act, at=noon)


def test_history_tells_names_and_words(session: Session, change: Callable, noon: datetime) -> None:
    change("afgevaardigden", "r-1", organisatie="samensterk", ervaring="nieuw")
    kind = kind_called("afgevaardigden")
    (act,) = history_of(session, COORDINATOR, kind, "r-1")
    around = look_around(session, today=noon.date())
    told = [(each.key, each.before.en, each.after.en) for each in differences(act, around)]
    assert told == [
        ("organisatie", "MEVM", "Samen Sterk"),
        ("ervaring", "experienced", "new"),
    ]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_only_who_plans_for_all_sees_and_changes_records(
    session: Session, noon: datetime, kind: Kind
) -> None:
    somebody = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        records(session, somebody, kind, today=noon.date())
    with pytest.raises(NotAllowed):
        add_record(session, somebody, kind, Typed(texts={}), at=noon)
    with pytest.raises(NotAllowed):
        change_record(session, somebody, kind, "r-1", Typed(texts={}), at=noon)
    with pytest.raises(NotAllowed):
        undo_change(session, somebody, kind, 1, at=noon)


def test_a_table_decides_by_majority_until_it_says_otherwise(
    session: Session, change: Callable
) -> None:
    table = session.get_one(tables.Table, "pa-assen")
    assert (table.votes, table.decision_rule, table.votes_each) == (
        False,
        DecisionRule.ORGANISATIONS,
        1,
    )
    change(
        "overlegtafels",
        "pa-assen",
        stemt="ja",
        besluit="huurders hebben samen de helft van de stemmen",
        gewicht="",
        stemmen_per_organisatie="",
        quorum="50",
    )
    session.refresh(table)
    assert (table.votes, table.decision_rule) == (True, DecisionRule.TENANTS_HALF)
    assert (table.weight_rule, table.votes_each, table.quorum_percent) == (WeightRule.EQUAL, 1, 50)
