"""The whole application at work, step after step: what must never happen never does.

A few steps in each test run, thousands in `make soak-whole`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from originals import Originals
from sqlmodel import Session, select

from scheduler.db import audits, drafts, published, tables
from scheduler.db.engine import Database
from scheduler.db.feeds import Subject
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import AanTafelError
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Adjustment, Choice, FeedKind, MeetingState, Role, Way
from scheduler.flows.access.sessions import open_session, session_of
from scheduler.flows.adjusting import Shelf
from scheduler.flows.adjusting.wishes import Wish
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.audit_trail import seal_audits, verify_audits
from scheduler.flows.calendar_builder import Publisher, calendar_entries
from scheduler.flows.planning.adjust_plan import adjust_plan
from scheduler.flows.planning.change_meeting import call_off_meeting
from scheduler.flows.privacy import erase_person
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from scheduler.settings import Settings

BEGIN = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
PEOPLE = {"r4": "federatie", "r5": "federatie", "r27": "sbde", "r12": "mevm", "r14": "mevm"}
MEETINGS = ("m-bod", "m-emmen", "m-vries", "m-urgentie")
TOWNS = ("GM0114", "GM0106", "GM1730")
KEY = SecretKey(b"k" * 32)
WEEKLY = 1
STEPS = int(os.environ.get("AANTAFEL_SOAK_STEPS", "60"))
RUNS = max(3, STEPS // 20)

person = st.sampled_from(sorted(PEOPLE))
meeting = st.sampled_from(MEETINGS)


class Whole(RuleBasedStateMachine):
    """A coordinator, five representatives and three municipalities, all at once."""

    open_database: Callable[[], Iterator[Database]]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.database = self.stack.enter_context(contextmanager(type(self).open_database)())
        self.shelf = Shelf(read_policy(), self.database.session)
        self.at = BEGIN
        self.erased: set[str] = set()
        self.tokens: dict[str, str] = {}
        self.looked_at = -1

    def teardown(self) -> None:
        self.stack.close()

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """Something that may be refused, in a sentence; then nothing of it stands."""
        with suppress(AanTafelError), self.database.session() as session:
            yield session

    @initialize()
    def a_limit_is_set(self) -> None:
        with self.database.session() as session:
            for each in ("r4", "r12"):
                row = session.get_one(tables.Representative, each)
                row.max_meetings_per_week = WEEKLY

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.at = min(self.at + timedelta(minutes=minutes), BEGIN + timedelta(days=60))

    @rule(
        act=st.sampled_from(Adjustment),
        where=meeting,
        who=person,
        instead=st.none() | person,
        slot=st.none() | st.just(0),
    )
    def somebody_changes_the_draft(
        self, act: Adjustment, where: str, who: str, instead: str | None, slot: int | None
    ) -> None:
        wish = Wish(act=act, meeting_id=where, representative_id=who, instead_of=instead, slot=slot)
        self._change(wish)

    @rule(where=meeting, who=person, act=st.sampled_from([Adjustment.SET_DEPUTY, Adjustment.BAN]))
    def somebody_is_set_aside(self, where: str, who: str, act: Adjustment) -> None:
        self._change(Wish(act=act, meeting_id=where, representative_id=who))

    @rule(where=meeting, who=person)
    def a_place_is_filled(self, where: str, who: str) -> None:
        self._change(Wish(act=Adjustment.ASSIGN, meeting_id=where, representative_id=who))

    @rule(where=meeting, which=st.integers(0, 1))
    def somebody_goes(self, where: str, which: int) -> None:
        with self.database.session() as session:
            found = next(each for each in _all(session, COORDINATOR) if each.id == where)
        for going in found.attendees[which : which + 1]:
            who = going.representative_id
            self._change(Wish(act=Adjustment.UNASSIGN, meeting_id=where, representative_id=who))

    def _change(self, wish: Wish) -> None:
        with self.trying() as session:
            made_on = drafts.working_draft(session).version
            adjust_plan(session, COORDINATOR, self.shelf, wish, made_on=made_on, at=self.at)

    @rule()
    def the_draft_is_published(self) -> None:
        with self.trying() as session:
            plan = drafts.working_draft(session).plan_id
            if plan is not None:
                publish_plan(session, COORDINATOR, plan, at=self.at)

    @rule(who=person, where=meeting, choice=st.sampled_from(Choice))
    def somebody_answers(self, who: str, where: str, choice: Choice) -> None:
        if who in self.erased:
            return  # there is no way in for them any more
        with self.trying() as session:
            actor = Actor(Role.REPRESENTATIVE, who)
            said = {"way": Way.PAGE, "at": self.at, "comment": "een reden"}
            answer_invitation(session, actor, where, choice, **said)

    @rule(where=meeting)
    def a_meeting_is_called_off(self, where: str) -> None:
        with self.trying() as session:
            call_off_meeting(session, COORDINATOR, where, "gaat niet door", at=self.at)

    @rule(who=person)
    def somebody_signs_in(self, who: str) -> None:
        with self.trying() as session:
            actor = Actor(Role.REPRESENTATIVE, who)
            opened = open_session(
                session, actor, client="Mac", days=90, second_needed=False, at=self.at
            )
            self.tokens[who] = opened.token

    @rule(who=st.sampled_from(["r5", "r14"]))
    def somebody_is_erased(self, who: str) -> None:
        with self.trying() as session:
            erase_person(session, COORDINATOR, KEY, who, at=self.at)
            self.erased.add(who)
            self.tokens.pop(who, None)

    @rule()
    def the_log_is_sealed(self) -> None:
        with self.database.session() as session:
            seal_audits(session, KEY, at=self.at)

    @invariant()
    def nothing_is_wrong(self) -> None:
        """Looked at anew after every step that changed something."""
        if self.database.edition == self.looked_at:
            return
        self.looked_at = self.database.edition
        self.nobody_is_in_two_places()
        self.nobody_attends_without_standing()
        self.no_limit_is_broken()
        self.nobody_sees_what_isnt_theirs()
        self.the_calendar_is_the_publication()
        self.the_log_is_whole()
        self.who_was_erased_is_gone_and_others_stay_signed_in()

    def nobody_is_in_two_places(self) -> None:
        for who in PEOPLE:
            own = sorted(self._attended(who), key=lambda each: each.starts_at)
            assert all(one.ends_at <= other.starts_at for one, other in pairwise(own))

    def nobody_attends_without_standing(self) -> None:
        with self.database.session() as session:
            interested = _interested(session)
            holders = _holders(session)
            for each in _all(session, COORDINATOR):
                for going in each.attendees:
                    own = PEOPLE[going.representative_id]
                    speaks = interested[each.id] | _for(holders, own)
                    assert own in interested[each.id] or _for(holders, own) & speaks

    def no_limit_is_broken(self) -> None:
        for who in ("r4", "r12"):
            weeks = [each.starts_at.isocalendar()[:2] for each in self._attended(who)]
            assert all(weeks.count(week) <= WEEKLY for week in weeks)

    def nobody_sees_what_isnt_theirs(self) -> None:
        with self.database.session() as session:
            everything = _all(session, COORDINATOR)
            for who, own in PEOPLE.items():
                seen = {each.id for each in _all(session, Actor(Role.REPRESENTATIVE, who))}
                assert seen == {each.id for each in everything if _touches(each, who, own)}
            for town in TOWNS:
                seen = _all(session, Actor(Role.MUNICIPALITY, town))
                theirs = {each.id for each in everything if _is_at(each, town)}
                assert {each.id for each in seen} == theirs
                labels = {person.label for each in seen for person in each.attendees}
                assert not any(label.startswith("Afgevaardigde ") for label in labels)

    def the_calendar_is_the_publication(self) -> None:
        publisher, window = Publisher.of(Settings.read({})), Settings.read({}).feeds
        with self.database.session() as session:
            for who in PEOPLE:
                subject = Subject(FeedKind.REPRESENTATIVE, who, who)
                entries = calendar_entries(session, subject, window, publisher, at=self.at)
                held = {each.uid: (each.starts_at, each.revision) for each in entries}
                own = _all(session, SYSTEM, MeetingFilter(representative=who))
                since = self.at - timedelta(days=window.days_back - 1)
                wanted = {
                    each.uid: (each.starts_at, each.revision)
                    for each in own
                    if each.starts_at > since and each.state is MeetingState.PLANNED
                }
                assert wanted.items() <= held.items()

    def the_log_is_whole(self) -> None:
        with self.database.session() as session:
            assert verify_audits(session, COORDINATOR, KEY).is_whole
            assert audits.recent(session, COORDINATOR, most=1)

    def who_was_erased_is_gone_and_others_stay_signed_in(self) -> None:
        with self.database.session() as session:
            for who in self.erased:
                row = session.get_one(tables.Representative, who)
                assert row.label == "Voormalig afgevaardigde"
                said = select(tables.Answer.comment).where(tables.Answer.representative_id == who)
                assert set(session.exec(said)) <= {""}
            for token in self.tokens.values():
                assert session_of(session, token, at=self.at) is not None

    def _attended(self, who: str) -> list[MeetingView]:
        with self.database.session() as session:
            return [
                each
                for each in _all(session, COORDINATOR)
                if each.state is MeetingState.PLANNED
                and who in {going.representative_id for going in each.attendees}
            ]


def _all(
    session: Session, actor: Actor, wanted: MeetingFilter | None = None
) -> tuple[MeetingView, ...]:
    return published.published_meetings(session, actor, wanted or MeetingFilter())


def _interested(session: Session) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in session.exec(select(tables.Interest)):
        found.setdefault(row.meeting_id, set()).add(row.organisation_id)
    return found


def _holders(session: Session) -> set[tuple[str, str]]:
    return {(row.giver_id, row.holder_id) for row in session.exec(select(tables.Mandate))}


def _for(holders: set[tuple[str, str]], own: str) -> set[str]:
    return {giver for giver, holder in holders if holder == own}


def _touches(each: MeetingView, who: str, own: str) -> bool:
    people = [*each.attendees, *filter(None, [each.deputy]), *each.shadows]
    here = who in {person.representative_id for person in people}
    colleagues = own in {person.organisation.id for person in people}
    return here or colleagues or own in {voice.organisation.id for voice in each.voices}


def _is_at(each: MeetingView, town: str) -> bool:
    return each.municipality is not None and each.municipality.id == town


def test_what_must_never_happen_never_does(templates: Originals) -> None:
    class There(Whole):
        @staticmethod
        def open_database() -> Iterator[Database]:  # type: ignore[override]
            with templates.copy("province") as database:
                yield database

    run_state_machine_as_test(
        There,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
