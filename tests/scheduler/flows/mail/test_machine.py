"""Whatever happens in whatever order: nobody is told twice, and nobody is forgotten."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from enum import Enum

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from icalendar import Calendar
from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.errors import NothingToDo
from scheduler.domain.terms import MailState, MeetingState
from scheduler.flows.mail.deliver_mail import Claimed, claim_mail, note_outcome
from scheduler.flows.mail.outbox import release_mail, retry_mail
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.mail import Office, Outcome, Verdict

MEETINGS, PEOPLE = ("m-1", "m-2"), ("r-1", "r-2")


class Fate(Enum):
    """How an attempt ends: whether the server took it, and what we heard; None where we died."""

    SENT = (True, Verdict.SENT)
    LATER = (False, Verdict.LATER)
    REFUSED = (False, Verdict.REFUSED)
    UNREACHABLE = (False, Verdict.UNREACHABLE)
    TAKEN_UNHEARD = (True, Verdict.IN_DOUBT)
    LOST_UNHEARD = (False, Verdict.IN_DOUBT)
    DIED_AFTER = (True, None)
    DIED_BEFORE = (False, None)

    def __init__(self, taken: bool, verdict: Verdict | None) -> None:
        self.taken, self.verdict = taken, verdict


Told = tuple[str, str, int, str]

PLAN = st.fixed_dictionaries(
    {meeting: st.lists(st.sampled_from(PEOPLE), unique=True) for meeting in MEETINGS}
)


FATES = st.lists(st.sampled_from(Fate), max_size=5)


class Outbox(RuleBasedStateMachine):
    """Publishing, calling off, restoring, delivering, and dying at each point of a delivery."""

    def __init__(
        self, session: Session, office: Office, draft: Callable[..., int], noon: datetime
    ) -> None:
        super().__init__()
        self.session, self.office, self.draft, self.at = session, office, draft, noon
        self.example = session.begin_nested()
        self.got: dict[Told, list[bytes]] = defaultdict(list)
        self.doubts: Counter[Told] = Counter()

    @initialize()
    def begin(self) -> None:
        """Everybody is invited to everything."""
        self._publish({name: list(PEOPLE) for name in MEETINGS}, None)

    @rule(plan=PLAN, off=st.sampled_from([None, *MEETINGS]), released=st.booleans(), fates=FATES)
    def publish(
        self,
        plan: dict[str, list[str]],
        off: str | None,
        released: bool,
        fates: list[Fate],
    ) -> None:
        """Publish anything, with a meeting called off or none, seen at once or not."""
        self.at += timedelta(minutes=1)
        self._publish(plan, off)
        if released:
            with suppress(NothingToDo):
                release_mail(self.session, COORDINATOR, at=self.at)
        self._deliver(fates)

    @rule(minutes=st.integers(1, 60), fates=FATES)
    def wait(self, minutes: int, fates: list[Fate]) -> None:
        """Time goes by: leases end, what is held goes, what was refused is tried again."""
        self.at += timedelta(minutes=minutes)
        self._deliver(fates)

    def _publish(self, plan: dict[str, list[str]], off: str | None) -> None:
        for name in MEETINGS:
            state = MeetingState.CANCELLED if name == off else MeetingState.PLANNED
            self.session.get_one(tables.Meeting, name).state = state
        wanted = {name: people for name, people in plan.items() if name != off}
        with suppress(NothingToDo):
            publish_plan(self.session, COORDINATOR, self.draft(wanted), at=self.at)
        self.session.expire_all()

    def _deliver(self, fates: list[Fate]) -> None:
        """Offer mail after mail; what dies after the claim leaves its lease behind."""
        for fate in fates:
            claimed = self._claim()
            if claimed is None:
                return
            if fate.taken:
                self._take(claimed, doubt=fate is not Fate.SENT)
            if fate.verdict is not None:
                self._note(claimed, fate.verdict)

    @invariant()
    def nothing_is_told_twice_but_after_a_doubt(self) -> None:
        for told, copies in self.got.items():
            assert len(copies) <= 1 + self.doubts[told], told
            assert len(set(copies)) == 1, told

    def teardown(self) -> None:
        """Let everything come to rest, and look what everybody holds then."""
        try:
            self._settle()
            assert self._held() == self._wanted()
        finally:
            self.example.rollback()
            self.session.expire_all()

    def _settle(self) -> None:
        self.at += timedelta(hours=3)
        for row in self.session.exec(select(tables.Outgoing)).all():
            if row.state is MailState.FAILED:
                retry_mail(self.session, COORDINATOR, row.id, at=self.at)
        self.session.expire_all()
        while (claimed := self._claim()) is not None:
            self._take(claimed)
            self._note(claimed, Verdict.SENT)
        self.nothing_is_told_twice_but_after_a_doubt()

    def _claim(self) -> Claimed | None:
        prepare_mail(self.session, SYSTEM, self.office, at=self.at)
        self.session.expire_all()
        claimed = claim_mail(self.session, SYSTEM, self.office, at=self.at)
        self.session.expire_all()
        return claimed

    def _note(self, claimed: Claimed, verdict: Verdict) -> None:
        note_outcome(
            self.session,
            SYSTEM,
            self.office,
            claimed,
            Outcome(verdict),
            at=self.at,
            chance=lambda: 0.01,
        )
        self.session.flush()
        self.session.expire_all()

    def _take(self, claimed: Claimed, *, doubt: bool = False) -> None:
        message = message_from_bytes(claimed.message, policy=default)
        (part,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        (event,) = calendar.walk("VEVENT")
        told = (claimed.recipient, str(event["UID"]), event["SEQUENCE"], str(calendar["METHOD"]))
        self.got[told].append(claimed.message)
        self.doubts[told] += doubt

    def _held(self) -> dict[tuple[str, str], int]:
        """What stands in everybody's calendar: the revision, by address and meeting."""
        held = {}
        for recipient, uid, sequence, method in sorted(self.got):
            held[recipient, uid] = sequence if method == "REQUEST" else None
        return {key: sequence for key, sequence in held.items() if sequence is not None}

    def _wanted(self) -> dict[tuple[str, str], int]:
        addresses = {"r-1": "een@post.example", "r-2": "twee@post.example"}
        query = (
            select(tables.PublishedMeeting, tables.PublishedAttendance)
            .join(tables.PublishedAttendance)
            .where(
                col(tables.PublishedMeeting.last_publication).is_(None),
                tables.PublishedMeeting.state == MeetingState.PLANNED,
            )
        )
        return {
            (addresses[attendance.representative_id], meeting.uid): meeting.revision
            for meeting, attendance in self.session.exec(query)
        }


def test_everybody_ends_up_with_what_was_published_last(
    session: Session,
    office: Office,
    draft: Callable[..., int],
    joined: Callable[..., None],
    noon: datetime,
) -> None:
    joined("r-1")
    joined("r-2")
    session.flush()
    run_state_machine_as_test(
        lambda: Outbox(session, office, draft, noon),
        settings=settings(
            max_examples=30,
            stateful_step_count=8,
            deadline=None,
            # Shrinking takes minutes; whoever needs it turns it on here.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
