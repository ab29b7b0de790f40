"""The second step of signing in, in the browser: nothing is open before it."""

import base64
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import Role
from scheduler.flows.access.mail_sign_in import mail_asked_links
from scheduler.mail import Office
from scheduler.web.context import Context

Browser = Callable[..., TestClient]
Link = Callable[..., str]
STEP = timedelta(seconds=30)


def code_for(key: bytes, context: Context) -> str:
    return TOTP(key, 6, SHA1(), 30).generate(int(context.clock().timestamp())).decode()


def key_on(page: str) -> bytes:
    shown = re.search(r'class="at-address"><code>([A-Z2-7 ]+)</code>', page)
    assert shown
    return base64.b32decode(shown[1].replace(" ", ""))


@pytest.fixture
def waiting(browser: Browser, link: Link) -> TestClient:
    """A coordinator who came in by a link from a mail, and has no second factor yet."""
    client = browser("192.0.2.7")
    assert client.post(link(COORDINATOR, loopback_only=False)).url.path == "/inlog/codes"
    return client


@pytest.fixture
def set_up(waiting: TestClient, context: Context) -> tuple[bytes, str]:
    """The same, once it has been set up; the key and a recovery code."""
    key = key_on(waiting.get("/inlog/codes").text)
    page = waiting.post("/inlog/codes", data={"code": code_for(key, context)})
    code = re.search(r"<li><code>([a-z0-9-]{24})</code>", page.text)
    assert code
    return key, code[1]


@pytest.mark.parametrize("path", ["/", "/rooster", "/gegevens", "/logboek", "/inlog", "/agenda"])
def test_nothing_is_open_before_the_second_step(waiting: TestClient, path: str) -> None:
    answer = waiting.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inlog/tweede-stap")
    assert "Coördinator" not in waiting.get("/hulp").text


def test_the_first_time_it_is_set_up_and_opens_everything(
    waiting: TestClient, set_up: tuple[bytes, str]
) -> None:
    assert waiting.get("/rooster").status_code == 200
    assert "App met codes" in waiting.get("/inlog").text
    assert "U heeft nog 10 herstelcodes." in waiting.get("/inlog").text


def test_the_next_time_a_code_is_asked(
    browser: Browser, link: Link, context: Context, clock: Callable, set_up: tuple[bytes, str]
) -> None:
    client = browser("192.0.2.8")
    assert client.post(link(COORDINATOR, loopback_only=False)).url.path == "/inlog/tweede-stap"
    for shut in ("/inlog/codes", "/inlog/passkey"):
        assert client.get(shut).url.path == "/inlog/tweede-stap", "no second one is set up instead"
    assert client.post("/inlog/tweede-stap", data={"code": "12"}).status_code == 400
    clock.now += STEP
    before = client.cookies["aantafel"]
    assert (
        client.post("/inlog/tweede-stap", data={"code": code_for(set_up[0], context)}).url.path
        == "/"
    )
    assert client.cookies["aantafel"] != before
    old = browser().get("/", headers={"cookie": f"aantafel={before}"})
    assert old.url.path == "/inloggen"


def test_a_recovery_code_stands_in(browser: Browser, link: Link, set_up: tuple[bytes, str]) -> None:
    client = browser("192.0.2.8")
    client.post(link(COORDINATOR, loopback_only=False))
    assert client.post("/inlog/tweede-stap", data={"code": set_up[1]}).url.path == "/"


def test_too_many_wrong_codes_are_answered_so(
    browser: Browser, link: Link, set_up: tuple[bytes, str]
) -> None:
    client = browser("192.0.2.8")
    client.post(link(COORDINATOR, loopback_only=False))
    said = [client.post("/inlog/tweede-stap", data={"code": "1"}).status_code for _ in range(6)]
    assert said == [400] * 5 + [429]
    assert client.post("/inlog/tweede-stap", data={"code": set_up[1]}).headers["retry-after"]


def test_on_this_computer_and_for_others_nothing_more_is_asked(
    browser: Browser, link: Link
) -> None:
    assert browser().post(link(COORDINATOR)).url.path == "/"
    person = Actor(Role.REPRESENTATIVE, "r12")
    assert browser("192.0.2.7").post(link(person, loopback_only=False)).url.path == "/"


def test_a_browser_that_signs_in_as_another_leaves_no_session_behind(
    browser: Browser, link: Link
) -> None:
    client = browser()
    client.post(link(COORDINATOR))
    first = client.cookies["aantafel"]
    client.post(link(Actor(Role.REPRESENTATIVE, "r12")))
    old = browser().get("/", headers={"cookie": f"aantafel={first}"})
    assert old.url.path == "/inloggen"


def test_the_pages_are_well_formed(
    waiting: TestClient, faults_of: Callable[[str], list[str]], context: Context
) -> None:
    page = waiting.get("/inlog/codes").text
    wrong = waiting.post("/inlog/codes", data={"code": "1"})
    done = waiting.post("/inlog/codes", data={"code": code_for(key_on(page), context)}).text
    again = waiting.post("/inlog/herstelcodes").text
    assert wrong.status_code == 400
    for each in (page, wrong.text, done, again, waiting.get("/inlog").text):
        assert faults_of(each) == []


