"""A representative's own meetings as their account shows them: the publication and the own part.

The entry invites this one person, so that programs offer yes and no, and carries their answer.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlmodel import Session, select

from calendars.account import Additions, Fixed, Item
from calendars.entry import Entry, Partstat, Party
from calendars.ical import fragment
from calendars.identity import href
from scheduler.db import answers, audits, calendar_writes
from scheduler.db.tables import OwnPart
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.ids import UID_DOMAIN
from scheduler.domain.terms import Choice, MeetingState
from scheduler.flows.answer_invitation import MEETINGS, asked_to, person_actor
from scheduler.flows.calendar_builder import every_entry

PARTSTATS = {
    Choice.YES: Partstat.ACCEPTED,
    Choice.PERHAPS: Partstat.TENTATIVE,
    Choice.NO: Partstat.DECLINED,
}
CHOICES = {partstat: choice for choice, partstat in PARTSTATS.items()}

_FIXED = {Fixed.TIME: "de tijd", Fixed.PLACE: "de plek", Fixed.TITLE: "de titel"}


def address_of(representative_id: str) -> str:
    """Under which address a representative is invited: steady, nobody's, and without a name."""
    return f"mailto:{representative_id}@{UID_DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeeting:
    """A meeting in a representative's own calendar.

    Attributes:
        meeting: as published.
        entry: as the account shows it, without the additions.
        additions: the person's own.
        hidden: whether the person took it out of the calendar.
        number: which of the person's writings changed it last.
    """

    meeting: MeetingView
    entry: Entry
    additions: Additions
    hidden: bool
    number: int

    @property
    def href(self) -> str:
        """Its name in the account."""
        return href(self.entry.uid)

    def item(self) -> Item:
        """What the account gives out."""
        return Item(
            href=self.href,
            uid=self.entry.uid,
            fragment=self.additions.shown_with(self.entry),
            searched=fragment(self.entry) if self.additions else b"",
            revised_at=self.entry.revised_at,
            starts_at=self.entry.starts_at,
            ends_at=self.entry.ends_at,
            version=str(self.number or ""),
        )


def own_meetings(
    session: Session, representative_id: str, base_url: str, organiser: str
) -> tuple[OwnMeeting, ...]:
    """Everything that was ever published for a representative and still stands."""
    said = answers.own_answers(session, person_actor(representative_id), representative_id)
    numbers = calendar_writes.numbers(session, representative_id, MEETINGS)
    parts = _parts(session, representative_id)
    found = every_entry(session, representative_id, base_url, organiser)
    return tuple(
        _own(
            meeting,
            _invited(
                entry, representative_id, said[meeting.id].choice if meeting.id in said else None
            ),
            parts.get(meeting.id),
            numbers.get(href(entry.uid), 0),
        )
        for meeting, entry in found
    )


def _parts(session: Session, representative_id: str) -> dict[str, OwnPart]:
    query = select(OwnPart).where(OwnPart.representative_id == representative_id)
    return {part.meeting_id: part for part in session.exec(query)}


def _invited(entry: Entry, representative_id: str, choice: Choice | None) -> Entry:
    partstat = PARTSTATS[choice] if choice else Partstat.NEEDS_ACTION
    return replace(
        entry,
        attendee=Party(address=address_of(representative_id), partstat=partstat),
        blocks=entry.blocks and choice is not Choice.NO,
    )


def _own(meeting: MeetingView, entry: Entry, part: OwnPart | None, number: int) -> OwnMeeting:
    if part is None:
        return OwnMeeting(
            meeting=meeting, entry=entry, additions=Additions(), hidden=False, number=number
        )
    if part.refused and part.refused_revision == meeting.revision:
        entry = replace(entry, description=f"{_notice(part.refused)}\n{entry.description}")
    return OwnMeeting(
        meeting=meeting,
        entry=entry,
        additions=_additions(part),
        hidden=is_hidden(part, meeting),
        number=number,
    )


def is_hidden(part: OwnPart, meeting: MeetingView) -> bool:
    """Whether the person took this revision, or any, out of the calendar."""
    if part.hidden_revision is None:
        return False
    return part.opted_out or part.hidden_revision >= meeting.revision


