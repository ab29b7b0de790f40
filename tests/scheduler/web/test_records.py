"""The pages of records: lists, forms, conflicts, sheets and the year, as a browser gets them."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.flows.records import KINDS
from scheduler.web.context import Context

DAY = date(2027, 5, 3)
PERSON = "/gegevens/afgevaardigden/r12"


def form_of(page: str) -> dict[str, list[str]]:
    """What the first big form of a page would send, untouched."""
    form = page[page.index('class="at-form"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if 'type="checkbox"' not in tag or " checked" in tag:
            sent.setdefault(name[1], []).append(unescape(value[1]))
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = [unescape(chosen[1]) if chosen else ""]
    return sent


@pytest.mark.parametrize("kind", KINDS, ids=[kind.key for kind in KINDS])
def test_every_form_is_sound_and_sent_untouched_changes_nothing(
    coordinator: TestClient,
    context: Context,
    faults_of: Callable[[str], list[str]],
    kind: object,
) -> None:
    with context.database.session() as session:
        session.add(
            tables.ClosedPeriod(id="c-1", name="Mei", kind="closed", first_day=DAY, last_day=DAY)
        )
        session.add(
            tables.Loan(
                id="ln-1",
                giver_id="sbde",
                holder_id="mevm",
                minutes=600,
                first_day=DAY,
                last_day=DAY,
            )
        )
    with context.database.session() as session:
        first = session.exec(select(kind.table.id)).first()
    address = f"/gegevens/{kind.key}/{first}"
    page = coordinator.get(address).text
    assert faults_of(page) == []
    answer = coordinator.post(address, data=form_of(page))
    assert "Alles stond er al zo. Er is niets veranderd." in answer.text
    for path in (f"/gegevens/{kind.key}", f"/gegevens/{kind.key}/nieuw"):
        assert faults_of(coordinator.get(path).text) == []


def test_a_changed_limit_shows_before_and_after_and_can_be_undone(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    form = form_of(coordinator.get(PERSON).text)
    page = coordinator.post(
        PERSON, data=form | {"hoogstens_overleggen_per_week": "2", "waarom": "Druk"}
    )
    assert "Dit is veranderd." in page.text
    assert "Reden: Druk" in page.text
    assert faults_of(page.text) == []
    act = re.search(r"/gegevens/afgevaardigden/daad/([0-9]+)/terug", page.text)
    undone = coordinator.post(act[0])
    assert "Dit is ongedaan gemaakt." in undone.text
    again = coordinator.post(act[0])
    assert (again.status_code, "daarna nog veranderd" in again.text) == (409, True)


def test_what_a_change_means_for_the_plan_is_told_with_the_way_on(coordinator: TestClient) -> None:
    page = coordinator.post(
        f"{PERSON}/einde", data={"einde": "2027-03-20", "was-laatste_dag": ""}
    ).text
    assert "Het einde is bewaard." in page
    assert "2 geplande overleggen passen niet meer" in page
    assert 'href="/rooster/m-vries"' in page
    assert 'href="/herverdelen?uitval=r12"' in page


def test_faults_stand_at_their_field_and_nothing_typed_is_lost(coordinator: TestClient) -> None:
    form = form_of(coordinator.get(PERSON).text)
    page = coordinator.post(PERSON, data=form | {"naam": "", "uren_per_jaar": "heel veel"})
    assert page.status_code == 400
    told = 'value="heel veel" aria-describedby="uren_per_jaar-uitleg uren_per_jaar-fout"'
    assert f'{told} aria-invalid="true"' in page.text
    assert '<a class="utrecht-link" href="#naam">Naam: hier hoort een tekst.</a>' in page.text


def test_an_end_that_cant_be_read_comes_back_at_its_field(coordinator: TestClient) -> None:
    page = coordinator.post(f"{PERSON}/einde", data={"einde": "ooit", "was-laatste_dag": ""})
    assert page.status_code == 400
    assert 'id="laatste_dag-fout"' in page.text


def test_two_coordinators_see_each_others_work(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    form = form_of(coordinator.get(PERSON).text)
    coordinator.post(PERSON, data=form | {"hoogstens_minuten_reizen": "30"})
    mine = coordinator.post(PERSON, data=form | {"naam": "Afgevaardigde twaalf"})
    assert mine.status_code == 409
    assert "Iemand anders veranderde dit intussen" in mine.text
    assert faults_of(mine.text) == []
    merged = form_of(mine.text)
    assert (merged["naam"], merged["hoogstens_minuten_reizen"]) == (
        ["Afgevaardigde twaalf"],
        ["30"],
    )
    saved = coordinator.post(PERSON, data=merged)
    assert "Dit is veranderd." in saved.text
    ended = coordinator.post(
        f"{PERSON}/einde", data={"einde": "2027-09-01", "was-laatste_dag": "2027-08-01"}
    )
    assert ended.status_code == 409


def test_a_new_record_is_added_once_and_a_double_is_refused(coordinator: TestClient) -> None:
    address = "/gegevens/corporaties/nieuw"
    for _ in range(2):
        page = coordinator.post(address, data={"naam": "Woonborg", "hoofdkantoor": "assen"})
        assert page.url.path == "/gegevens/corporaties/woonborg"
    refused = coordinator.post(address, data={"naam": "Lefier", "hoofdkantoor": "assen"})
    assert (refused.status_code, "Dit staat er al: Lefier." in refused.text) == (400, True)


def test_a_closed_period_is_taken_away_and_brought_back(coordinator: TestClient) -> None:
    page = coordinator.post(
        "/gegevens/gesloten-dagen/nieuw",
        data={
            "naam": "Mei",
            "soort": "gesloten",
            "eerste_dag": "2027-05-01",
            "laatste_dag": "2027-05-09",
        },
    )
    gone = coordinator.post(f"{page.url.path}/einde")
    assert "Dit is weggehaald." in gone.text
    back = re.search(r"/gegevens/gesloten-dagen/daad/[0-9]+/terug", gone.text)
    assert coordinator.post(back[0]).url.path == page.url.path


def test_a_new_topic_is_kept_beside_the_ticked_ones(
    coordinator: TestClient, context: Context
) -> None:
    form = form_of(coordinator.get(PERSON).text)
    coordinator.post(PERSON, data=form | {"deskundig_in-anders": "warmtenet, huurbeleid"})
    with context.database.session() as session:
        found = session.exec(select(tables.Expertise.topic)).all()
    assert sorted(found) == ["huurbeleid", "warmtenet"]


def test_lists_are_searched_and_come_page_by_page(
    coordinator: TestClient, context: Context
) -> None:
    with context.database.session() as session:
        row = session.get_one(tables.Representative, "r14").model_dump()
        for number in range(30):
            extra = row | {"id": f"r-x{number}", "label": f"Extra {number:02}"}
            session.add(tables.Representative(**extra))
    page = coordinator.get("/gegevens/afgevaardigden?zoek=extra").text
    assert "30 gevonden" in page
    assert "Extra 29" not in page
    assert "Extra 29" in coordinator.get("/gegevens/afgevaardigden?zoek=extra&blad=2").text
    assert "Niets gevonden." in coordinator.get("/gegevens/afgevaardigden?zoek=niemand").text


def test_who_ended_is_left_out_until_asked_for(coordinator: TestClient) -> None:
    coordinator.post(f"{PERSON}/einde", data={"einde": "2027-01-31", "was-laatste_dag": ""})
    assert "Afgevaardigde 12" not in coordinator.get("/gegevens/afgevaardigden").text
    assert "Afgevaardigde 12" in coordinator.get("/gegevens/afgevaardigden?ook=ja").text
    assert "Dit is geëindigd op 31 januari 2027." in coordinator.get(PERSON).text


def test_a_sheet_is_looked_at_first_and_then_carried_out_once(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    sheet = coordinator.get("/gegevens/corporaties/uitvoer.csv")
    assert (
        sheet.headers["content-disposition"] == 'attachment; filename="corporaties-2027-03-02.csv"'
    )
    same = coordinator.post(
        "/gegevens/corporaties/inlezen", files={"bestand": ("c.csv", sheet.content)}
    )
    assert "Dit bestand verandert niets" in same.text
    changed = sheet.content.replace(b"Lefier", b"Lefier Noord") + b";Woonborg;Assen;\r\n"
    preview = coordinator.post(
        "/gegevens/corporaties/inlezen", files={"bestand": ("c.csv", changed)}
    )
    assert "Er is nog niets veranderd." in preview.text
    assert "<b>Lefier Noord</b>" in preview.text
    assert faults_of(preview.text) == []
    for _ in range(2):
        done = coordinator.post(preview.url.path)
        assert "Het bestand is ingelezen" in done.text
    assert faults_of(done.text) == []
    assert "Woonborg" in coordinator.get("/gegevens/corporaties").text


def test_every_fault_of_a_sheet_is_listed_and_nothing_is_changed(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    sheet = b"kenmerk;naam;hoofdkantoor\nlefier;;Parijs\nx;y;Assen\n"
    page = coordinator.post("/gegevens/corporaties/inlezen", files={"bestand": ("c.csv", sheet)})
    assert page.status_code == 400
    assert "3 dingen in het bestand kloppen nog niet" in page.text
    assert faults_of(page.text) == []
    assert coordinator.post("/gegevens/corporaties/inlezen").status_code == 400


def test_records_that_changed_since_the_preview_are_told(coordinator: TestClient) -> None:
    sheet = b"kenmerk;naam\nr14;Samen\n"
    address = "/gegevens/afgevaardigden/inlezen"
    preview = coordinator.post(address, files={"bestand": ("a.csv", sheet)})
    form = form_of(coordinator.get(PERSON).text)
    coordinator.post(PERSON, data=form | {"naam": "Samen"})
    for answer in (coordinator.post(preview.url.path), coordinator.get(preview.url.path)):
        assert answer.status_code == 400
        assert "1 ding in het bestand klopt nog niet" in answer.text


def test_a_year_is_corrected_and_set_ready_once(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    address = "/gegevens/jaar/2028"
    page = coordinator.get(address).text
    assert faults_of(page) == []
    assert "4 overleggen, op dezelfde dag van de week" in page
    form = {"kies": ["m-bod", "m-vries"], "dag-m-bod": "2028-03-08", "van-m-bod": "10:00"}
    wrong = coordinator.post(
        address, data=form | {"dag-m-vries": "2027-03-08", "van-m-vries": "19:30"}
    )
    assert wrong.status_code == 400
    assert "hier hoort een dag in 2028" in wrong.text
    assert faults_of(wrong.text) == []
    right = form | {"dag-m-vries": "2028-03-22", "van-m-vries": "19:30"}
    made = coordinator.post(address, data=right).text
    assert "2 overleggen staan klaar." in made
    assert "2 andere staan al klaar." in made
    assert (
        "Dit stond al klaar. Er is niets dubbel gedaan."
        in coordinator.post(address, data=right).text
    )
    assert "Kies ten minste één overleg." in coordinator.post(address).text


def test_a_year_without_a_year_before_says_so(coordinator: TestClient) -> None:
    assert "geen overleggen om over te nemen" in coordinator.get("/gegevens/jaar/2040").text
    assert coordinator.get("/gegevens/jaar/1066").status_code == 400


def test_english_is_spoken_here_too(coordinator: TestClient) -> None:
    coordinator.get("/taal/en")
    page = coordinator.get(PERSON).text
    assert "At most so many meetings a week" in page
    assert "Hoogstens" not in page


def test_a_long_year_comes_sheet_by_sheet_and_can_be_set_ready_at_once(
    coordinator: TestClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.web.pages.records.year._SHEET", 2)
    address = "/gegevens/jaar/2028"
    first = coordinator.get(address).text
    assert first.count('name="kies"') < 4
    assert "blad 2" in first
    form = {"daad": "alles", "dag-m-bod": "2028-03-08", "van-m-bod": "10:00"}
    assert "3 overleggen staan klaar." in coordinator.post(address, data=form).text
    assert coordinator.get(f"{address}?blad=9").text.count('name="kies"') == 1


def test_a_new_representative_starts_with_the_groups_average(coordinator: TestClient) -> None:
    page = coordinator.get("/gegevens/afgevaardigden/nieuw").text
    assert "begint met het gemiddelde van de groep" in page
    assert 'name="uren_per_jaar" value="200"' in page
