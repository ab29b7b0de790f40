"""Whether all pins can be kept together: what makes a document refused in section 4."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from solver.derive import Derived
from solver.format.refusal import Finding
from solver.format.seating import unseatable
from solver.problem import Ban, Meeting, Pin, Problem

NumberedPin = tuple[int, Pin]


def pin_findings(
    pins: Iterable[NumberedPin], bans: Iterable[Ban], meetings: Mapping[str, Meeting]
) -> Iterator[Finding]:
    """Pins against bans, seats and one another; pins come with their place in the document."""
    numbered = tuple(pins)
    yield from _repeated(numbered)
    yield from _banned(numbered, bans)
    yield from _in_two_slots(numbered)
    yield from _beyond_seats(numbered, meetings)


def one_place_findings(problem: Problem, pins: Iterable[NumberedPin]) -> Iterator[Finding]:
    """The pins that no choice of the open slots lets everybody keep, in one place at a time.

    `problem` holds the same pins; a fault is put at the last one of those that it is about.
    """
    numbered = tuple(pins)
    for trouble in unseatable(Derived(problem)):
        last = max(index for index, pin in numbered if trouble.concerns(pin))
        meetings = " and ".join(trouble.meetings)
        who = trouble.representative or "everybody pinned"
        yield ("pins", last), f"expected open slots in which {who} can be at {meetings}"


def _repeated(pins: tuple[NumberedPin, ...]) -> Iterator[Finding]:
    seen: set[Pin] = set()
    for index, pin in pins:
        if pin in seen:
            yield ("pins", index), "expected no pin that stands earlier in this list"
        seen.add(pin)


def _banned(pins: tuple[NumberedPin, ...], bans: Iterable[Ban]) -> Iterator[Finding]:
    banned = {(ban.meeting, ban.representative) for ban in bans}
    for index, pin in pins:
        if not banned.isdisjoint({(pin.meeting, pin.representative), (None, pin.representative)}):
            yield ("pins", index), "expected no pin that a ban forbids"


def _in_two_slots(pins: tuple[NumberedPin, ...]) -> Iterator[Finding]:
    settled: dict[str, int] = {}
    for index, pin in pins:
        if pin.slot is not None and settled.setdefault(pin.meeting, pin.slot) != pin.slot:
            yield (
                ("pins", index, "slot"),
                f"expected slot {settled[pin.meeting]}, where an earlier pin puts this meeting",
            )


def _beyond_seats(
    pins: tuple[NumberedPin, ...], meetings: Mapping[str, Meeting]
) -> Iterator[Finding]:
    taken: Counter[str] = Counter()
    seated: set[tuple[str, str]] = set()
    for index, pin in pins:
        if pin.meeting not in meetings or (pin.meeting, pin.representative) in seated:
            continue
        seated.add((pin.meeting, pin.representative))
        taken[pin.meeting] += 1
        most = meetings[pin.meeting].seats.max
        if taken[pin.meeting] > most:
            yield ("pins", index), f"expected at most {most} pinned here, the meeting's seats"
