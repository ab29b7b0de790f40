"""What can be lacking at a meeting (the first four tiers of the rule book)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from solver.explain.changes import Change
from solver.explain.words import named
from solver.problem import PlannedMeeting, Problem, Tier
from solver.sentence import Sentence


class GapKind(StrEnum):
    """What is lacking."""

    SEATS = "seats"
    VOICE = "voice"
    EXPERTISE = "expertise"
    DEPUTY = "deputy"

    @property
    def tier(self) -> Tier:
        """The tier that it costs."""
        return _TIERS[self]


_TIERS = {
    GapKind.SEATS: Tier.PRESENCE,
    GapKind.VOICE: Tier.VOICE,
    GapKind.EXPERTISE: Tier.EXPERTISE,
    GapKind.DEPUTY: Tier.DEPUTY,
}
_SEAT = Sentence("Er is één plaats leeg.", "One seat is empty.")
_SEATS = Sentence("Er zijn {missing} plaatsen leeg.", "{missing} seats are empty.")
_VOICE = Sentence("{organisation} wordt niet gehoord.", "{organisation} is not heard.")
_EXPERTISE = Sentence("Niemand is deskundig in {expertise}.", "Nobody is expert in {expertise}.")
_DEPUTY = Sentence("Er is geen vervanger.", "There is no deputy.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that a meeting lacks.

    `missing` counts the seats below the least that should be taken, and is 1 for anything else.
    `organisation` is who isn't heard, `expertise` what nobody there has.
    """

    kind: GapKind
    meeting: str
    missing: int
    sentence: Sentence
    organisation: str | None = None
    expertise: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A smallest set of changes that closes a gap.

    Without changes it closes by planning alone: the plan isn't the best yet. `people` are those who
    could come then, where it takes somebody more; `fact` says what the data lack, where they do.

    `verified` is true only once the changes were made in a copy of the problem that was solved
    again, the judge found the answer valid and the gap closed, and none of the changes could be
    left out; false says that nobody looked.
    """

    changes: tuple[Change, ...]
    sentence: Sentence
    people: tuple[str, ...] = ()
    fact: Sentence | None = None
    verified: bool = False


def gaps_of(problem: Problem, planned: PlannedMeeting) -> Iterator[Gap]:
    """Everything that a meeting lacks, in the rule book's order."""
    meeting = problem.meetings[planned.meeting]
    empty = meeting.seats.min - len(planned.attendees)
    if empty > 0:
        sentence = _SEAT if empty == 1 else _SEATS.filled(missing=empty)
        yield Gap(kind=GapKind.SEATS, meeting=meeting.id, missing=empty, sentence=sentence)
    for name in meeting.interested:
        if name not in planned.voices:
            yield Gap(
                kind=GapKind.VOICE,
                meeting=meeting.id,
                missing=1,
                sentence=_VOICE.filled(organisation=problem.organisations[name].name),
                organisation=name,
            )
    for code in sorted(meeting.expertise - _present(problem, planned)):
        yield Gap(
            kind=GapKind.EXPERTISE,
            meeting=meeting.id,
            missing=1,
            sentence=_EXPERTISE.filled(expertise=named(code)),
            expertise=code,
        )
    if meeting.deputy and planned.deputy is None:
        yield Gap(kind=GapKind.DEPUTY, meeting=meeting.id, missing=1, sentence=_DEPUTY)


def is_closed(problem: Problem, planned: PlannedMeeting, gap: Gap) -> bool:
    """Whether a meeting, planned like this, no longer has the gap."""
    if gap.kind is GapKind.SEATS:
        return len(planned.attendees) >= problem.meetings[gap.meeting].seats.min
    if gap.kind is GapKind.VOICE:
        return gap.organisation in planned.voices
    if gap.kind is GapKind.EXPERTISE:
        return gap.expertise in _present(problem, planned)
    return planned.deputy is not None


def _present(problem: Problem, planned: PlannedMeeting) -> frozenset[str]:
    people = problem.representatives
    return frozenset[str]().union(*(people[name].expertise for name in planned.attendees))
