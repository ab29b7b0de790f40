"""Sample mandates: small organisations let a large one speak for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from scheduler.db.tables import Mandate, MandateMunicipality
from scheduler.domain.terms import Level
from scheduler.flows.province.sample.ground import Ground

_AT_MUNICIPALITIES, _AT_THE_PROVINCE = 6, 6
_ON_SOME_TOPICS = 0.4
_STARTS_LATER, _ENDS_EARLIER = 0.3, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMandate:
    """A mandate with the municipalities in which it holds."""

    mandate: Mandate
    municipalities: tuple[MandateMunicipality, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Promise:
    giver: str
    holder: str
    municipality: str | None


def draw_mandates(ground: Ground) -> list[SampleMandate]:
    """The mandates, numbered from 1."""
    stream = ground.stream("mandates")
    promises = [
        *_some(_at_municipalities(ground), _AT_MUNICIPALITIES, stream),
        *_some(_at_the_province(ground), _AT_THE_PROVINCE, stream),
    ]
    return [
        _mandate(ground, promise, f"md-{number:02}", stream)
        for number, promise in enumerate(promises, start=1)
    ]


def _some(promises: Sequence[_Promise], number: int, stream: Random) -> list[_Promise]:
    return stream.sample(promises, min(number, len(promises)))


def _at_municipalities(ground: Ground) -> list[_Promise]:
    """The organisation with fewest dwellings could give one to the one with most."""
    promises = []
    for municipality in sorted(ground.municipalities):
        weights = ground.stakes.at(Level.MUNICIPALITY, municipality_id=municipality)
        ranked = sorted(weights, key=lambda each: (weights[each], each))
        if len(ranked) > 1:
            promises.append(_Promise(giver=ranked[0], holder=ranked[-1], municipality=municipality))
    return promises


def _at_the_province(ground: Ground) -> list[_Promise]:
    """Each organisation could give one to the largest of its region."""
    weights = ground.stakes.at(Level.PROVINCE)
    largest: dict[str, str] = {}
    for organisation in sorted(ground.organisations, key=lambda each: (weights[each.id], each.id)):
        largest[organisation.region_id] = organisation.id
    return [
        _Promise(giver=organisation.id, holder=largest[organisation.region_id], municipality=None)
        for organisation in ground.organisations
        if organisation.id != largest[organisation.region_id]
    ]


def _mandate(ground: Ground, promise: _Promise, identifier: str, stream: Random) -> SampleMandate:
    level = Level.PROVINCE if promise.municipality is None else Level.MUNICIPALITY
    later, earlier = stream.random() < _STARTS_LATER, stream.random() < _ENDS_EARLIER
    mandate = Mandate(
        id=identifier,
        giver_id=promise.giver,
        holder_id=promise.holder,
        everywhere=promise.municipality is None,
        topics=_topics(ground, level, stream),
        levels=[level.value],
        first_day=date(ground.year, 2, 1) if later else ground.first_day,
        last_day=date(ground.year, 10, 31) if earlier else ground.last_day,
        is_sample=True,
    )
    places = () if promise.municipality is None else (promise.municipality,)
    return SampleMandate(
        mandate=mandate,
        municipalities=tuple(
            MandateMunicipality(mandate_id=identifier, municipality_id=each) for each in places
        ),
    )


def _topics(ground: Ground, level: Level, stream: Random) -> list[str] | None:
    topics = {topic for _, kind in ground.tables if kind.level is level for topic in kind.topics}
    some = stream.sample(sorted(topics), min(2, len(topics)))
    return sorted(some) if stream.random() < _ON_SOME_TOPICS else None
