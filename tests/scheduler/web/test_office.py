"""Signing in through an office, against a real provider that can be told to lie."""

import hashlib
import threading
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from scheduler.db.engine import Database
from scheduler.db.tables import OfficeAccount, Staff
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.access.office import Members, read_members
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

CLIENT, SECRET = "aantafel", "geheim-van-kantoor"
OWN, STRANGE = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})


@dataclass
class Office:
    """A provider: what it says of whoever comes, and how it lies."""

    issuer: str = ""
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.describe),
                Route("/keys", self.keys),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    def describe(self, _request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "issuer": self.lies.get("described_as", self.issuer),
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    def keys(self, _request: Request) -> JSONResponse:
        return JSONResponse({"keys": [OWN.as_dict(private=False)]})

    def authorize(self, address: str) -> dict[str, str]:
        """What the provider's page would do: a code for what was asked."""
        asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return {"code": code, "state": asked["state"]}

    async def token(self, request: Request) -> JSONResponse:
        form = await request.form()
        asked = self.asked.pop(str(form["code"]), None)
        challenge = urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest())
        wanted = f"Basic {_basic(CLIENT, SECRET)}"
        good = (
            asked is not None
            and challenge.decode().rstrip("=") == asked["code_challenge"]
            and form["redirect_uri"] == asked["redirect_uri"]
            and request.headers.get("authorization") == wanted
        )
        if not good or asked is None:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        return JSONResponse({"id_token": self.id_token(asked), "token_type": "Bearer"})

    def id_token(self, asked: dict[str, str]) -> str:
        moment = int(self.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.lies.get("claims", {}),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        sign = self.sign or (lambda each: jwt.encode({"alg": "RS256", "kid": "1"}, each, OWN))
        return sign(claims)


def _basic(name: str, password: str) -> str:
    return b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    office = Office()
    server = uvicorn.Server(uvicorn.Config(office.app(), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    office.issuer = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield office
    server.should_exit = True
    thread.join()


@pytest.fixture
def office(running: Office, clock: Callable[[], datetime]) -> Office:
    running.lies, running.sign, running.now = {}, None, clock
    running.person = {
        "sub": "u-1",
        "email": "wonen@assen.example",
        "email_verified": True,
        "name": "W. Onen",
        "groups": ["iedereen"],
    }
    return running


@pytest.fixture
def context(province: Database, clock: Callable[[], datetime], office: Office) -> Context:
    settings = Settings.read(
        {
            "AANTAFEL_ALLOW_PRIVATE_ADDRESSES": "1",
            "AANTAFEL_OFFICE_NAME": "de gemeente Assen",
            "AANTAFEL_OFFICE_ISSUER": office.issuer,
            "AANTAFEL_OFFICE_CLIENT_ID": CLIENT,
            "AANTAFEL_OFFICE_CLIENT_SECRET": SECRET,
            "AANTAFEL_OFFICE_MEMBERS": "planners=coordinator @assen.example=municipality:GM0106",
        }
    )
    return Context(settings=settings, database=province, key=SecretKey(b"k" * 32), clock=clock)


@pytest.fixture
def visitor(context: Context) -> TestClient:
    return TestClient(
        create_app(context), base_url="http://127.0.0.1:8000", client=("192.0.2.5", 1)
    )


def go(visitor: TestClient) -> str:
    answer = visitor.get("/inloggen/kantoor", follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def come_back(visitor: TestClient, office: Office, **changed: str) -> Any:
    answer = {**office.authorize(go(visitor)), **changed}
    return visitor.get("/inloggen/kantoor/terug", params=answer)


def test_the_page_leads_to_the_office(visitor: TestClient) -> None:
    assert "Inloggen via de gemeente Assen" in visitor.get("/inloggen").text


def test_without_an_office_there_is_no_such_way(
    context: Context, province: Database, clock: Callable[[], datetime]
) -> None:
    bare = Context(
        settings=Settings.read({}), database=province, key=context.key, clock=context.clock
    )
    client = TestClient(create_app(bare))
    assert "Inloggen via" not in client.get("/inloggen").text
    assert client.get("/inloggen/kantoor").status_code == 404


def test_a_verified_address_signs_its_municipality_in(visitor: TestClient, office: Office) -> None:
    page = come_back(visitor, office)
    assert page.url.path == "/"
    assert "Gemeente Assen" in page.text


def test_a_group_makes_a_colleague_who_proves_it_twice(
    visitor: TestClient, office: Office, context: Context
) -> None:
    office.person["groups"] = ["iedereen", "planners"]
    for _ in range(2):
        assert come_back(visitor, office).url.path == "/inlog/codes"
    with context.database.session() as session:
        assert [each.name for each in session.exec(select(Staff))] == ["W. Onen"]
        account = session.exec(select(OfficeAccount)).one()
        assert "u-1" not in account.identity_hash


def test_another_task_is_another_account(
    visitor: TestClient, office: Office, context: Context
) -> None:
    come_back(visitor, office)
    office.person["groups"] = ["planners"]
    assert come_back(visitor, office).url.path == "/inlog/codes"
    office.person["groups"] = []
    assert "Gemeente Assen" in come_back(visitor, office).text


def test_a_colleague_who_left_stays_out(
    visitor: TestClient, office: Office, context: Context
) -> None:
    office.person["groups"] = ["planners"]
    come_back(visitor, office)
    with context.database.session() as session:
        session.exec(select(Staff)).one().ended_at = context.clock()
    assert come_back(visitor, office).status_code == 403


LIES = {
    "another issuer": {"claims": {"iss": "https://elders.example"}},
    "another audience": {"claims": {"aud": "een-ander"}},
    "another party": {"claims": {"aud": [CLIENT, "x"], "azp": "een-ander"}},
    "another question": {"claims": {"nonce": "een-andere"}},
    "no question": {"claims": {"nonce": None}},
    "no subject": {"claims": {"sub": None}},
    "no end": {"claims": {"exp": None}},
    "long over": {"claims": {"exp": 1_000_000_000}},
    "not yet": {"claims": {"iat": 4_000_000_000}},
    "an unverified address": {"claims": {"email_verified": False}},
    "an address that only looks like it": {"claims": {"email": "x@assen.example.kwaad"}},
    "another description": {"described_as": "https://elders.example"},
}


@pytest.mark.parametrize("lie", list(LIES))
def test_a_token_that_isnt_right_is_refused(
    visitor: TestClient, office: Office, context: Context, lie: str
) -> None:
    come_back(visitor, office)
    visitor.post("/uitloggen")
    address = go(visitor)
    office.lies = LIES[lie]
    answer = visitor.get("/inloggen/kantoor/terug", params=office.authorize(address))
    assert answer.status_code == 403
    assert "lukte niet" in answer.text
    assert visitor.get("/").url.path == "/inloggen"


def _by_secret(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 3))


def _by_stranger(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, STRANGE)


def _by_nobody(claims: dict[str, Any]) -> str:
    signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, OWN)
    head = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return f"{head}.{signed.split('.')[1]}."


def _changed(claims: dict[str, Any]) -> str:
    signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, OWN)
    other = jwt.encode({"alg": "RS256", "kid": "1"}, {**claims, "sub": "u-2"}, OWN)
    return ".".join([signed.split(".")[0], other.split(".")[1], signed.split(".")[2]])


@pytest.mark.parametrize("sign", [_by_secret, _by_stranger, _by_nobody, _changed])
def test_a_signature_that_isnt_the_offices_is_refused(
    visitor: TestClient, office: Office, sign: Callable[[dict[str, Any]], str]
) -> None:
    office.sign = sign
    assert come_back(visitor, office).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "een-andere"},
        {"state": ""},
        {"code": "verzonnen"},
        {"code": ""},
        {"iss": "https://x"},
    ],
    ids=["state", "no state", "code", "no code", "issuer"],
)
def test_an_answer_to_another_question_is_refused(
    visitor: TestClient, office: Office, changed: dict[str, str]
) -> None:
    assert come_back(visitor, office, **changed).status_code == 403


