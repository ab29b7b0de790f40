"""What a coordinator can wish about one meeting, and what the meeting would then be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import Adjustment
from scheduler.flows.adjusting.arrangement import Arrangement
from scheduler.flows.adjusting.errors import AgainstRules, said
from scheduler.flows.problem_builder import Question
from solver.position import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One change by hand. What an act doesn't need stays None.

    Attributes:
        act: what is to be done.
        meeting_id: where.
        representative_id: with whom; who comes, where there are two.
        instead_of: who goes.
        slot: the row position of the slot; for the first attendee, and to move.
    """

    act: Adjustment
    meeting_id: str
    representative_id: str | None = None
    instead_of: str | None = None
    slot: int | None = None

    @property
    def asked(self) -> str:
        """Tells two wishes about the same meeting apart."""
        parts = (self.act, self.representative_id, self.instead_of, self.slot)
        return "|".join("" if part is None else str(part) for part in parts)


_NOT_THERE = Sentence("Deze persoon is hier niet bij.", "This person isn't at this meeting.")
_THERE = Sentence("Deze persoon is hier al bij.", "This person is at this meeting already.")
_WHO = Sentence("Kies een persoon.", "Choose a person.")
_NOBODY = Sentence(
    "Er gaat nog niemand heen, dus er is niemand om te vervangen.",
    "Nobody goes there yet, so there is nobody to stand in for.",
)
_NO_SLOT = Sentence("Kies een ander moment.", "Choose another time.")
_SAME = Sentence("Dit is al zo. Er is niets veranderd.", "It is so already. Nothing has changed.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish laid beside the meeting as it stands."""

    wish: Wish
    now: Arrangement
    question: Question
    position: Position

    @property
    def who(self) -> str:
        """The person that the wish is about; BadInput where nobody known is named."""
        found = self.wish.representative_id
        if found is None or found not in self.question.problem.representatives:
            raise BadInput(_WHO)
        return found


def wanted(wish: Wish, now: Arrangement, question: Question, position: Position) -> Arrangement:
    """The meeting as the wish would have it, with the most heard that can be.

    Whether the rules allow it is another question, but for a deputy: that is told here.

    Raises:
        BadInput: the wish makes no sense at this meeting as it stands.
    """
    found = _ACTS[wish.act](Asked(wish, now, question, position))
    if found == now:
        raise BadInput(_SAME)
    return found


def _assign(asked: Asked) -> Arrangement:
    _must(asked.who not in asked.now.attendees, _THERE)
    slot = asked.now.slot if asked.now.slot is not None else _slot(asked)
    people = (*asked.now.attendees, asked.who)
    return _seated(asked, slot, people, _unless(asked.now.deputy, asked.who))


def _unassign(asked: Asked) -> Arrangement:
    _must(asked.who in asked.now.attendees, _NOT_THERE)
    rest = tuple(name for name in asked.now.attendees if name != asked.who)
    return _seated(asked, asked.now.slot, rest, asked.now.deputy)


def _replace(asked: Asked) -> Arrangement:
    leaving = asked.wish.instead_of
    _must(leaving in asked.now.attendees, _NOT_THERE)
    _must(asked.who not in asked.now.attendees, _THERE)
    rest = tuple(name for name in asked.now.attendees if name != leaving)
    deputy = _unless(asked.now.deputy, asked.who)
    return _seated(asked, asked.now.slot, (*rest, asked.who), deputy)


def _set_deputy(asked: Asked) -> Arrangement:
    _must(asked.who not in asked.now.attendees, _THERE)
    _must(asked.now.attendees != (), _NOBODY)
    planned = replace(asked.now.planned(asked.wish.meeting_id, asked.question), deputy=asked.who)
    refusals = asked.position.refusals(planned, (asked.who,))
    if refusals:
        raise AgainstRules(*dict.fromkeys(said(each.sentence) for each in refusals))
    return replace(asked.now, deputy=asked.who)


def _remove_deputy(asked: Asked) -> Arrangement:
    _must(asked.now.deputy is not None, _NOT_THERE)
    return replace(asked.now, deputy=None)


def _move(asked: Asked) -> Arrangement:
    _must(asked.now.attendees != (), _NO_SLOT)
    return _seated(asked, _slot(asked), asked.now.attendees, asked.now.deputy)


def _pin(asked: Asked) -> Arrangement:
    _must(asked.who in asked.now.attendees, _NOT_THERE)
    return replace(asked.now, pins={**asked.now.pins, asked.who: None})


def _unpin(asked: Asked) -> Arrangement:
    return replace(asked.now, pins=_without(asked.now.pins, asked.who))


def _ban(asked: Asked) -> Arrangement:
    """Somebody who attends, or stands by, goes as well; a pin would contradict it."""
    rest = tuple(name for name in asked.now.attendees if name != asked.who)
    deputy = _unless(asked.now.deputy, asked.who)
    seated = _seated(asked, asked.now.slot, rest, deputy)
    pins = _without(asked.now.pins, asked.who)
    return replace(seated, pins=pins, bans=asked.now.bans | {asked.who})


def _unban(asked: Asked) -> Arrangement:
    return replace(asked.now, bans=asked.now.bans - {asked.who})


_ACTS: Mapping[Adjustment, Callable[[Asked], Arrangement]] = {
    Adjustment.ASSIGN: _assign,
    Adjustment.UNASSIGN: _unassign,
    Adjustment.REPLACE: _replace,
    Adjustment.SWAP: _replace,
    Adjustment.SET_DEPUTY: _set_deputy,
    Adjustment.REMOVE_DEPUTY: _remove_deputy,
    Adjustment.MOVE: _move,
    Adjustment.PIN: _pin,
    Adjustment.UNPIN: _unpin,
    Adjustment.BAN: _ban,
    Adjustment.UNBAN: _unban,
}


def _seated(
    asked: Asked, slot: int | None, people: tuple[str, ...], deputy: str | None
) -> Arrangement:
    """The meeting with these people, and the deputy if it may still stand by."""
    meeting, positions = asked.wish.meeting_id, asked.question.slot_positions
    _must(slot in positions[meeting] or not people, _NO_SLOT)
    index = positions[meeting].index(slot) if people and slot is not None else 0
    planned = asked.position.seating(meeting, index, people, deputy)
    return replace(
        asked.now,
        slot=slot if people else None,
        attendees=tuple(sorted(planned.attendees)),
        deputy=planned.deputy,
        voices=dict(sorted(planned.voices.items())),
    )


def _slot(asked: Asked) -> int:
    """The slot that was asked for, or the only one there is."""
    positions = asked.question.slot_positions[asked.wish.meeting_id]
    slot = positions[0] if asked.wish.slot is None and len(positions) == 1 else asked.wish.slot
    if slot is None or slot not in positions:
        raise BadInput(_NO_SLOT)
    return slot


def _unless(deputy: str | None, name: str) -> str | None:
    return None if deputy == name else deputy


def _without(pins: Mapping[str, int | None], name: str) -> dict[str, int | None]:
    return {person: slot for person, slot in pins.items() if person != name}


def _must(holds: bool, otherwise: Sentence) -> None:
    if not holds:
        raise BadInput(otherwise)
