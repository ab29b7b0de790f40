"""Which right opens which page: the one table that every page is held against.

A page that isn't in the table stays shut for everybody. A right opens the page; whose records it
shows is the queries' own scope, where what isn't the visitor's looks like what isn't there.
"""

import re
from collections.abc import Iterator

from fastapi import Request

from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import NotYourPage, SecondFactorNeeded
from scheduler.logs import log
from scheduler.web.context import Anyone

EVERYBODY = frozenset(
    {
        "GET /inloggen",
        "POST /inloggen",
        "GET /inloggen/kantoor",
        "GET /inloggen/kantoor/terug",
        "GET /inloggen/{token}",
        "POST /inloggen/{token}",
        "POST /uitloggen",
        "GET /mail/bevestigen/{token}",
        "POST /mail/bevestigen/{token}",
        "GET /mail/uit/{token}",
        "POST /mail/uit/{token}",
        "GET /antwoord/{token}",
        "POST /antwoord/{token}",
        "GET /antwoord/{token}/ik-kan-niet",
        "POST /antwoord/{token}/ik-kan-niet",
        "POST /antwoord/{token}/ik-kan-niet/intrekken",
        "GET /invallen/{token}",
        "POST /invallen/{token}",
        "GET /inbreng/{token}",
        "POST /inbreng/{token}",
        "GET /inbreng/{token}/stuk/{paper_id}",
        "GET /verzoek/{token}",
        "GET /verzoek/{token}/verzetten",
        "POST /verzoek/{token}/verzetten",
        "POST /verzoek/{token}/intrekken",
        "POST /verzoek/{token}/stukken",
        "GET /verzoek/{token}/stuk/{paper_id}",
        "POST /verzoek/{token}/stuk/{paper_id}/weg",
        "POST /verzoek/{token}/voorstel",
        "GET /mandaat/{token}",
        "POST /mandaat/{token}/{act}",
        "GET /uren-lenen/{token}",
        "POST /uren-lenen/{token}/{act}",
        "GET /waaraan-mee/{token}",
        "POST /waaraan-mee/{token}",
        "GET /stem/{token}",
        "POST /stem/{token}/{organisation_id}",
        "GET /verslag/{token}",
        "POST /verslag/{token}",
        "GET /verslag/{token}/schrijven",
        "POST /verslag/{token}/schrijven",
        "GET /verslag/{token}/schrijven/nalezen",
        "POST /verslag/{token}/schrijven/nalezen",
        "GET /teruggekoppeld/{token}",
        "POST /teruggekoppeld/{token}/reactie",
        "GET /bericht/uit/{token}",
        "POST /bericht/uit/{token}",
        "GET /taal/{code}",
        "GET /weergave/{theme}",
        "GET /hulp",
        "GET /toegankelijkheid",
        "GET /privacy",
    }
)
"""Open without signing in; those with a token are opened by what the token proves."""

SECOND_STEP = frozenset(
    {
        "GET /inlog/tweede-stap",
        "POST /inlog/tweede-stap",
        "GET /inlog/tweede-stap/passkey",
        "POST /inlog/tweede-stap/passkey",
        "GET /inlog/codes",
        "POST /inlog/codes",
        "GET /inlog/passkey",
        "POST /inlog/passkey",
    }
)
"""Open to who is signed in and still has to give, or set up, a second factor."""

