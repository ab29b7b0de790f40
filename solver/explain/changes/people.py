"""What could be otherwise about a representative."""

from dataclasses import dataclass, replace
from datetime import datetime

from solver.derive.clock import minutes_of
from solver.explain.changes.change import unused, with_limits, with_person
from solver.explain.words import named
from solver.problem import Experience, Limits, Problem, Representative, Span, Window
from solver.rules.limits import OVER_TIME, Period
from solver.sentence import Sentence, minutes, moment

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BeAvailable:
    """Somebody can be asked, every week, at the local time of a span."""

    representative: str
    span: Span

    def applied(self, problem: Problem) -> Problem:
        """Add a weekly window; where the span goes over midnight only always will do."""
        person = problem.representatives[self.representative]
        start = self.span.start.astimezone(problem.timezone)
        end = start.hour * 60 + start.minute + _length(self.span)
        if end > _DAY_MINUTES:
            return with_person(problem, replace(person, availability=None))
        window = Window(
            weekdays=frozenset({start.isoweekday()}),
            start=start.hour * 60 + start.minute,
            end=end,
        )
        windows = (*(person.availability or ()), window)
        return with_person(problem, replace(person, availability=windows))

    def sentence(self, problem: Problem) -> Sentence:
        """When they would be available."""
        return Sentence(
            "{name} is beschikbaar op {start} tot {end}.",
            "{name} is available on {start} to {end}.",
        ).filled(
            name=problem.representatives[self.representative].name,
            start=moment(self.span.start.astimezone(problem.timezone)),
            end=f"{self.span.end.astimezone(problem.timezone):%H:%M}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """An appointment of somebody's falls away; UTC minutes."""

    representative: str
    start: int
    end: int

    def applied(self, problem: Problem) -> Problem:
        """Leave the busy time out."""
        person = problem.representatives[self.representative]
        busy = tuple(
            span
            for span in person.busy
            if (minutes_of(span.start), minutes_of(span.end)) != (self.start, self.end)
        )
        return with_person(problem, replace(person, busy=busy))

    def sentence(self, problem: Problem) -> Sentence:
        """Which appointment it is."""
        return Sentence(
            "{name} heeft de afspraak van {start} niet meer.",
            "{name} no longer has the appointment of {start}.",
        ).filled(
            name=problem.representatives[self.representative].name,
            start=moment(_local(problem, self.representative, self.start)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelFarther:
    """Somebody travels up to so many minutes one way."""

    representative: str
    minutes: int

    def applied(self, problem: Problem) -> Problem:
        """Raise the longest trip."""
        limits = problem.representatives[self.representative].limits
        return with_limits(
            problem, self.representative, replace(limits, travel_minutes=self.minutes)
        )

    def sentence(self, problem: Problem) -> Sentence:
        """How far they would travel."""
        return Sentence(
            "{name} reist tot {far} enkele reis.", "{name} travels up to {far} one way."
        ).filled(name=problem.representatives[self.representative].name, far=minutes(self.minutes))


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseLimit:
    """One of somebody's limits is so much, for the sake of one week or month.

    `limit` is a field of `solver.problem.Limits`, `period` (year, ISO week) or (year, month).
    """

    representative: str
    limit: str
    amount: int
    period: Period

    def applied(self, problem: Problem) -> Problem:
        """Raise the limit."""
        limits: Limits = problem.representatives[self.representative].limits
        raised = replace(limits, **{self.limit: self.amount})
        return with_limits(problem, self.representative, raised)

    def sentence(self, problem: Problem) -> Sentence:
        """What they would take on, in which week or month."""
        person = problem.representatives[self.representative]
        limit = next(limit for limit in OVER_TIME if limit.name == self.limit)
        return Sentence(
            "{name} neemt {counted} op zich in {when}, in plaats van hoogstens {before}.",
            "{name} takes on {counted} in {when}, instead of at most {before}.",
        ).filled(
            name=person.name,
            counted=limit.counted(self.amount),
            when=limit.called(*self.period),
            before=limit.most(person.limits) or 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOnline:
    """Somebody can take part online."""

    representative: str

    def applied(self, problem: Problem) -> Problem:
        """Say so of them."""
        person = problem.representatives[self.representative]
        return with_person(problem, replace(person, online=True))

    def sentence(self, problem: Problem) -> Sentence:
        """Who could."""
        return Sentence("{name} kan online deelnemen.", "{name} can attend online.").filled(
            name=problem.representatives[self.representative].name
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftBan:
    """A coordinator no longer rules somebody out at a meeting."""

    meeting: str
    representative: str

    def applied(self, problem: Problem) -> Problem:
        """Leave out every ban that keeps them from this meeting."""
        bans = tuple(
            ban
            for ban in problem.bans
            if ban.representative != self.representative or ban.meeting not in {None, self.meeting}
        )
        return replace(problem, bans=bans)

    def sentence(self, problem: Problem) -> Sentence:
        """Who may come again."""
        return Sentence(
            "De coördinator sluit {name} niet meer uit.",
            "The coordinator no longer rules out {name}.",
        ).filled(name=problem.representatives[self.representative].name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learn:
    """Somebody has an expertise."""

    representative: str
    expertise: str

    def applied(self, problem: Problem) -> Problem:
        """Add it to what they have."""
        person = problem.representatives[self.representative]
        return with_person(problem, replace(person, expertise=person.expertise | {self.expertise}))

    def sentence(self, problem: Problem) -> Sentence:
        """Who learns what."""
        return Sentence(
            "{name} wordt deskundig in {expertise}.", "{name} becomes expert in {expertise}."
        ).filled(
            name=problem.representatives[self.representative].name,
            expertise=named(self.expertise),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRepresentative:
    """An organisation finds somebody more, who can come to a meeting in any of its slots."""

    organisation: str
    meeting: str

    def applied(self, problem: Problem) -> Problem:
        """Add an experienced person who is always free, lives nearby and has what is asked."""
        meeting = problem.meetings[self.meeting]
        name = unused(f"new-{self.organisation}", problem.representatives)
        person = Representative(
            id=name,
            organisation=self.organisation,
            name=name,
            home=meeting.place or next(iter(problem.places), ""),
            experience=Experience.EXPERIENCED,
            expertise=meeting.expertise,
            paid_job=False,
            online=True,
            target_minutes=problem.organisations[self.organisation].capacity_minutes,
        )
        return with_person(problem, person)

    def sentence(self, problem: Problem) -> Sentence:
        """Which organisation finds somebody."""
        return Sentence(
            "{organisation} vindt iemand erbij die dan kan.",
            "{organisation} finds somebody more who can come then.",
        ).filled(organisation=problem.organisations[self.organisation].name)


def _length(span: Span) -> int:
    return minutes_of(span.end) - minutes_of(span.start)


def _local(problem: Problem, representative: str, start: int) -> datetime:
    spans = problem.representatives[representative].busy
    found = next(span for span in spans if minutes_of(span.start) == start)
    return found.start.astimezone(problem.timezone)
