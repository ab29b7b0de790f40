"""Who went tells once; a correction is a new version, and nobody's typing is lost."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from scheduler.db import reports, tables
from scheduler.db.report_views import ReportView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Carried, Outcome, Role
from scheduler.flows.report_back.agreements import set_done
from scheduler.flows.report_back.drafts import (
    begun_by_others,
    drop_report,
    keep_report,
    kept_report,
)
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.short import short_version
from scheduler.flows.report_back.typed import TypedAction, TypedItem, TypedReport, again, begun
from scheduler.flows.report_back.write import SentMeanwhile, send_report, to_report
from scheduler.flows.requests.request_reading import BadRequest

COLLEAGUE = Actor(Role.REPRESENTATIVE, "r12")


def test_a_report_holds_what_was_said_decided_agreed_and_carried(told: ReportView) -> None:
    first, second = told.items
    assert (told.version, told.writer.name) == (1, "Afgevaardigde 4")
    assert (first.outcome, first.voices[0].carried) == (Outcome.DECIDED, Carried.IN_VAIN)
    assert [(each.what, each.due_on) for each in told.actions] == [
        ("De provincie stuurt de tekst", date(2027, 5, 10))
    ]
    assert second.voices[0].carried is Carried.NOT_RAISED
    assert told.coming == "Volgend overleg in juni"


def test_the_short_version_is_plain_and_names_nobodys_voice(told: ReportView) -> None:
    assert told.short == (
        "Urgentie na een scheiding: De provincie wil één regel voor alle gemeenten. "
        "Dit is besloten.\n\n"
        "Rondvraag: dit is niet besproken.\n\n"
        "Afspraken:\n- De provincie stuurt de tekst, uiterlijk 10 mei 2027\n\n"
        "Wat hierna komt: Volgend overleg in juni"
    )


def test_the_writers_own_short_version_goes_before_ours(
    held: Session, typed: TypedReport, writer: Actor, after: datetime
) -> None:
    mine = replace(typed, short="Er komt één regel.")
    assert send_report(held, writer, "m-urgentie", mine, at=after).short == "Er komt één regel."


def test_the_same_sent_twice_is_told_once(
    held: Session, typed: TypedReport, told: ReportView, writer: Actor, after: datetime
) -> None:
    assert send_report(held, writer, "m-urgentie", typed, at=after) == told
    assert len(held.exec(select(tables.ReportBack)).all()) == 1


def test_a_correction_keeps_what_was_told_before(
    held: Session, told: ReportView, after: datetime
) -> None:
    mended = replace(again(told), coming="Volgend overleg in juli", short="", why="Verkeerde maand")
    send_report(held, COLLEAGUE, "m-urgentie", mended, at=after + timedelta(hours=1))
    newest, first = reports.versions_of(held, COORDINATOR, "m-urgentie")
    assert (newest.version, newest.coming, newest.why) == (2, mended.coming, "Verkeerde maand")
    assert first == told


def test_what_was_done_stays_done_in_a_correction(
    held: Session, told: ReportView, writer: Actor, after: datetime
) -> None:
    set_done(held, writer, "m-urgentie", "0-0", done=True, at=after)
    mended = replace(again(told), coming="Anders")
    corrected = send_report(held, writer, "m-urgentie", mended, at=after)
    assert [each.done_at for each in corrected.actions] == [after]


def test_a_colleague_who_was_slower_is_told_so(
    held: Session, typed: TypedReport, told: ReportView, after: datetime
) -> None:
    slower = replace(typed, coming="Iets anders")
    with pytest.raises(SentMeanwhile):
        send_report(held, COLLEAGUE, "m-urgentie", slower, at=after)


@pytest.mark.parametrize(
    ("who", "meeting", "error"),
    [
        (COORDINATOR, "m-urgentie", NotAllowed),
        (Actor(Role.BOARD, "federatie"), "m-urgentie", NotAllowed),
        (Actor(Role.MUNICIPALITY, "GM0114"), "m-urgentie", NotAllowed),
        (Actor(Role.REPRESENTATIVE, "r27"), "m-urgentie", NotFound),  # stood by as deputy
        (Actor(Role.REPRESENTATIVE, "r5"), "m-urgentie", NotFound),
        (Actor(Role.REPRESENTATIVE, "r5"), "m-afgelast", NotFound),
        (Actor(Role.REPRESENTATIVE, "r4"), "m-nergens", NotFound),
    ],
)
def test_only_who_was_there_tells(
    held: Session, who: Actor, meeting: str, error: type[Exception], after: datetime
) -> None:
    with pytest.raises(error):
        to_report(held, who, meeting, at=after)


def test_nobody_tells_of_what_isnt_over(held: Session, writer: Actor, now: datetime) -> None:
    with pytest.raises(NotFound):
        to_report(held, writer, "m-urgentie", at=now)


def test_every_fault_stands_by_its_field(held: Session, writer: Actor, after: datetime) -> None:
    bad = TypedReport(
        items=(
            TypedItem(title="", said="", outcome="decided"),
            TypedItem(
                title="Huur",
                said="Veel",
                voices={"sbde": "listened"},
                actions=(TypedAction(what="", due="ooit"),),
            ),
        )
    )
    with pytest.raises(BadRequest) as raised:
        send_report(held, writer, "m-urgentie", bad, at=after)
    assert [each.field for each in raised.value.faults] == [
        "title-0",
        "said-0",
        "voice-0-sbde",
        "outcome-1",
        "what-1-0",
        "due-1-0",
    ]


def test_an_empty_form_asks_for_one_point(held: Session, writer: Actor, after: datetime) -> None:
    with pytest.raises(BadRequest) as raised:
        send_report(held, writer, "m-urgentie", begun(()), at=after)
    assert [each.field for each in raised.value.faults] == ["title-0"]


def test_typing_is_kept_for_its_writer_and_seen_by_who_was_there(
    held: Session, writer: Actor, after: datetime
) -> None:
    assert keep_report(held, writer, "m-urgentie", {"said-0": ["half"]}, at=after)
    kept = kept_report(held, writer, "m-urgentie")
    assert kept is not None
    assert kept.typed == {"said-0": ["half"]}
    assert kept_report(held, COLLEAGUE, "m-urgentie") is None
    (seen,) = begun_by_others(held, COLLEAGUE, "m-urgentie", at=after)
    assert (seen.who.label, seen.draft.typed) == ("Afgevaardigde 4", kept.typed)
    drop_report(held, writer, "m-urgentie")
    assert begun_by_others(held, COLLEAGUE, "m-urgentie", at=after) == ()


def test_who_wasnt_there_sees_no_draft(held: Session, after: datetime) -> None:
    with pytest.raises(NotFound):
        begun_by_others(held, Actor(Role.REPRESENTATIVE, "r14"), "m-urgentie", at=after)


def test_a_report_is_late_from_the_day_after_the_last_one(
    held: Session, writer: Actor, terms: Terms, after: datetime
) -> None:
    meeting = to_report(held, writer, "m-urgentie", at=after)
    assert terms.last_day(meeting) == date(2027, 4, 28)
    assert not terms.is_late(meeting, datetime.fromisoformat("2027-04-28T23:59:00+02:00"))
    assert terms.is_late(meeting, datetime.fromisoformat("2027-04-29T00:00:00+02:00"))


_words = st.text(alphabet="abc .\n", max_size=12).map(str.strip)
_items = st.builds(
    TypedItem,
    title=_words,
    said=_words,
    outcome=st.sampled_from(["", *Outcome]),
    actions=st.lists(st.builds(TypedAction, what=_words), max_size=2).map(tuple),
)


@given(st.builds(TypedReport, items=st.lists(_items, max_size=4).map(tuple), coming=_words))
def test_what_is_written_stays_the_same_when_written_again(typed: TypedReport) -> None:
    assert typed.written.written == typed.written
    assert short_version(typed.written) == short_version(typed)


@given(st.builds(TypedReport, items=st.lists(_items, min_size=1, max_size=4).map(tuple)))
def test_a_form_without_faults_can_always_be_told(typed: TypedReport) -> None:
    if not typed.faults(()):
        assert typed.written.items
        assert all(each.title and each.outcome in set(Outcome) for each in typed.written.items)