DOORS: dict[Right, frozenset[str]] = {
    Right.SIGN_IN: frozenset(
        {
            "GET /",
            "GET /inlog",
            "POST /inlog/browser/{session_id}/einde",
            "POST /inlog/overal-uit",
            "POST /inlog/herstelcodes",
            "POST /inlog/tweede/{factor_id}/weg",
        }
    ),
    Right.FOLLOW: frozenset(
        {
            "GET /rooster",
            "GET /overleg/{meeting_id}",
            "GET /afgevaardigde/{representative_id}",
            "GET /bestuur/{organisation_id}",
            "GET /terugkoppelingen",
            "GET /overleg/{meeting_id}/terugkoppeling",
            "GET /jaarverslag",
            "GET /jaarverslag/{year}/{whose}.{kind}",
            "GET /bericht",
            "GET /afspraken",
            "GET /tafels",
            "GET /gemeente/{code}",
            "GET /uitnodigingen",
            "GET /uitnodiging/{request_id}",
            "GET /uitnodiging/{request_id}/stuk/{paper_id}",
            "GET /stuk/{paper_id}",
            "GET /mandaten",
            "GET /mandaten/{mandate_id}",
        }
    ),
    Right.MANDATE: frozenset(
        {
            "GET /mandaten/nieuw",
            "POST /mandaten/nieuw",
            "POST /mandaten/{mandate_id}/{act}",
            "GET /uren-lenen",
            "POST /uren-lenen",
            "POST /uren-lenen/antwoord/{loan_id}/{act}",
            "GET /meedoen/{organisation_id}",
            "POST /meedoen/{organisation_id}",
        }
    ),
    Right.SEE_ALL: frozenset(
        {
            "GET /rooster/{meeting_id}",
            "GET /rooster/concept/{plan_id}",
            "GET /afgevaardigden",
            "GET /gemeenten",
            "GET /publicaties",
            "GET /publicatie/{number}",
            "GET /publiceren",
            "GET /herverdelen/{lead_id}",
            "GET /herverdelen/{number}/voortgang",
            "GET /herverdelen/{number}/stand",
            "GET /wat-als",
            "GET /wat-als/{number}",
            "GET /wat-als/{number}/voortgang",
            "GET /wat-als/{number}/stand",
            "GET /werklast",
            "GET /werklast.csv",
            "GET /werklast.xlsx",
            "GET /kaart",
            "GET /logboek",
            "GET /status",
            "GET /gegevens",
            "GET /gegevens/jaar/{year}",
            "GET /gegevens/{key}",
            "GET /gegevens/{key}/uitvoer.csv",
            "GET /gegevens/{key}/{identifier}",
            "GET /agenda-inlezen",
            "GET /agenda-inlezen/{number}",
            "GET /postbus",
            "GET /overleg/{meeting_id}/inbreng",
            "GET /overleg/{meeting_id}/inbreng.pdf",
            "GET /overleg/{meeting_id}/stemmingen",
            "GET /stemming/{vote_id}",
            "GET /tafel/{table_id}",
        }
    ),
    Right.PLAN: frozenset(
        {
            "POST /rooster/{meeting_id}",
            "POST /rooster/stap/{step_id}/terug",
            "POST /rooster/stap/{step_id}/opnieuw",
            "POST /rooster/{meeting_id}/toch-vragen",
            "POST /rooster/concept/{plan_id}/weg",
            "POST /rooster/concept/{plan_id}/overnemen",
            "POST /rooster/concept/{plan_id}/wijzigingen",
            "POST /publicaties/nieuw-adres",
            "POST /publicatie/{number}/terugzetten",
            "POST /publiceren/{plan_id}",
            "POST /publiceren/{plan_id}/weg",
            "GET /publiceren/{plan_id}/mail",
            "GET /publiceren/{plan_id}/mail/{recipient_id}",
            "GET /herverdelen",
            "POST /herverdelen",
            "POST /herverdelen/{lead_id}/stop",
            "POST /herverdelen/{lead_id}/weg",
            "POST /herverdelen/{plan_id}/opnieuw",
            "GET /wat-als/nieuw/{slug}",
            "POST /wat-als/nieuw/{slug}",
            "POST /wat-als/{number}/stop",
            "POST /wat-als/{number}/bewaar",
            "POST /wat-als/{number}/weg",
            "POST /wat-als/{number}/opnieuw",
            "POST /gegevens/jaar/{year}",
            "GET /gegevens/{key}/inlezen",
            "POST /gegevens/{key}/inlezen",
            "GET /gegevens/{key}/inlezen/{identifier}",
            "POST /gegevens/{key}/inlezen/{identifier}",
            "GET /gegevens/{key}/nieuw",
            "POST /gegevens/{key}/nieuw",
            "POST /gegevens/{key}/{identifier}",
            "POST /gegevens/{key}/{identifier}/einde",
            "POST /gegevens/{key}/daad/{number}/terug",
            "POST /agenda-inlezen",
            "GET /overleg/{meeting_id}/veranderen",
            "POST /overleg/{meeting_id}/veranderen",
            "POST /postbus/versturen",
            "GET /postbus/adressen",
            "POST /postbus/adressen",
            "POST /postbus/adressen/{address_id}/stoppen",
            "POST /postbus/antwoord/{reply_id}/klaar",
            "GET /postbus/{mail_id}",
            "POST /postbus/{mail_id}/versturen",
            "POST /postbus/{mail_id}/intrekken",
            "POST /postbus/{mail_id}/opnieuw",
            "POST /uitnodiging/{request_id}/aannemen",
            "POST /uitnodiging/{request_id}/afwijzen",
            "POST /uitnodiging/{request_id}/volgen",
            "GET /uitnodiging/{request_id}/voorstellen",
            "POST /uitnodiging/{request_id}/voorstellen",
            "POST /overleg/{meeting_id}/meelopen",
            "POST /overleg/{meeting_id}/inbreng/laatste-dag",
            "POST /overleg/{meeting_id}/stemmingen",
            "POST /stemming/{vote_id}/stem/{organisation_id}",
            "POST /stemming/{vote_id}/sluiten",
            "POST /stemming/{vote_id}/heropenen",
            "POST /stemming/{vote_id}/andere-helft",
            "POST /stemming/{vote_id}/vaststellen",
            "POST /afspraken",
            "POST /tafels",
        }
    ),
    Right.ATTEND: frozenset(
        {
            "POST /overleg/{meeting_id}/antwoord",
            "POST /overleg/{meeting_id}/terugkoppeling",
            "GET /overleg/{meeting_id}/terugkoppeling/schrijven",
            "POST /overleg/{meeting_id}/terugkoppeling/schrijven",
            "GET /overleg/{meeting_id}/terugkoppeling/schrijven/nalezen",
            "POST /overleg/{meeting_id}/terugkoppeling/schrijven/nalezen",
            "POST /overleg/{meeting_id}/in-agenda",
            "GET /overleg/{meeting_id}/ik-kan-niet",
            "POST /overleg/{meeting_id}/ik-kan-niet",
            "POST /overleg/{meeting_id}/ik-kan-niet/intrekken",
            "POST /overleg/{meeting_id}/meelopen",
            "GET /beschikbaar",
            "POST /beschikbaar",
            "POST /beschikbaar/terug",
            "GET /herinneringen",
            "POST /herinneringen",
            "GET /mail",
            "POST /mail",
            "POST /mail/stoppen",
            "GET /mijn-gegevens.json",
            "GET /mijn-agenda.ics",
        }
    ),
    Right.VOTE: frozenset(
        {
            "GET /overleg/{meeting_id}/stemmingen",
            "POST /overleg/{meeting_id}/stemmingen",
            "GET /stemming/{vote_id}",
            "POST /stemming/{vote_id}/stem/{organisation_id}",
            "POST /stemming/{vote_id}/sluiten",
            "POST /stemming/{vote_id}/heropenen",
            "POST /stemming/{vote_id}/andere-helft",
            "POST /stemming/{vote_id}/vaststellen",
        }
    ),
    Right.SPEAK: frozenset(
        {
            "GET /overleg/{meeting_id}/onze-inbreng",
            "POST /overleg/{meeting_id}/onze-inbreng",
            "POST /overleg/{meeting_id}/terugkoppeling/reactie",
            "POST /afspraken",
            "POST /tafels",
            "POST /bericht",
            "GET /overleg/{meeting_id}/inbreng",
            "GET /overleg/{meeting_id}/inbreng.pdf",
        }
    ),
    Right.ASK: frozenset(
        {
            "GET /overleg/{meeting_id}/agenda",
            "POST /overleg/{meeting_id}/agenda",
            "POST /overleg/{meeting_id}/agenda/{item_id}",
            "POST /overleg/{meeting_id}/agenda/{item_id}/stukken",
            "POST /overleg/{meeting_id}/agenda/{item_id}/stuk/{paper_id}/weg",
            "GET /uitnodigen",
            "POST /uitnodigen",
            "POST /uitnodigen/weg",
            "GET /uitnodiging/{request_id}/verzetten",
            "POST /uitnodiging/{request_id}/verzetten",
            "POST /uitnodiging/{request_id}/intrekken",
            "POST /uitnodiging/{request_id}/voorstel",
            "POST /uitnodiging/{request_id}/stukken",
            "POST /uitnodiging/{request_id}/stuk/{paper_id}/weg",
            "POST /uitnodiging/{request_id}/nieuwe-link",
            "GET /sleutels",
            "POST /sleutels",
            "POST /sleutels/{key_id}/intrekken",
        }
    ),
    Right.SUBSCRIBE: frozenset(
        {
            "GET /agenda",
            "GET /agenda/{kind}/{subject_id}",
            "POST /agenda/{kind}/{subject_id}/nieuw-adres",
            "POST /agenda/{kind}/{subject_id}/intrekken",
            "POST /agenda/{kind}/{subject_id}/keuzes",
            "POST /agenda/afgevaardigde/{subject_id}/wachtwoord",
            "POST /agenda/wachtwoord/{account_id}/intrekken",
            "POST /agenda/afgevaardigde/{subject_id}/koppeling",
            "POST /agenda/koppeling/{connection_id}/keuze",
            "POST /agenda/koppeling/{connection_id}/stil",
            "POST /agenda/koppeling/{connection_id}/verder",
            "POST /agenda/koppeling/{connection_id}/opnieuw",
            "POST /agenda/koppeling/{connection_id}/los",
            "POST /agenda/koppelagenda/{calendar_id}/leeg",
        }
    ),
    Right.GIVE_ACCESS: frozenset(
        {
            "GET /beheer",
            "POST /beheer/medewerkers",
            "POST /beheer/medewerkers/{staff_id}/sluit",
            "POST /beheer/medewerkers/{staff_id}/einde",
        }
    ),
    Right.ERASE: frozenset(
        {
            "GET /afgevaardigde/{representative_id}/wissen",
            "POST /afgevaardigde/{representative_id}/wissen",
        }
    ),
}
"""Open to who has the right; where two rights open a page, one of them is enough."""


