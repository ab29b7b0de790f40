"""Changes of facts as a patch of the problem's document (JSON Patch, RFC 6902).

So anybody can make them without this library, and see for themselves.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from solver.explain.changes import Change, applied
from solver.format import write_problem
from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of a patch; `value` is missing in a `remove`."""

    op: str
    path: str
    value: object = None

    def document(self) -> dict[str, object]:
        """The step as JSON has it."""
        step: dict[str, object] = {"op": self.op, "path": self.path}
        return step if self.op == "remove" else {**step, "value": self.value}


def patch(problem: Problem, changes: Iterable[Change]) -> tuple[Operation, ...]:
    """The steps that make these changes in the problem's document, to be made in this order."""
    after = applied(problem, changes)
    return tuple(_steps(problem, after, _what_is_new(problem, after)))


def _what_is_new(before: Problem, after: Problem) -> dict[str, Any]:
    """The document of what is otherwise alone: the whole is long, and mostly the same."""
    new = replace(
        after,
        representatives=_otherwise(before.representatives, after.representatives),
        meetings=_otherwise(before.meetings, after.meetings),
        mandates=after.mandates[len(before.mandates) :],
        pins=(),
        bans=(),
        baseline=None,
    )
    document: dict[str, Any] = json.loads(write_problem(new))
    return document


def _otherwise(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if before.get(name) is not value}


def _steps(before: Problem, after: Problem, new: Mapping[str, Any]) -> Iterator[Operation]:
    yield from _entries("representatives", before.representatives, new)
    yield from _entries("meetings", before.meetings, new)
    for mandate in new["mandates"]:
        yield Operation(op="add", path="/mandates/-", value=mandate)
    # From the last to the first, so that those before keep their places.
    for index in reversed(range(len(before.bans))):
        if before.bans[index] not in after.bans:
            yield Operation(op="remove", path=f"/bans/{index}")
    if before.policy != after.policy:
        yield Operation(op="replace", path="/policy", value=new["policy"])


def _entries(
    section: str, before: Mapping[str, object], new: Mapping[str, Any]
) -> Iterator[Operation]:
    places = {name: place for place, name in enumerate(before)}
    for entry in new[section]:
        if entry["id"] in places:
            path = f"/{section}/{places[entry['id']]}"
            yield Operation(op="replace", path=path, value=entry)
        else:
            yield Operation(op="add", path=f"/{section}/-", value=entry)
