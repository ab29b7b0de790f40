"""Publishing from its page: what stops it, what is left out, and the mail to read beforehand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from scheduler.db import audits, drafts, published, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.times import EPOCH
from scheduler.mail import Office
from scheduler.settings import Settings
from scheduler.web.context import Context

Made = Callable[..., int]


@pytest.fixture
def changed(coordinator: TestClient, province: Database) -> Made:
    """Sends Afgevaardigde 5 along to Emmen, and gives the draft's number."""

    def make() -> int:
        fields = {"daad": "assign", "wie": "r5", "versie": "0"}
        assert coordinator.post("/rooster/m-emmen", data=fields).status_code == 200
        with province.session() as session:
            return drafts.working_draft(session).plan_id or 0

    return make


@pytest.fixture
def busy(context: Context) -> Callable[[], None]:
    """Somebody else takes Afgevaardigde 5's time at that meeting."""

    def take() -> None:
        with context.database.session() as session:
            slot = session.get_one(tables.Slot, ("m-emmen", 0))
            session.add(
                tables.Busy(representative_id="r5", starts_at=slot.starts_at, ends_at=slot.ends_at)
            )

    return take


@pytest.fixture
def mailed(context: Context) -> None:
    """Afgevaardigde 5 gets mail."""
    office = Office.of(Settings.read({}), SecretKey(b"k" * 32))
    with context.database.session() as session:
        session.add(
            tables.MailAddress(
                id="a-5",
                representative_id="r5",
                sealed=office.addresses.seal(b"vijf@post.example"),
                fingerprint="f",
                confirmed_at=EPOCH,
                created_at=EPOCH,
            )
        )


def test_a_draft_that_breaks_a_rule_says_which_and_where(
    coordinator: TestClient, changed: Made, busy: Callable[[], None], province: Database
) -> None:
    number = changed()
    busy()
    page = coordinator.get("/publiceren").text
    assert "Dit concept breekt één regel. Los dat eerst op." in page
    assert 'href="/rooster/m-emmen"' in page
    assert "Publiceer nummer 3" not in page
    refused = coordinator.post(f"/publiceren/{number}", data={"na": "2"})
    assert refused.status_code == 409
    assert "Dit concept kan niet gepubliceerd worden." in refused.text
    with province.session() as session:
        assert published.newest(session).number == 2


def test_what_is_broken_already_is_named_beside_the_button(
    coordinator: TestClient, changed: Made, context: Context
) -> None:
    changed()
    with context.database.session() as session:
        slot = session.get_one(tables.Slot, ("m-bod", 0))
        row = tables.Busy(representative_id="r12", starts_at=slot.starts_at, ends_at=slot.ends_at)
        session.add(row)
    page = coordinator.get("/publiceren").text
    assert "Dit kan nu al niet meer, en het concept lost het niet op" in page
    assert "Publiceer nummer 3" in page


def test_what_has_begun_is_left_as_it_is(
    signed_in: Callable[[Actor], TestClient], changed: Made, clock: Callable, province: Database
) -> None:
    changed()
    with province.session() as session:
        clock.now = session.get_one(tables.Slot, ("m-emmen", 0)).starts_at + timedelta(minutes=1)
    coordinator = signed_in(COORDINATOR)  # nobody stays signed in for weeks unseen
    page = coordinator.get("/publiceren").text
    assert "Eén overleg in dit concept is al begonnen." in page
    assert "Publiceer nummer 3" not in page


def test_who_gets_mail_is_named_and_the_mail_can_be_read(
    coordinator: TestClient, changed: Made, mailed: None, province: Database
) -> None:
    number = changed()
    page = coordinator.get("/publiceren").text
    assert "Er gaat één mail uit." in page
    assert f'href="/publiceren/{number}/mail/a-5"' in page
    assert "Afgevaardigde 5" in coordinator.get(f"/publiceren/{number}/mail").text
    letter = coordinator.get(f"/publiceren/{number}/mail/a-5").text
    assert "Uitnodiging: Voortgang prestatieafspraken Emmen" in letter
    assert "U bent ingedeeld voor dit overleg." in letter
    assert "vijf@post.example" not in letter
    with province.session() as session:
        assert session.get(tables.Outgoing, 1) is None
    assert coordinator.get(f"/publiceren/{number}/mail/niemand").status_code == 404


def test_mail_about_what_is_near_is_marked(
    signed_in: Callable[[Actor], TestClient],
    changed: Made,
    mailed: None,
    clock: Callable,
    province: Database,
) -> None:
    number = changed()
    with province.session() as session:
        clock.now = session.get_one(tables.Slot, ("m-emmen", 0)).starts_at - timedelta(hours=20)
    coordinator = signed_in(COORDINATOR)  # nobody stays signed in for weeks unseen
    page = coordinator.get("/publiceren").text
    assert "Eén mail gaat meteen: het overleg is binnen 48 uur." in page
    assert "Deze mail gaat meteen." in coordinator.get(f"/publiceren/{number}/mail/a-5").text


def test_nobody_gets_mail_who_gave_no_address(coordinator: TestClient, changed: Made) -> None:
    number = changed()
    nobody = "Niemand krijgt hierover mail."
    assert nobody in coordinator.get("/publiceren").text
    assert nobody in coordinator.get(f"/publiceren/{number}/mail").text


def test_of_two_who_publish_one_does_and_the_other_is_told(
    coordinator: TestClient, changed: Made, context: Context
) -> None:
    number = changed()
    assert coordinator.post(f"/publiceren/{number}", data={"na": "2"}).status_code == 200
    with context.database.session() as session:
        audits.record(session, SYSTEM, "look", noun="test", noun_id="1", at=EPOCH)
        assert published.latest_publication(session).number == 3
        assert published.publications(session, COORDINATOR)[0].plan_id == number
    again = coordinator.post(f"/publiceren/{number}", data={"na": "2"})
    assert "Dit concept was al gepubliceerd, als nummer 3." in again.text
