"""What the rule book holds against a draft: what the draft brings, and what was so already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.flows.adjusting.standing import Broken, Standing, told
from scheduler.flows.problem_builder import Question
from solver.check import check
from solver.problem import PlannedMeeting


@dataclass(frozen=True, slots=True)
class Verdict:
    """Broken rules, each with its meeting and its facts.

    `brings` would be new if the draft were published. `remains` is broken by what is published
    too: the world moved on under it, and publishing makes it no worse.
    """

    brings: tuple[Broken, ...]
    remains: tuple[Broken, ...]


def verdict_on(
    question: Question,
    below: Mapping[str, PlannedMeeting],
    planned: Mapping[str, PlannedMeeting],
) -> Verdict:
    """Judge what a draft plans, over what is published `below` it."""
    found = told(check(question.problem, planned), question)
    if not found:
        return Verdict((), ())
    before = told(check(question.problem, below), question)
    known = {each.known for each in before}
    sentences = {each.sentence for each in before}
    coming = _coming(below, planned)

    def is_new(each: Broken) -> bool:
        return each.known not in known or (each.sentence not in sentences and _comes(each, coming))

    return Verdict(
        brings=tuple(each for each in found if is_new(each)),
        remains=tuple(each for each in found if not is_new(each)),
    )


def standing_verdict(standing: Standing) -> Verdict:
    """The same of where things stand, worked out once."""
    return standing.answer(
        "verdict",
        lambda position: verdict_on(standing.question, standing.below, position.planned),
    )


def _coming(
    below: Mapping[str, PlannedMeeting], planned: Mapping[str, PlannedMeeting]
) -> frozenset[tuple[str, str]]:
    """Who comes or stands by where they didn't: meeting and person."""
    return frozenset(
        (meeting, person)
        for meeting, wanted in planned.items()
        for person in {*_people(wanted)} - {*_people(below[meeting])}
    )


def _people(planned: PlannedMeeting) -> Iterable[str]:
    return (*planned.attendees, *([planned.deputy] if planned.deputy else ()))


def _comes(broken: Broken, coming: Iterable[tuple[str, str]]) -> bool:
    """Whether the person that a rule names comes there anew: then it grew worse."""
    known = broken.known
    return any(
        person == known.representative and known.meeting in {None, meeting}
        for meeting, person in coming
    )
