"""The most that can be heard at one meeting, once it is settled who attends (rule `voices`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from solver.derive import Derived


def heard(
    derived: Derived, meeting: str, slot: int, attendees: Iterable[str], kept: Mapping[str, str]
) -> dict[str, str]:
    """Each organisation that is heard with its speaker, so that the most interest is heard.

    Where there is a choice between speakers, the one in `kept` goes first.
    """
    people = derived.problem.representatives
    present = Counter(people[name].organisation for name in attendees)
    interested = derived.problem.meetings[meeting].interested
    speakers = _Speakers(derived, meeting, slot, present, kept)
    for giver in sorted(interested, key=lambda name: -interested[name]):
        if giver not in present:
            speakers.find(giver)
    return {
        name: name if name in present else speakers.found[name]
        for name in interested
        if name in present or name in speakers.found
    }


class _Speakers:
    """Gives away the words that attendees have for others, the heaviest interest first.

    Who is heard stays heard, though perhaps through another: so nobody lighter takes the place of
    anybody heavier, and what is heard in the end weighs the most that it can (a matching whose one
    side is a matroid).
    """

    def __init__(
        self,
        derived: Derived,
        meeting: str,
        slot: int,
        present: Counter[str],
        kept: Mapping[str, str],
    ) -> None:
        reach = derived.problem.policy.max_mandates_per_attendee
        self.found: dict[str, str] = {}
        self._room = {name: reach * number for name, number in present.items()}
        self._spoken: dict[str, list[str]] = defaultdict(list)
        self._held = derived.speakers(meeting, slot)
        self._kept = kept

    def find(self, giver: str) -> None:
        """Let an absent organisation be heard, if that can be without silencing another."""
        self._place(giver, set())

    def _place(self, giver: str, tried: set[str]) -> bool:
        for speaker in self._options(giver):
            if speaker in tried:
                continue
            tried.add(speaker)
            if self._has_room(speaker, tried):
                self._spoken[speaker].append(giver)
                self.found[giver] = speaker
                return True
        return False

    def _has_room(self, speaker: str, tried: set[str]) -> bool:
        spoken = self._spoken[speaker]
        if len(spoken) < self._room[speaker]:
            return True
        for other in tuple(spoken):
            if self._place(other, tried):
                spoken.remove(other)
                return True
        return False

    def _options(self, giver: str) -> list[str]:
        able = [name for name in self._room if name in self._held[giver]]
        return sorted(able, key=lambda name: name != self._kept.get(giver))
