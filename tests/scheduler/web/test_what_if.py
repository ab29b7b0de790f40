"""What if on screen: from choosing over looking on to keeping, and what is said when it can't."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import Supposition
from scheduler.domain.terms import SuppositionKind, SuppositionState
from scheduler.jobs.supposing import suppose_next
from scheduler.web.context import Context
from scheduler.web.plans.supposing import CHOICES

FORMS = {
    "stopt": {"afgevaardigde": "r12", "vanaf": "2027-03-20"},
    "erbij": {"organisatie": "sbde", "woonplaats": "GM0114", "ervaren": "ja"},
    "mandaat": {"gever": "sbde", "houder": "federatie"},
    "elkaar": {},
    "avond": {"gemeente": "GM0106"},
    "uren": {"organisatie": "mevm", "uren": "4,5"},
}
SAID = {
    "stopt": "Stel dat Afgevaardigde 12 stopt vanaf 20 maart 2027",
    "erbij": "Stel dat er bij SBDE iemand bij komt",
    "mandaat": "Stel dat SBDE mandaat geeft aan De Huurdersfederatie",
    "elkaar": "Stel dat alle organisaties elkaar vertegenwoordigen",
    "avond": "Stel dat gemeente Assen in de avond vergadert",
    "uren": "Stel dat MEVM 4,5 uur per week minder heeft",
}


def _ask(coordinator: TestClient, slug: str, **changed: str) -> str:
    answer = coordinator.post(
        f"/wat-als/nieuw/{slug}", data={**FORMS[slug], "seconden": "2", **changed}
    )
    assert answer.status_code == 200
    return answer.url.path


@pytest.fixture
def answered(coordinator: TestClient, context: Context) -> str:
    """The address of a supposition with its answer."""
    address = _ask(coordinator, "erbij")
    assert suppose_next(context.database, context.policy, clock=context.clock) is not None
    return address


def test_every_kind_is_offered_asked_and_said(
    coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    page = coordinator.get("/wat-als").text
    assert faults_of(page) == []
    for choice in CHOICES:
        assert f'href="/wat-als/nieuw/{choice.slug}"' in page
        assert faults_of(coordinator.get(f"/wat-als/nieuw/{choice.slug}").text) == []
        asked = coordinator.get(_ask(coordinator, choice.slug)).text
        assert faults_of(asked) == []
        assert f'<h1 class="utrecht-heading-1">{SAID[choice.slug]}</h1>' in asked
        assert "In de wachtrij." in asked
    assert coordinator.get("/wat-als/nieuw/iets").status_code == 404


def test_an_answer_is_compared_kept_and_asked_anew(
    coordinator: TestClient, answered: str, faults_of: Callable[[str], list[str]]
) -> None:
    page = coordinator.get(answered).text
    assert faults_of(page) == []
    assert "Wat de aanname zelf doet" in page
    assert "Wie erbij komt" in page
    assert coordinator.get(f"{answered}/stand").status_code == 204
    kept = coordinator.post(f"{answered}/bewaar").text
    assert "Bewaard op 2 maart 2027 door: de coördinator." in kept
    assert SAID["erbij"] in coordinator.get("/wat-als").text
    again = coordinator.post(f"{answered}/opnieuw")
    assert again.url.path != answered
    assert f'href="{answered}"' in again.text
    gone = coordinator.post(f"{answered}/weg")
    assert "Weggedaan." in gone.text
    assert coordinator.get(answered).status_code == 404


@pytest.mark.parametrize(
    ("slug", "changed", "field", "said"),
    [
        ("stopt", {"afgevaardigde": ""}, "afgevaardigde", "Maak hier een keuze."),
        ("stopt", {"vanaf": ""}, "vanaf", "Maak hier een keuze."),
        ("stopt", {"vanaf": "morgen"}, "vanaf", "Dit is geen datum"),
        ("uren", {"uren": "veel"}, "uren", "Vul dit in als een getal."),
        ("uren", {"uren": "-1"}, "organisatie", "Vul meer dan 0 en hooguit 168 uur in."),
        ("mandaat", {"houder": "sbde"}, "gever", "Kies twee verschillende organisaties."),
        ("elkaar", {"seconden": "0"}, "seconden", "Kies een rekentijd"),
        ("erbij", {"woonplaats": ""}, "woonplaats", "Maak hier een keuze."),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    coordinator: TestClient,
    faults_of: Callable[[str], list[str]],
    slug: str,
    changed: dict[str, str],
    field: str,
    said: str,
) -> None:
    answer = coordinator.post(
        f"/wat-als/nieuw/{slug}", data={**FORMS[slug], "seconden": "2", **changed}
    )
    assert answer.status_code == 400
    assert faults_of(answer.text) == []
    assert f'id="{field}-fout">{said}' in answer.text
    assert f'<a class="utrecht-link" href="#{field}">' in answer.text


def test_how_far_it_is_is_said_without_points(
    coordinator: TestClient, context: Context, faults_of: Callable[[str], list[str]]
) -> None:
    address = _ask(coordinator, "avond")
    tier = {"name": "voice", "value": 5, "bound": 4, "before": 9}
    with context.database.session() as session:
        row = session.exec(select(Supposition)).one()
        row.state, row.started_at = SuppositionState.SOLVING, context.clock()
        row.progress = {"supposed": False, "seconds": 3.2, "tiers": [tier]}
        row.interruptions = 1
    page = coordinator.get(address).text
    assert faults_of(page) == []
    assert "Stap 1 van 1" in page
    assert "Organisaties niet gehoord: beter dan nu, hooguit 20 procent beter mogelijk" in page
    assert "Nu het beste rooster zonder de aanname" in page
    assert "De berekening werd onderbroken en begint opnieuw." in page
    assert "Stap 1 van 1" in coordinator.get(f"{address}/stand").text
    assert coordinator.post(f"{address}/stop").status_code == 200


def test_what_went_wrong_is_said_and_can_be_tried_again(
    coordinator: TestClient, context: Context
) -> None:
    address = _ask(coordinator, "elkaar")
    with context.database.session() as session:
        row = session.exec(select(Supposition)).one()
        row.state, row.failure = SuppositionState.FAILED, "exit code -9"
    page = coordinator.get(address).text
    assert "Uw vraag is bewaard. Uw rooster is niet veranderd." in page
    assert "exit code -9" in page
    assert "In de wachtrij." in coordinator.post(f"{address}/opnieuw").text


def test_all_kinds_have_a_form() -> None:
    assert {each.kind for each in CHOICES} == set(SuppositionKind)
