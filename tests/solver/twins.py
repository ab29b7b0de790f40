"""A problem beside its twin: two parts that have nothing to do with each other but the policy."""

from dataclasses import replace
from typing import Any

from solver.problem import Problem


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