def test_an_answer_works_once_in_the_browser_that_asked(
    visitor: TestClient, office: Office, context: Context
) -> None:
    answer = office.authorize(go(visitor))
    other = TestClient(create_app(context), base_url="http://127.0.0.1:8000")
    assert other.get("/inloggen/kantoor/terug", params=answer).status_code == 403
    assert visitor.get("/inloggen/kantoor/terug", params=answer).status_code == 200
    assert visitor.get("/inloggen/kantoor/terug", params=answer).status_code == 403


def test_a_question_runs_out(visitor: TestClient, office: Office, clock: Any) -> None:
    answer = office.authorize(go(visitor))
    clock.now += timedelta(minutes=11)
    assert visitor.get("/inloggen/kantoor/terug", params=answer).status_code == 403


def test_an_office_that_is_away_is_said(context: Context) -> None:
    away = replace(context.settings.office, issuer="http://127.0.0.1:9")
    settings = replace(context.settings, office=away)
    answer = TestClient(create_app(replace(context, settings=settings))).get("/inloggen/kantoor")
    assert answer.status_code == 403
    assert "vraag een link" in answer.text


def test_a_setting_that_names_nobody_is_said_at_the_start(context: Context) -> None:
    wrong = replace(context.settings.office, members="x=baas")
    with pytest.raises(BadInput):
        create_app(replace(context, settings=replace(context.settings, office=wrong)))


def test_who_is_who_reads_from_the_settings() -> None:
    read = read_members(
        "planners=coordinator @a.example=board:mevm Thuis=corporation:lefier p=province"
    )
    assert read == Members(
        (
            ("planners", Actor(Role.COORDINATOR)),
            ("@a.example", Actor(Role.BOARD, "mevm")),
            ("thuis", Actor(Role.CORPORATION, "lefier")),
            ("p", Actor(Role.PROVINCE)),
        )
    )


@pytest.mark.parametrize(
    "text",
    ["planners", "=coordinator", "x=system", "x=representative:r12", "x=municipality", "x=baas"],
)
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_members(text)
