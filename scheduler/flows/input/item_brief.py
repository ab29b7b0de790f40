"""One agenda item with everybody's position, side by side and counted both ways."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.db.input import PositionView, VersionView
from scheduler.db.views import AgendaItemView, Named
from scheduler.domain.terms import Importance, Stance
from scheduler.domain.voting import Ballot, Outcome, VotingRules, decide, roll
from scheduler.flows.input.figures import Figure

SHOWN = (Stance.FOR, Stance.FOR_IF, Stance.AGAINST, Stance.ABSTAIN)
"""The groups of a brief, in their order."""

_SIDES = SHOWN[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One organisation about one item; `position` None where it said nothing of it.

    `speaker` is who speaks for it at the meeting, None where nobody does. `late` says that it was
    given, or changed, after the last day. `leaves_alone` is what it chose in the register.
    """

    organisation: Named
    speaker: Named | None
    figure: Figure
    position: PositionView | None = None
    late: bool = False
    leaves_alone: bool = False

    def is_apart(self, given: Mapping[str, VersionView]) -> bool:
        """Whether it deliberately takes no part; what it says here outranks the register."""
        version = given.get(self.organisation.id)
        return self.leaves_alone if version is None else version.abstains

    @property
    def is_represented(self) -> bool:
        """Whether another speaks for it."""
        return self.speaker is not None and self.speaker != self.organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBrief:
    """One agenda item with what everybody thinks of it.

    `most` is the stance of the largest group, None where two are equally large or nobody took
    sides; `differing` are those of the other sides. `must_hear` are those whose voice may not be
    left out: they say that it must be heard, or are on the other side than most.
    """

    number: int
    item: AgendaItemView
    groups: Mapping[Stance, tuple[Heard, ...]]
    silent: tuple[Heard, ...]
    outcome: Outcome
    most: Stance | None
    differing: tuple[Heard, ...]
    must_hear: tuple[Heard, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who took sides takes the same."""
        return self.most is not None and not self.differing

    def position_of(self, organisation_id: str) -> PositionView | None:
        """What one organisation said of it."""
        every = (each for group in self.groups.values() for each in group)
        return next((e.position for e in every if e.organisation.id == organisation_id), None)


@dataclass(frozen=True, slots=True)
class Weighing:
    """Who takes part with what they gave, and how the table counts it."""

    everybody: tuple[Heard, ...]
    given: Mapping[str, VersionView]
    rules: VotingRules
    default_dwellings: int

    def item(self, number: int, item: AgendaItemView) -> ItemBrief:
        """One agenda item, weighed."""
        heard = [_heard(each, item.id, self.given) for each in self.everybody]
        groups = {
            stance: tuple(e for e in heard if e.position and e.position.stance is stance)
            for stance in SHOWN
        }
        sides = [each for stance in _SIDES for each in groups[stance]]
        most = _most(groups)
        return ItemBrief(
            number=number,
            item=item,
            groups=groups,
            silent=tuple(each for each in heard if each.position is None),
            outcome=self._outcome(heard),
            most=most,
            differing=tuple(each for each in sides if most and each not in groups[most]),
            must_hear=tuple(each for each in sides if _must_be_heard(each, most)),
        )

    def _outcome(self, heard: Iterable[Heard]) -> Outcome:
        every = list(heard)
        stakes = [each.figure.stake(each.organisation.id) for each in every]
        ballots = [
            Ballot(organisation=each.organisation.id, stance=each.position.stance)
            for each in every
            if each.position
        ]
        return decide(roll(stakes, self.rules, default_dwellings=self.default_dwellings), ballots)


def _heard(each: Heard, item_id: str, given: Mapping[str, VersionView]) -> Heard:
    version = given.get(each.organisation.id)
    if version is None:
        return each
    return Heard(
        organisation=each.organisation,
        speaker=each.speaker,
        figure=each.figure,
        position=version.positions.get(item_id),
        late=version.late,
    )


def _most(groups: Mapping[Stance, tuple[Heard, ...]]) -> Stance | None:
    sizes = sorted(((len(groups[stance]), stance) for stance in _SIDES), reverse=True)
    (largest, stance), (next_one, _) = sizes[0], sizes[1]
    return stance if largest > next_one else None


def _must_be_heard(each: Heard, most: Stance | None) -> bool:
    """Who says so, and who is against what most are for, or for what most are against."""
    position = each.position
    if position is None:
        return False
    opposed = most is not None and (position.stance is Stance.AGAINST) != (most is Stance.AGAINST)
    return opposed or position.importance is Importance.MUST
