"""A representative's own meetings as their account shows them: the publication and the own part.

The entry invites this one person, so that programs offer yes and no, and carries their answer.
"""

from dataclasses import dataclass, replace

from sqlmodel import Session

from calendars.account import Additions, Fixed, Item
from calendars.entry import Entry, Partstat, Party
from calendars.identity import href
from scheduler.db import answers, calendar_writes
from scheduler.db.tables import OwnPart
from scheduler.db.views import MeetingView
from scheduler.domain.ids import UID_DOMAIN
from scheduler.domain.terms import Choice
from scheduler.flows.attending.answer_invitation import MEETINGS, person_actor
from scheduler.flows.attending.own_part import additions_of, is_hidden, own_parts
from scheduler.flows.calendar_builder import Publisher, every_entry
from scheduler.flows.feeds.fragments import Fragments

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

    def item(self, fragments: Fragments) -> Item:
        """What the account gives out."""
        return Item(
            href=self.href,
            uid=self.entry.uid,
            fragment=fragments.of(self.entry, self.additions),
            searched=fragments.of(self.entry) if self.additions else b"",
            revised_at=self.entry.revised_at,
            starts_at=self.entry.starts_at,
            ends_at=self.entry.ends_at,
            version=str(self.number or ""),
        )


def own_meetings(
    session: Session, representative_id: str, publisher: Publisher
) -> tuple[OwnMeeting, ...]:
    """Everything that was ever published for a representative and still stands."""
    said = answers.own_answers(session, person_actor(representative_id), representative_id)
    numbers = calendar_writes.numbers(session, representative_id, MEETINGS)
    parts = own_parts(session, representative_id)
    found = every_entry(session, representative_id, publisher)
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
        additions=additions_of(part),
        hidden=is_hidden(part, meeting),
        number=number,
    )


def _refused_words(refused: str) -> str:
    """Such as "de tijd en de plek"."""
    *most, end = [_FIXED[Fixed(each)] for each in refused.split(",")]
    return f"{', '.join(most)} en {end}" if most else end


def _notice(refused: str) -> str:
    return (
        f"U veranderde {_refused_words(refused)}. Dat kan alleen de coördinator, dus het staat weer"
        " zoals het was. Klopt er iets niet? Laat het de coördinator weten."
    )
