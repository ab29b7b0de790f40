"""Which mandates are in force for a meeting on a day, and who stands there by them (section 3)."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from solver.problem import Level, Mandate, Meeting


class About(Protocol):
    """What of a meeting decides whether a mandate counts there."""

    @property
    def municipality(self) -> str | None:
        """Where it is; None where it isn't one municipality's."""

    @property
    def topics(self) -> frozenset[str]:
        """What it is about."""

    @property
    def level(self) -> Level:
        """At whose table it is."""


class MandateBook:
    """Who may speak for whom. Mandates don't chain, so pairs of (giver, holder) say it all."""

    def __init__(self, mandates: tuple[Mandate, ...]) -> None:
        self._by_giver: dict[str, list[Mandate]] = {}
        for mandate in mandates:
            self._by_giver.setdefault(mandate.giver, []).append(mandate)
        self._holders: dict[tuple[str, str, date], frozenset[str]] = {}
        self._standing: dict[tuple[str, date], frozenset[str]] = {}

    def holders(self, giver: str, meeting: Meeting, day: date) -> frozenset[str]:
        """Organisations that hold a mandate of `giver` in force for a meeting on a local day."""
        if giver not in self._by_giver:
            return frozenset()
        key = (giver, meeting.id, day)
        found = self._holders.get(key)
        if found is None:
            matching = (m for m in self._by_giver[giver] if in_force(m, meeting, day))
            found = self._holders[key] = frozenset(mandate.holder for mandate in matching)
        return found

    def speakers(self, meeting: Meeting, day: date) -> Mapping[str, frozenset[str]]:
        """For each interested organisation, the others that may speak for it there and then."""
        return {giver: self.holders(giver, meeting, day) for giver in meeting.interested}

    def standing(self, meeting: Meeting, day: date) -> frozenset[str]:
        """Organisations that may send somebody: the interested ones and their mandate holders."""
        key = (meeting.id, day)
        found = self._standing.get(key)
        if found is None:
            holders = (self.holders(giver, meeting, day) for giver in meeting.interested)
            found = self._standing[key] = frozenset(meeting.interested).union(*holders)
        return found


def in_force(mandate: Mandate, meeting: About, day: date) -> bool:
    """Whether a mandate counts for a meeting that starts on a local day."""
    return (
        mandate.first_day <= day <= mandate.last_day
        and (mandate.municipalities is None or meeting.municipality in mandate.municipalities)
        and (mandate.topics is None or not mandate.topics.isdisjoint(meeting.topics))
        and (mandate.levels is None or meeting.level in mandate.levels)
    )
