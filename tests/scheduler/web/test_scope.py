"""Who may open which page: the whole table, and what isn't there looks like what isn't theirs."""

from collections.abc import Callable

import pytest
from fastapi import Request
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import SignInNeeded
from scheduler.domain.terms import Role
from scheduler.web.context import Context, Visit
from scheduler.web.pages import ROUTERS

ROLES = {
    "coordinator": COORDINATOR,
    "representative": Actor(Role.REPRESENTATIVE, "r12"),
    "municipality": Actor(Role.MUNICIPALITY, "GM0114"),
}

# Method, the route, the address, then what a coordinator, representative r12 of MEVM and the
# municipality of Emmen get.
PAGES = (
    ("GET", "/", "/", 200, 200, 200),
    ("GET", "/rooster", "/rooster", 200, 200, 200),
    ("GET", "/rooster/{meeting_id}", "/rooster/m-bod", 200, 403, 403),
    ("GET", "/rooster/{meeting_id}", "/rooster/m-nergens", 404, 403, 403),
    ("POST", "/rooster/{meeting_id}", "/rooster/m-bod", 400, 403, 403),
    ("POST", "/rooster/stap/{step_id}/terug", "/rooster/stap/1/terug", 409, 403, 403),
    ("POST", "/rooster/stap/{step_id}/opnieuw", "/rooster/stap/1/opnieuw", 409, 403, 403),
    ("GET", "/overleg/{meeting_id}", "/overleg/m-bod", 200, 200, 404),
    ("GET", "/overleg/{meeting_id}", "/overleg/m-emmen", 200, 404, 200),
    ("GET", "/overleg/{meeting_id}", "/overleg/m-urgentie", 200, 200, 404),
    ("GET", "/overleg/{meeting_id}", "/overleg/m-nergens", 404, 404, 404),
    ("GET", "/afgevaardigden", "/afgevaardigden", 200, 403, 403),
    ("GET", "/afgevaardigde/{representative_id}", "/afgevaardigde/r12", 200, 200, 404),
    ("GET", "/afgevaardigde/{representative_id}", "/afgevaardigde/r14", 200, 404, 404),
    ("GET", "/afgevaardigde/{representative_id}", "/afgevaardigde/r0", 404, 404, 404),
    ("GET", "/bestuur/{organisation_id}", "/bestuur/mevm", 200, 404, 404),
    ("GET", "/gemeenten", "/gemeenten", 200, 403, 403),
    ("GET", "/gemeente/{code}", "/gemeente/GM0114", 200, 404, 200),
    ("GET", "/gemeente/{code}", "/gemeente/GM0106", 200, 404, 404),
    ("GET", "/gemeente/{code}", "/gemeente/GM9999", 404, 404, 404),
    ("GET", "/publicaties", "/publicaties", 200, 403, 403),
    ("POST", "/publicaties/nieuw-adres", "/publicaties/nieuw-adres", 303, 403, 403),
    ("GET", "/publicatie/{number}", "/publicatie/1", 200, 403, 403),
    ("GET", "/publicatie/{number}", "/publicatie/9", 404, 403, 403),
    ("POST", "/publicatie/{number}/terugzetten", "/publicatie/9/terugzetten", 404, 403, 403),
    ("GET", "/publiceren", "/publiceren", 200, 403, 403),
    ("POST", "/publiceren/{plan_id}", "/publiceren/9", 400, 403, 403),
    ("GET", "/publiceren/{plan_id}/mail", "/publiceren/9/mail", 404, 403, 403),
    ("GET", "/publiceren/{plan_id}/mail/{recipient_id}", "/publiceren/9/mail/a", 404, 403, 403),
    ("POST", "/rooster/{meeting_id}/toch-vragen", "/rooster/m-emmen/toch-vragen", 400, 403, 403),
    ("POST", "/publiceren/{plan_id}/weg", "/publiceren/9/weg", 404, 403, 403),
    ("GET", "/herverdelen", "/herverdelen", 200, 403, 403),
    ("POST", "/herverdelen", "/herverdelen", 400, 403, 403),
    ("GET", "/rooster/concept/{plan_id}", "/rooster/concept/1", 200, 403, 403),
    ("GET", "/rooster/concept/{plan_id}", "/rooster/concept/9", 404, 403, 403),
    ("POST", "/rooster/concept/{plan_id}/weg", "/rooster/concept/9/weg", 404, 403, 403),
    ("POST", "/rooster/concept/{plan_id}/overnemen", "/rooster/concept/9/overnemen", 404, 403, 403),
    ("GET", "/herverdelen/{lead_id}", "/herverdelen/1", 303, 403, 403),
    ("GET", "/herverdelen/{lead_id}", "/herverdelen/9", 404, 403, 403),
    ("GET", "/herverdelen/{lead_id}/voortgang", "/herverdelen/1/voortgang", 200, 403, 403),
    ("GET", "/herverdelen/{lead_id}/voortgang", "/herverdelen/9/voortgang", 404, 403, 403),
    ("GET", "/herverdelen/{lead_id}/stand", "/herverdelen/1/stand", 204, 403, 403),
    ("GET", "/herverdelen/{lead_id}/stand", "/herverdelen/9/stand", 404, 403, 403),
    ("POST", "/herverdelen/{lead_id}/stop", "/herverdelen/9/stop", 404, 403, 403),
    ("POST", "/herverdelen/{lead_id}/weg", "/herverdelen/9/weg", 404, 403, 403),
    ("GET", "/wat-als", "/wat-als", 200, 403, 403),
    ("GET", "/wat-als/nieuw/{slug}", "/wat-als/nieuw/stopt", 200, 403, 403),
    ("POST", "/wat-als/nieuw/{slug}", "/wat-als/nieuw/stopt", 400, 403, 403),
    ("GET", "/wat-als/{number}", "/wat-als/9", 404, 403, 403),
    ("GET", "/wat-als/{number}/voortgang", "/wat-als/9/voortgang", 404, 403, 403),
    ("GET", "/wat-als/{number}/stand", "/wat-als/9/stand", 404, 403, 403),
    ("POST", "/wat-als/{number}/stop", "/wat-als/9/stop", 404, 403, 403),
    ("POST", "/wat-als/{number}/bewaar", "/wat-als/9/bewaar", 404, 403, 403),
    ("POST", "/wat-als/{number}/weg", "/wat-als/9/weg", 404, 403, 403),
    ("POST", "/wat-als/{number}/opnieuw", "/wat-als/9/opnieuw", 404, 403, 403),
    ("POST", "/herverdelen/{plan_id}/opnieuw", "/herverdelen/9/opnieuw", 404, 403, 403),
    (
        "POST",
        "/rooster/concept/{plan_id}/wijzigingen",
        "/rooster/concept/9/wijzigingen",
        400,
        403,
        403,
    ),
    ("GET", "/werklast", "/werklast", 200, 403, 403),
    ("GET", "/werklast.csv", "/werklast.csv", 200, 403, 403),
    ("GET", "/werklast.xlsx", "/werklast.xlsx", 200, 403, 403),
    ("GET", "/kaart", "/kaart", 200, 403, 403),
    ("GET", "/kaart", "/kaart?laag=iets", 404, 403, 403),
    ("GET", "/mandaten", "/mandaten", 200, 200, 200),
    ("GET", "/mandaten", "/mandaten?dag=gisteren", 404, 404, 404),
    ("GET", "/mandaten/nieuw", "/mandaten/nieuw", 200, 404, 404),
    ("POST", "/mandaten/nieuw", "/mandaten/nieuw", 400, 404, 404),
    ("GET", "/mandaten/{mandate_id}", "/mandaten/md-federatie", 200, 200, 404),
    ("GET", "/mandaten/{mandate_id}", "/mandaten/md-0", 404, 404, 404),
    ("POST", "/mandaten/{mandate_id}/{act}", "/mandaten/md-federatie/akkoord", 409, 403, 404),
    ("POST", "/mandaten/{mandate_id}/{act}", "/mandaten/md-federatie/intrekken", 400, 403, 404),
    ("POST", "/mandaten/{mandate_id}/{act}", "/mandaten/md-federatie/iets", 404, 403, 404),
    ("GET", "/meedoen/{organisation_id}", "/meedoen/mevm", 200, 404, 404),
    ("POST", "/meedoen/{organisation_id}", "/meedoen/mevm", 400, 404, 404),
    ("GET", "/logboek", "/logboek", 200, 403, 403),
    ("GET", "/gegevens", "/gegevens", 200, 403, 403),
    ("GET", "/gegevens/jaar/{year}", "/gegevens/jaar/2028", 200, 403, 403),
    ("POST", "/gegevens/jaar/{year}", "/gegevens/jaar/2028", 400, 403, 403),
    ("GET", "/gegevens/{key}", "/gegevens/organisaties", 200, 403, 403),
    ("GET", "/gegevens/{key}", "/gegevens/iets", 404, 403, 403),
    ("GET", "/gegevens/{key}/uitvoer.csv", "/gegevens/mandaten/uitvoer.csv", 200, 403, 403),
    ("GET", "/gegevens/{key}/inlezen", "/gegevens/gemeenten/inlezen", 200, 403, 403),
    ("POST", "/gegevens/{key}/inlezen", "/gegevens/gemeenten/inlezen", 400, 403, 403),
    (
        "GET",
        "/gegevens/{key}/inlezen/{identifier}",
        "/gegevens/gemeenten/inlezen/in-0",
        404,
        403,
        403,
    ),
    (
        "POST",
        "/gegevens/{key}/inlezen/{identifier}",
        "/gegevens/gemeenten/inlezen/in-0",
        404,
        403,
        403,
    ),
    ("GET", "/gegevens/{key}/nieuw", "/gegevens/corporaties/nieuw", 200, 403, 403),
    ("POST", "/gegevens/{key}/nieuw", "/gegevens/corporaties/nieuw", 400, 403, 403),
    ("GET", "/gegevens/{key}/{identifier}", "/gegevens/afgevaardigden/r12", 200, 403, 403),
    ("GET", "/gegevens/{key}/{identifier}", "/gegevens/afgevaardigden/r0", 404, 403, 403),
    ("POST", "/gegevens/{key}/{identifier}", "/gegevens/afgevaardigden/r0", 404, 403, 403),
    (
        "POST",
        "/gegevens/{key}/{identifier}/einde",
        "/gegevens/afgevaardigden/r0/einde",
        404,
        403,
        403,
    ),
    (
        "POST",
        "/gegevens/{key}/daad/{number}/terug",
        "/gegevens/afgevaardigden/daad/1/terug",
        404,
        403,
        403,
    ),
    ("GET", "/agenda", "/agenda", 200, 200, 200),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/afgevaardigde/r12", 200, 200, 404),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/afgevaardigde/r14", 200, 404, 404),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/gemeente/GM0114", 200, 404, 200),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/organisatie/mevm", 200, 404, 404),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/provincie/drenthe", 200, 404, 404),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/afgevaardigde/r0", 404, 404, 404),
    ("GET", "/agenda/{kind}/{subject_id}", "/agenda/iets/r12", 404, 404, 404),
    (
        "POST",
        "/agenda/{kind}/{subject_id}/nieuw-adres",
        "/agenda/afgevaardigde/r12/nieuw-adres",
        303,
        303,
        404,
    ),
    (
        "POST",
        "/agenda/{kind}/{subject_id}/nieuw-adres",
        "/agenda/gemeente/GM0114/nieuw-adres",
        303,
        404,
        303,
    ),
    (
        "POST",
        "/overleg/{meeting_id}/antwoord",
        "/overleg/m-bod/antwoord",
        400,
        400,
        400,
    ),
    (
        "POST",
        "/overleg/{meeting_id}/in-agenda",
        "/overleg/m-bod/in-agenda",
        404,
        400,
        404,
    ),
    (
        "POST",
        "/agenda/{kind}/{subject_id}/keuzes",
        "/agenda/afgevaardigde/r12/keuzes",
        303,
        303,
        404,
    ),
    (
        "POST",
        "/agenda/{kind}/{subject_id}/keuzes",
        "/agenda/gemeente/GM0114/keuzes",
        303,
        404,
        303,
    ),
    (
        "POST",
        "/agenda/{kind}/{subject_id}/intrekken",
        "/agenda/afgevaardigde/r12/intrekken",
        303,
        303,
        404,
    ),
    (
        "POST",
        "/agenda/afgevaardigde/{subject_id}/wachtwoord",
        "/agenda/afgevaardigde/r12/wachtwoord",
        200,
        200,
        404,
    ),
    (
        "POST",
        "/agenda/afgevaardigde/{subject_id}/wachtwoord",
        "/agenda/afgevaardigde/r0/wachtwoord",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/wachtwoord/{account_id}/intrekken",
        "/agenda/wachtwoord/a-geen/intrekken",
        404,
        404,
        404,
    ),
    ("GET", "/uitnodigen", "/uitnodigen", 200, 403, 200),
    ("GET", "/uitnodigen", "/uitnodigen?namens=municipality:GM0106", 200, 403, 200),
    ("GET", "/uitnodigen", "/uitnodigen?namens=municipality:GM9999", 404, 403, 200),
    ("POST", "/uitnodigen", "/uitnodigen", 200, 403, 200),
    ("POST", "/uitnodigen/weg", "/uitnodigen/weg", 303, 403, 303),
    ("GET", "/uitnodigingen", "/uitnodigingen", 200, 200, 200),
    ("GET", "/uitnodiging/{request_id}", "/uitnodiging/u-0", 404, 404, 404),
    ("GET", "/uitnodiging/{request_id}/verzetten", "/uitnodiging/u-0/verzetten", 404, 404, 404),
    ("POST", "/uitnodiging/{request_id}/verzetten", "/uitnodiging/u-0/verzetten", 404, 404, 404),
    ("POST", "/uitnodiging/{request_id}/intrekken", "/uitnodiging/u-0/intrekken", 404, 404, 404),
    ("POST", "/uitnodiging/{request_id}/aannemen", "/uitnodiging/u-0/aannemen", 404, 403, 403),
    ("POST", "/uitnodiging/{request_id}/afwijzen", "/uitnodiging/u-0/afwijzen", 404, 403, 403),
    ("POST", "/uitnodiging/{request_id}/volgen", "/uitnodiging/u-0/volgen", 404, 403, 403),
    ("GET", "/uitnodiging/{request_id}/voorstellen", "/uitnodiging/u-0/voorstellen", 404, 403, 403),
    (
        "POST",
        "/uitnodiging/{request_id}/voorstellen",
        "/uitnodiging/u-0/voorstellen",
        404,
        403,
        403,
    ),
    ("POST", "/uitnodiging/{request_id}/voorstel", "/uitnodiging/u-0/voorstel", 400, 400, 400),
    ("POST", "/uitnodiging/{request_id}/stukken", "/uitnodiging/u-0/stukken", 404, 404, 404),
    (
        "GET",
        "/uitnodiging/{request_id}/stuk/{paper_id}",
        "/uitnodiging/u-0/stuk/s-0",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/uitnodiging/{request_id}/stuk/{paper_id}/weg",
        "/uitnodiging/u-0/stuk/s-0/weg",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/uitnodiging/{request_id}/nieuwe-link",
        "/uitnodiging/u-0/nieuwe-link",
        404,
        404,
        404,
    ),
    ("GET", "/stuk/{paper_id}", "/stuk/s-0", 404, 404, 404),
    (
        "POST",
        "/agenda/wachtwoord/{account_id}/intrekken",
        "/agenda/wachtwoord/geen/intrekken",
        404,
        404,
        404,
    ),
    ("GET", "/sleutels", "/sleutels", 200, 403, 200),
    ("POST", "/sleutels", "/sleutels", 404, 403, 400),
    ("POST", "/sleutels/{key_id}/intrekken", "/sleutels/ak-0/intrekken", 404, 403, 404),
    ("GET", "/agenda-inlezen", "/agenda-inlezen", 200, 403, 403),
    ("POST", "/agenda-inlezen", "/agenda-inlezen", 400, 403, 403),
    ("GET", "/agenda-inlezen/{number}", "/agenda-inlezen/9", 404, 403, 403),
    ("GET", "/overleg/{meeting_id}/veranderen", "/overleg/m-emmen/veranderen", 200, 403, 403),
    ("POST", "/overleg/{meeting_id}/veranderen", "/overleg/m-emmen/veranderen", 400, 403, 403),
    ("GET", "/postbus", "/postbus", 200, 403, 403),
    ("POST", "/postbus/versturen", "/postbus/versturen", 409, 403, 403),
    ("GET", "/postbus/adressen", "/postbus/adressen", 200, 403, 403),
    ("POST", "/postbus/adressen", "/postbus/adressen", 404, 403, 403),
    (
        "POST",
        "/postbus/adressen/{address_id}/stoppen",
        "/postbus/adressen/ma-0/stoppen",
        404,
        403,
        403,
    ),
    (
        "POST",
        "/postbus/antwoord/{reply_id}/klaar",
        "/postbus/antwoord/1/klaar",
        404,
        403,
        403,
    ),
    ("GET", "/postbus/{mail_id}", "/postbus/1", 404, 403, 403),
    ("POST", "/postbus/{mail_id}/versturen", "/postbus/1/versturen", 409, 403, 403),
    ("POST", "/postbus/{mail_id}/intrekken", "/postbus/1/intrekken", 409, 403, 403),
    ("POST", "/postbus/{mail_id}/opnieuw", "/postbus/1/opnieuw", 409, 403, 403),
    ("GET", "/overleg/{meeting_id}/ik-kan-niet", "/overleg/m-bod/ik-kan-niet", 404, 200, 404),
    ("POST", "/overleg/{meeting_id}/ik-kan-niet", "/overleg/m-bod/ik-kan-niet", 404, 400, 404),
    (
        "POST",
        "/overleg/{meeting_id}/ik-kan-niet/intrekken",
        "/overleg/m-bod/ik-kan-niet/intrekken",
        404,
        303,
        404,
    ),
    ("POST", "/overleg/{meeting_id}/meelopen", "/overleg/m-bod/meelopen", 400, 400, 400),
    ("GET", "/beschikbaar", "/beschikbaar", 404, 200, 404),
    ("POST", "/beschikbaar", "/beschikbaar", 404, 303, 404),
    ("POST", "/beschikbaar/terug", "/beschikbaar/terug", 404, 409, 404),
    ("GET", "/herinneringen", "/herinneringen", 404, 200, 404),
    ("POST", "/herinneringen", "/herinneringen", 404, 303, 404),
    ("GET", "/mail", "/mail", 404, 200, 404),
    ("POST", "/mail", "/mail", 404, 400, 404),
    ("POST", "/mail/stoppen", "/mail/stoppen", 404, 303, 404),
    (
        "POST",
        "/agenda/afgevaardigde/{subject_id}/koppeling",
        "/agenda/afgevaardigde/r12/koppeling",
        400,
        400,
        404,
    ),
    (
        "POST",
        "/agenda/koppeling/{connection_id}/keuze",
        "/agenda/koppeling/k-geen/keuze",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/koppeling/{connection_id}/stil",
        "/agenda/koppeling/k-geen/stil",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/koppeling/{connection_id}/verder",
        "/agenda/koppeling/k-geen/verder",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/koppeling/{connection_id}/opnieuw",
        "/agenda/koppeling/k-geen/opnieuw",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/koppeling/{connection_id}/los",
        "/agenda/koppeling/k-geen/los",
        404,
        404,
        404,
    ),
    (
        "POST",
        "/agenda/koppelagenda/{calendar_id}/leeg",
        "/agenda/koppelagenda/kc-geen/leeg",
        404,
        404,
        404,
    ),
)

