"""The log: by person, kind and period, and what stood there before and after in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from scheduler.db import audits
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.web.context import Context

Write = Callable[..., None]


@pytest.fixture
def write(context: Context) -> Write:
    """Puts one act in the log."""

    def add(act: str, noun: str, noun_id: str, *, days: int = 0, **rest: object) -> None:
        actor = rest.pop("actor", COORDINATOR)
        at = context.clock() + timedelta(days=days)
        with context.database.session() as session:
            audits.record(session, actor, act, noun=noun, noun_id=noun_id, at=at, **rest)

    return add


STEP = {"moment": "2027-03-18T12:30:00+00:00", "attendees": "r4", "deputy": "", "pinned": ""}


@pytest.mark.parametrize(
    ("act", "noun", "noun_id", "rest", "nl", "en"),
    [
        (
            "assign",
            "meeting",
            "m-emmen",
            {"before": STEP, "after": STEP | {"attendees": "r4 r27", "moment": ""}},
            ("zette iemand in bij Voortgang", "Afgevaardigde 27", "donderdag 18 maart 2027, 13.30"),
            ("assigned somebody to Voortgang", "Attendees", "Thursday 18 March 2027, 13:30"),
        ),
        (
            "change",
            "representative",
            "r12",
            {
                "before": {"hoogstens_minuten_reizen": ""},
                "after": {"hoogstens_minuten_reizen": "30"},
            },
            ("veranderde afgevaardigde Afgevaardigde 12", "minuten reizen"),
            ("changed representative Afgevaardigde 12", "minutes of travel", "<b>30</b>"),
        ),
        (
            "end",
            "mandate",
            "md-sbde",
            {"before": {"laatste_dag": "2027-12-31"}, "after": {"laatste_dag": "2027-05-01"}},
            ("liet mandaat SBDE → De Huurdersfederatie eindigen", "31 december 2027", "1 mei 2027"),
            ("let mandate SBDE → De Huurdersfederatie end", "31 December 2027", "1 May 2027"),
        ),
        (
            "publish",
            "publication",
            "3",
            {"detail": "1 meetings changed"},
            ("1 overleg veranderde",),
            ("1 meeting changed",),
        ),
        (
            "remove",
            "sample",
            "sample",
            {"detail": "50 representatives, 12 mandates, 392 meetings"},
            ("50 afgevaardigden, 12 mandaten, 392 overleggen",),
            ("50 representatives, 12 mandates, 392 meetings",),
        ),
        (
            "add",
            "sample",
            "sample",
            {"detail": "2027, seed 1: 50 representatives"},
            ("2027: 50 afgevaardigden",),
            ("2027: 50 representatives",),
        ),
        ("restore", "publication", "1", {"detail": "plan 7"}, ("concept 7",), ("draft 7",)),
        (
            "answer",
            "meeting",
            "m-bod",
            {"detail": "r12: no, by mail"},
            ("Afgevaardigde 12: nee, via een mail",),
            ("Afgevaardigde 12: no, by mail",),
        ),
        (
            "adjust",
            "plan",
            "4",
            {"detail": "m-bod, m-emmen"},
            ("Voorbereiding bod Assen, Voortgang",),
            ("Voorbereiding bod Assen, Voortgang",),
        ),
        ("queue", "plan", "4", {"detail": "repair"}, ("Dicht de gaten",), ("Close the gaps",)),
        ("receive", "reply", "4", {"detail": "declined"}, ("komt niet",), ("isn&#39;t coming",)),
        (
            "x",
            "y",
            "z",
            {"detail": "whatever it was"},
            ('lang="en">whatever it was',),
            ("whatever it was",),
        ),
        ("x", "y", "z", {"detail": "r12: loudly, by mail"}, ("r12: loudly, by mail",), ("loudly",)),
        (
            "end",
            "representative",
            "r12",
            {"why": "Verhuist <ver>"},
            ("Reden: Verhuist &lt;ver&gt;",),
            ("Reason: ",),
        ),
    ],
)
def test_what_was_done_is_told_in_both_languages(
    coordinator: TestClient,
    write: Write,
    act: str,
    noun: str,
    noun_id: str,
    rest: dict[str, object],
    nl: tuple[str, ...],
    en: tuple[str, ...],
) -> None:
    write(act, noun, noun_id, **rest)
    page = coordinator.get(f"/logboek?wat={noun}").text
    assert [each for each in nl if each not in page] == []
    coordinator.get("/taal/en")
    page = coordinator.get(f"/logboek?wat={noun}").text
    assert [each for each in en if each not in page] == []


def test_the_log_can_be_filtered_by_who_by_whom_it_is_about_and_by_period(
    coordinator: TestClient, write: Write
) -> None:
    write("change", "representative", "r12", days=-40)
    write("change", "representative", "r4", days=-1)
    write("answer", "meeting", "m-bod", actor=Actor(Role.REPRESENTATIVE, "r12"))

    def shown(query: str) -> str:
        return coordinator.get(f"/logboek?{query}").text.partition("<table")[2]

    assert "Afgevaardigde 4" not in shown("over=r12")
    assert "veranderde afgevaardigde Afgevaardigde 12" in shown("over=r12")
    assert "veranderde" not in shown("wie=representative:r12")
    assert "antwoordde op Voorbereiding bod Assen" in shown("wie=representative:r12")
    assert "Afgevaardigde 12" not in shown("tot=2027-03-01&van=2027-02-01&wat=representative")
    assert "Afgevaardigde 4" in shown("tot=2027-03-01&van=2027-02-01&wat=representative")


@pytest.mark.parametrize("query", ["van=2027-03-02&tot=2027-03-01", "van=morgen", "wie=iemand"])
def test_a_filter_that_cant_be_read_is_refused(coordinator: TestClient, query: str) -> None:
    assert coordinator.get(f"/logboek?{query}").status_code == 400


def test_filters_stay_on_the_next_page(coordinator: TestClient, write: Write) -> None:
    for _ in range(51):
        write("change", "representative", "r12")
    page = coordinator.get("/logboek?over=r12&van=2027-03-01").text
    assert "over=r12&amp;van=2027-03-01&amp;voor=" in page
