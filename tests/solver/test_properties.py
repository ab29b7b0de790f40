"""What must hold of every optimum, whatever the problem: on tiny ones, where it is proven."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

import solver
from solver import Mode, Plan, with_mode
from solver.check import check
from solver.errors import BadDocument
from solver.format import read_problem
from solver.plan import Status
from solver.problem import Ban, Pin, PlannedMeeting, Problem, Tier

Tiny = Callable[[int], Problem]
Document = Callable[[int], dict[str, Any]]
AnyTiers = Callable[[Problem, int], Problem]

SEEDS = range(5000, 5012)
_LISTS = (
    *("regions", "places", "organisations", "representatives", "mandates", "meetings"),
    *("pins", "bans", "baseline"),
)
_SETS = {"expertise", "topics", "municipalities", "levels", "prefers", "avoids", "weekdays", "busy"}
_NAMED = {"regions", "places", "organisations", "representatives", "mandates", "meetings"}
_INSTANTS = {"start", "end", "as_of"}


def _best(problem: Problem) -> dict[Tier, int]:
    plan = _solved(problem)
    return {score.tier: score.value for score in plan.tiers}


def _solved(problem: Problem) -> Plan:
    plan = solver.solve(problem, time_limit_seconds=60)
    assert plan.status is Status.OPTIMAL
    return plan


def _read(document: dict[str, Any], like: Problem) -> Problem:
    """The problem of a document, under the tiers of another."""
    return replace(read_problem(json.dumps(document)), policy=like.policy)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_lists_and_keys_does_not_change_the_optimum(
    seed: int, tiny_document: Document, any_tiers: AnyTiers
) -> None:
    document = tiny_document(seed)
    problem = any_tiers(read_problem(json.dumps(document)), seed)
    shuffled = _shuffled(document, Random(f"order/{seed}"))
    assert _best(_read(shuffled, problem)) == _best(problem)


def _shuffled(value: Any, draw: Random, key: str = "") -> Any:
    """Every list whose order means nothing in another order, and the keys of every object."""
    if isinstance(value, dict):
        pairs = [(name, _shuffled(item, draw, name)) for name, item in value.items()]
        return dict(draw.sample(pairs, len(pairs)))
    if isinstance(value, list):
        items = [_shuffled(item, draw) for item in value]
        loose = key in _SETS or key in _LISTS or key in {"interested", "availability"}
        return draw.sample(items, len(items)) if loose else items
    return value


@pytest.mark.parametrize("seed", SEEDS)
def test_what_things_are_called_does_not_change_the_optimum(
    seed: int, tiny_document: Document, any_tiers: AnyTiers
) -> None:
    document = tiny_document(seed)
    problem = any_tiers(read_problem(json.dumps(document)), seed)
    draw = Random(f"names/{seed}")
    names = [one["id"] for section in sorted(_NAMED) for one in document[section]]
    letters = "aZ0é ·🏠"
    called = {name: "".join(draw.choices(letters, k=4)) + str(n) for n, name in enumerate(names)}
    assert _best(_read(_renamed(document, called), problem)) == _best(problem)


def _renamed(value: Any, called: dict[str, str]) -> Any:
    """The document with its ids replaced, also where two of them make one key."""
    if isinstance(value, dict):
        return {_word(key, called): _renamed(item, called) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, called) for item in value]
    return _word(value, called) if isinstance(value, str) else value


def _word(text: str, called: dict[str, str]) -> str:
    return "|".join(called.get(part, part) for part in text.split("|"))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_offset_that_an_instant_is_written_in_does_not_change_the_optimum(
    seed: int, tiny_document: Document, any_tiers: AnyTiers
) -> None:
    document = tiny_document(seed)
    problem = any_tiers(read_problem(json.dumps(document)), seed)
    moved = _moved(document, Random(f"offsets/{seed}"))
    assert moved != document
    assert _best(_read(moved, problem)) == _best(problem)


def _moved(value: Any, draw: Random, key: str = "") -> Any:
    """The same instants on clocks elsewhere."""
    if isinstance(value, dict):
        return {name: _moved(item, draw, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, draw) for item in value]
    if key not in _INSTANTS or "T" not in str(value):
        return value
    elsewhere = timezone(timedelta(minutes=draw.randrange(-12 * 60, 14 * 60, 15)))
    return datetime.fromisoformat(value).astimezone(elsewhere).isoformat()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_representative_more_never_worsens_the_first_tier(
    seed: int, tiny_problem: Tiny, any_tiers: AnyTiers
) -> None:
    problem = any_tiers(tiny_problem(seed), seed)
    more = {**problem.representatives}
    for name in list(more)[:2]:
        more[f"{name}-twin"] = replace(more[name], id=f"{name}-twin", availability=None, busy=())
    first = problem.policy.tiers[0]
    assert _best(replace(problem, representatives=more))[first] <= _best(problem)[first]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_tier_never_costs_an_earlier_one(
    seed: int, tiny_problem: Tiny, any_tiers: AnyTiers
) -> None:
    problem = any_tiers(tiny_problem(seed), seed)
    whole = list(_best(problem).items())
    for number in range(len(whole)):
        policy = replace(problem.policy, tiers=problem.policy.tiers[:number])
        assert list(_best(replace(problem, policy=policy)).items()) == whole[:number]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pin_is_kept_or_refused_by_name(
    seed: int, tiny_document: Document, tiny_problem: Tiny
) -> None:
    for pin in _pins(tiny_problem(seed)):
        document = copy.deepcopy(tiny_document(seed))
        document["pins"].append(pin)
        try:
            problem = read_problem(json.dumps(document))
        except BadDocument as bad:
            paths = [fault.path for fault in bad.faults]
        else:
            paths = []
            _assert_kept(problem, Pin(**pin))
        assert all(path.startswith(f"pins[{len(document['pins']) - 1}]") for path in paths)


def _pins(problem: Problem) -> list[dict[str, Any]]:
    """One pin for everybody, somewhere, in some slot or any."""
    draw = Random(f"pins/{problem.name}")
    meetings = list(problem.meetings.values())
    chosen = [(name, draw.choice(meetings)) for name in problem.representatives]
    return [
        {
            "meeting": meeting.id,
            "representative": name,
            "slot": draw.choice((None, *range(len(meeting.slots)))),
        }
        for name, meeting in chosen
    ]


def _assert_kept(problem: Problem, pin: Pin) -> None:
    plan = solver.solve(problem, time_limit_seconds=60)
    assert check(problem, plan).violations == ()
    planned = plan.meetings[pin.meeting]
    assert pin.representative in planned.attendees
    assert pin.slot in {None, planned.slot}


class TestModes:
    """What the three ways to plan again have to do with one another, after somebody left."""

    @pytest.fixture(params=SEEDS)
    def left(self, request: pytest.FixtureRequest, tiny_problem: Tiny) -> tuple[Problem, Plan]:
        """A problem in which somebody is away, and the best plan from before that."""
        problem = replace(tiny_problem(request.param), pins=(), baseline=None)
        problem = replace(problem, policy=replace(problem.policy, tiers=tuple(Tier)))
        gone = Ban(meeting=None, representative=next(iter(problem.representatives)))
        return replace(problem, bans=(*problem.bans, gone)), _solved(problem)

    def test_none_of_them_costs_presence(self, left: tuple[Problem, Plan]) -> None:
        problem, before = left
        found = {_best(with_mode(problem, mode, before.meetings))[Tier.PRESENCE] for mode in Mode}
        assert len(found) == 1

    def test_rebalance_gives_up_nothing_that_replan_reaches_down_to_workload(
        self, left: tuple[Problem, Plan]
    ) -> None:
        problem, before = left
        balanced = _best(with_mode(problem, Mode.REBALANCE, before.meetings))
        anew = _best(with_mode(problem, Mode.REPLAN))
        until = list(balanced)[: list(balanced).index(Tier.STABILITY)]
        assert until[-1] is Tier.WORKLOAD
        assert {tier: balanced[tier] for tier in until} == {tier: anew[tier] for tier in until}

    def test_repair_changes_least_of_all(self, left: tuple[Problem, Plan]) -> None:
        problem, before = left
        repair = with_mode(problem, Mode.REPAIR, before.meetings)
        repaired = _best(repair)
        for mode in (Mode.REBALANCE, Mode.REPLAN):
            other = _solved(with_mode(problem, mode, before.meetings))
            judged = check(repair, other).all_tiers
            assert repaired[Tier.STABILITY] <= judged[Tier.STABILITY]

    def test_with_nothing_to_mend_repair_and_rebalance_leave_all_as_it_was(
        self, left: tuple[Problem, Plan]
    ) -> None:
        problem, _ = left
        settled = _solved(with_mode(problem, Mode.REPLAN))
        for mode in (Mode.REPAIR, Mode.REBALANCE):
            plan = _solved(with_mode(problem, mode, settled.meetings))
            assert _people(plan) == _people(settled)
            assert {score.tier: score.value for score in plan.tiers}[Tier.STABILITY] == 0


def _people(plan: Plan) -> list[tuple[int | None, frozenset[str], str | None]]:
    return [_who(planned) for planned in plan.meetings.values()]


def _who(planned: PlannedMeeting) -> tuple[int | None, frozenset[str], str | None]:
    return planned.slot, frozenset(planned.attendees), planned.deputy
