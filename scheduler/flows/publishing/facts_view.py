"""Facts of a meeting in the shape in which published ones are shown, before they are published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlmodel import Session, select

from scheduler.db.tables import Corporation, Municipality, Organisation, Representative
from scheduler.db.views import Attendance, MeetingView, Named, VoiceHeard
from scheduler.domain.terms import MeetingState, Part
from scheduler.flows.publishing.facts import FROZEN, Facts, Hearing, Presence

_BY_NAME = frozenset(FROZEN) - {"meeting_id", "municipality_id", "corporation_id", "place_id"}


@dataclass(frozen=True, slots=True)
class FactsReader:
    """Reads names once, for many meetings."""

    municipalities: Mapping[str, Named]
    corporations: Mapping[str, Named]
    organisations: Mapping[str, Named]
    people: Mapping[str, Representative]

    @classmethod
    def of(cls, session: Session) -> Self:
        """With the names as they are now."""
        return cls(
            municipalities=_named(session.exec(select(Municipality.id, Municipality.name))),
            corporations=_named(session.exec(select(Corporation.id, Corporation.name))),
            organisations=_named(session.exec(select(Organisation.id, Organisation.name))),
            people={row.id: row for row in session.exec(select(Representative))},
        )

    def view(self, facts: Facts, *, revision: int, at: datetime) -> MeetingView:
        """The meeting as it would be published at an instant, as its next revision."""
        people = [self._attendance(each) for each in facts.people]
        people.sort(key=lambda each: (each.label, each.representative_id))
        values = {name: getattr(facts, name) for name in _BY_NAME}
        on = facts.state is MeetingState.PLANNED
        return MeetingView(
            **{**values, "deputy_wanted": facts.deputy_wanted and on},
            id=facts.meeting_id,
            revision=revision,
            revised_at=at,
            municipality=self.municipalities.get(facts.municipality_id or ""),
            corporation=self.corporations.get(facts.corporation_id or ""),
            attendees=tuple(each for each in people if each.part is Part.ATTENDEE),
            deputy=next((each for each in people if each.part is Part.DEPUTY), None),
            shadows=tuple(each for each in people if each.part is Part.SHADOW),
            voices=self._voices(facts.voices),
        )

    def _attendance(self, presence: Presence) -> Attendance:
        person = self.people[presence.representative_id]
        return Attendance(
            representative_id=person.id,
            label=person.label,
            label_is_public=person.shows_label,
            organisation=self.organisations[presence.organisation_id],
            part=presence.part,
            online=presence.online,
        )

    def _voices(self, voices: Iterable[Hearing]) -> tuple[VoiceHeard, ...]:
        ordered = sorted(voices, key=lambda each: (-each.weight, each.organisation_id))
        return tuple(
            VoiceHeard(
                organisation=self.organisations[each.organisation_id],
                speaker=self.organisations[each.speaker_id] if each.speaker_id else None,
                weight=each.weight,
            )
            for each in ordered
        )


def _named(rows: Iterable[tuple[str, str]]) -> dict[str, Named]:
    return {identifier: Named(identifier, name) for identifier, name in rows}
