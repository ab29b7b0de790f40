"""A whole year for twelve organisations: at every moment the record says who spoke for whom."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from played.record import Held
from played.stage import Stage, board, said
from played.watch import Line
from played.year import LAST, Pace, Year, limit

from scheduler.domain.access import COORDINATOR

Command = Callable[..., str]
_OTHERS = {"md-01", "md-12"}
"""Mandates with a story of their own: one is renewed in October, one given back."""

REACHED = frozenset({"ahwoon", "hbvep", "hvmeppel", "huurdersfederatie", "mevm", "samensterk"})


@pytest.fixture
def pace(whole: bool) -> Pace:
    """Every week and every table, or so little that it takes half a minute."""
    if whole:
        return Pace(seconds=60, days=7, agendas=8, tellings=3, reactions=1, readers=1)
    return Pace(seconds=1, days=28, agendas=1, tellings=6, reactions=3, readers=10, boards=REACHED)


def test_a_year_at_the_table_is_what_the_record_says(
    stage: Stage, command: Command, pace: Pace
) -> None:
    year = Year(stage, pace)
    year.settle()
    _it_begins(year)
    _boards_change_their_minds(year)
    _mandates_end(year)
    year.play()
    _everything_happened(year)
    _the_commands_say_the_same(year, command)
    _the_year_report_adds_up(year)
    _nobody_reads_what_isnt_theirs(year)


def _it_begins(year: Year) -> None:
    """A mandate by page and link, one by three links, one refused; then the first publication."""
    desk = year.desk
    year.lent = desk.propose(
        "hbvep", "hbvep", "ahwoon", LAST, gemeenten=["GM1730"], grens=limit("hbvep", "ahwoon")
    )
    desk.agree(year.lent, "voorzitter@ahwoon.example")
    shared = desk.propose("", "mevm", "hvmeppel", LAST, gemeenten=["GM0119"])
    nameless = year.stage.post(board("mevm"), f"/mandaten/{shared}/akkoord", status=400)
    assert "Gebruik de link uit uw eigen mail." in said(nameless.text)
    desk.agree(
        shared,
        "secretaris@mevm.example",
        "voorzitter@hvmeppel.example",
        "voorzitter@mevm.example",
    )
    refused = desk.propose("mevm", "hbvep", "mevm", LAST)
    desk.refuse(refused, "voorzitter@hbvep.example")
    for body, days in (("GM0114", 40), ("GM0119", 70), ("GM1730", 100)):
        desk.ask(body, days)
    year.plan()


def _boards_change_their_minds(year: Year) -> None:
    """In mid-year a mandate is taken back and given anew; one board comes itself, one stays out."""
    desk = year.desk
    in_may = ("table", "prestatie-emmen")
    year.on(date(2027, 4, 12), lambda: desk.choose("samensterk", in_may, "self", date(2027, 5, 1)))
    year.on(date(2027, 4, 26), lambda: desk.ask("GM1730", 60))
    year.on(date(2027, 5, 3), lambda: _takes_back(year, date(2027, 6, 1)))
    year.on(date(2027, 5, 24), year.plan)
    out = ("level", "province")
    year.on(date(2027, 6, 14), lambda: desk.choose("deelmacht", out, "out", date(2027, 8, 1)))
    year.on(date(2027, 8, 30), lambda: _gives_again(year))
    year.on(date(2027, 9, 6), year.plan)


def _takes_back(year: Year, day: date) -> None:
    """What falls away is a gap with its reason, and no other meeting changes."""
    carried = [each for each in year.coming() if each.through_others.get("hbvep") == "ahwoon"]
    year.desk.withdraw("hbvep", year.lent, day)
    fallen = [each for each in carried if each.day >= day]
    assert fallen
    assert all("hbvep" in year.watch.fallen(each) for each in fallen)
    assert not any("hbvep" in year.watch.fallen(each) for each in carried if each.day < day)
    now = said(year.stage.get(COORDINATOR, "/").text)
    reason = "Het mandaat van HBV Eelde-Paterswolde aan AH WOON is gestopt op 1-6-2027."
    assert now.count(reason) == len(fallen)


def _gives_again(year: Year) -> None:
    """The holder proposes this time, and the giver agrees by its link."""
    year.lent = year.desk.propose("ahwoon", "hbvep", "ahwoon", LAST, gemeenten=["GM1730"])
    year.desk.agree(year.lent, "voorzitter@hbvep.example")


def _mandates_end(year: Year) -> None:
    """One ends and is renewed, one is given back, one is withdrawn just before it counts."""
    year.on(date(2027, 10, 4), lambda: _renews(year))
    year.on(
        date(2027, 10, 18), lambda: year.desk.withdraw("samensterk", "md-12", date(2027, 12, 1))
    )
    year.on(date(2027, 9, 13), lambda: _withdraws_at_the_last_moment(year))


def _renews(year: Year) -> None:
    year.stage.look_after("reminders", "mail")
    parties = "Samen Sterk aan De Huurdersfederatie"
    renewed = year.desk.renew("md-01", "voorzitter@samensterk.example", parties)
    year.desk.agree(renewed, "voorzitter@huurdersfederatie.example")


def _withdraws_at_the_last_moment(year: Year) -> None:
    """The day before, and nothing is published any more: the holder goes without the mandate."""
    meeting, giver, mandate = next(_carried_by_one(year))
    year.unheard[meeting.id] = giver
    before = meeting.day - timedelta(days=1)
    year.on(before, lambda: year.desk.withdraw(giver, mandate, meeting.day))


def _carried_by_one(year: Year) -> Iterator[tuple[Held, str, str]]:
    """Of the coming meetings whose voice is carried by just one mandate, and by which."""
    for meeting in year.coming(2):
        for giver, by in sorted(meeting.through_others.items()):
            mandates = year.register.carrying(giver, by, meeting)
            if len(mandates) == 1 and mandates[0] not in _OTHERS:
                yield meeting, giver, mandates[0]


def _everything_happened(year: Year) -> None:
    """The year had what it was played for."""
    assert {"tenants_half", "both", "organisations"} <= set(year.polls.decided)
    assert set(year.tellings.late.values()) == {True, False}
    assert any(each.ends_at < year.stage.clock.now for each in _untold(year))
    late = [late for given in year.positions.given.values() for late in given.values()]
    assert set(late) == {True, False}
    assert year.positions.by_link
    assert year.opened
    assert year.watch.looks > 24
    for meeting, giver in year.unheard.items():
        lines = {line.organisation: line for line in year.watch.begun[meeting]}
        assert lines[giver].speaker != giver
        assert lines[giver].mandate is None


def _untold(year: Year) -> list[Held]:
    return [each for each in year.desk.held() if each.going and each.id not in year.tellings.late]


def _the_commands_say_the_same(year: Year, command: Command) -> None:
    """`aantafel voices` and `aantafel mandates`, by the register as the play knows it."""
    found = json.loads(command("voices", "--json"))
    names = ("meeting", "organisation", "speaker", "mandate")
    lines = sorted(Line(*(each[name] for name in names)) for each in found)
    assert lines == year.watch.expected(year.desk.held())
    for month in range(1, 13):
        day = date(2027, month, 20)
        told = json.loads(command("mandates", "--on", day.isoformat(), "--json"))
        assert {each["id"] for each in told} == year.register.in_force(day)


def _the_year_report_adds_up(year: Year) -> None:
    """The province's report counts what happened, and what no mandate carried isn't by mandate."""
    page = year.stage.get(COORDINATOR, "/jaarverslag/2027/provincie.html").text
    text = " ".join(re.sub(r"<[^>]*>", " ", page).replace("\u00ad", "").split())
    held, late = year.desk.held(), year.tellings.late
    untold = [each for each in _untold(year) if each.ends_at < year.stage.clock.now]
    carried = [line for line in year.watch.expected(held) if line.mandate]
    unheard = sum(
        by is None and not year.register.stays_out(name, each)
        for each in held
        for name, by in each.voices.items()
    )
    assert f"Overleggen: {len(held)}, waarvan {len(held)} gehouden en 0 nog te komen." in text
    assert f"met mandaat: {len(carried)} keer." in text
    assert f"Niet gehoord: {unheard} keer." in text
    assert (
        f"Teruggekoppeld: {len(late)} overleggen, waarvan {sum(late.values())} te laat; "
        f"van {len(untold)} overleggen ontbreekt de terugkoppeling." in text
    )


def _nobody_reads_what_isnt_theirs(year: Year) -> None:
    """Every role on every record."""
    meetings = [each for each in year.desk.held() if each.id in year.positions.given]
    chosen = meetings if year.pace.readers == 1 else meetings[-1:]
    one = min(meetings[-1].voices)
    paths = [
        *("/", "/mandaten", "/terugkoppelingen"),
        *(f"/mandaten/{year.lent}", f"/bestuur/{one}", f"/jaarverslag/2027/{one}.html"),
    ]
    assert year.matrix.try_all(year.matrix.readers(year.pace.readers), chosen, paths)
