"""A passkey in a real browser: made, asked for, and never in the way of who has none."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import sleep

import pytest
import uvicorn
from originals import Originals
from playwright.sync_api import Browser, Page

from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.settings import Settings
from scheduler.web.app import create_app
from scheduler.web.context import Context

pytestmark = pytest.mark.browser

NOW = datetime.fromisoformat("2027-03-02T08:30:00+00:00")


@contextmanager
def served(server: uvicorn.Server) -> Iterator[None]:
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.02)
    yield
    server.should_exit = True
    thread.join()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def named_site(templates: Originals, free_port: int) -> Iterator[Context]:
    """A site under a name, as passkeys are for names only."""
    address = f"http://localhost:{free_port}"
    settings = Settings.read(
        {"AANTAFEL_WEB_PORT": str(free_port), "AANTAFEL_WEB_PUBLIC_URL": address}
    )
    with templates.copy("province") as database:
        context = Context(
            settings=settings, database=database, key=SecretKey(b"k" * 32), clock=lambda: NOW
        )
        config = uvicorn.Config(
            create_app(context), host="localhost", port=free_port, log_level="warning"
        )
        with served(uvicorn.Server(config)):
            yield context


def link(context: Context) -> str:
    with context.database.session() as session:
        return new_sign_in_link(
            session,
            SYSTEM,
            COORDINATOR,
            context.base_url,
            minutes=15,
            at=NOW,
            loopback_only=False,
        )


@pytest.fixture
def window(chromium: Browser, named_site: Context) -> Iterator[Page]:
    """A window with a fingerprint reader that always says yes."""
    context = chromium.new_context(base_url=named_site.base_url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def sign_in(page: Page, context: Context) -> None:
    page.goto(link(context))
    page.get_by_role("button", name="Ja, log mij in").click()


def test_a_passkey_is_made_and_lets_in_the_next_time(window: Page, named_site: Context) -> None:
    sign_in(window, named_site)
    window.get_by_label("Hoe noemt u dit apparaat?").fill("mijn telefoon")
    window.get_by_role("button", name="Maak een passkey").click()
    window.get_by_role("heading", name="Uw herstelcodes").wait_for()
    window.goto("/inlog")
    assert window.get_by_text("mijn telefoon").first.is_visible()
    window.get_by_role("button", name="Uitloggen").first.click()
    sign_in(window, named_site)
    window.get_by_role("button", name="Gebruik uw passkey").click()
    window.wait_for_url("**/")
    assert window.get_by_text("Coördinator, Drenthe").first.is_visible()


def test_without_scripts_there_are_codes(chromium: Browser, named_site: Context) -> None:
    context = chromium.new_context(base_url=named_site.base_url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, named_site)
    assert page.get_by_role("heading", name="Met een app die codes toont").is_visible()
    assert not page.get_by_role("button", name="Maak een passkey").is_visible()
    context.close()


def test_who_sits_at_this_computer_is_asked_nothing(
    visit: Callable[..., Page],
) -> None:
    assert visit("coordinator").get_by_text("Coördinator, Drenthe").first.is_visible()
