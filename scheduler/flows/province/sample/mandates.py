"""Sample mandates: small organisations let a large one speak for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from scheduler.db.tables import Mandate, MandateEvent, MandateMunicipality
from scheduler.domain.terms import Level, MandateAct, MandatePower, MandateState, Role
from scheduler.flows.province.sample.ground import Ground
from scheduler.flows.province.stakes import Stakes

_AT_MUNICIPALITIES, _AT_THE_PROVINCE = 6, 6
_ON_SOME_TOPICS = 0.4
_POWERS = (MandatePower.DECIDES, MandatePower.ADVISES, MandatePower.PASSES_ON)
_LIMITS = ("", "Eerst vragen bij huurverhoging", "Niet over de verdeling van woningen", "")
_STARTS_LATER, _ENDS_EARLIER = 0.3, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMandate:
    """A mandate with the municipalities in which it holds, and how it came about."""

    mandate: Mandate
    municipalities: tuple[MandateMunicipality, ...]
    events: tuple[MandateEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Who could speak for whom; without a municipality at the province."""

    giver: str
    holder: str
    municipality: str | None


def draw_mandates(ground: Ground, *, since: date | None = None) -> list[SampleMandate]:
    """The mandates, numbered from 1; those of the whole year hold from `since` on, if earlier."""
    stream = ground.stream("mandates")
    promises = [
        *_some(at_municipalities(ground.stakes), _AT_MUNICIPALITIES, stream),
        *_some(_at_the_province(ground), _AT_THE_PROVINCE, stream),
    ]
    return [
        _since(_mandate(ground, promise, f"md-{number:02}", stream), ground, since)
        for number, promise in enumerate(promises, start=1)
    ]


def _since(each: SampleMandate, ground: Ground, since: date | None) -> SampleMandate:
    row = each.mandate
    if since is not None and row.first_day == ground.first_day:
        row.first_day = min(since, row.first_day)
    return each


def with_history(each: SampleMandate, at: datetime) -> SampleMandate:
    """The same, with what is told of how it came about."""
    acts = [MandateAct.PROPOSED]
    if each.mandate.state is MandateState.AGREED:
        acts.append(MandateAct.RECORDED)
    events = (
        MandateEvent(
            mandate_id=each.mandate.id,
            at=at,
            act=act,
            role=Role.COORDINATOR,
            from_day=each.mandate.first_day,
        )
        for act in acts
    )
    return replace(each, events=tuple(events))


def _some(promises: Sequence[Promise], number: int, stream: Random) -> list[Promise]:
    return stream.sample(promises, min(number, len(promises)))


def at_municipalities(stakes: Stakes) -> list[Promise]:
    """The organisation with fewest dwellings could give one to the one with most."""
    promises = []
    for municipality in sorted({each.municipality_id for each in stakes.stakes}):
        weights = stakes.at(Level.MUNICIPALITY, municipality_id=municipality)
        ranked = sorted(weights, key=lambda each: (weights[each], each))
        if len(ranked) > 1:
            promises.append(Promise(giver=ranked[0], holder=ranked[-1], municipality=municipality))
    return promises


def _at_the_province(ground: Ground) -> list[Promise]:
    """Each organisation could give one to the largest of its region."""
    weights = ground.stakes.at(Level.PROVINCE)
    largest: dict[str, str] = {}
    for organisation in sorted(ground.organisations, key=lambda each: (weights[each.id], each.id)):
        largest[organisation.region_id] = organisation.id
    return [
        Promise(giver=organisation.id, holder=largest[organisation.region_id], municipality=None)
        for organisation in ground.organisations
        if organisation.id != largest[organisation.region_id]
    ]


def _mandate(ground: Ground, promise: Promise, identifier: str, stream: Random) -> SampleMandate:
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
        power=_POWERS[int(identifier.removeprefix("md-")) % len(_POWERS)],
        limits=_LIMITS[int(identifier.removeprefix("md-")) % len(_LIMITS)],
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
