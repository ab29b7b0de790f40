from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import solver
from solver.check import check, false_claims
from solver.derive import Derived
from solver.plan import Status
from solver.problem import Problem
from solver.search import parts

Tiny = Callable[[int], Problem]
ENOUGH = 60.0


def twice(problem: Problem) -> Problem:
    """A problem beside its twin, which has nothing to do with it but the policy."""

    def name(key: str | None) -> str | None:
        return key and f"twin {key}"

    def twins(table: Any, **links: Any) -> dict[str, Any]:
        """Each entry beside its twin; `links` tell what else of an entry is renamed."""
        renamed = (
            replace(entry, id=name(entry.id), **{k: f(entry) for k, f in links.items()})
            for entry in table.values()
        )
        return {**table, **{entry.id: entry for entry in renamed}}

    def series(names: frozenset[str]) -> frozenset[str | None]:
        return frozenset(map(name, names))

    mandates = {mandate.id: mandate for mandate in problem.mandates}
    return replace(
        problem,
        baseline=None,
        regions=twins(problem.regions),
        organisations=twins(problem.organisations, region=lambda o: name(o.region)),
        representatives=twins(
            problem.representatives,
            organisation=lambda r: name(r.organisation),
            prefers=lambda r: series(r.prefers),
            avoids=lambda r: series(r.avoids),
        ),
        mandates=tuple(
            twins(mandates, giver=lambda m: name(m.giver), holder=lambda m: name(m.holder)).values()
        ),
        meetings=twins(
            problem.meetings,
            series=lambda m: name(m.series),
            interested=lambda m: {name(key): weight for key, weight in m.interested.items()},
        ),
        pins=(),
        bans=(),
    )


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", range(400, 412))
def test_parts_solved_by_themselves_add_up_to_the_optimum_of_the_whole(
    seed: int, workers: int, tiny_problem: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = twice(tiny_problem(seed))
    together = solver.solve(problem, time_limit_seconds=ENOUGH)
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    apart = solver.solve(problem, time_limit_seconds=ENOUGH, workers=workers)
    assert check(problem, apart).violations == ()
    assert false_claims(problem, apart) == ()
    assert apart.tiers == together.tiers
    assert apart.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(400, 412))
def test_every_meeting_is_in_one_part_and_twins_are_apart(
    seed: int, tiny_problem: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    problem = twice(tiny_problem(seed))
    found = parts.parts(Derived(problem))
    assert sorted(name for part in found for name in part) == sorted(problem.meetings)
    assert len(found) >= 2
    assert all(len({name.startswith("twin") for name in part}) == 1 for part in found)


def test_small_parts_go_together(tiny_problem: Tiny) -> None:
    problem = twice(tiny_problem(1))
    assert len(parts.parts(Derived(problem))) == 1
