"""What a draft or a publication changes, meeting by meeting, and whom each change touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from scheduler.db import people, published
from scheduler.db.tables import Organisation, Representative
from scheduler.domain.access import Actor
from scheduler.domain.terms import ChangeKind, Part
from scheduler.flows.publishing.draft_changes import called_off, upcoming_changes
from scheduler.flows.publishing.facts import Facts, Presence, changes
from scheduler.flows.publishing.facts_read import facts_at, facts_before, planned_facts

_NOTICE = timedelta(hours=48)
_OF_THE_MEETING = frozenset(ChangeKind) - {
    ChangeKind.ATTENDEES,
    ChangeKind.DEPUTY,
    ChangeKind.VOICES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """One meeting before and after; `before` is None where it is new."""

    before: Facts | None
    after: Facts
    kinds: frozenset[ChangeKind]

    @property
    def told(self) -> frozenset[str]:
        """The representatives whose own duty changes.

        A change of the meeting itself touches everybody at it; another attendee or deputy touches
        who comes, who goes, and who speaks for others than before.
        """
        if self.kinds & _OF_THE_MEETING:
            return frozenset(each.representative_id for each in self._everybody)
        different = _people(self.before) ^ self.after.people
        return frozenset(each.representative_id for each in different) | self._new_speakers

    @property
    def _everybody(self) -> frozenset[Presence]:
        return _people(self.before) | self.after.people

    @property
    def _new_speakers(self) -> frozenset[str]:
        return frozenset(
            each.representative_id
            for each in self.after.people
            if each.part is Part.ATTENDEE
            and spoken_by(self.before, each.organisation_id)
            != spoken_by(self.after, each.organisation_id)
        )

    @property
    def told_municipality(self) -> str | None:
        """The municipality in whose calendar it shows; a deputy doesn't show there."""
        return self.after.municipality_id if self.kinds - {ChangeKind.DEPUTY} else None

    def is_urgent(self, at: datetime) -> bool:
        """Whether the meeting begins, or would have begun, within 48 hours from an instant."""
        starts = [self.after.starts_at, *([self.before.starts_at] if self.before else [])]
        return any(at <= start < at + _NOTICE for start in starts)

    def attendees(self, facts: Facts | None) -> tuple[str, ...]:
        """Who attends on one side of the change."""
        return _ids(facts, Part.ATTENDEE)

    def deputy(self, facts: Facts | None) -> str | None:
        """Who stands by on one side of the change."""
        return next(iter(_ids(facts, Part.DEPUTY)), None)

    @property
    def revoiced(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """The organisations that somebody else speaks for: who, by whom before, by whom after."""
        old, new = _speakers(self.before), _speakers(self.after)
        return tuple(
            (organisation, old.get(organisation), speaker)
            for organisation, speaker in sorted(new.items())
            if self.before is None or old.get(organisation) != speaker
        )


def _people(facts: Facts | None) -> frozenset[Presence]:
    return facts.people if facts else frozenset()


def _ids(facts: Facts | None, part: Part) -> tuple[str, ...]:
    return tuple(sorted(each.representative_id for each in _people(facts) if each.part is part))


def _speakers(facts: Facts | None) -> dict[str, str | None]:
    return {each.organisation_id: each.speaker_id for each in facts.voices} if facts else {}


def spoken_by(facts: Facts | None, organisation: str) -> frozenset[str]:
    """Those for whom an organisation speaks."""
    return frozenset(who for who, by in _speakers(facts).items() if by == organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """All changes by their start, and the names of whoever stands in them, by identifier.

    `too_late` is what the draft says of meetings that have begun, which nobody hears any more.
    """

    changes: tuple[MeetingChange, ...]
    people: Mapping[str, str]
    organisations: Mapping[str, str]
    municipalities: Mapping[str, str]
    too_late: tuple[Facts, ...] = ()
    total: int | None = None

    @property
    def number(self) -> int:
        """How many changes there are, also where the list is a part of them."""
        return len(self.changes) if self.total is None else self.total

    def names(self, people: Iterable[str]) -> list[str]:
        """How these representatives are called, by name."""
        return sorted(self.people[person] for person in people)

    def towns(self, codes: Iterable[str]) -> list[str]:
        """How these municipalities are called, by name."""
        return sorted(self.municipalities[code] for code in codes)

    @property
    def told(self) -> frozenset[str]:
        """Every representative who is told of something."""
        return frozenset(person for each in self.changes for person in each.told)

    @property
    def told_municipalities(self) -> frozenset[str]:
        """Every municipality in whose calendar something changes."""
        return frozenset(each.told_municipality for each in self.changes if each.told_municipality)

    def urgent(self, at: datetime) -> tuple[MeetingChange, ...]:
        """The changes that come within 48 hours before their meeting."""
        return tuple(each for each in self.changes if each.is_urgent(at))


def draft_changes(
    session: Session, actor: Actor, plan_id: int, *, at: datetime | None = None
) -> ChangeList:
    """What publishing a draft would change; NotAllowed for who doesn't see all.

    At an instant: what has begun by then is left out. By default all that the draft says.
    """
    actor.must_see_all()
    before = facts_before(session, plan_id)
    if at is None:
        after = [*planned_facts(session, plan_id), *called_off(session, before)]
        return change_list(session, before, after)
    found = upcoming_changes(session, plan_id, before, at=at)
    made = change_list(session, before, (facts for facts, _ in found.made))
    return replace(made, too_late=found.too_late)


def publication_changes(
    session: Session, actor: Actor, number: int, *, part: slice = slice(None)
) -> ChangeList:
    """What a publication changed since the one before, as both said it then.

    With a part only those, of all by their start; `total` tells how many there are.
    """
    changed = published.changed_meetings(session, actor, number)
    among = changed[part]
    before = facts_at(session, number - 1, among=among)
    after = facts_at(session, number, among=among)
    return replace(change_list(session, before, after.values()), total=len(changed))


def change_list(
    session: Session, before: Mapping[str, Facts], after: Iterable[Facts]
) -> ChangeList:
    """The meetings that differ, with all names."""
    compared = ((before.get(each.meeting_id), each) for each in after)
    found = [
        MeetingChange(before=old, after=new, kinds=kinds)
        for old, new in compared
        if (kinds := changes(old, new))
    ]
    return ChangeList(
        changes=tuple(sorted(found, key=lambda each: (each.after.starts_at, each.after.uid))),
        people=dict(session.exec(select(Representative.id, Representative.label)).all()),
        organisations=dict(session.exec(select(Organisation.id, Organisation.name)).all()),
        municipalities={each.id: each.name for each in people.municipalities(session)},
    )
