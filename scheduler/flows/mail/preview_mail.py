"""What publishing a draft would mail, before anybody decides: to whom, what, and the words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import published
from scheduler.db.outbox import recipient_names
from scheduler.db.tables import MailAddress, Plan, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import ChangeKind, MailKind, PlanState
from scheduler.flows.mail.invitation_letters import letter_about
from scheduler.flows.mail.queue_invitations import MailStep, Revised, mail_steps, outgoing_of
from scheduler.flows.mail.show_letter import Shown, opened
from scheduler.flows.publishing.draft_changes import upcoming_changes
from scheduler.flows.publishing.facts_read import facts_before
from scheduler.flows.publishing.facts_view import FactsReader
from scheduler.mail import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMail:
    """A mail that publishing would put into the outbox; `recipient` is a label or a function."""

    kind: MailKind
    recipient_id: str
    recipient: str
    meeting_id: str
    meeting_title: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """The same mail with its words."""

    mail: PlannedMail
    letter: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPost:
    """What one address would get: how many letters there are, and those that were asked for."""

    recipient: str
    total: int
    letters: tuple[PlannedLetter, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A mail to add, and in which ways its meeting changed."""

    step: MailStep
    kind: MailKind
    changed: frozenset[ChangeKind]


def preview_mail(
    session: Session, actor: Actor, plan_id: int, *, at: datetime
) -> tuple[PlannedMail, ...]:
    """What publishing this draft at an instant would mail, by meeting; nothing is changed.

    Raises:
        NotFound: there is no such draft.
        NotAllowed: the actor doesn't plan for all.
    """
    steps = tuple(_steps(session, actor, plan_id, at))
    names = recipient_names(session, actor, [each.step.recipient_id for each in steps])
    return tuple(_mail(each, names[each.step.recipient_id], at) for each in steps)


def by_recipient(mails: Iterable[PlannedMail]) -> list[tuple[PlannedMail, ...]]:
    """The mails of each address; who gets an urgent one comes first, then by name."""
    found: dict[str, list[PlannedMail]] = defaultdict(list)
    for mail in mails:
        found[mail.recipient_id].append(mail)
    posts = [tuple(those) for those in found.values()]
    return sorted(posts, key=lambda those: (not any(m.urgent for m in those), those[0].recipient))


def preview_letters(
    session: Session,
    actor: Actor,
    office: Office,
    plan_id: int,
    recipient_id: str,
    *,
    at: datetime,
    part: slice = slice(None),
) -> PlannedPost:
    """The letters that one address would get, word for word; nothing is changed.

    They stand by meeting; `part` says which of them are written out.

    Raises:
        NotFound: there is no such draft, or it mails this address nothing.
        NotAllowed: the actor doesn't plan for all.
    """
    steps = [
        each
        for each in _steps(session, actor, plan_id, at)
        if each.step.recipient_id == recipient_id
    ]
    address = session.get(MailAddress, recipient_id)
    if address is None or not steps:
        raise NotFound("mail", recipient_id)
    name = recipient_names(session, actor, [recipient_id])[recipient_id]
    writer = _Writer(session, office, address, FactsReader.of(session), _next_number(session), at)
    letters = (PlannedLetter(_mail(each, name, at), writer.letter(each)) for each in steps[part])
    return PlannedPost(recipient=name, total=len(steps), letters=tuple(letters))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes to one address what the publication with a number would say at an instant."""

    session: Session
    office: Office
    address: MailAddress
    reader: FactsReader
    number: int
    at: datetime

    def letter(self, step: _Step) -> Shown:
        """The letter of one step."""
        meeting = step.step.meeting
        row = outgoing_of(step.step, step.kind, self.number, held=True, at=self.at)
        view = self.reader.view(meeting.facts, revision=meeting.revision, at=self.at)
        kinds = sorted(step.changed)
        parcel = letter_about(
            self.session, self.office, row, self.address, meeting=view, kinds=kinds
        )
        return opened(parcel.message)


def _steps(session: Session, actor: Actor, plan_id: int, at: datetime) -> Iterator[_Step]:
    actor.must_plan_for_all()
    plan = session.get(Plan, plan_id)
    if plan is None or plan.state is not PlanState.DRAFT:
        raise NotFound("concept", str(plan_id))
    before = facts_before(session, plan_id)
    revisions = _revisions(session)
    made = upcoming_changes(session, plan_id, before, at=at).made
    changed = {facts.meeting_id: kinds for facts, kinds in made}
    meetings = [
        Revised(facts, revisions.get(facts.meeting_id, -1) + 1, before.get(facts.meeting_id))
        for facts, _ in made
    ]
    for step in mail_steps(session, meetings, at=at):
        if step.decision.add is not None:
            yield _Step(step, step.decision.add, changed[step.meeting.facts.meeting_id])


def _mail(step: _Step, recipient: str, at: datetime) -> PlannedMail:
    meeting = step.step.meeting
    return PlannedMail(
        kind=step.kind,
        recipient_id=step.step.recipient_id,
        recipient=recipient,
        meeting_id=meeting.facts.meeting_id,
        meeting_title=meeting.facts.title,
        urgent=meeting.is_urgent(at),
    )


def _revisions(session: Session) -> dict[str, int]:
    query = select(PublishedMeeting.meeting_id, PublishedMeeting.revision).where(
        col(PublishedMeeting.last_publication).is_(None)
    )
    return dict(session.exec(query).all())


def _next_number(session: Session) -> int:
    newest = published.newest(session)
    return newest.number + 1 if newest else 1
