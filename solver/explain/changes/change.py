"""What a change of facts is."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Protocol

from solver.problem import Limits, Meeting, Problem, Representative
from solver.sentence import Sentence


class Change(Protocol):
    """One fact that could be otherwise. Changes are values: equal ones are the same change."""

    def applied(self, problem: Problem) -> Problem:
        """A copy of the problem in which it is so."""
        ...

    def sentence(self, problem: Problem) -> Sentence:
        """What would be so, as a full sentence."""
        ...


def applied(problem: Problem, changes: Iterable[Change]) -> Problem:
    """A copy of the problem with all changes made."""
    return reduce(lambda changed, change: change.applied(changed), changes, problem)


def told(problem: Problem, changes: Iterable[Change]) -> Sentence:
    """All changes in words."""
    sentences = [change.sentence(problem) for change in changes]
    return reduce(Sentence.__add__, sentences[1:], sentences[0]) if sentences else Sentence("", "")


def with_person(problem: Problem, person: Representative) -> Problem:
    """The problem with one representative in place of who had that id, or one more."""
    return replace(problem, representatives={**problem.representatives, person.id: person})


def with_limits(problem: Problem, representative: str, limits: Limits) -> Problem:
    """The problem with other limits for somebody."""
    return with_person(problem, replace(problem.representatives[representative], limits=limits))


def with_meeting(problem: Problem, meeting: Meeting) -> Problem:
    """The problem with one meeting in place of the one that had that id."""
    return replace(problem, meetings={**problem.meetings, meeting.id: meeting})


def unused(wanted: str, taken: Iterable[str]) -> str:
    """An id like the wanted one that isn't taken yet."""
    known = frozenset(taken)
    name, number = wanted, 1
    while name in known:
        number += 1
        name = f"{wanted}-{number}"
    return name
