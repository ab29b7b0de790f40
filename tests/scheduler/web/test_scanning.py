"""What is uploaded passes the virus scanner, where one is set; without its answer nothing does."""

from collections.abc import Callable

import pytest
from clamd import MARK, Clamd
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.db.tables import MeetingRequest, Paper
from scheduler.domain.secrets import SecretKey
from scheduler.settings import Settings
from scheduler.web.context import Context

FORM = {
    "key": "sleutel",
    "knop": "stuur",
    "title": "Woonzorgvisie",
    "question": "Welke flats eerst?",
    "character": "advising",
    "day-0": "2027-06-10",
    "start-0": "13:30",
    "end-0": "15:30",
    "mode": "in_person",
    "organisations": "federatie",
}


@pytest.fixture
def context(province: Database, clock: Callable, clamd: Clamd, scanner: str) -> Context:
    address = clamd.path if scanner == "listens" else "/nowhere/clamd.ctl"
    return Context(
        settings=Settings.read({"AANTAFEL_PAPERS_SCANNER": address}),
        database=province,
        key=SecretKey(b"k" * 32),
        clock=clock,
    )


def _send(client: TestClient, content: bytes, **changed: str) -> str:
    answer = client.post("/uitnodigen", data=FORM | changed, files={"file": ("nota.txt", content)})
    return answer.text


def _kept(context: Context) -> tuple[int, list[bytes]]:
    with context.database.session() as session:
        requests = session.exec(select(MeetingRequest)).all()
        return len(requests), [each.content for each in session.exec(select(Paper))]


@pytest.mark.parametrize("scanner", ["listens"])
def test_a_file_with_a_virus_is_refused_and_a_clean_one_kept(
    municipality: TestClient, context: Context
) -> None:
    page = _send(municipality, MARK)
    assert "In dit bestand zit een virus (Test.Virus-1)." in page
    assert "Welke flats eerst?" in page
    assert _kept(context) == (0, [])
    _send(municipality, b"schoon")
    assert _kept(context) == (1, [b"schoon"])


@pytest.mark.parametrize("scanner", ["is down"])
def test_while_the_scanner_is_down_no_file_is_taken_but_a_link_is(
    municipality: TestClient, context: Context
) -> None:
    page = _send(municipality, b"schoon")
    assert "Wij kunnen bestanden nu niet op virussen nakijken" in page
    assert "Welke flats eerst?" in page
    assert _kept(context) == (0, [])
    municipality.post("/uitnodigen", data=FORM | {"papers": "https://emmen.example/a.pdf"})
    assert _kept(context) == (1, [])


@pytest.mark.parametrize("scanner", ["listens"])
def test_what_is_wrong_with_the_file_and_in_the_form_is_said_at_once(
    municipality: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    page = _send(municipality, MARK, title="")
    assert "In dit bestand zit een virus" in page
    assert 'href="#title"' in page
    assert faults_of(page) == []


@pytest.mark.parametrize("scanner", ["listens"])
def test_what_can_not_be_a_paper_is_not_even_scanned(
    municipality: TestClient, clamd: Clamd
) -> None:
    _send(municipality, b"MZ\x90\x00\x03")
    assert clamd.looked_at == []
