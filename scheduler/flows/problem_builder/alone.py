"""Organisations that speak for themselves somewhere: no mandate of theirs counts there.

The rule book knows mandates by municipality, topic and level only. So a mandate whose giver speaks
for itself at some meetings gets one topic of its own, which just those meetings have where it still
counts. Where it counts on some of the days on which a meeting could begin, it is there once more
for each of these, with a topic of that meeting alone. No other mandate matches such a topic, and
what a meeting is about stays as it was.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from solver.problem import Mandate, Meeting

_OWN = "alleen:"
"""What the topic of one mandate begins with, before its identifier; no word of ours has a colon."""


def speaking_alone(
    meetings: Mapping[str, Meeting],
    mandates: Collection[Mandate],
    alone: Collection[tuple[str, str, date]],
    zone: tzinfo,
) -> tuple[dict[str, Meeting], tuple[Mandate, ...]]:
    """The meetings and mandates of a problem, in which nobody speaks for who speaks for itself.

    Args:
        meetings: by identifier.
        mandates: those that are agreed to.
        alone: meeting, organisation, and the local day on which it would begin, where the
            organisation takes part by itself only.
        zone: in which days are local.
    """
    givers = {organisation for _, organisation, _ in alone}
    concerned = [each for each in mandates if each.giver in givers]
    if not concerned:
        return dict(meetings), tuple(mandates)
    laid = _Laid(frozenset(alone), zone)
    marks: dict[str, frozenset[str]] = {}
    added: list[Mandate] = []
    for name, meeting in meetings.items():
        found = [each for mandate in concerned for each in laid.over(meeting, mandate)]
        marks[name] = frozenset(topic for each in found for topic in each.topics or ())
        added += [each for each in found if each not in added]
    others = [each for each in mandates if each.giver not in givers]
    return (
        {name: _marked(meeting, marks[name]) for name, meeting in meetings.items()},
        tuple(sorted((*others, *added), key=lambda each: each.id)),
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """Who takes part by itself only, laid over meetings and mandates."""

    alone: frozenset[tuple[str, str, date]]
    zone: tzinfo

    def over(self, meeting: Meeting, mandate: Mandate) -> Iterator[Mandate]:
        """What is left of a mandate at a meeting: it as a whole, some days of it, or nothing."""
        if mandate.topics is not None and mandate.topics.isdisjoint(meeting.topics):
            return
        days = {each.start.astimezone(self.zone).date() for each in meeting.slots}
        free = {day for day in days if (meeting.id, mandate.giver, day) not in self.alone}
        if free == days:
            yield replace(mandate, topics=frozenset({_OWN + mandate.id}))
            return
        for day in sorted(free):
            if mandate.first_day <= day <= mandate.last_day:
                yield _on_one_day(mandate, meeting, day)


def _on_one_day(mandate: Mandate, meeting: Meeting, day: date) -> Mandate:
    own = f"{mandate.id}:{meeting.id}"
    return replace(
        mandate,
        id=f"{own}:{day.isoformat()}",
        topics=frozenset({_OWN + own}),
        first_day=day,
        last_day=day,
    )


def _marked(meeting: Meeting, marks: frozenset[str]) -> Meeting:
    return replace(meeting, topics=meeting.topics | marks) if marks else meeting
