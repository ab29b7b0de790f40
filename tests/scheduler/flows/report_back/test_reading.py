"""Who reads which report: every role against every record."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from scheduler.db import reports
from scheduler.db.report_views import ReportView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import ReactionKind, Role
from scheduler.flows.report_back.agreements import agreements, set_done
from scheduler.flows.report_back.follow import follow_table, share_reports, tables_to_follow
from scheduler.flows.report_back.react import answer_reaction, react
from scheduler.flows.report_back.typed import TypedItem, TypedReport
from scheduler.flows.report_back.write import send_report

EVERYBODY = {
    "coordinator": COORDINATOR,
    "auditor": Actor(Role.AUDITOR),
    "administrator": Actor(Role.ADMINISTRATOR),
    "board that attended": Actor(Role.BOARD, "federatie"),
    "board spoken for": Actor(Role.BOARD, "sbde"),
    "board of others": Actor(Role.BOARD, "mevm"),
    "who was there": Actor(Role.REPRESENTATIVE, "r4"),
    "colleague at home": Actor(Role.REPRESENTATIVE, "r5"),
    "representative spoken for": Actor(Role.REPRESENTATIVE, "r27"),
    "representative of others": Actor(Role.REPRESENTATIVE, "r14"),
    "municipality": Actor(Role.MUNICIPALITY, "GM0114"),
    "municipality elsewhere": Actor(Role.MUNICIPALITY, "GM0106"),
    "corporation": Actor(Role.CORPORATION, "lefier"),
    "province": Actor(Role.PROVINCE),
}
ALWAYS = {"coordinator", "auditor"}
READERS = {
    "m-emmen": {
        "board that attended",
        "who was there",
        "colleague at home",
    },  # SBDE has an interest there, and nobody spoke for it
    "m-urgentie": {
        "board that attended",
        "board spoken for",
        "board of others",
        "who was there",
        "colleague at home",
        "representative spoken for",
        "representative of others",
    },
}


@pytest.fixture
def both(held: Session, told: ReportView, writer: Actor, after: datetime) -> Session:
    """Also Emmen's meeting has been told of."""
    typed = TypedReport(items=(TypedItem(title="Daken", said="Na de zomer", outcome="heard"),))
    send_report(held, writer, "m-emmen", typed, at=after)
    return held


def _may(session: Session, who: Actor, meeting: str) -> bool:
    try:
        return bool(reports.report_of(session, who, meeting))
    except NotFound:
        return False


def _may_short(session: Session, who: Actor, meeting: str) -> bool:
    try:
        return bool(reports.short_of(session, who, meeting).text)
    except NotFound:
        return False


@pytest.mark.parametrize("meeting", list(READERS))
def test_an_organisation_reads_where_it_was_spoken_for_or_attended(
    both: Session, meeting: str
) -> None:
    found = {name for name, who in EVERYBODY.items() if _may(both, who, meeting)}
    assert found == READERS[meeting] | ALWAYS
    listed = {
        name
        for name, who in EVERYBODY.items()
        if meeting in {each.meeting.id for each in reports.reports_told(both, who)}
    }
    assert listed == found
    assert {name for name, who in EVERYBODY.items() if _may_short(both, who, meeting)} == found


def test_the_body_reads_in_short_what_its_table_shares_and_nothing_else(both: Session) -> None:
    share_reports(both, COORDINATOR, "t-GM0114", shares=True, at=datetime(2027, 4, 22, tzinfo=UTC))
    found = {name for name, who in EVERYBODY.items() if _may_short(both, who, "m-emmen")}
    assert found == READERS["m-emmen"] | ALWAYS | {"municipality"}
    assert not _may(both, EVERYBODY["municipality"], "m-emmen")
    (short,) = reports.shorts_told(both, EVERYBODY["municipality"])
    assert short.meeting.id == "m-emmen"
    assert reports.shorts_told(both, EVERYBODY["municipality elsewhere"]) == ()


def test_a_table_that_stops_sharing_is_closed_again(both: Session, after: datetime) -> None:
    for shares in (True, False):
        share_reports(both, COORDINATOR, "t-provincie", shares=shares, at=after)
        assert _may_short(both, Actor(Role.PROVINCE), "m-urgentie") is shares


