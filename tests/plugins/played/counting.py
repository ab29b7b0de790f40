"""A second count of a vote: who may vote for whom, how heavily, and what the rule makes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sqlmodel import Session, select

from played.record import Held
from played.register import Register
from scheduler.db import tables

ORGANISATIONS, DWELLINGS = "organisations", "dwellings"
_NUMBER = r'data-label="[^"]*">([0-9.\s]+) \(([0-9]+)%\)</td>'
_ROW = r'<th scope="row" role="rowheader">{name}</th><td[^>]*' + _NUMBER + "<td[^>]*" + _NUMBER


class Parts(NamedTuple):
    """Weight for, against, abstained, and of who wasn't there."""

    for_: int = 0
    against: int = 0
    abstain: int = 0
    absent: int = 0


@dataclass(slots=True, kw_only=True)
class Poll:
    """One vote as the play knows it: the rules, who casts for whom, and what was cast.

    `weights` are votes and dwellings by organisation (None: unknown), `casters` who casts and by
    which mandate; `said` is a word of the form, or the parts of a split in the table's measure.
    """

    rule: str
    measure: str
    quorum: int
    casters: Mapping[str, tuple[str, str]]
    weights: Mapping[str, tuple[int, int | None]]
    said: dict[str, str | Parts] = field(default_factory=dict)
    other: Parts | None = None

    def count(self, measure: str) -> Parts:
        """All weight by what was said."""
        found = [self._parts(name, measure) for name in self.weights]
        return Parts(*map(sum, zip(*found, strict=True)))

    def _parts(self, name: str, measure: str) -> Parts:
        votes, dwellings = self.weights[name]
        weight = votes if measure == ORGANISATIONS else dwellings or 0
        said = self.said.get(name, "afwezig")
        if isinstance(said, Parts):
            return said if measure == self.measure else _scaled(said, weight)
        place = ("voor", "tegen", "onthouding", "afwezig").index(said)
        return Parts(*(weight if at == place else 0 for at in range(4)))

    @property
    def taking_part(self) -> int:
        """How many organisations voted, abstentions included."""
        return sum(said != "afwezig" for said in self.said.values())

    @property
    def needed(self) -> int:
        """How many have to."""
        return -(-len(self.weights) * self.quorum // 100)

    def passes(self) -> bool | None:
        """Whether the proposal is passed; None: it can't be said yet."""
        if self.taking_part < self.needed:
            return False
        by_number, by_weight = self.count(ORGANISATIONS), self.count(DWELLINGS)
        own = by_number if self.measure == ORGANISATIONS else by_weight
        if self.rule == "tenants_half":
            return self._half(own) if sum(own) else None
        if self.rule == "unanimous":
            both = (by_number, own)
            return any(each.for_ for each in both) and not any(each.against for each in both)
        counted = {
            "organisations": (by_number,),
            "dwellings": (by_weight,),
            "both": (by_number, by_weight),
        }[self.rule]
        return all(each.for_ > each.against for each in counted) if sum(counted[-1]) else None

    def _half(self, own: Parts) -> bool | None:
        if self.other is None:
            # Tenants have half: without the others' word it is open unless all of them hold back.
            return None if own.for_ else False
        whole, others = sum(own), sum(self.other)
        in_favour = own.for_ * others + self.other.for_ * whole
        return in_favour > own.against * others + self.other.against * whole


def _scaled(said: Parts, weight: int) -> Parts:
    """A split over another weight: what no part has the better claim to is an abstention."""
    claims = [Fraction(part * weight, sum(said)) for part in said]
    whole = [int(claim) for claim in claims]
    rests = [claim - part for claim, part in zip(claims, whole, strict=True)]
    left = weight - sum(whole)
    best = [rest > 0 and sum(each >= rest for each in rests) <= left for rest in rests]
    for_, against, abstain, _ = (part + more for part, more in zip(whole, best, strict=True))
    return Parts(for_, against, abstain + weight - for_ - against - abstain)


def poll(session: Session, register: Register, meeting: Held, day: date) -> Poll:
    """What a vote that opens at a meeting on a day must look like."""
    table = session.get_one(tables.Table, meeting.table)
    voters = [name for name in meeting.voices if not register.stays_out(name, meeting)]
    casters = {name: _caster(register, meeting, name, day) for name in voters}
    by_dwellings = table.weight_rule != "equal"
    return Poll(
        rule=table.decision_rule.value,
        measure=DWELLINGS if by_dwellings else ORGANISATIONS,
        quorum=table.quorum_percent,
        casters=casters,
        weights={
            name: (table.votes_each, _dwellings(session, meeting, name, table.weight_rule.value))
            for name in voters
        },
    )


def _caster(register: Register, meeting: Held, name: str, day: date) -> tuple[str, str]:
    by = [] if name in meeting.there else register.votes_by(name, meeting, day)
    return (by[0].holder, by[0].id) if by else (name, "")


def _dwellings(session: Session, meeting: Held, name: str, rule: str) -> int | None:
    rows = [
        row.number
        for row in session.exec(select(tables.Dwellings))
        if row.organisation_id == name
        and (meeting.level != "municipality" or row.municipality_id == meeting.town)
        and (meeting.level != "corporation" or row.corporation_id == meeting.corporation)
    ]
    known = [number for number in rows if number is not None]
    if rule == "dwellings_or_default":
        fallback = session.exec(select(tables.Province)).one().default_dwellings
        return sum(known) + fallback * (len(rows) - len(known) if rows else 1)
    unknown = len(known) < len(rows) or not rows
    return None if unknown and not sum(known) else sum(known)


def shown(page: str) -> dict[str, tuple[Parts, list[int]]]:
    """The counts on a vote's page, in both measures, each with its percentages."""
    rows = [
        re.search(_ROW.format(name=name), page)
        for name in ("Voor", "Tegen", "Onthouding", "Niet aanwezig")
    ]
    assert all(rows), "the page shows no count"
    found = [row.groups() for row in rows if row]
    return {
        measure: (
            Parts(*(int(re.sub(r"\D", "", row[2 * at])) for row in found)),
            [int(row[2 * at + 1]) for row in found],
        )
        for at, measure in enumerate((ORGANISATIONS, DWELLINGS))
    }