def opens(actor: Actor, door: str) -> bool:
    """Whether somebody who is signed in may open a page, by its method and its route's path."""
    return door in EVERYBODY or any(actor.may(right) for right in _rights_of(door))


def _rights_of(door: str) -> Iterator[Right]:
    return (right for right, doors in DOORS.items() if door in doors)


def through_door(request: Request, visit: Anyone) -> None:
    """Refuse who lacks the right for the page that was asked for.

    Raises:
        SignInNeeded: nobody is signed in, and the page isn't everybody's.
        SecondFactorNeeded: who is signed in hasn't proved it twice yet.
        NotYourPage: the page is for other roles, or isn't in the table.
    """
    door = f"{request.method} {request.scope['route'].path}"
    if door in EVERYBODY or (door in SECOND_STEP and visit.signed_in):
        return
    if visit.signed_in and visit.signed_in.second_needed:
        raise SecondFactorNeeded
    if not opens(visit.who, door):
        log.warning("refused: %s at %s", visit.who.role, door)
        raise NotYourPage


def leads_through(actor: Actor, path: str) -> bool:
    """Whether a link to this path leads to a page that the visitor may look at.

    Paths that are no pages of ours, such as pictures and feeds, have no door.
    """
    fitting = [door for door, pattern in _LOOKING.items() if pattern.fullmatch(path)]
    # Of two routes that fit, the one with fewer parts left open is the one that answers.
    return not fitting or opens(actor, min(fitting, key=lambda door: door.count("{")))


def _pattern(door: str) -> re.Pattern[str]:
    path = door.partition(" ")[2]
    return re.compile("[^/]+".join(map(re.escape, re.split(r"{[a-z_]+}", path))))


_LOOKING = {
    door: _pattern(door)
    for door in sorted(EVERYBODY.union(*DOORS.values()))
    if door.startswith("GET ")
}