def test_where_one_is_signed_in_is_listed_and_ended(
    representative: TestClient, browser: Browser, link: Link
) -> None:
    phone = browser()
    phone.headers["user-agent"] = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"
    )
    phone.post(link(Actor(Role.REPRESENTATIVE, "r12")))
    page = representative.get("/inlog").text
    assert "Safari, iPhone" in page
    assert page.count("/einde") == 2
    other = re.findall(r"/inlog/browser/(se-[a-z0-9]+)/einde", page)
    for each in other:
        representative.post(f"/inlog/browser/{each}/einde")
    assert representative.get("/").url.path == "/inloggen"


def test_signing_out_everywhere_ends_every_browser(
    representative: TestClient, browser: Browser, link: Link
) -> None:
    phone = browser()
    phone.post(link(Actor(Role.REPRESENTATIVE, "r12")))
    assert representative.post("/inlog/overal-uit").url.path == "/inloggen"
    assert phone.get("/").url.path == "/inloggen"


def test_the_administrator_lets_a_colleague_in_and_out(
    signed_in: Callable[[Actor], TestClient], faults_of: Callable[[str], list[str]]
) -> None:
    keeper = signed_in(Actor(Role.ADMINISTRATOR))
    wrong = keeper.post("/beheer/medewerkers", data={"naam": "", "adres": "x", "rol": "auditor"})
    assert wrong.status_code == 400
    typed = {"naam": "Anna de Vries", "adres": "anna@huurders.example", "rol": "auditor"}
    page = keeper.post("/beheer/medewerkers", data=typed).text
    assert "anna@huurders.example" in page
    assert faults_of(page) == []
    name = re.search(r"/beheer/medewerkers/(st-[a-z0-9]+)/einde", page)
    assert name
    assert "wis de tweede stap" in keeper.post(f"/beheer/medewerkers/{name[1]}/sluit").text
    assert "anna@" not in keeper.post(f"/beheer/medewerkers/{name[1]}/einde").text


def test_a_mailed_link_opens_nothing_in_another_browser(
    browser: Browser, link: Link, context: Context
) -> None:
    asking = browser()
    asking.post("/inloggen", data={"adres": "ik@post.example"})
    cookie = asking.cookies["aantafel-vraag"]
    with context.database.session() as session:
        mail_asked_links(
            session, SYSTEM, Office.of(context.settings, context.key), at=context.clock()
        )
    path = link(COORDINATOR, loopback_only=False, browser_hash=hashed(cookie))
    other = browser("192.0.2.9").get(path)
    assert other.status_code == 403
    assert "alleen in de browser waarin u om de link vroeg" in other.text
    assert asking.get(path).status_code == 200


def test_links_are_asked_for_thirty_times_a_minute_at_most(browser: Browser) -> None:
    client = browser("192.0.2.66")
    said = [
        client.post("/inloggen", data={"adres": f"x{n}@post.example"}).status_code
        for n in range(31)
    ]
    assert (set(said[:30]), said[30]) == ({200}, 429)


def test_over_tls_no_neighbour_can_set_our_cookies(
    browser: Browser, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(COORDINATOR)
    monkeypatch.setattr(Context, "base_url", "https://aantafel.example")
    set_by = browser().post(path, follow_redirects=False).headers["set-cookie"]
    assert set_by.startswith("__Host-aantafel=")
    assert "Path=/" in set_by
    assert "Domain" not in set_by


def test_who_only_reads_gets_no_form_that_changes_anything(
    signed_in: Callable[[Actor], TestClient], faults_of: Callable[[str], list[str]]
) -> None:
    auditor = signed_in(Actor(Role.AUDITOR))
    for path in (
        "/",
        "/rooster/m-emmen",
        "/postbus",
        "/publicaties",
        "/gegevens/afgevaardigden/r12",
    ):
        page = auditor.get(path).text
        posting = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', page)
        posting += re.findall(r'<form[^>]*action="([^"]*)"[^>]*method="post"', page)
        assert set(posting) <= {"/uitloggen"}, path
        assert "/feeds/" not in page
        assert ".atom" not in page
        assert faults_of(page) == [], path


def test_what_proves_who_somebody_is_changes_only_shortly_after_signing_in(
    coordinator: TestClient, clock: Callable
) -> None:
    assert coordinator.get("/inlog/codes").status_code == 200
    clock.now += timedelta(minutes=30)
    for method, path in (
        ("GET", "/inlog/codes"),
        ("GET", "/inlog/passkey"),
        ("POST", "/inlog/herstelcodes"),
        ("POST", "/inlog/tweede/sf-x/weg"),
    ):
        answer = coordinator.request(method, path)
        assert answer.status_code == 403, path
        assert "opnieuw in om dit te veranderen" in answer.text


def test_a_browser_that_isnt_used_is_signed_out(
    representative: TestClient, clock: Callable
) -> None:
    for _ in range(2):
        clock.now += timedelta(days=13)
        assert representative.get("/").status_code == 200
    clock.now += timedelta(days=3)
    assert representative.get("/").status_code == 200
    clock.now += timedelta(days=14)
    assert representative.get("/").url.path == "/inloggen"


def test_who_gave_a_second_factor_stays_signed_in_for_a_week(
    waiting: TestClient, set_up: tuple[bytes, str], clock: Callable
) -> None:
    clock.now += timedelta(days=6)
    assert waiting.get("/rooster").status_code == 200
    clock.now += timedelta(days=1)
    assert waiting.get("/rooster").url.path == "/inloggen"