def refused_words(refused: str) -> str:
    """What somebody tried to change, in Dutch words: "de tijd en de plek"."""
    *most, end = [_FIXED[Fixed(each)] for each in refused.split(",")]
    return f"{', '.join(most)} en {end}" if most else end


def _notice(refused: str) -> str:
    return (
        f"U veranderde {refused_words(refused)}. Dat kan alleen de coördinator, dus het staat weer"
        " zoals het was. Klopt er iets niet? Laat het de coördinator weten."
    )


def _additions(part: OwnPart) -> Additions:
    kept = part.additions
    return Additions(
        note=kept.get("note", ""),
        categories=tuple(kept.get("categories", ())),
        lines=tuple(kept.get("lines", ())),
        alarms=tuple(map(tuple, kept.get("alarms", ()))),
    )


def keep(
    session: Session,
    own: OwnMeeting,
    representative_id: str,
    additions: Additions,
    changed: frozenset[Fixed],
    *,
    at: datetime,
) -> None:
    """Keep what a program added, and remember what it can't change; it is shown again."""
    part = _part(session, representative_id, own.meeting.id)
    part.additions = asdict(additions)
    part.hidden_revision, part.opted_out = None, False
    if changed:
        part.refused = ",".join(fixed for fixed in Fixed if fixed in changed)
        part.refused_revision = own.meeting.revision
    part.changed_at = at
    session.add(part)


def take_out(
    session: Session, actor: Actor, meeting_id: str, *, at: datetime, for_good: bool = False
) -> None:
    """Take a meeting out of the actor's calendar: until it changes, or for good.

    It is no loss and no "no": the person is still expected, and the coordinator sees it.

    Raises:
        NotFound: it isn't the actor's.
    """
    meeting = asked_to(session, actor.subject or "", meeting_id)
    _set_hidden(session, actor, meeting, meeting.revision, for_good=for_good, at=at)
    audits.record(session, actor, "take out", noun="meeting", noun_id=meeting_id, at=at)


def put_back(session: Session, actor: Actor, meeting_id: str, *, at: datetime) -> None:
    """Show a meeting in the actor's calendar again; NotFound where it isn't the actor's."""
    meeting = asked_to(session, actor.subject or "", meeting_id)
    _set_hidden(session, actor, meeting, None, for_good=False, at=at)
    audits.record(session, actor, "put back", noun="meeting", noun_id=meeting_id, at=at)


def _set_hidden(
    session: Session,
    actor: Actor,
    meeting: MeetingView,
    revision: int | None,
    *,
    for_good: bool,
    at: datetime,
) -> None:
    person = actor.subject or ""
    number = calendar_writes.begin(session, person, at=at)
    part = _part(session, person, meeting.id)
    part.hidden_revision, part.opted_out, part.changed_at = revision, for_good, at
    session.add(part)
    calendar_writes.note(session, person, MEETINGS, href(meeting.uid), number=number)


def _part(session: Session, representative_id: str, meeting_id: str) -> OwnPart:
    found = session.get(OwnPart, (representative_id, meeting_id))
    return found or OwnPart(representative_id=representative_id, meeting_id=meeting_id)


def own_part(session: Session, representative_id: str, meeting: MeetingView) -> "OwnState":
    """How a meeting stands in a representative's calendar, in words for a page."""
    part = _part(session, representative_id, meeting.id)
    refused = part.refused if part.refused_revision == meeting.revision else ""
    return OwnState(
        hidden=is_hidden(part, meeting),
        for_good=part.opted_out,
        refused=tuple(Fixed(each) for each in refused.split(",") if each),
        offered=meeting.state is MeetingState.PLANNED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnState:
    """How a meeting stands in somebody's own calendar.

    Attributes:
        hidden, for_good: whether it was taken out, and whether it stays out when it changes.
        refused: what the person's program wanted to change and can't.
        offered: whether there is anything to answer.
    """

    hidden: bool
    for_good: bool
    refused: tuple[Fixed, ...]
    offered: bool
