"""The page Agenda: the address, its QR code, a new address, and an account."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.db.feeds import feed_by_token, note_fetch
from scheduler.db.tables import Account
from scheduler.domain.access import Actor
from scheduler.domain.errors import Gone
from scheduler.domain.terms import Role
from scheduler.flows.access.accounts import representative_by_password
from scheduler.web.qr import qr_code

ADDRESS = re.compile(r"http://127\.0\.0\.1:8000/feeds/([a-z2-7]{32})/[a-z0-9-]+\.ics")


def token_on(page: str) -> str:
    found = ADDRESS.search(page)
    assert found
    return found[1]


def test_a_telephone_is_told_how_without_asking_and_any_other_after_one_choice(
    representative: TestClient,
) -> None:
    assert 'id="stappen"' not in representative.get("/agenda").text
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
    own = representative.get("/agenda", headers={"User-Agent": agent}).text
    assert "Tik op “Abonneer”" in own
    other = "/agenda/afgevaardigde/r12?op=nextcloud"
    chosen = representative.get(other, headers={"User-Agent": agent}).text
    assert "Nieuw abonnement via link (alleen lezen)" in chosen
    assert "Tik op “Abonneer”" not in chosen
    unknown = representative.get("/agenda/afgevaardigde/r12?op=fax")
    assert unknown.status_code == 200
    assert 'id="stappen"' not in unknown.text


def test_the_page_shows_the_address_in_both_ways(representative: TestClient) -> None:
    page = representative.get("/agenda/afgevaardigde/r12?op=iphone").text
    token = token_on(page)
    assert f'href="webcal://127.0.0.1:8000/feeds/{token}/afgevaardigde-12.ics"' in page
    assert 'role="img" aria-label="QR-code' in page


def test_the_address_stays_the_same(representative: TestClient) -> None:
    first, second = (token_on(representative.get("/agenda").text) for _ in range(2))
    assert first == second


def test_a_new_address_replaces_the_old(representative: TestClient, province: Database) -> None:
    old = token_on(representative.get("/agenda").text)
    page = representative.post("/agenda/afgevaardigde/r12/nieuw-adres").text
    new = token_on(page)
    assert new != old
    assert "Er is een nieuw adres" in page
    with province.session() as session:
        assert feed_by_token(session, new).subject_id == "r12"
        try:
            feed_by_token(session, old)
        except Gone:
            return
    raise AssertionError("the old address still works")


def test_a_fetch_is_shown_as_working(
    representative: TestClient, province: Database, clock: Callable
) -> None:
    assert "Werkt het? Nog niet." in representative.get("/agenda").text
    token = token_on(representative.get("/agenda").text)
    with province.session() as session:
        note_fetch(feed_by_token(session, token), "iPhone", at=clock.now - timedelta(hours=1))
    page = representative.get("/agenda").text
    assert "Werkt het? Ja." in page
    assert "iPhone haalde de agenda het laatst op: dinsdag 2 maart, 08.30 uur." in page
    assert "iPhone haalde uw agenda op: vandaag, 08.30 uur." in representative.get("/").text


def test_a_password_is_shown_once_and_works(
    representative: TestClient, province: Database, clock: Callable
) -> None:
    page = representative.post("/agenda/afgevaardigde/r12/wachtwoord").text
    found = re.search(r"at-address--once\">([a-z0-9-]+)<", page)
    assert found
    assert found[1] not in representative.get("/agenda").text
    with province.session() as session:
        assert representative_by_password(session, "r12", found[1], at=clock.now) == "r12"
        assert found[1] not in [row.password_hash for row in session.exec(select(Account))]


def test_only_a_representative_has_an_account(
    representative: TestClient, municipality: TestClient
) -> None:
    assert "CalDAV" in representative.get("/agenda").text
    assert "CalDAV" not in municipality.get("/agenda").text


def test_the_coordinator_finds_every_feed(coordinator: TestClient) -> None:
    page = coordinator.get("/agenda").text
    for address in (
        "provincie/drenthe",
        "gemeente/GM0114",
        "corporatie/lefier",
        "organisatie/sbde",
        "afgevaardigde/r4",
    ):
        assert f'href="/agenda/{address}"' in page
        assert coordinator.get(f"/agenda/{address}").status_code == 200


def test_a_corporation_subscribes_to_its_own_and_to_nobody_elses(
    signed_in: Callable[[Actor], TestClient],
) -> None:
    client = signed_in(Actor(Role.CORPORATION, "lefier"))
    assert 'href="/agenda"' in client.get("/").text
    page = client.get("/agenda").text
    assert client.get(f"/feeds/{token_on(page)}/lefier.ics").text.startswith("BEGIN:VCALENDAR")
    assert client.get("/agenda/corporatie/lefier").status_code == 200
    for other in ("gemeente/GM0114", "provincie/drenthe", "corporatie/anders"):
        assert client.get(f"/agenda/{other}").status_code == 404


def test_the_code_has_a_quiet_edge_and_one_stroke_per_dark_module() -> None:
    code = qr_code("webcal://aantafel.example/feeds/x/y.ics")
    strokes = re.findall(r"M(\d+) (\d+)\.5h1", code.path)
    assert strokes
    assert code.path == "".join(f"M{x} {y}.5h1" for x, y in strokes)
    assert min(int(x) for x, _ in strokes) == 2
    assert max(int(y) for _, y in strokes) == code.size - 3
