"""What could be otherwise about a meeting."""

from dataclasses import dataclass, replace

from solver.explain.changes.change import with_meeting
from solver.problem import Mode, Problem, Seats, Span
from solver.sentence import Sentence, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTime:
    """A meeting could also be held at another time."""

    meeting: str
    span: Span

    def applied(self, problem: Problem) -> Problem:
        """Offer one slot more, after the others."""
        meeting = problem.meetings[self.meeting]
        return with_meeting(problem, replace(meeting, slots=(*meeting.slots, self.span)))

    def sentence(self, problem: Problem) -> Sentence:
        """When it would be."""
        return Sentence(
            "{title} is op {start} tot {end}.", "{title} is on {start} to {end}."
        ).filled(
            title=problem.meetings[self.meeting].title,
            start=moment(self.span.start.astimezone(problem.timezone)),
            end=f"{self.span.end.astimezone(problem.timezone):%H:%M}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOnline:
    """A meeting is held online."""

    meeting: str

    def applied(self, problem: Problem) -> Problem:
        """Nobody travels to it."""
        return with_meeting(problem, replace(problem.meetings[self.meeting], mode=Mode.ONLINE))

    def sentence(self, problem: Problem) -> Sentence:
        """That it is online."""
        return Sentence("{title} is online.", "{title} is online.").filled(
            title=problem.meetings[self.meeting].title
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSeat:
    """A meeting has room for one attendee more."""

    meeting: str

    def applied(self, problem: Problem) -> Problem:
        """Raise the most that may come; how many should come stays."""
        meeting = problem.meetings[self.meeting]
        seats = Seats(meeting.seats.min, meeting.seats.max + 1)
        return with_meeting(problem, replace(meeting, seats=seats))

    def sentence(self, problem: Problem) -> Sentence:
        """That there is room."""
        return Sentence("{title} heeft één plaats meer.", "{title} has one more seat.").filled(
            title=problem.meetings[self.meeting].title
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddInterest:
    """An organisation has an interest in a meeting."""

    meeting: str
    organisation: str

    def applied(self, problem: Problem) -> Problem:
        """Add the lightest interest there is."""
        meeting = problem.meetings[self.meeting]
        interested = {**meeting.interested, self.organisation: 1}
        return with_meeting(problem, replace(meeting, interested=interested))

    def sentence(self, problem: Problem) -> Sentence:
        """Who has an interest."""
        return Sentence(
            "{organisation} krijgt een belang bij {title}.",
            "{organisation} is given an interest in {title}.",
        ).filled(
            organisation=problem.organisations[self.organisation].name,
            title=problem.meetings[self.meeting].title,
        )
