"""Take the pictures of the README and the guides anew, from the running product.

`make pictures` runs this against a demo of its own in a temporary folder; it needs Debian's
chromium. The day in the pictures is the day on which they are taken.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
PORT = "8765"
BASE = f"http://127.0.0.1:{PORT}"
DESK, PHONE = (1280, 900), (360, 740)


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as somebody sees it."""

    name: str
    who: tuple[str, ...]
    path: str
    size: tuple[int, int] = DESK


PICTURES = (
    Picture("nu", ("coordinator",), "/"),
    Picture("rooster", ("coordinator",), "/rooster"),
    Picture("mijn-overleggen", ("representative", "r-001"), "/", PHONE),
    Picture("agenda", ("representative", "r-001"), "/agenda", PHONE),
    Picture("gemeente", ("municipality", "GM0114"), "/", PHONE),
)


def main() -> None:
    """Run the demo, serve it, and photograph each page."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "AANTAFEL_DATA": folder, "PORT": PORT}
        _aantafel(environment, "demo")
        with _served(environment), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            for picture in PICTURES:
                _take(browser, picture, environment)
            browser.close()


def _aantafel(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "scheduler.cli", *words]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "scheduler.cli", "serve"]
    with subprocess.Popen(command, env=environment) as server:
        try:
            _wait()
            yield
        finally:
            server.terminate()


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{BASE}/healthz").close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(BASE)


def _take(browser: Browser, picture: Picture, environment: dict[str, str]) -> None:
    width, height = picture.size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL")
    page.goto(json.loads(_aantafel(environment, "sign-in", *picture.who, "--json"))["url"])
    page.goto(BASE + picture.path)
    page.screenshot(path=HERE / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    main()
