"""Two provinces with the same rows behind one real server: nothing of one opens the other."""

import base64
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2
import pytest
from originals import Originals
from sqlmodel import Session, select
from starlette.types import ASGIApp

from scheduler.db.tables import MeetingRequest
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import ApiScope, Level, Role
from scheduler.flows.access.accounts import issue_account
from scheduler.flows.access.office import Asking, OfficeRefused
from scheduler.flows.access.office.asking import SEALED_FOR
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.flows.attending.mailed_links import answer_link
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_link import link_of
from scheduler.flows.requests.request_meeting import request_meeting
from scheduler.flows.requests.request_times import TypedTime
from scheduler.flows.requests.requesting import Asker
from scheduler.flows.software.api_keys import issue_key
from scheduler.flows.software.webhooks import secret_of
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.by_host import ByHost, Gate
from scheduler.web.context import Context

NOW = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
EMMEN = Actor(Role.MUNICIPALITY, "GM0114")
TITLE = "Voorbereiding bod Assen"
ASKED = TypedRequest(
    title="Woonzorgvisie: eerste bespreking",
    question="Welke flats eerst?",
    character="advising",
    times=(TypedTime("2027-06-10", "13.30", "15:30"),),
    mode="in_person",
    organisations=("federatie", "sbde"),
    papers="",
    contact="wonen@emmen.example",
    answer_until="2027-05-01",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One of the two provinces, and how it is called over the wire."""

    context: Context
    host: str
    port: int

    def ask(self, method: str, path: str, **around: object) -> httpx2.Response:
        """One request, without anything of an earlier one."""
        headers = {"Host": self.host, **dict(around.pop("headers", {}))}
        url = f"http://127.0.0.1:{self.port}{path}"
        with httpx2.Client(timeout=60) as client:
            return client.request(method, url, headers=headers, **around)

    def path(self, url: str) -> str:
        return url.removeprefix(self.context.base_url)


@pytest.fixture(scope="module")
def two(
    templates: Originals,
    serving: Callable[[ASGIApp], AbstractContextManager[int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Place]]:
    """Drenthe and its double, with rows that have the same names; only their keys differ."""
    templates.keep("asked", _asked, of="province")
    with ExitStack() as stack:
        contexts = {
            name: Context(
                settings=Settings.read(
                    {
                        "AANTAFEL_DATA": str(tmp_path_factory.mktemp(name)),
                        "AANTAFEL_WEB_PUBLIC_URL": f"http://{name}.localhost",
                        "AANTAFEL_METRICS_ACCESS": "token",
                        "AANTAFEL_METRICS_TOKEN": f"{name}-token-of-twenty-signs",
                    }
                ),
                database=stack.enter_context(templates.copy("asked")),
                key=SecretKey(name.encode().ljust(32)),
                clock=lambda: NOW,
                province=name,
            )
            for name in ("drenthe", "groningen")
        }
        gates = {f"{name}.localhost": Gate(name) for name in contexts}
        for gate, context in zip(gates.values(), contexts.values(), strict=True):
            stack.enter_context(gate.open_to(create_app(context)))
        port = stack.enter_context(serving(ByHost(gates.items())))
        yield [
            Place(context=context, host=f"{name}.localhost", port=port)
            for name, context in contexts.items()
        ]


def _asked(session: Session) -> None:
    asker = Asker(Level.MUNICIPALITY, "GM0114")
    request_meeting(session, EMMEN, asker, ASKED, form_key="k", legal=(), at=NOW)


Use = Callable[[Place], httpx2.Response]
"""Uses what was made in one province wherever it is told to."""


def _link(home: Place) -> Use:
    with home.context.database.session() as session:
        url = new_sign_in_link(
            session, SYSTEM, COORDINATOR, home.context.base_url, minutes=15, at=NOW, reusable=True
        )
    return lambda there: there.ask("POST", home.path(url))


def _session(home: Place) -> Use:
    came_in = _link(home)(home)
    token = came_in.cookies[home.context.session_cookie]
    cookie = {"Cookie": f"{home.context.session_cookie}={token}"}
    return lambda there: there.ask("GET", "/rooster", headers=cookie)


def _answer(home: Place) -> Use:
    url = answer_link(Links(home.context.key), home.context.base_url, "r12", "m-bod")
    return lambda there: there.ask("GET", home.path(url))


def _feed(home: Place) -> Use:
    context = home.context
    with context.database.session() as session:
        found = feeds_of(session, COORDINATOR, context.key, context.base_url, at=NOW)
    (url,) = [each.url for each in found if each.subject_id == "r12"]
    return lambda there: there.ask("GET", home.path(url))


def _account(home: Place) -> Use:
    with home.context.database.session() as session:
        issued = issue_account(session, COORDINATOR, "r12", home.context.base_url, at=NOW)
    word = base64.b64encode(f"{issued.username}:{issued.password}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "Depth": "1"}
    return lambda there: there.ask("PROPFIND", "/dav/r12/", headers=headers)


def _api_key(home: Place) -> Use:
    with home.context.database.session() as session:
        issued = issue_key(session, COORDINATOR, EMMEN, "proef", tuple(ApiScope), at=NOW)
    headers = {"Authorization": f"Bearer {issued.secret}"}
    return lambda there: there.ask("GET", "/api/v1/requests", headers=headers)


def _request_link(home: Place) -> Use:
    context = home.context
    with context.database.session() as session:
        number = session.exec(select(MeetingRequest.id)).one()
        url = link_of(session, EMMEN, context.key, context.base_url, number)
    return lambda there: there.ask("GET", home.path(url))


def _metrics_token(home: Place) -> Use:
    headers = {"Authorization": f"Bearer {home.context.settings.metrics.token}"}
    return lambda there: there.ask("GET", "/metrics", headers=headers)


SECRETS = {
    "sign-in link": (_link, "aantafel="),
    "session": (_session, TITLE),
    "answer link": (_answer, TITLE),
    "feed": (_feed, "BEGIN:VCALENDAR"),
    "account": (_account, "multistatus"),
    "api key": (_api_key, ASKED.title),
    "request link": (_request_link, ASKED.title),
    "metrics token": (_metrics_token, "aantafel_province"),
}
"""How each is made and used, and what it shows where it opens something."""


@pytest.mark.parametrize("name", SECRETS)
def test_what_one_province_gave_out_opens_nothing_in_another(name: str, two: list[Place]) -> None:
    make, shows = SECRETS[name]
    for home, elsewhere in (two, two[::-1]):
        use = make(home)
        assert shows in _all_of(use(home))
        refused = use(elsewhere)
        assert shows not in _all_of(refused)
        assert refused.status_code in {303, 401, 403, 404, 410}


def _all_of(answer: httpx2.Response) -> str:
    return f"{answer.headers.get('set-cookie', '')}\n{answer.text}"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_no_mailed_link_of_one_is_the_others(purpose: Purpose, two: list[Place]) -> None:
    home, elsewhere = (Links(each.context.key) for each in two)
    token = home.token(purpose, "r12", "m-bod")
    assert home.read(purpose, token) == ("r12", "m-bod")
    with pytest.raises(SpentLink):
        elsewhere.read(purpose, token)


def test_who_is_away_at_an_office_comes_back_to_the_same_province(two: list[Place]) -> None:
    home, elsewhere = (Seal(each.context.key, SEALED_FOR) for each in two)
    asking = Asking(state="s", nonce="n", verifier="v", began_at=int(NOW.timestamp()))
    cookie = asking.sealed(home)
    assert Asking.opened(home, cookie, at=NOW) == asking
    with pytest.raises(OfficeRefused):
        Asking.opened(elsewhere, cookie, at=NOW)


def test_a_subscriber_of_one_takes_no_message_for_the_others(two: list[Place]) -> None:
    home, elsewhere = (secret_of(each.context.key, "w-1") for each in two)
    assert home != elsewhere


def test_rows_of_one_name_never_mix(two: list[Place]) -> None:
    home, elsewhere = two
    _answer_yes(home)
    assert "U zei ja." in _own_page(home)
    assert "U zei ja." not in _own_page(elsewhere)


def _answer_yes(place: Place) -> None:
    url = answer_link(Links(place.context.key), place.context.base_url, "r12", "m-bod")
    assert place.ask("POST", place.path(url), data={"antwoord": "ja"}).status_code == 303


def _own_page(place: Place) -> str:
    with place.context.database.session() as session:
        who, base = Actor(Role.REPRESENTATIVE, "r12"), place.context.base_url
        url = new_sign_in_link(session, SYSTEM, who, base, minutes=15, at=NOW)
    token = place.ask("POST", place.path(url)).cookies[place.context.session_cookie]
    cookie = {"Cookie": f"{place.context.session_cookie}={token}"}
    return place.ask("GET", "/overleg/m-bod", headers=cookie).text


def test_metrics_name_their_province(two: list[Place]) -> None:
    for place, name in zip(two, ("drenthe", "groningen"), strict=True):
        assert (
            f'aantafel_province_info{{province="{name}"}} 1.0' in _metrics_token(place)(place).text
        )


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-Forwarded-Server"],
)
def test_no_header_beside_the_host_chooses_a_province(header: str, two: list[Place]) -> None:
    home, elsewhere = two
    value = f"host={elsewhere.host}" if header == "Forwarded" else elsewhere.host
    answer = _session(home)
    with_header = home.ask("GET", "/healthz", headers={header: value})
    assert with_header.status_code == 200
    assert TITLE in answer(home).text
    nobody = Place(context=home.context, host="elders.localhost", port=home.port)
    assert nobody.ask("GET", "/", headers={header: value}).status_code == 421
