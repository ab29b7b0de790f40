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

# Each line: the method, the route, an address, and what each of the roles above gets. r12 is of
# MEVM, GM0114 is Emmen. A line for one's own record, for somebody else's, and for one that isn't
# there. What a role isn't let do is 403, whatever stands behind it; what isn't its own is 404.

_TABLE = """
GET / / 200 200 200 200 200 200 200 303
GET /rooster /rooster 200 200 200 200 200 200 200 403
GET /rooster/{meeting_id} /rooster/m-bod 200 403 403 403 403 403 200 403
GET /rooster/{meeting_id} /rooster/m-nergens 404 403 403 403 403 403 404 403
POST /rooster/{meeting_id} /rooster/m-bod 400 403 403 403 403 403 403 403
POST /rooster/stap/{step_id}/terug /rooster/stap/1/terug 409 403 403 403 403 403 403 403
POST /rooster/stap/{step_id}/opnieuw /rooster/stap/1/opnieuw 409 403 403 403 403 403 403 403
GET /overleg/{meeting_id} /overleg/m-bod 200 200 200 404 404 404 200 403
GET /overleg/{meeting_id} /overleg/m-emmen 200 404 404 200 404 404 200 403
GET /overleg/{meeting_id} /overleg/m-urgentie 200 200 200 404 404 200 200 403
GET /overleg/{meeting_id} /overleg/m-nergens 404 404 404 404 404 404 404 403
GET /afgevaardigden /afgevaardigden 200 403 403 403 403 403 200 403
GET /afgevaardigde/{representative_id} /afgevaardigde/r12 200 200 200 404 404 404 200 403
GET /afgevaardigde/{representative_id} /afgevaardigde/r14 200 404 200 404 404 404 200 403
GET /afgevaardigde/{representative_id} /afgevaardigde/r0 404 404 404 404 404 404 404 403
GET /bestuur/{organisation_id} /bestuur/mevm 200 404 200 404 404 404 200 403
GET /bestuur/{organisation_id} /bestuur/sbde 200 404 404 404 404 404 200 403
GET /bestuur/{organisation_id} /bestuur/geen 404 404 404 404 404 404 404 403
GET /gemeenten /gemeenten 200 403 403 403 403 403 200 403
GET /gemeente/{code} /gemeente/GM0114 200 404 404 200 404 404 200 403
GET /gemeente/{code} /gemeente/GM0106 200 404 404 404 404 404 200 403
GET /gemeente/{code} /gemeente/GM9999 404 404 404 404 404 404 404 403
GET /publicaties /publicaties 200 403 403 403 403 403 200 403
POST /publicaties/nieuw-adres /publicaties/nieuw-adres 303 403 403 403 403 403 403 403
GET /publicatie/{number} /publicatie/1 200 403 403 403 403 403 200 403
GET /publicatie/{number} /publicatie/9 404 403 403 403 403 403 404 403
POST /publicatie/{number}/terugzetten /publicatie/9/terugzetten 404 403 403 403 403 403 403 403
GET /publiceren /publiceren 200 403 403 403 403 403 200 403
POST /publiceren/{plan_id} /publiceren/9 400 403 403 403 403 403 403 403
GET /publiceren/{plan_id}/mail /publiceren/9/mail 404 403 403 403 403 403 403 403
GET /publiceren/{plan_id}/mail/{recipient_id} /publiceren/9/mail/a 404 403 403 403 403 403 403 403
POST /rooster/{meeting_id}/toch-vragen /rooster/m-emmen/toch-vragen 400 403 403 403 403 403 403 403
POST /publiceren/{plan_id}/weg /publiceren/9/weg 404 403 403 403 403 403 403 403
GET /herverdelen /herverdelen 200 403 403 403 403 403 403 403
POST /herverdelen /herverdelen 400 403 403 403 403 403 403 403
GET /rooster/concept/{plan_id} /rooster/concept/1 200 403 403 403 403 403 200 403
GET /rooster/concept/{plan_id} /rooster/concept/9 404 403 403 403 403 403 404 403
POST /rooster/concept/{plan_id}/weg /rooster/concept/9/weg 404 403 403 403 403 403 403 403
POST /rooster/concept/{plan_id}/overnemen /rooster/concept/9/overnemen 404 403 403 403 403 403 403 403
GET /herverdelen/{lead_id} /herverdelen/1 303 403 403 403 403 403 303 403
GET /herverdelen/{lead_id} /herverdelen/9 404 403 403 403 403 403 404 403
GET /herverdelen/{lead_id}/voortgang /herverdelen/1/voortgang 200 403 403 403 403 403 200 403
GET /herverdelen/{lead_id}/voortgang /herverdelen/9/voortgang 404 403 403 403 403 403 404 403
GET /herverdelen/{lead_id}/stand /herverdelen/1/stand 204 403 403 403 403 403 204 403
GET /herverdelen/{lead_id}/stand /herverdelen/9/stand 404 403 403 403 403 403 404 403
POST /herverdelen/{lead_id}/stop /herverdelen/9/stop 404 403 403 403 403 403 403 403
POST /herverdelen/{lead_id}/weg /herverdelen/9/weg 404 403 403 403 403 403 403 403
GET /wat-als /wat-als 200 403 403 403 403 403 200 403
GET /wat-als/nieuw/{slug} /wat-als/nieuw/stopt 200 403 403 403 403 403 403 403
POST /wat-als/nieuw/{slug} /wat-als/nieuw/stopt 400 403 403 403 403 403 403 403
GET /wat-als/{number} /wat-als/9 404 403 403 403 403 403 404 403
GET /wat-als/{number}/voortgang /wat-als/9/voortgang 404 403 403 403 403 403 404 403
GET /wat-als/{number}/stand /wat-als/9/stand 404 403 403 403 403 403 404 403
POST /wat-als/{number}/stop /wat-als/9/stop 404 403 403 403 403 403 403 403
POST /wat-als/{number}/bewaar /wat-als/9/bewaar 404 403 403 403 403 403 403 403
POST /wat-als/{number}/weg /wat-als/9/weg 404 403 403 403 403 403 403 403
POST /wat-als/{number}/opnieuw /wat-als/9/opnieuw 404 403 403 403 403 403 403 403
POST /herverdelen/{plan_id}/opnieuw /herverdelen/9/opnieuw 404 403 403 403 403 403 403 403
POST /rooster/concept/{plan_id}/wijzigingen /rooster/concept/9/wijzigingen 400 403 403 403 403 403 403 403
GET /werklast /werklast 200 403 403 403 403 403 200 403
GET /werklast.csv /werklast.csv 200 403 403 403 403 403 200 403
GET /werklast.xlsx /werklast.xlsx 200 403 403 403 403 403 200 403
GET /kaart /kaart 200 403 403 403 403 403 200 403
GET /kaart /kaart?laag=iets 404 403 403 403 403 403 404 403
GET /logboek /logboek 200 403 403 403 403 403 200 403
GET /gegevens /gegevens 200 403 403 403 403 403 200 403
GET /gegevens/jaar/{year} /gegevens/jaar/2028 200 403 403 403 403 403 200 403
POST /gegevens/jaar/{year} /gegevens/jaar/2028 400 403 403 403 403 403 403 403
GET /gegevens/{key} /gegevens/organisaties 200 403 403 403 403 403 200 403
GET /gegevens/{key} /gegevens/iets 404 403 403 403 403 403 404 403
GET /gegevens/{key}/uitvoer.csv /gegevens/mandaten/uitvoer.csv 200 403 403 403 403 403 200 403
GET /gegevens/{key}/inlezen /gegevens/gemeenten/inlezen 200 403 403 403 403 403 403 403
POST /gegevens/{key}/inlezen /gegevens/gemeenten/inlezen 400 403 403 403 403 403 403 403
GET /gegevens/{key}/inlezen/{identifier} /gegevens/gemeenten/inlezen/in-0 404 403 403 403 403 403 403 403
POST /gegevens/{key}/inlezen/{identifier} /gegevens/gemeenten/inlezen/in-0 404 403 403 403 403 403 403 403
GET /gegevens/{key}/nieuw /gegevens/corporaties/nieuw 200 403 403 403 403 403 403 403
POST /gegevens/{key}/nieuw /gegevens/corporaties/nieuw 400 403 403 403 403 403 403 403
GET /gegevens/{key}/{identifier} /gegevens/afgevaardigden/r12 200 403 403 403 403 403 200 403
GET /gegevens/{key}/{identifier} /gegevens/afgevaardigden/r0 404 403 403 403 403 403 404 403
POST /gegevens/{key}/{identifier} /gegevens/afgevaardigden/r0 404 403 403 403 403 403 403 403
POST /gegevens/{key}/{identifier}/einde /gegevens/afgevaardigden/r0/einde 404 403 403 403 403 403 403 403
POST /gegevens/{key}/daad/{number}/terug /gegevens/afgevaardigden/daad/1/terug 404 403 403 403 403 403 403 403
GET /agenda /agenda 200 200 200 200 403 200 403 403
GET /agenda/{kind}/{subject_id} /agenda/afgevaardigde/r12 200 200 404 404 403 404 403 403
GET /agenda/{kind}/{subject_id} /agenda/afgevaardigde/r14 200 404 404 404 403 404 403 403
GET /agenda/{kind}/{subject_id} /agenda/gemeente/GM0114 200 404 404 200 403 404 403 403
GET /agenda/{kind}/{subject_id} /agenda/organisatie/mevm 200 404 200 404 403 404 403 403
GET /agenda/{kind}/{subject_id} /agenda/provincie/drenthe 200 404 404 404 403 200 403 403
GET /agenda/{kind}/{subject_id} /agenda/afgevaardigde/r0 404 404 404 404 403 404 403 403
GET /agenda/{kind}/{subject_id} /agenda/iets/r12 404 404 404 404 403 404 403 403
POST /agenda/{kind}/{subject_id}/nieuw-adres /agenda/afgevaardigde/r12/nieuw-adres 303 303 404 404 403 404 403 403
POST /agenda/{kind}/{subject_id}/nieuw-adres /agenda/gemeente/GM0114/nieuw-adres 303 404 404 303 403 404 403 403
POST /overleg/{meeting_id}/antwoord /overleg/m-bod/antwoord 403 400 403 403 403 403 403 403
POST /overleg/{meeting_id}/in-agenda /overleg/m-bod/in-agenda 403 400 403 403 403 403 403 403
POST /agenda/{kind}/{subject_id}/keuzes /agenda/afgevaardigde/r12/keuzes 303 303 404 404 403 404 403 403
POST /agenda/{kind}/{subject_id}/keuzes /agenda/gemeente/GM0114/keuzes 303 404 404 303 403 404 403 403
POST /agenda/{kind}/{subject_id}/intrekken /agenda/afgevaardigde/r12/intrekken 303 303 404 404 403 404 403 403
POST /agenda/afgevaardigde/{subject_id}/wachtwoord /agenda/afgevaardigde/r12/wachtwoord 200 200 404 404 403 404 403 403
POST /agenda/afgevaardigde/{subject_id}/wachtwoord /agenda/afgevaardigde/r0/wachtwoord 404 404 404 404 403 404 403 403
POST /agenda/wachtwoord/{account_id}/intrekken /agenda/wachtwoord/a-geen/intrekken 404 404 404 404 403 404 403 403
GET /uitnodigen /uitnodigen 200 403 403 200 200 200 403 403
GET /uitnodigen /uitnodigen?namens=municipality:GM0106 200 403 403 200 200 200 403 403
GET /uitnodigen /uitnodigen?namens=municipality:GM9999 404 403 403 200 200 200 403 403
POST /uitnodigen /uitnodigen 200 403 403 200 200 200 403 403
POST /uitnodigen/weg /uitnodigen/weg 303 403 403 303 303 303 403 403
GET /uitnodigingen /uitnodigingen 200 200 200 200 200 200 200 403
GET /uitnodiging/{request_id} /uitnodiging/u-0 404 404 404 404 404 404 404 403
GET /uitnodiging/{request_id}/verzetten /uitnodiging/u-0/verzetten 404 403 403 404 404 404 403 403
POST /uitnodiging/{request_id}/verzetten /uitnodiging/u-0/verzetten 404 403 403 404 404 404 403 403
POST /uitnodiging/{request_id}/intrekken /uitnodiging/u-0/intrekken 404 403 403 404 404 404 403 403
POST /uitnodiging/{request_id}/aannemen /uitnodiging/u-0/aannemen 404 403 403 403 403 403 403 403
POST /uitnodiging/{request_id}/afwijzen /uitnodiging/u-0/afwijzen 404 403 403 403 403 403 403 403
POST /uitnodiging/{request_id}/volgen /uitnodiging/u-0/volgen 404 403 403 403 403 403 403 403
GET /uitnodiging/{request_id}/voorstellen /uitnodiging/u-0/voorstellen 404 403 403 403 403 403 403 403
POST /uitnodiging/{request_id}/voorstellen /uitnodiging/u-0/voorstellen 404 403 403 403 403 403 403 403
POST /uitnodiging/{request_id}/voorstel /uitnodiging/u-0/voorstel 400 403 403 400 400 400 403 403
POST /uitnodiging/{request_id}/stukken /uitnodiging/u-0/stukken 404 403 403 404 404 404 403 403
GET /uitnodiging/{request_id}/stuk/{paper_id} /uitnodiging/u-0/stuk/s-0 404 404 404 404 404 404 404 403
POST /uitnodiging/{request_id}/stuk/{paper_id}/weg /uitnodiging/u-0/stuk/s-0/weg 404 403 403 404 404 404 403 403
POST /uitnodiging/{request_id}/nieuwe-link /uitnodiging/u-0/nieuwe-link 404 403 403 404 404 404 403 403
GET /stuk/{paper_id} /stuk/s-0 404 404 404 404 404 404 404 403
POST /agenda/wachtwoord/{account_id}/intrekken /agenda/wachtwoord/geen/intrekken 404 404 404 404 403 404 403 403
GET /sleutels /sleutels 200 403 403 200 200 200 403 403
POST /sleutels /sleutels 404 403 403 400 400 400 403 403
POST /sleutels/{key_id}/intrekken /sleutels/ak-0/intrekken 404 403 403 404 404 404 403 403
GET /agenda-inlezen /agenda-inlezen 200 403 403 403 403 403 200 403
POST /agenda-inlezen /agenda-inlezen 400 403 403 403 403 403 403 403
GET /agenda-inlezen/{number} /agenda-inlezen/9 404 403 403 403 403 403 404 403
GET /overleg/{meeting_id}/veranderen /overleg/m-emmen/veranderen 200 403 403 403 403 403 403 403
POST /overleg/{meeting_id}/veranderen /overleg/m-emmen/veranderen 400 403 403 403 403 403 403 403
GET /postbus /postbus 200 403 403 403 403 403 200 403
POST /postbus/versturen /postbus/versturen 409 403 403 403 403 403 403 403
GET /postbus/adressen /postbus/adressen 200 403 403 403 403 403 403 403
POST /postbus/adressen /postbus/adressen 404 403 403 403 403 403 403 403
POST /postbus/adressen/{address_id}/stoppen /postbus/adressen/ma-0/stoppen 404 403 403 403 403 403 403 403
POST /postbus/antwoord/{reply_id}/klaar /postbus/antwoord/1/klaar 404 403 403 403 403 403 403 403
GET /postbus/{mail_id} /postbus/1 404 403 403 403 403 403 403 403
POST /postbus/{mail_id}/versturen /postbus/1/versturen 409 403 403 403 403 403 403 403
POST /postbus/{mail_id}/intrekken /postbus/1/intrekken 409 403 403 403 403 403 403 403
POST /postbus/{mail_id}/opnieuw /postbus/1/opnieuw 409 403 403 403 403 403 403 403
GET /overleg/{meeting_id}/ik-kan-niet /overleg/m-bod/ik-kan-niet 403 200 403 403 403 403 403 403
POST /overleg/{meeting_id}/ik-kan-niet /overleg/m-bod/ik-kan-niet 403 400 403 403 403 403 403 403
POST /overleg/{meeting_id}/ik-kan-niet/intrekken /overleg/m-bod/ik-kan-niet/intrekken 403 303 403 403 403 403 403 403
POST /overleg/{meeting_id}/meelopen /overleg/m-bod/meelopen 400 400 403 403 403 403 403 403
GET /beschikbaar /beschikbaar 403 200 403 403 403 403 403 403
POST /beschikbaar /beschikbaar 403 303 403 403 403 403 403 403
POST /beschikbaar/terug /beschikbaar/terug 403 409 403 403 403 403 403 403
GET /herinneringen /herinneringen 403 200 403 403 403 403 403 403
POST /herinneringen /herinneringen 403 303 403 403 403 403 403 403
GET /mail /mail 403 200 403 403 403 403 403 403
POST /mail /mail 403 400 403 403 403 403 403 403
POST /mail/stoppen /mail/stoppen 403 303 403 403 403 403 403 403
POST /agenda/afgevaardigde/{subject_id}/koppeling /agenda/afgevaardigde/r12/koppeling 400 400 404 404 403 404 403 403
POST /agenda/koppeling/{connection_id}/keuze /agenda/koppeling/k-geen/keuze 404 404 404 404 403 404 403 403
POST /agenda/koppeling/{connection_id}/stil /agenda/koppeling/k-geen/stil 404 404 404 404 403 404 403 403
POST /agenda/koppeling/{connection_id}/verder /agenda/koppeling/k-geen/verder 404 404 404 404 403 404 403 403
POST /agenda/koppeling/{connection_id}/opnieuw /agenda/koppeling/k-geen/opnieuw 404 404 404 404 403 404 403 403
POST /agenda/koppeling/{connection_id}/los /agenda/koppeling/k-geen/los 404 404 404 404 403 404 403 403
POST /agenda/koppelagenda/{calendar_id}/leeg /agenda/koppelagenda/kc-geen/leeg 404 404 404 404 403 404 403 403
GET /inlog /inlog 200 200 200 200 200 200 200 200
POST /inlog/browser/{session_id}/einde /inlog/browser/se-geen/einde 404 404 404 404 404 404 404 404
POST /inlog/herstelcodes /inlog/herstelcodes 403 403 403 403 403 403 403 403
POST /inlog/tweede/{factor_id}/weg /inlog/tweede/sf-geen/weg 404 403 403 403 403 403 404 404
GET /inlog/tweede-stap /inlog/tweede-stap 303 303 303 303 303 303 303 303
POST /inlog/tweede-stap /inlog/tweede-stap 303 303 303 303 303 303 303 303
GET /inlog/tweede-stap/passkey /inlog/tweede-stap/passkey 403 403 403 403 403 403 403 403
POST /inlog/tweede-stap/passkey /inlog/tweede-stap/passkey 400 400 400 400 400 400 400 400
GET /inlog/codes /inlog/codes 200 403 403 403 403 403 200 200
POST /inlog/codes /inlog/codes 400 403 403 403 403 403 400 400
GET /inlog/passkey /inlog/passkey 200 403 403 403 403 403 200 200
POST /inlog/passkey /inlog/passkey 400 403 403 403 403 403 400 400
GET /beheer /beheer 403 403 403 403 403 403 403 200
POST /beheer/medewerkers /beheer/medewerkers 403 403 403 403 403 403 403 400
POST /beheer/medewerkers/{staff_id}/sluit /beheer/medewerkers/st-geen/sluit 403 403 403 403 403 403 403 404
POST /beheer/medewerkers/{staff_id}/einde /beheer/medewerkers/st-geen/einde 403 403 403 403 403 403 403 404
POST /inlog/overal-uit /inlog/overal-uit 303 303 303 303 303 303 303 303
"""


PAGES = tuple(line.split() for line in _TABLE.strip().splitlines())


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
