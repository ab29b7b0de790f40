"""Records to a spreadsheet and back: nothing lost, every fault at once, and one act."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.faults import BadFile
from scheduler.domain.terms import Role
from scheduler.flows.records import (
    KINDS,
    Kind,
    Outcome,
    Preview,
    Typed,
    add_record,
    carry_out,
    kind_called,
    look_again,
    preview_sheet,
    receive_sheet,
    received,
)
from scheduler.flows.records.typed import day_in, duration, duration_text, spans, spans_text

Export = Callable[[Kind], bytes]
HOLIDAY = {"naam": "Mei", "soort": "gesloten", "eerste_dag": "1-5-2027", "laatste_dag": "9-5-2027"}
LOAN = {
    "gever": "mevm",
    "houder": "samensterk",
    "uren": "40",
    "per": "per jaar",
    "eerste_dag": "1-1-2027",
    "laatste_dag": "31-12-2027",
}


def look(session: Session, kind: Kind, text: str, noon: datetime) -> Preview:
    return preview_sheet(session, COORDINATOR, kind, "blad.csv", text, today=noon.date())


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_reading_the_export_back_changes_nothing(
    session: Session, noon: datetime, export: Export, kind: Kind
) -> None:
    add_record(session, COORDINATOR, kind_called("gesloten-dagen"), Typed(texts=HOLIDAY), at=noon)
    add_record(session, COORDINATOR, kind_called("geleende-uren"), Typed(texts=LOAN), at=noon)
    data = export(kind)
    assert data.startswith(b"\xef\xbb\xbfkenmerk;")
    found = receive_sheet(session, COORDINATOR, kind, "blad.csv", data, at=noon)
    row = received(session, COORDINATOR, kind, found)
    preview = look_again(session, COORDINATOR, kind, row, at=noon)
    assert preview.rows
    assert preview.count(Outcome.LEAVE) == len(preview.rows)


def test_a_text_that_looks_like_a_formula_is_harmless_and_comes_back(
    session: Session, noon: datetime, export: Export, change: Callable
) -> None:
    change("organisaties", "mevm", opmerking="=HYPERLINK(1)")
    kind = kind_called("organisaties")
    text = export(kind).decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in text
    assert look(session, kind, text, noon).count(Outcome.CHANGE) == 0


def test_a_sheet_shows_what_it_adds_changes_and_leaves(
    session: Session, noon: datetime, people: Kind
) -> None:
    text = (
        "kenmerk;naam;organisatie;woonplaats;band;ervaring;uren_per_jaar\n"
        "r-1;Afgevaardigde 1;MEVM;Emmen;vrijwilliger;ervaren;121:40\n"
        "r-2;Afgevaardigde 2;mevm;emmen;vrijwilliger;ervaren;121:40:00\n"
        ";Nieuwe;Samen Sterk;Assen;beroepskracht;nieuw;100\n"
    )
    preview = look(session, people, text, noon)
    assert [(row.outcome, row.title) for row in preview.rows] == [
        (Outcome.CHANGE, "Afgevaardigde 1"),
        (Outcome.LEAVE, "Afgevaardigde 2"),
        (Outcome.ADD, "Nieuwe"),
    ]
    assert (preview.rows[0].before, preview.rows[0].after) == (
        {"woonplaats": "assen"},
        {"woonplaats": "emmen"},
    )


def test_carrying_out_twice_does_it_once(session: Session, noon: datetime, people: Kind) -> None:
    text = (
        "naam;organisatie;woonplaats;band;ervaring;uren_per_jaar\n"
        "Nieuwe;MEVM;Assen;vrijwilliger;nieuw;100\n"
        "Afgevaardigde 1;MEVM;Emmen;vrijwilliger;ervaren;100\n"
    )
    found = receive_sheet(session, COORDINATOR, people, "blad.csv", text.encode(), at=noon)
    for _ in range(2):
        row = carry_out(session, COORDINATOR, people, found, at=noon)
        assert (row.added, row.changed, row.content) == (1, 1, "")
    count = session.exec(select(func.count()).select_from(tables.Representative)).one()
    acts = [act.act for act in session.exec(select(tables.Audit))]
    assert (count, acts) == (4, ["add", "change"])
    # Sent in once more, the line without an identifier is known by its name.
    assert look(session, people, text, noon).count(Outcome.LEAVE) == 2


def test_every_fault_comes_at_once_with_its_line_and_column(
    session: Session, noon: datetime, people: Kind
) -> None:
    text = (
        "kenmerk;naam;organisatie;uren_per_jaar;laatste_dag\n"
        "r-9;Wie;MEVM;10;\n"
        "r-1;;Onbekend;veel;31-2-2027\n"
        "\n"
        "r-2;Afgevaardigde 1;MEVM;121:40;\n"
        "r-3;Derde;Samen Sterk;121:40;\n"
        "r-3;Derde;Samen Sterk;121:40;\n"
    )
    with pytest.raises(BadFile) as refusal:
        look(session, people, text, noon)
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [
        (2, "kenmerk"),
        (3, "naam"),
        (3, "organisatie"),
        (3, "uren_per_jaar"),
        (3, "laatste_dag"),
        (5, "naam"),
        (7, "organisatie"),
        (7, "organisatie"),
    ]
    assert session.exec(select(tables.RecordImport)).all() == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", [(None, None)]),
        ("naam;kleur\nx;rood\n", [(1, None)]),
        ("naam;naam\nx;y\n", [(1, "naam")]),
        ("kenmerk;naam\nr-1\n", [(2, None)]),
        ('kenmerk;naam\nr-1;"open\n', [(2, None)]),
        ("kenmerk;naam\n" + "r-1;x\n" * 5_001, [(None, None)]),
    ],
    ids=["empty", "unknown column", "column twice", "ragged", "open quotation mark", "too long"],
)
def test_a_file_that_cant_be_read_says_where(
    session: Session, noon: datetime, people: Kind, text: str, where: list[object]
) -> None:
    with pytest.raises(BadFile) as refusal:
        look(session, people, text, noon)
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == where


def test_excels_own_letters_are_read(session: Session, noon: datetime) -> None:
    kind = kind_called("corporaties")
    data = "naam;hoofdkantoor\r\nCoöperatie Één;Assen\r\n".encode("cp1252")
    found = receive_sheet(session, COORDINATOR, kind, "blad.csv", data, at=noon)
    row = received(session, COORDINATOR, kind, found)
    assert "Coöperatie Één" in row.content


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("", b"naam\nx\n"),
        ("blad.csv", b""),
        ("blad.xlsx", b"PK\x03\x04\0\0"),
        ("b.csv", b"x" * 1_048_577),
    ],
    ids=["no file", "empty", "no text", "too large"],
)
def test_what_is_no_sheet_is_refused(
    session: Session, noon: datetime, people: Kind, name: str, data: bytes
) -> None:
    with pytest.raises(BadInput):
        receive_sheet(session, COORDINATOR, people, name, data, at=noon)


def test_commas_will_do(session: Session, noon: datetime, people: Kind) -> None:
    preview = look(session, people, 'kenmerk,naam\nr-1,"Jansen, A."\n', noon)
    assert preview.rows[0].after == {"naam": "Jansen, A."}


def test_a_municipality_needs_its_code(session: Session, noon: datetime) -> None:
    kind = kind_called("gemeenten")
    with pytest.raises(BadFile) as refusal:
        look(session, kind, "naam;regio;gemeentehuis\nNieuw;Noord;Assen\n", noon)
    assert [fault.column for fault in refusal.value.faults] == ["kenmerk"]
    text = "kenmerk;naam;regio;gemeentehuis\nGM1680;Nieuw;Noord;Assen\n"
    found = receive_sheet(session, COORDINATOR, kind, "g.csv", text.encode(), at=noon)
    carry_out(session, COORDINATOR, kind, found, at=noon)
    assert session.get_one(tables.Municipality, "GM1680").region_id == "noord"


def test_records_that_changed_meanwhile_are_looked_at_anew(
    session: Session, noon: datetime, people: Kind, change: Callable
) -> None:
    data = b"kenmerk;naam\nr-1;Samen\n"
    found = receive_sheet(session, COORDINATOR, people, "blad.csv", data, at=noon)
    change("afgevaardigden", "r-2", naam="Samen")
    with pytest.raises(BadFile):
        carry_out(session, COORDINATOR, people, found, at=noon)


def test_files_that_nobody_carried_out_go_after_a_week(
    session: Session, noon: datetime, people: Kind
) -> None:
    data = b"kenmerk;naam\nr-1;Iemand\n"
    old = receive_sheet(session, COORDINATOR, people, "oud.csv", data, at=noon)
    receive_sheet(session, COORDINATOR, people, "nieuw.csv", data, at=noon + timedelta(days=8))
    with pytest.raises(NotFound):
        received(session, COORDINATOR, people, old)


def test_only_who_plans_for_all_reads_and_sends_sheets(
    session: Session, noon: datetime, people: Kind
) -> None:
    somebody = Actor(Role.MUNICIPALITY, "GM0114")
    with pytest.raises(NotAllowed):
        receive_sheet(session, somebody, people, "b.csv", b"naam\nx\n", at=noon)
    with pytest.raises(NotAllowed):
        received(session, somebody, people, "in-1")


@given(minutes=st.integers(0, 2_000_000))
def test_every_length_of_time_reads_back(minutes: int) -> None:
    assert duration(duration_text(minutes)) == minutes


@given(day=st.dates(min_value=day_in("1900-01-01"), max_value=day_in("31-12-2200")))
def test_every_day_reads_back_in_both_ways(day: object) -> None:
    assert day_in(f"{day}") == day
    assert day_in(f"{day:%d-%m-%Y}") == day


@given(
    minutes=st.lists(
        st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda each: each[0] < each[1])
    )
)
def test_times_of_a_day_read_back(minutes: list[tuple[int, int]]) -> None:
    def said(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    text = ", ".join(f"{said(first)}-{said(last)}" for first, last in minutes)
    found = spans(text)
    assert spans(spans_text(found)) == found
    assert len(found) == len(set(minutes))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(name=st.text(alphabet="=+-@'\";, abcé", min_size=1, max_size=12).map(str.strip))
def test_whatever_somebody_is_called_comes_back(
    session: Session, noon: datetime, export: Export, people: Kind, change: Callable, name: str
) -> None:
    if not name:
        return
    change("afgevaardigden", "r-1", naam=name)
    text = export(people).decode("utf-8-sig")
    preview = look(session, people, text, noon)
    assert preview.count(Outcome.LEAVE) == len(preview.rows)
