"""Sample representatives: how many each organisation has, and what each of them is like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from scheduler.db.tables import (
    Expertise,
    Organisation,
    Representative,
    Row,
    TableWish,
)
from scheduler.domain.terms import Bond, Experience
from scheduler.flows.province.sample.ground import Ground
from scheduler.flows.province.sample.time_off import availability, busy

_PEOPLE = 50
_FEWEST = 1
_LARGE = 0.1  # an organisation with this share of all capacity employs somebody
_NEW, _HAS_A_JOB, _ONLINE, _SHOWS_LABEL = 0.22, 0.5, 0.75, 0.5
_HALF_HOUR = 30
_OVER_CAPACITY = 1.1  # people together are willing to do a little more than their organisation
_TOPICS = ((0, 1, 2, 3), (20, 36, 29, 15))
_PREFERS, _AVOIDS = 0.85, ((0, 1, 2), (40, 45, 15))


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """A representative with everything that hangs on one."""

    representative: Representative
    details: tuple[Row, ...]


def draw_people(ground: Ground) -> list[SamplePerson]:
    """The representatives of all organisations, numbered from 1."""
    seats = [
        (organisation, seat, size)
        for organisation, size in zip(ground.organisations, _sizes(ground), strict=True)
        for seat in range(size)
    ]
    traits = {
        organisation.id: _traits(ground, organisation, size)
        for organisation, seat, size in seats
        if seat == 0
    }
    people = [
        _person(ground, organisation, traits[organisation.id][seat], number)
        for number, (organisation, seat, _) in enumerate(seats, start=1)
    ]
    _begin([each.representative for each in people], ground.year)
    return people


def _begin(people: Sequence[Representative], year: int) -> None:
    """One who is new begins with a trial, accompanied; another helps with one topic for a while."""
    new = [each for each in people if each.experience is Experience.NEW]
    for tried in new[:1]:
        same = (each for each in people if each.organisation_id == tried.organisation_id)
        tried.companion_id = next((e.id for e in same if e not in new), None)
        tried.trial_first_day, tried.trial_last_day = date(year, 1, 1), date(year, 3, 31)
    for helper in new[-1:]:
        helper.first_day, helper.last_day = date(year, 4, 1), date(year, 9, 30)
        helper.only_topics = ["woonvisie"]


def _sizes(ground: Ground) -> list[int]:
    """How many people each organisation has: by capacity, largest remainders first."""
    capacities = [each.capacity_minutes_per_year for each in ground.organisations]
    shares = [_PEOPLE * capacity / sum(capacities) for capacity in capacities]
    sizes = [max(_FEWEST, int(share)) for share in shares]
    remainders = sorted(range(len(shares)), key=lambda at: (int(shares[at]) - shares[at], at))
    for at in remainders[: max(0, _PEOPLE - sum(sizes))]:
        sizes[at] += 1
    return sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traits:
    """What somebody is like among the people of the same organisation."""

    bond: Bond
    experience: Experience
    target: int


def _traits(ground: Ground, organisation: Organisation, size: int) -> list[_Traits]:
    """The first one is experienced, and in a large organisation employed by it."""
    stream = ground.stream("organisation", organisation.id)
    capacity = organisation.capacity_minutes_per_year
    large = capacity >= _LARGE * sum(
        each.capacity_minutes_per_year for each in ground.organisations
    )
    new = [seat > 0 and stream.random() < _NEW for seat in range(size)]
    weights = [1 if each else stream.randint(3, 6) for each in new]
    weights[0] = 8 if large else 6
    return [
        _Traits(
            bond=Bond.PROFESSIONAL if large and seat == 0 else Bond.VOLUNTEER,
            experience=Experience.NEW if new[seat] else Experience.EXPERIENCED,
            target=_rounded(_OVER_CAPACITY * capacity * weights[seat] / sum(weights)),
        )
        for seat in range(size)
    ]


def _rounded(minutes: float) -> int:
    return max(_HALF_HOUR, round(minutes / _HALF_HOUR) * _HALF_HOUR)


def _person(
    ground: Ground, organisation: Organisation, traits: _Traits, number: int
) -> SamplePerson:
    identifier = f"r-{number:03}"
    stream = ground.stream("person", identifier)
    paid_job = traits.bond is Bond.VOLUNTEER and stream.random() < _HAS_A_JOB
    windows = availability(identifier, traits.bond, stream, paid_job=paid_job)
    representative = Representative(
        id=identifier,
        organisation_id=organisation.id,
        label=f"Afgevaardigde {number}",
        shows_label=stream.random() < _SHOWS_LABEL,
        home_id=_home(ground, organisation, stream),
        bond=traits.bond,
        experience=traits.experience,
        paid_job=paid_job,
        online=stream.random() < _ONLINE,
        target_minutes_per_year=traits.target,
        always_available=windows is None,
        is_sample=True,
        **_limits(traits.bond, stream, paid_job=paid_job),
    )
    return SamplePerson(
        representative=representative,
        details=(
            *_expertise(ground, identifier, traits, stream),
            *(windows or ()),
            *busy(ground, identifier),
            *_wishes(ground, organisation, identifier, stream),
        ),
    )


def _home(ground: Ground, organisation: Organisation, stream: Random) -> str:
    """A town hall's place in a municipality where the organisation has dwellings."""
    dwellings = ground.stakes.of(organisation.id) or dict.fromkeys(ground.municipalities, 1)
    (municipality,) = stream.choices(list(dwellings), list(dwellings.values()))
    return ground.municipalities[municipality].place_id


def _limits(bond: Bond, stream: Random, *, paid_job: bool) -> dict[str, Any]:
    if bond is Bond.PROFESSIONAL:
        return {"max_minutes_per_week": 1200, "max_meetings_per_week": 4}
    return {
        "max_minutes_per_week": stream.choice((None, 480, 600, 600, 720, 900)),
        "max_meetings_per_week": stream.choice((1, 1, 2, 2, 3)),
        "max_meetings_per_month": stream.choice((2, 3, 3, 4, 6)),
        "max_office_hours_meetings_per_week": 1 if paid_job else stream.choice((None, 2)),
        "max_office_hours_meetings_per_month": stream.choice((1, 2)) if paid_job else None,
        "max_travel_minutes": stream.choice((None, 30, 45, 45, 60)),
    }


def _expertise(
    ground: Ground, identifier: str, traits: _Traits, stream: Random
) -> Sequence[Expertise]:
    topics = sorted({topic for _, kind in ground.tables for topic in kind.expertise})
    (number,) = stream.choices(*_TOPICS)
    if traits.experience is Experience.NEW:
        number = min(number, 1)
    if traits.bond is Bond.PROFESSIONAL:
        number = 3
    chosen = stream.sample(topics, min(number, len(topics)))
    return [Expertise(representative_id=identifier, topic=topic) for topic in sorted(chosen)]


def _wishes(
    ground: Ground, organisation: Organisation, identifier: str, stream: Random
) -> Sequence[TableWish]:
    """At most one table that is liked and two that aren't, where the organisation is heard."""
    own = [table.id for table, _ in ground.tables if organisation.id in ground.interests(table)]
    (avoided,) = stream.choices(*_AVOIDS)
    liked = int(stream.random() < _PREFERS)
    chosen = stream.sample(own, min(liked + avoided, len(own)))
    return [
        TableWish(representative_id=identifier, table_id=table, prefers=position < liked)
        for position, table in enumerate(chosen)
    ]
