"""Files with a request, by a program: the same guards as on the page, and nobody else's."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import Audit, Paper
from scheduler.domain.access import Actor
from scheduler.domain.terms import ApiScope, Role
from scheduler.web.context import Context

PDF = b"%PDF-1.7 a paper"
ASSEN = Actor(Role.MUNICIPALITY, "GM0106")
WANTED = {
    "title": "Woonzorgvisie",
    "character": "advising",
    "times": [{"startsAt": "2027-06-10T13:30:00+02:00"}],
    "organisations": ["federatie"],
}


@pytest.fixture
def files(emmen: TestClient) -> str:
    """Where the files of a new request are."""
    answer = emmen.post("/requests", json=WANTED)
    return f"/requests/{answer.json()['id']}/files"


def _sent(content: bytes, name: str = "C:\\map\\nota.exe") -> dict[str, tuple[str, bytes]]:
    return {"file": (name, content)}


def test_a_file_is_sent_listed_fetched_and_taken_away(
    emmen: TestClient, context: Context, files: str
) -> None:
    made = emmen.post(files, files=_sent(PDF))
    assert made.status_code == 201
    document = made.json()
    assert document == {
        "id": document["id"],
        "name": "nota.pdf",
        "mediaType": "application/pdf",
        "size": len(PDF),
    }
    assert made.headers["location"] == f"/api/v1{files}/{document['id']}"
    assert emmen.get(files).json() == {"items": [document]}
    assert emmen.get(files.removesuffix("/files")).json()["files"] == [document]
    fetched = emmen.get(f"{files}/{document['id']}")
    assert fetched.content == PDF
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in fetched.headers["content-security-policy"]
    for _ in range(2):
        assert emmen.delete(f"{files}/{document['id']}").status_code == 204
    assert emmen.get(f"{files}/{document['id']}").status_code == 404
    with context.database.session() as session:
        acts = session.exec(select(Audit.act).order_by(Audit.id.desc()).limit(2)).all()
    assert acts == ["remove paper", "add papers"]


def test_the_same_file_twice_is_one_with_or_without_a_name_for_the_post(
    emmen: TestClient, files: str
) -> None:
    first = emmen.post(files, files=_sent(PDF)).json()
    assert emmen.post(files, files=_sent(PDF, "anders.pdf")).json() == first
    named = {"Idempotency-Key": "k-1"}
    second = emmen.post(files, files=_sent(b"tekst", "a.txt"), headers=named)
    again = emmen.post(files, files=_sent(b"tekst", "a.txt"), headers=named)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == second.json()
    other = emmen.post(files, files=_sent(b"iets anders", "a.txt"), headers=named)
    assert other.status_code == 409
    assert len(emmen.get(files).json()["items"]) == 2


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00\x03", b"<html>", b"x" * (10 * 2**20 + 1)])
def test_what_is_no_paper_is_refused_at_its_field(
    emmen: TestClient, context: Context, files: str, content: bytes
) -> None:
    answer = emmen.post(files, files=_sent(content))
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["location"]["pointer"] == "/file"
    with context.database.session() as session:
        assert session.exec(select(Paper)).all() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"file": "x"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"files": {"other": ("a.txt", b"x")}},
        {"files": [("file", ("a.txt", b"x")), ("file", ("b.txt", b"y"))]},
        {"files": {"file": ("a.txt", b"x")}, "data": {"more": "y"}},
    ],
    ids=["json", "no boundary", "another name", "two files", "a field too many"],
)
def test_what_is_no_form_with_one_file_is_malformed(
    emmen: TestClient, files: str, sent: dict[str, object]
) -> None:
    answer = emmen.post(files, **sent)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_far_too_large_isnt_read(emmen: TestClient, files: str) -> None:
    assert emmen.post(files, files=_sent(b"x" * (11 * 2**20))).status_code == 413


def test_another_bodys_files_are_absent(
    emmen: TestClient, program: Callable[..., TestClient], files: str
) -> None:
    held = emmen.post(files, files=_sent(PDF)).json()["id"]
    assen = program(ASSEN)
    assert assen.get(files).status_code == 404
    assert assen.post(files, files=_sent(PDF)).status_code == 404
    assert assen.get(f"{files}/{held}").status_code == 404
    assert assen.delete(f"{files}/{held}").status_code == 404
    assert emmen.get(f"{files}/{held}").content == PDF


def test_reading_files_does_not_allow_sending_them(
    emmen: TestClient, program: Callable[..., TestClient], app: FastAPI, files: str
) -> None:
    reader = program(Actor(Role.MUNICIPALITY, "GM0114"), ApiScope.REQUESTS_READ)
    assert reader.get(files).status_code == 200
    assert reader.post(files, files=_sent(PDF)).status_code == 403
    stranger = TestClient(app, base_url=str(emmen.base_url))
    assert stranger.post(files, files=_sent(PDF)).status_code == 401


def test_a_withdrawn_request_takes_no_more_files(emmen: TestClient, files: str) -> None:
    emmen.put(files.replace("/files", "/cancellation"))
    assert emmen.post(files, files=_sent(PDF)).status_code == 409
