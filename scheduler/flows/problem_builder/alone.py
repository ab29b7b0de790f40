"""Organisations that speak for themselves somewhere: no mandate of theirs counts there.

The rule book knows mandates by municipality, topic and level only. So a mandate whose giver speaks
for itself at some meetings gets one topic of its own, which just those meetings have where it still
counts. No other mandate matches it, and what a meeting is about stays as it was.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from solver.problem import Mandate, Meeting

_OWN = "alleen:"
"""What the topic of one mandate begins with, before its identifier; no word of ours has a colon."""


def speaking_alone(
    meetings: Mapping[str, Meeting],
    mandates: Collection[Mandate],
    alone: Collection[tuple[str, str]],
) -> tuple[dict[str, Meeting], tuple[Mandate, ...]]:
    """The meetings and mandates of a problem, in which nobody speaks for who speaks for itself.

    Args:
        meetings: by identifier.
        mandates: those that are agreed to.
        alone: meeting and organisation, where the organisation takes part by itself only.
    """
    givers = {organisation for _, organisation in alone}
    narrowed = {each.id for each in mandates if each.giver in givers}
    if not narrowed:
        return dict(meetings), tuple(mandates)
    concerned = [each for each in mandates if each.id in narrowed]
    return (
        {name: _marked(meeting, concerned, alone) for name, meeting in meetings.items()},
        tuple(_narrowed(each) if each.id in narrowed else each for each in mandates),
    )


def _marked(
    meeting: Meeting, mandates: Iterable[Mandate], alone: Collection[tuple[str, str]]
) -> Meeting:
    own = {
        _OWN + each.id
        for each in mandates
        if (meeting.id, each.giver) not in alone
        and (each.topics is None or not each.topics.isdisjoint(meeting.topics))
    }
    return replace(meeting, topics=meeting.topics | own) if own else meeting


def _narrowed(mandate: Mandate) -> Mandate:
    return replace(mandate, topics=frozenset({_OWN + mandate.id}))
