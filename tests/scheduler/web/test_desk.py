"""The coordinator's desk: from a drop-out over a draft to a publication, and what it looks like."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import Plan, PlanTier
from scheduler.domain.terms import PlanMode, PlanState
from scheduler.jobs.planning import solve_next
from scheduler.web.context import Context

WISH = {"doel": "repair", "van": "2027-03-02", "tot": "2027-04-30", "seconden": "2"}


@pytest.fixture
def proposed(coordinator: TestClient, context: Context) -> Callable[..., str]:
    """Asks for proposals, lets the first so many be solved, and gives their address."""

    def make(most: int = 1, **changed: str) -> str:
        answer = coordinator.post("/herverdelen", data={**WISH, **changed})
        assert answer.status_code == 200
        for _ in range(most):
            assert solve_next(context.database, context.policy, clock=context.clock) is not None
        return answer.url.path

    return make


@pytest.fixture
def solved(coordinator: TestClient, proposed: Callable[..., str]) -> Callable[..., str]:
    """Asks for a proposal, lets it be solved, takes it over whole, and gives its address."""

    def make(**changed: str) -> str:
        number = proposed(**changed).rpartition("/")[2]
        answer = coordinator.post(f"/rooster/concept/{number}/overnemen")
        assert answer.status_code == 200
        return answer.url.path

    return make


def _plan(context: Context, **changed: object) -> int:
    with context.database.session() as session:
        row = session.exec(select(Plan)).first()
        assert row is not None
        plan = Plan(**(row.model_dump(exclude={"id"}) | {"state": PlanState.QUEUED, **changed}))
        session.add(plan)
        session.flush()
        return plan.id


def test_a_drop_out_becomes_a_draft_and_a_publication(
    coordinator: TestClient, solved: Callable[..., str], faults_of: Callable[[str], list[str]]
) -> None:
    address = solved(uitval="r12")
    page = coordinator.get(address).text
    assert faults_of(page) == []
    assert "Concept na de uitval van Afgevaardigde 12" in page
    assert "Woonvisie Tynaarlo" in page
    number = address.rpartition("/")[2]
    look = coordinator.get("/publiceren").text
    assert faults_of(look) == []
    assert "Klaar om te publiceren: nummer 3" in look
    done = coordinator.post(f"/publiceren/{number}", data={"na": "2"})
    assert done.url.path == "/publicatie/3"
    assert "Gepubliceerd als nummer 3." in done.text
    again = coordinator.post(f"/publiceren/{number}", data={"na": "2"})
    assert again.url.path == "/publicatie/3"
    assert "Er is niets dubbel gedaan." in again.text
    assert "Bekijk publicatie 3" in coordinator.get(address).text


def test_who_is_overtaken_is_told_and_keeps_the_draft(
    coordinator: TestClient, solved: Callable[..., str]
) -> None:
    number = solved(uitval="r12").rpartition("/")[2]
    answer = coordinator.post(f"/publiceren/{number}", data={"na": "1"})
    assert answer.url.path == "/publiceren"
    assert "Intussen is er iets anders gepubliceerd." in answer.text
    assert "Publiceer nummer 3" in answer.text


def test_a_draft_against_an_older_publication_says_so(
    coordinator: TestClient, solved: Callable[..., str]
) -> None:
    first = solved(uitval="r12").rpartition("/")[2]
    second = solved(uitval="r4").rpartition("/")[2]
    coordinator.post(f"/publiceren/{first}", data={"na": "2"})
    page = coordinator.get(f"/publiceren?concept={second}").text
    assert "Dit concept is gemaakt tegenover publicatie 2. Nu geldt publicatie 3." in page


def test_unticked_changes_are_taken_out_unless_a_rule_would_break(
    coordinator: TestClient, solved: Callable[..., str]
) -> None:
    address = solved(uitval="r12")
    same = coordinator.post(f"{address}/wijzigingen", data={"alle": "m-vries", "mee": "m-vries"})
    assert "Er is niets veranderd." in same.text
    refused = coordinator.post(f"{address}/wijzigingen", data={"alle": "m-vries"})
    assert refused.status_code == 409
    assert "Dat kan niet. Er is niets veranderd." in refused.text
    assert "Afgevaardigde 12" in refused.text


def test_a_change_that_nobody_needs_is_taken_out(
    coordinator: TestClient, solved: Callable[..., str]
) -> None:
    address = solved(doel="replan")
    before = coordinator.get(address).text
    assert 'value="m-emmen"' in before
    after = coordinator.post(f"{address}/wijzigingen", data={"alle": "m-emmen"})
    assert "Het concept is aangepast en nagerekend." in after.text
    assert 'name="mee" value="m-emmen"' not in after.text
    assert "U nam niet alles over" in after.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"doel": "iets"}, "Kies waarom u herverdeelt."),
        ({"van": ""}, "Kies een eerste en een laatste dag."),
        ({"tot": "gisteren"}, "Dit is geen datum"),
        ({"tot": "2027-01-01"}, "Het einde van de periode ligt vóór het begin."),
        ({"seconden": "veel"}, "Vul de rekentijd in als een getal."),
        ({"uitval": "r0"}, "bestaat niet meer"),
        ({"van": "2027-07-01", "tot": "2027-07-31"}, "niets op het rooster"),
    ],
)
def test_a_faulty_wish_keeps_what_was_filled_in(
    coordinator: TestClient, changed: dict[str, str], said: str
) -> None:
    answer = coordinator.post("/herverdelen", data={**WISH, **changed})
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{changed.get("van", WISH["van"])}"' in answer.text


def test_how_far_it_is_is_told_and_sent(
    coordinator: TestClient, context: Context, faults_of: Callable[[str], list[str]]
) -> None:
    number = _plan(context, state=PlanState.SOLVING, wall_seconds=9.2, mode=PlanMode.REPAIR)
    with context.database.session() as session:
        for position, (name, value, bound) in enumerate(
            [("presence", 0, 0), ("voice", 5, 4), ("comfort", -3, None)]
        ):
            session.add(
                PlanTier(
                    plan_id=number,
                    position=position,
                    name=name,
                    value=value,
                    bound=bound,
                    proven=value == bound,
                    before=9,
                )
            )
    page = coordinator.get(f"/herverdelen/{number}").text
    assert faults_of(page) == []
    assert "Stap 2 van 3" in page
    assert "Lege plaatsen: geen" in page
    assert "Organisaties niet gehoord: beter dan nu, hooguit 20 procent beter mogelijk" in page
    assert "punten" not in page
    stopped = coordinator.post(f"/herverdelen/{number}/stop").text
    assert "Wij stoppen en houden het beste tot nu toe." in stopped


def test_a_stream_tells_the_end_and_stops(coordinator: TestClient) -> None:
    answer = coordinator.get("/herverdelen/1/voortgang")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith("event: done\ndata: \n\n")


def test_a_stream_sends_a_part_of_the_page(
    coordinator: TestClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.web.progress._LOOKS", 1)
    monkeypatch.setattr("scheduler.web.progress._EVERY_SECONDS", 0)
    number = _plan(context)
    text = coordinator.get(f"/herverdelen/{number}/voortgang").text
    assert "event: progress\ndata: " in text
    assert "In de wachtrij." in text
    assert all(line.startswith(("event:", "data:", "retry:")) for line in text.split("\n") if line)


def test_what_went_wrong_is_said_in_words(coordinator: TestClient, context: Context) -> None:
    failed = _plan(context, state=PlanState.FAILED, failure="exit code -9")
    page = coordinator.get(f"/herverdelen/{failed}").text
    assert "de berekening is gestopt door een storing." in page
    assert "exit code -9" in page
    again = _plan(context, interruptions=1)
    assert "werd onderbroken en begint opnieuw" in coordinator.get(f"/herverdelen/{again}").text
    gone = coordinator.post(f"/herverdelen/{failed}/weg")
    assert gone.url.path == "/herverdelen"
    assert coordinator.get(f"/herverdelen/{failed}").status_code == 404


def test_an_earlier_publication_comes_back_as_a_draft(coordinator: TestClient) -> None:
    page = coordinator.get("/publicatie/1").text
    assert "Zet publicatie 1 terug" in page
    refused = coordinator.post("/publicatie/1/terugzetten")
    assert refused.status_code == 409
    assert "geldt nu al" in refused.text


def test_a_draft_is_put_away(coordinator: TestClient, solved: Callable[..., str]) -> None:
    number = solved(uitval="r12").rpartition("/")[2]
    page = coordinator.post(f"/publiceren/{number}/weg").text
    assert "Het concept is weg." in page
    assert "Er is geen concept om te publiceren" in page


def test_a_change_within_two_days_is_marked(
    coordinator: TestClient, solved: Callable[..., str], clock: Callable[[], datetime]
) -> None:
    solved(uitval="r12")
    vars(clock)["now"] = datetime.fromisoformat("2027-03-08T08:30:00+00:00")
    page = coordinator.get("/publiceren").text
    assert "Eén wijziging is al binnen 48 uur" in page
    assert "Bel ook even." in page


def test_a_long_list_of_changes_comes_page_by_page(coordinator: TestClient) -> None:
    assert "Voorbereiding bod Assen" in coordinator.get("/publicatie/1").text
    assert "Voorbereiding bod Assen" not in coordinator.get("/publicatie/1?blad=2").text
    assert coordinator.get("/publicatie/1?blad=0").status_code == 400


def test_the_workload_is_reckoned_out(coordinator: TestClient) -> None:
    page = coordinator.get("/werklast?maand=2027-03").text
    assert "Werklast, maart 2027" in page
    assert "procentpunt af van het midden" in page
    assert "Afgevaardigde 12, MEVM" in coordinator.get("/werklast?wie=afgevaardigde").text


@pytest.mark.parametrize("query", ["wie=iemand", "maand=2031-01", "maand=maart"])
def test_an_unknown_choice_is_refused(coordinator: TestClient, query: str) -> None:
    assert coordinator.get(f"/werklast?{query}").status_code == 400


def test_the_workload_can_be_taken_along(coordinator: TestClient) -> None:
    query = "maand=2027-03&wie=organisatie"
    plain = coordinator.get(f"/werklast.csv?{query}")
    assert plain.headers["content-disposition"] == 'attachment; filename="werklast.csv"'
    rows = list(csv.reader(StringIO(plain.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Organisatie", "Aantal overleggen", "Overleg (uren)"]
    mevm = next(row for row in rows if row[0] == "MEVM")
    # r12 and r14 at m-bod, r12 at m-vries: three times two hours, and an hour and a half of paper.
    assert mevm[1:4] == ["2", "6.0", "3.0"]
    book = coordinator.get(f"/werklast.xlsx?{query}")
    with ZipFile(BytesIO(book.content)) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(cell.itertext()) for cell in sheet.iter() if cell.tag.endswith("}c")]
    assert texts == [cell for row in rows for cell in row]


def test_each_area_of_the_map_leads_to_its_row(coordinator: TestClient) -> None:
    page = coordinator.get("/kaart").text
    assert '<a href="#g-GM0114" aria-label="Emmen: 1 overleg, 1 met een gat">' in page
    assert 'id="g-GM0114"' in page
    assert "Emmen: 4 uur werk" in coordinator.get("/kaart?laag=uren").text


def test_the_log_says_who_did_what(coordinator: TestClient, solved: Callable[..., str]) -> None:
    solved(uitval="r12")
    page = coordinator.get("/logboek?wat=plan&wie=coordinator").text
    assert "vroeg een voorstel: concept 3" in page
    assert "publiceerde nummer" not in page
    assert coordinator.get("/logboek?wie=iemand").status_code == 400
    assert "Hier staat nog niets." in coordinator.get("/logboek?voor=1").text


def test_the_log_goes_on_on_the_next_page(coordinator: TestClient) -> None:
    for _ in range(60):
        coordinator.post("/agenda/afgevaardigde/r12/nieuw-adres", follow_redirects=False)
    page = coordinator.get("/logboek?wat=feed").text
    older = page.partition('href="/logboek?')[2].partition('"')[0].replace("&amp;", "&")
    assert coordinator.get(f"/logboek?{older}").text.count("nieuw adres") == 10