PUBLIC = {
    "/inloggen",
    "/inloggen/{token}",
    "/mail/bevestigen/{token}",
    "/mail/uit/{token}",
    "/antwoord/{token}",
    "/mandaat/{token}",
    "/mandaat/{token}/{act}",
    "/antwoord/{token}/ik-kan-niet",
    "/antwoord/{token}/ik-kan-niet/intrekken",
    "/invallen/{token}",
    "/verzoek/{token}",
    "/verzoek/{token}/verzetten",
    "/verzoek/{token}/intrekken",
    "/verzoek/{token}/stukken",
    "/verzoek/{token}/stuk/{paper_id}",
    "/verzoek/{token}/stuk/{paper_id}/weg",
    "/verzoek/{token}/voorstel",
    "/uitloggen",
    "/taal/{code}",
    "/weergave/{theme}",
    "/hulp",
    "/toegankelijkheid",
    "/privacy",
}


@pytest.mark.parametrize("column", range(3), ids=list(ROLES))
def test_each_role_gets_its_own_pages_and_no_others(
    column: int, signed_in: Callable[[Actor], TestClient]
) -> None:
    client = signed_in(list(ROLES.values())[column])
    wanted = {(method, path): row[column] for method, _, path, *row in PAGES}
    found = {
        (method, path): client.request(method, path, follow_redirects=False).status_code
        for method, path in wanted
    }
    assert found == wanted


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


def test_the_table_names_every_route() -> None:
    routes = {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.path not in PUBLIC
        for method in route.methods
    }
    assert {(method, route) for method, route, *_ in PAGES} == routes


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
