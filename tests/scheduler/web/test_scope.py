"""Who may open which page: the whole table, and what isn't there looks like what isn't theirs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import Request
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import SignInNeeded
from scheduler.domain.terms import Role
from scheduler.web.context import Context, Visit
from scheduler.web.doors import DOORS, EVERYBODY, SECOND_STEP, opens
from scheduler.web.pages import ROUTERS

ROLES = {
    "coordinator": COORDINATOR,
    "representative": Actor(Role.REPRESENTATIVE, "r12"),
    "board": Actor(Role.BOARD, "mevm"),
    "municipality": Actor(Role.MUNICIPALITY, "GM0114"),
    "corporation": Actor(Role.CORPORATION, "lefier"),
    "province": Actor(Role.PROVINCE),
    "auditor": Actor(Role.AUDITOR),
    "administrator": Actor(Role.ADMINISTRATOR),
}

# Each line of the table: the method, the route, an address, and what each of the roles above gets.
# r12 is of MEVM, GM0114 is Emmen. A line for one's own record, for somebody else's, and for one
# that isn't there. What a role isn't let do is 403, whatever stands behind it; what isn't its own
# is 404, like what isn't there.

TABLE = Path(__file__).with_name("who_gets_what.txt")
PAGES = tuple(line.split() for line in TABLE.read_text(encoding="ascii").splitlines())


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_gets_its_own_pages_and_no_others(
    role: str, signed_in: Callable[[Actor], TestClient]
) -> None:
    client, column = signed_in(ROLES[role]), list(ROLES).index(role)
    wanted = {(method, path): row[column] for method, _, path, *row in PAGES}
    found = {
        (method, path): str(client.request(method, path, follow_redirects=False).status_code)
        for method, path in wanted
    }
    assert found == wanted


@pytest.mark.parametrize("role", list(ROLES))
def test_a_door_that_is_shut_tells_nothing_of_what_is_behind_it(
    role: str, signed_in: Callable[[Actor], TestClient]
) -> None:
    client, column = signed_in(ROLES[role]), list(ROLES).index(role)
    shut = {(method, path) for method, _, path, *row in PAGES if row[column] == "403"}
    said = {client.request(method, path).text for method, path in shut}
    assert len(said) <= 2  # one sentence for a door, and one for an act that isn't this role's
    assert all("Dit mag niet" in each for each in said)


def test_nobody_gets_in_without_signing_in(browser: Callable[..., TestClient]) -> None:
    client = browser()
    for method, _, path, *_ in PAGES:
        answer = client.request(method, path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen"), path


def test_a_visit_of_nobody_has_no_actor_to_act_for(context: Context) -> None:
    request = Request({"type": "http", "headers": []})
    with context.database.session() as session:
        visit = Visit(
            request=request, context=context, session=session, actor=None, at=context.clock()
        )
        with pytest.raises(SignInNeeded):
            _ = visit.who


def _doors() -> set[str]:
    return {
        f"{method} {route.path}"
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }


def test_every_page_has_a_door_and_every_door_a_page() -> None:
    assert EVERYBODY.union(SECOND_STEP, *DOORS.values()) == _doors()


def test_the_table_names_every_page_that_isnt_everybodys() -> None:
    assert {f"{method} {route}" for method, route, *_ in PAGES} == _doors() - EVERYBODY


def test_a_page_without_a_door_stays_shut() -> None:
    assert not any(opens(actor, "GET /nieuw") for actor in ROLES.values())


@pytest.mark.parametrize("path", ["/hulp", "/toegankelijkheid", "/privacy", "/inloggen"])
def test_everybody_may_read_the_pages_about_the_site(
    browser: Callable[..., TestClient], path: str
) -> None:
    assert browser().get(path).status_code == 200


@pytest.mark.parametrize(
    ("absent", "foreign"),
    [
        ("/overleg/m-bestaatniet", "/overleg/m-emmen"),
        ("/afgevaardigde/r0", "/afgevaardigde/r4"),
        ("/gemeente/GM9999", "/gemeente/GM0114"),
        ("/agenda/afgevaardigde/r0", "/agenda/afgevaardigde/r4"),
    ],
)
def test_what_is_absent_looks_like_what_is_foreign(
    representative: TestClient, absent: str, foreign: str
) -> None:
    def said(path: str) -> str:
        return representative.get(path).text.replace(path.rpartition("/")[2], "…")

    assert said(absent) == said(foreign)


def test_a_municipality_reads_no_names_that_werent_given(municipality: TestClient) -> None:
    for path in ("/", "/rooster", "/overleg/m-emmen"):
        assert "Afgevaardigde 4" not in municipality.get(path).text


def test_a_representatives_plan_holds_only_what_touches_the_organisation(
    representative: TestClient,
) -> None:
    page = representative.get("/rooster").text
    assert "Woonvisie Tynaarlo" in page
    assert "Voortgang prestatieafspraken Emmen" not in page
