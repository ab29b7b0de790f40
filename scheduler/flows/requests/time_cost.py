"""What a time costs: how many of those concerned can come then, by the planner's own rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlmodel import Session

from scheduler.domain.terms import Mode
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.requests.requesting import Asker, Time
from scheduler.flows.requests.trial import Trial
from scheduler.policy import PlanningPolicy
from solver.problem import Span

_EVENING, _AFTERNOON = time(19, 30), time(16)
_MOST = 2
"""How many better times are offered."""


@dataclass(frozen=True, slots=True)
class Better:
    """Another time on the same day, or another way, at which more can come."""

    starts_at: datetime
    ends_at: datetime
    online: bool
    can: int


@dataclass(frozen=True, slots=True)
class Cost:
    """How many of those concerned can come at a time, and what would be better."""

    can: int
    of: int
    in_office_hours: bool
    better: tuple[Better, ...] = ()


def time_costs(
    session: Session,
    asker: Asker,
    times: Sequence[Time | None],
    *,
    organisations: Sequence[str],
    mode: Mode,
    policy: PlanningPolicy,
    at: datetime,
) -> tuple[Cost | None, ...]:
    """The cost of each time; None where there is none to reckon.

    Concerned are the representatives of these organisations and of those that hold their mandate.
    Somebody can come who is available, not busy, not due elsewhere by the published plan, within
    reach, and within the limits they set. Nobody is named, only counted.
    """
    spans = [_span(each) for each in times]
    known = [span for span in spans if span]
    if not known:
        return tuple(None for _ in times)
    trial = Trial.of(session, asker, organisations, known, policy=policy, at=at)
    return tuple(_cost(trial, span, mode) if span else None for span in spans)


def _span(each: Time | None) -> Span | None:
    if each is None or each.starts_at is None or each.ends_at is None:
        return None
    return Span(each.starts_at, each.ends_at)


def _cost(trial: Trial, span: Span, mode: Mode) -> Cost:
    """What this time costs; better ones only where somebody would gain."""
    turnout = trial.turnout(span, mode)
    better = (_better(trial, other, online, mode) for other, online in _others(span, mode))
    more = sorted((each for each in better if each.can > turnout.can), key=lambda each: -each.can)
    return Cost(turnout.can, turnout.of, turnout.in_office_hours, tuple(more[:_MOST]))


def _others(span: Span, mode: Mode) -> Iterator[tuple[Span, bool]]:
    """The same day in the evening, in the afternoon but online, and the same time online."""
    day, length = local(span.start).date(), span.end - span.start
    for clock, online in ((_EVENING, False), (_AFTERNOON, True)):
        starts = datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)
        yield Span(starts, starts + length), online
    if mode is Mode.IN_PERSON:
        yield span, True


def _better(trial: Trial, span: Span, online: bool, mode: Mode) -> Better:
    turnout = trial.turnout(span, Mode.ONLINE if online else mode)
    return Better(span.start, span.end, online=online, can=turnout.can)
