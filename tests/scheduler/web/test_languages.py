"""English is whole: every text in templates and modules has one, and no more than those."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from starlette.testclient import TestClient

import scheduler.web
from scheduler.web.languages import CATALOGUES, LOCALE, Language

WEB = Path(scheduler.web.__file__).parent
CALLS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


def used() -> set[str | tuple[str, str]]:
    found = extract_from_dir(
        WEB,
        [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")],
        options_map={"templates/**.html": {"silent": "false"}},
        keywords=CALLS,
    )
    return {text for _, _, text, _, _ in found}


def test_every_text_has_an_english_one_and_none_is_left_over() -> None:
    english = CATALOGUES[Language.ENGLISH]
    translated = {text for text, said in english.texts.items() if text and said}
    translated |= {text for text, said in english.plurals.items() if all(said)}
    assert translated == used()


def test_placeholders_survive_translation() -> None:
    with (LOCALE / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        faults = [
            (message.id, fault)
            for message in read_po(file, locale="en")
            if message.id
            for fault in message.check()
        ]
    assert faults == []


def test_the_choice_is_remembered_and_leads_back(coordinator: TestClient) -> None:
    answer = coordinator.get("/taal/en?terug=/rooster%3Fgaten%3Dja")
    assert answer.url.path == "/rooster"
    assert '<html lang="en">' in answer.text
    assert "1 meeting, 1 with a gap" in answer.text
    assert "Nederlands" in answer.text
    assert '<html lang="nl">' in coordinator.get("/taal/nl").text


def test_an_unknown_language_or_colour_is_absent(coordinator: TestClient) -> None:
    assert coordinator.get("/taal/xx").status_code == 404
    assert coordinator.get("/weergave/paars").status_code == 404


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/rooster", "/rooster"),
        ("//elders.example", "/"),
        ("/\\elders.example", "/"),
        ("https://elders.example", "/"),
        ("/a\nb", "/"),
    ],
)
def test_the_way_back_never_leaves_the_site(
    coordinator: TestClient, back: str, leads_to: str
) -> None:
    answer = coordinator.get("/taal/en", params={"terug": back}, follow_redirects=False)
    assert answer.headers["location"] == leads_to


@pytest.mark.parametrize(
    ("choice", "attribute"),
    [("donker", 'data-theme="dark"'), ("licht", 'data-theme="light"'), ("vanzelf", "")],
)
def test_colours_are_remembered(coordinator: TestClient, choice: str, attribute: str) -> None:
    page = coordinator.get(f"/weergave/{choice}").text
    head = page[: page.index("<head>")]
    assert attribute in head
    assert ("data-theme" in head) == bool(attribute)
