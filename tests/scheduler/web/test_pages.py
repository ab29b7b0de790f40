"""What the pages say, to whom."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from scheduler.db import audits
from scheduler.db.engine import Database
from scheduler.db.tables import (
    Meeting,
    Plan,
    Publication,
    PublicationChange,
    PublishedMeeting,
    Representative,
)
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import MeetingState, Role
from scheduler.domain.times import EPOCH
from scheduler.web.context import Context

EVERY = {
    "coordinator": (
        "/",
        "/rooster",
        "/rooster?gaten=ja",
        "/rooster?beeld=week&week=2027-W11",
        "/rooster?beeld=maand",
        "/rooster?beeld=tijdlijn",
        "/rooster/m-emmen",
        "/rooster/m-emmen?plaats=r4",
        "/rooster/m-emmen?meer=ja",
        "/rooster/m-bod?plaats=vervanger&gemeente=GM0106",
        "/rooster/m-eerder",
        "/rooster/m-afgelast",
        "/overleg/m-emmen",
        "/overleg/m-afgelast",
        "/overleg/m-urgentie",
        "/afgevaardigden",
        "/afgevaardigde/r12",
        "/gemeenten",
        "/gemeente/GM0114",
        "/gemeente/GM1730",
        "/agenda",
        "/agenda/provincie/drenthe",
        "/agenda/afgevaardigde/r12?nieuw=ja",
        "/publicatie/1",
        "/publicatie/2",
        "/publicatie/9",
        "/publiceren",
        "/publiceren?melding=weg",
        "/herverdelen",
        "/herverdelen?uitval=r12",
        "/rooster/concept/1",
        "/werklast",
        "/werklast?maand=alles&wie=afgevaardigde",
        "/werklast?maand=2027-03&wie=corporatie&regio=zuid",
        "/werklast?maand=2031-01",
        "/kaart",
        "/kaart?laag=wie",
        "/logboek",
        "/logboek?wat=publication&wie=coordinator",
        "/hulp",
    ),
    "representative": (
        "/",
        "/rooster",
        "/overleg/m-vries",
        "/overleg/m-urgentie",
        "/afgevaardigde/r12",
        "/agenda",
        "/toegankelijkheid",
        "/privacy",
        "/afgevaardigden",
    ),
    "municipality": ("/", "/rooster", "/overleg/m-emmen", "/agenda", "/gemeente/GM0106"),
}


@pytest.mark.parametrize("role", EVERY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_well_formed(
    role: str,
    language: str,
    request: pytest.FixtureRequest,
    faults_of: Callable[[str], list[str]],
) -> None:
    client: TestClient = request.getfixturevalue(role)
    client.cookies.set("taal", language)
    for path in EVERY[role]:
        page = client.get(path).text
        assert faults_of(page) == [], path
        assert f'<html lang="{language}">' in page


def _note(session: Session) -> None:
    """What every act does that changes anything: by it pages see that they have to look again."""
    audits.record(session, SYSTEM, "change", noun="test", noun_id="test", at=EPOCH)


def test_the_coordinator_reads_the_conclusion_first(coordinator: TestClient) -> None:
    page = coordinator.get("/").text
    assert "Vandaag vraagt niets om u" in page
    assert "Dinsdag 2 maart 2027." in page
    assert "Voortgang prestatieafspraken Emmen, donderdag 18 maart" in page
    assert "Eén plaats is leeg. SBDE wordt niet gehoord. Twee mensen kunnen wel." in page
    assert "over 16 dagen" in page


def test_the_coordinator_reads_what_the_newest_publication_did(coordinator: TestClient) -> None:
    page = coordinator.get("/").text
    assert "Veranderd in publicatie 2" in page
    assert "1 overleg" in page


def test_a_plan_without_gaps_says_so(coordinator: TestClient, context: Context) -> None:
    with context.database.session() as session:
        for meeting in session.exec(select(PublishedMeeting)):
            if meeting.meeting_id == "m-emmen":
                session.get_one(Meeting, "m-emmen").state = MeetingState.CANCELLED
                session.delete(meeting)
        _note(session)
    assert ", zonder gaten." in coordinator.get("/rooster").text


def test_before_the_first_publication_the_pages_say_what_comes_next(
    context: Context, coordinator: TestClient
) -> None:
    with context.database.session() as session:
        for kind in (PublishedMeeting, PublicationChange, Publication, Plan):
            for row in session.exec(select(kind)):
                session.delete(row)
            session.flush()
    assert "Geen overleggen gevonden." in coordinator.get("/rooster").text
    assert "Er is nog geen rooster gepubliceerd" in coordinator.get("/").text
    assert coordinator.get("/rooster/m-bod").status_code == 404


def test_a_representative_sees_the_next_meeting_first(representative: TestClient) -> None:
    page = representative.get("/").text
    assert page.index("Voorbereiding bod Assen") < page.index("Woonvisie Tynaarlo")
    assert "Uw eerstvolgende overleg: over 7 dagen" in page.replace("</h2>", "")
    assert "U spreekt namens MEVM." in page
    assert "U en Afgevaardigde 14 gaan." in page
    assert "u spreekt namens De Huurdersfederatie en MEVM" in page


def test_a_past_meeting_is_only_on_the_first_page_to_be_told_of(
    representative: TestClient,
) -> None:
    page = representative.get("/").text
    assert 'href="/overleg/m-eerder/terugkoppeling/schrijven"' in page
    assert 'href="/overleg/m-eerder"' not in page


def test_a_meeting_that_is_going_on_is_still_there(
    representative: TestClient, clock: Callable
) -> None:
    clock.now = clock.now.replace(day=9, hour=10, minute=59)
    assert "Uw eerstvolgende overleg: vandaag" in representative.get("/").text.replace("</h2>", "")


def test_a_meeting_tells_a_representative_about_travel(representative: TestClient) -> None:
    far = representative.get("/overleg/m-vries").text
    assert "Voor u is het 31 minuten reizen, enkele reis." in far
    assert "Voor u is er geen reistijd." in representative.get("/overleg/m-bod").text


def test_an_online_meeting_has_its_link(representative: TestClient) -> None:
    page = representative.get("/overleg/m-urgentie").text
    assert 'href="https://vergader.example/urgentie"' in page
    assert "U doet online mee. U hoeft niet te reizen." in page


def test_who_stands_by_is_told_so(signed_in: Callable[[Actor], TestClient]) -> None:
    page = signed_in(Actor(Role.REPRESENTATIVE, "r14")).get("/overleg/m-vries").text
    assert "U staat klaar als vervanger" in page
    assert "U gaat alleen als iemand uitvalt." in page


@pytest.mark.parametrize(
    ("person", "meeting", "sentence"),
    [
        ("r5", "m-vries", "MEVM spreekt namens De Huurdersfederatie."),
        ("r27", "m-emmen", "Niemand spreekt namens SBDE."),
    ],
)
def test_who_stays_home_reads_who_speaks_instead(
    signed_in: Callable[[Actor], TestClient], person: str, meeting: str, sentence: str
) -> None:
    page = signed_in(Actor(Role.REPRESENTATIVE, person)).get(f"/overleg/{meeting}").text
    assert "U gaat hier zelf niet heen" in page
    assert sentence in page
    assert "staat in uw agenda-abonnement" not in page


def test_weights_are_shown_only_where_they_differ_from_one_vote_each(
    coordinator: TestClient,
) -> None:
    assert "9.699" in coordinator.get("/overleg/m-emmen").text
    assert "Gewicht" not in coordinator.get("/overleg/m-urgentie").text


def test_nobody_learns_anothers_travel(coordinator: TestClient) -> None:
    assert "minuten reizen" not in coordinator.get("/overleg/m-vries").text


def test_a_cancelled_meeting_says_so(coordinator: TestClient) -> None:
    assert "Dit overleg gaat niet door." in coordinator.get("/overleg/m-afgelast").text


def test_times_are_those_of_the_province(coordinator: TestClient) -> None:
    assert "13.30 tot 15.30 uur" in coordinator.get("/overleg/m-urgentie").text
    assert "10.00 tot 12.00 uur" in coordinator.get("/overleg/m-bod").text


def test_a_municipality_sees_who_lives_there_and_which_figures_are_estimates(
    municipality: TestClient,
) -> None:
    page = municipality.get("/").text
    assert "9.699 (2015)" in page
    assert "ongeveer 1.800 (2015)" in page
    assert "onbekend" not in page


def test_an_unknown_number_of_dwellings_shows_what_it_is_counted_as(
    coordinator: TestClient,
) -> None:
    assert "onbekend; wij rekenen met 500" in coordinator.get("/gemeente/GM0106").text


def test_a_municipality_reads_the_label_of_who_agreed(
    municipality: TestClient, context: Context
) -> None:
    with context.database.session() as session:
        session.get_one(Representative, "r4").shows_label = True
    assert "Afgevaardigde 4" in municipality.get("/overleg/m-emmen").text


def test_the_list_of_representatives_counts_what_is_coming(coordinator: TestClient) -> None:
    page = coordinator.get("/afgevaardigden").text
    assert "Afgevaardigde 27" in page
    assert "5 personen" in page


def test_a_representatives_page_parts_attending_from_standing_by(coordinator: TestClient) -> None:
    page = coordinator.get("/afgevaardigde/r14").text
    assert "1 als deelnemer, 1 als vervanger" in page
    assert "ongeveer 200,5 uur per jaar" in page


def test_a_publication_lists_what_it_changed(coordinator: TestClient) -> None:
    page = coordinator.get("/publicatie/2").text
    assert "Wonen met zorg Emmen" in page
    assert "gaat niet door" in page
    assert "Woonvisie Tynaarlo" not in page


def test_made_up_meetings_are_said_to_be_made_up(coordinator: TestClient) -> None:
    assert "De overleggen in dit voorbeeldjaar zijn verzonnen" in coordinator.get("/hulp").text


def test_an_empty_database_shows_no_sample_notice(
    database: Database, context: Context, browser: Callable[..., TestClient]
) -> None:
    client = browser()
    client.app.state.context = replace(context, database=database)
    assert "verzonnen" not in client.get("/hulp").text


def test_titles_are_shown_as_text_and_never_as_markup(
    coordinator: TestClient, context: Context
) -> None:
    with context.database.session() as session:
        for meeting in session.exec(select(PublishedMeeting)):
            meeting.title = "<script>alert(1)</script>"
        _note(session)
    for path in ("/", "/rooster", "/overleg/m-bod"):
        page = coordinator.get(path).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
