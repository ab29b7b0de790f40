"""Whatever is typed: in a report each voice that was carried stands once at each point."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from scheduler.db import published, reports
from scheduler.db.report_views import ReportView
from scheduler.db.views import MeetingView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Carried, Outcome, ReactionKind, Role
from scheduler.flows.report_back.react import react
from scheduler.flows.report_back.typed import TypedItem, TypedReport
from scheduler.flows.report_back.write import newest_of, send_report
from scheduler.flows.requests.request_reading import BadRequest

_VOICES = st.dictionaries(
    st.sampled_from(["sbde", "mevm", "federatie", "niemand"]), st.sampled_from([*Carried, "", "x"])
)
_ITEMS = st.builds(
    TypedItem,
    title=st.sampled_from(["", "Huur", "Onderhoud"]),
    said=st.sampled_from(["", "Er is gepraat"]),
    outcome=st.sampled_from([*Outcome, ""]),
    voices=_VOICES,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(items=st.lists(_ITEMS, max_size=4))
def test_no_voice_is_lost_or_stands_twice(
    held: Session, writer: Actor, after: datetime, items: list[TypedItem]
) -> None:
    before = newest_of(held, writer, "m-urgentie")
    typed = TypedReport(items=tuple(items), based_on=before.version if before else 0)
    told = reports.spoken_for(_meeting(held))
    try:
        report = send_report(held, writer, "m-urgentie", typed, at=after)
    except BadRequest:
        return
    for item in report.items:
        assert [each.organisation for each in item.voices] == sorted(
            told, key=lambda each: each.name
        )


def _meeting(session: Session) -> MeetingView:
    return published.published_meeting(session, COORDINATOR, "m-urgentie")


@pytest.mark.parametrize(
    ("actor", "reads", "reacts"),
    [
        (Actor(Role.REPRESENTATIVE, "r4"), 3, True),
        (Actor(Role.REPRESENTATIVE, "r27"), 1, True),
        (Actor(Role.BOARD, "sbde"), 1, True),
        (Actor(Role.BOARD, "mevm"), 1, True),
        (COORDINATOR, 3, False),
        (Actor(Role.AUDITOR), 3, False),
        (Actor(Role.MUNICIPALITY, "GM0114"), None, False),
        (Actor(Role.CORPORATION, "lefier"), None, False),
        (Actor(Role.PROVINCE), None, False),
        (Actor(Role.ADMINISTRATOR), None, False),
    ],
    ids=lambda each: f"{each.role}-{each.subject}" if isinstance(each, Actor) else str(each),
)
def test_who_reads_what_was_said_back(
    held: Session,
    told: ReportView,
    after: datetime,
    actor: Actor,
    reads: int | None,
    reacts: bool,
) -> None:
    for name in ("sbde", "mevm", "federatie"):
        board = Actor(Role.BOARD, name)
        react(held, board, told.meeting_id, ReactionKind.QUESTION, f"Van {name}", at=after)
    if reads is None:
        with pytest.raises((NotFound, NotAllowed)):
            reports.reactions_to(held, actor, told.meeting_id)
    else:
        assert len(reports.reactions_to(held, actor, told.meeting_id)) == reads
    if not reacts:
        with pytest.raises(NotAllowed):
            react(held, actor, told.meeting_id, ReactionKind.THANKS, "", at=after)
