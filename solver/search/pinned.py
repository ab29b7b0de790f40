"""The plan that always exists: the pinned representatives and nobody else."""

from solver.derive import Derived

Team = tuple[int, list[str]]
"""A slot, and who attends in it."""


def settle_pins(derived: Derived) -> dict[str, Team]:
    """A slot for every meeting with pins, so that all pinned people can be where they should.

    Raises ValueError where there is none: `solver.format` refuses such a document.
    """
    order = sorted(derived.pinned, key=lambda name: len(derived.open_slots(name)))
    taken: dict[str, int] = {}
    tries = [iter(derived.open_slots(name)) for name in order[:1]]
    while len(taken) < len(order):
        name = order[len(tries) - 1]
        slot = next((s for s in tries[-1] if _fits(derived, taken, name, s)), None)
        if slot is not None:
            taken[name] = slot
            if len(taken) < len(order):
                tries.append(iter(derived.open_slots(order[len(tries)])))
            continue
        tries.pop()
        if not tries:
            raise ValueError("No choice of slots keeps every pin.")
        del taken[order[len(tries) - 1]]
    return {name: (slot, sorted(derived.pinned[name])) for name, slot in taken.items()}


def _fits(derived: Derived, taken: dict[str, int], meeting: str, slot: int) -> bool:
    return not any(
        derived.shortage(person, (other, chosen), (meeting, slot)) > 0
        for other, chosen in taken.items()
        for person in derived.pinned[meeting] & derived.pinned[other]
    )