def test_who_follows_a_table_reads_the_short_version_alone(both: Session, after: datetime) -> None:
    board = Actor(Role.BOARD, "mevm")
    follow_table(both, board, "t-GM0114", follows=True, at=after)
    follow_table(both, board, "t-GM0114", follows=True, at=after)
    assert _may_short(both, board, "m-emmen")
    assert not _may(both, board, "m-emmen")
    assert [each.meeting.id for each in reports.shorts_told(both, board)] == ["m-emmen"]
    followed = [each.table.id for each in tables_to_follow(both, board) if each.is_followed]
    assert followed == ["t-GM0114"]
    follow_table(both, board, "t-GM0114", follows=False, at=after)
    assert not _may_short(both, board, "m-emmen")


@pytest.mark.parametrize("name", ["coordinator", "auditor", "municipality", "province"])
def test_who_has_no_organisation_follows_nothing(both: Session, name: str, after: datetime) -> None:
    with pytest.raises(NotAllowed):
        follow_table(both, EVERYBODY[name], "t-GM0114", follows=True, at=after)


@pytest.mark.parametrize("name", [each for each in EVERYBODY if each != "coordinator"])
def test_only_the_coordinator_lets_a_table_share(both: Session, name: str, after: datetime) -> None:
    with pytest.raises(NotAllowed):
        share_reports(both, EVERYBODY[name], "t-GM0114", shares=True, at=after)


def test_a_board_reacts_and_the_writer_answers_once(
    both: Session, writer: Actor, after: datetime
) -> None:
    board = Actor(Role.BOARD, "sbde")
    said = react(both, board, "m-urgentie", ReactionKind.NOT_ASKED, "Wij wilden nee", at=after)
    assert (
        react(both, board, "m-urgentie", ReactionKind.NOT_ASKED, " Wij wilden nee ", at=after)
        == said
    )
    assert [each.id for each in reports.waiting_reactions(both, writer)] == [said]
    assert [each.id for each in reports.waiting_reactions(both, COORDINATOR)] == [said]
    answered = answer_reaction(both, writer, said, "Dat zei ik ook", at=after)
    assert answer_reaction(both, writer, said, "Dat zei ik ook", at=after) == answered
    with pytest.raises(Exception, match="answered already"):
        answer_reaction(both, writer, said, "Toch anders", at=after)
    assert reports.waiting_reactions(both, COORDINATOR) == ()


def test_thanks_ask_for_no_answer(both: Session, writer: Actor, after: datetime) -> None:
    board = Actor(Role.BOARD, "sbde")
    react(both, board, "m-urgentie", ReactionKind.THANKS, "", at=after)
    assert reports.waiting_reactions(both, writer) == ()
    assert [each.kind for each in reports.reactions_to(both, writer, "m-urgentie")] == ["thanks"]


def test_others_dont_read_what_an_organisation_said_back(both: Session, after: datetime) -> None:
    react(both, EVERYBODY["board spoken for"], "m-urgentie", ReactionKind.THANKS, "", at=after)
    reading = {
        name
        for name, who in EVERYBODY.items()
        if _may(both, who, "m-urgentie") and reports.reactions_to(both, who, "m-urgentie")
    }
    assert reading == ALWAYS | {"who was there", "board spoken for", "representative spoken for"}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("coordinator", NotAllowed),
        ("municipality", NotAllowed),
        ("board spoken for", NotFound),
        ("representative of others", NotFound),
    ],
)
def test_who_may_not_read_it_may_not_react(
    both: Session, name: str, error: type[Exception], after: datetime
) -> None:
    with pytest.raises(error):
        react(both, EVERYBODY[name], "m-emmen", ReactionKind.QUESTION, "Waarom?", at=after)


def test_only_the_writer_answers(both: Session, after: datetime) -> None:
    board = EVERYBODY["board spoken for"]
    said = react(both, board, "m-urgentie", ReactionKind.QUESTION, "Waarom?", at=after)
    for name in ("coordinator", "board spoken for", "board that attended"):
        with pytest.raises(NotFound):
            answer_reaction(both, EVERYBODY[name], said, "Daarom", at=after)


def test_what_was_agreed_is_done_by_who_may_read_it(both: Session, after: datetime) -> None:
    board = EVERYBODY["board spoken for"]
    set_done(both, board, "m-urgentie", "0-0", done=True, at=after)
    assert [each.is_done for each in agreements(both, board)] == [True]
    set_done(both, COORDINATOR, "m-urgentie", "0-0", done=False, at=after)
    assert [each.is_done for each in agreements(both, board)] == [False]
    with pytest.raises(NotAllowed):
        set_done(both, Actor(Role.AUDITOR), "m-urgentie", "0-0", done=True, at=after)
    with pytest.raises(NotFound):
        set_done(both, board, "m-urgentie", "9-9", done=True, at=after)
