"""Take the pictures of the README and the guides anew, from the running product.

`make pictures` runs this against a demo of its own in a temporary folder; it needs Debian's
chromium. The day in the pictures is the day on which they are taken. Names on the command line
take only those pictures: `make pictures` takes them all.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PORT = "8765"
BASE = f"http://127.0.0.1:{PORT}"
DESK, TALL, PHONE = (1120, 760), (1120, 960), (360, 740)
COORDINATOR = ("coordinator",)
SECONDS = "10"
"""How long the solver may think about a proposal; its picture waits as long."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as somebody sees it, after the steps that lead there.

    With a `part` (a CSS selector) only that part is shown, as far as it fits in the window.
    """

    name: str
    who: tuple[str, ...]
    path: str
    size: tuple[int, int] = DESK
    steps: Callable[[Page], None] | None = None
    part: str = ""


def main(wanted: list[str]) -> None:
    """Run the demo, serve it, and photograph each page."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "AANTAFEL_DATA": folder, "PORT": PORT}
        _aantafel(environment, "demo")
        with _served(environment), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--lang=nl-NL"]
            )
            for picture in PICTURES:
                if not wanted or picture.name in wanted:
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
    if picture.steps:
        picture.steps(page)
    path = HERE / f"{picture.name}.png"
    box = page.locator(picture.part).first.bounding_box() if picture.part else None
    if box is None:
        page.screenshot(path=path)
    else:
        top = page.evaluate("scrollY") + box["y"]
        clip = {**box, "y": top, "height": min(box["height"], height)}
        page.screenshot(path=path, clip=clip, full_page=True)
    page.close()


def _no_way(page: Page) -> None:
    """Open the first meeting with a seat that nobody can take."""
    found = page.locator("main a[href^='/rooster/m-']").evaluate_all(
        "links => links.map(each => each.getAttribute('href'))"
    )
    for address in dict.fromkeys(found):
        page.goto(BASE + address)
        if "Niemand kan." in page.locator("article").inner_text():
            return
    raise LookupError


def _gap(page: Page) -> None:
    """Take somebody off the first meeting that has enough people, so that there is a gap."""
    page.locator(".at-rows a[href^='/rooster/m-'], main a[href^='/rooster/m-']").first.click()
    page.get_by_role("button", name="Haal weg").first.click()
    page.get_by_role("heading", name="Wie de lege plaats kan vullen").wait_for()


def _filled(page: Page) -> None:
    """Fill the gap that was made for the picture before."""
    page.locator("main a[href^='/rooster/m-']").first.click()
    page.get_by_role("button", name="Zet in").first.click()
    page.get_by_text("is ingezet").first.wait_for()


def _proposal(page: Page) -> None:
    """Somebody drops out; wait for what is proposed."""
    page.get_by_label("Wie valt er uit?").select_option(index=1)
    page.get_by_label("Hoeveel seconden").fill(SECONDS)
    page.get_by_role("button", name="Reken een voorstel uit").click()
    page.get_by_role("link", name="Neem dit over").wait_for(timeout=120_000)


def _publishing(page: Page) -> None:
    _proposal(page)
    page.get_by_role("link", name="Neem dit over").click()


def _limited(page: Page) -> None:
    page.get_by_label("Hoogstens zoveel overleggen per maand").fill("1")
    page.get_by_label("Waarom?").fill("Wil het rustiger aan doen")
    page.get_by_role("button", name="Bewaar", exact=True).click()


def _faulty_sheet(page: Page) -> None:
    rows = (
        "naam;soort;eerste_dag;laatste_dag",
        "Mei;vakantie;1-5-2027;9-5-2027",
        ";gesloten;30-2-2027;",
    )
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write("\r\n".join(rows).encode())
        file.flush()
        page.get_by_label("CSV-bestand").set_input_files(file.name)
        page.get_by_role("button", name="Kijk het na").click()


def _year(page: Page) -> None:
    page.get_by_role("link", name="klaar uit").last.click()


PICTURES = (
    Picture("nu", COORDINATOR, "/"),
    Picture("rooster", COORDINATOR, "/rooster"),
    Picture("mijn-overleggen", ("representative", "r-001"), "/", PHONE),
    Picture("agenda", ("representative", "r-001"), "/agenda", PHONE),
    Picture("gemeente", ("municipality", "GM0114"), "/", PHONE),
    Picture("gat-dat-blijft", COORDINATOR, "/rooster?gaten=ja", TALL, _no_way, "article"),
    Picture("gat", COORDINATOR, "/rooster", steps=_gap, part="section[aria-labelledby=wie]"),
    Picture("ongedaan", COORDINATOR, "/rooster", steps=_filled, part="article"),
    Picture("gegevens", COORDINATOR, "/gegevens"),
    Picture("jaar", COORDINATOR, "/gegevens", steps=_year),
    Picture("rekenblad", COORDINATOR, "/gegevens/gesloten-dagen/inlezen", steps=_faulty_sheet),
    Picture("voorstel", COORDINATOR, "/herverdelen", steps=_proposal),
    Picture("publiceren", COORDINATOR, "/herverdelen", steps=_publishing),
    Picture("grens", COORDINATOR, "/gegevens/afgevaardigden/r-001", steps=_limited),
)
"""In this order: the later ones change what the earlier ones show."""


if __name__ == "__main__":
    main(sys.argv[1:])
