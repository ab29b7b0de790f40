"""What an opening is told like: the changes, and what is so then."""

from collections.abc import Sequence
from dataclasses import dataclass

from solver.explain.changes import Change, told
from solver.explain.gaps.gap import Gap, GapKind, Opening
from solver.explain.words import listed
from solver.problem import Problem
from solver.sentence import Sentence

_FILLED = Sentence("Dan kan {names}.", "Then {names} can.")
_FILLED_MORE = Sentence("Dan kunnen {names}.", "Then {names} can.")
_HEARD = Sentence("Dan is {organisation} gehoord.", "Then {organisation} is heard.")
_EXPERT = Sentence("Dan is die deskundigheid er.", "Then that expertise is there.")
_STANDS_BY = Sentence("Dan kan {names} vervanger zijn.", "Then {names} can stand by.")
_DONE = Sentence("Dan is het gat dicht.", "Then the gap is closed.")
_ALREADY = Sentence(
    "Dat kan nu al: het rooster is nog niet het best mogelijke.",
    "That can be now already: the plan isn't the best possible yet.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """Changes that would close a gap, not in words yet.

    `people` are those who could come then; `fact` says why it takes other data, where it does.
    """

    changes: tuple[Change, ...]
    people: tuple[str, ...] = ()
    fact: Sentence | None = None


def opening(problem: Problem, gap: Gap, found: Found) -> Opening:
    """An opening in words: why it takes the data where that is so, the changes, who can then."""
    names = [problem.representatives[name].name for name in found.people]
    closed = _closed(problem, gap, names)
    sentence = told(problem, found.changes) + closed if found.changes else closed + _ALREADY
    return Opening(
        changes=found.changes,
        sentence=sentence if found.fact is None else found.fact + sentence,
        people=found.people,
        fact=found.fact,
    )


def _closed(problem: Problem, gap: Gap, names: Sequence[str]) -> Sentence:
    if gap.organisation is not None and not names:
        return _HEARD.filled(organisation=problem.organisations[gap.organisation].name)
    if gap.kind is GapKind.EXPERTISE and not names:
        return _EXPERT
    if not names:
        return _DONE
    if gap.kind is GapKind.DEPUTY:
        return _STANDS_BY.filled(names=listed(names))
    return (_FILLED if len(names) == 1 else _FILLED_MORE).filled(names=listed(names))
