"""Changes of facts as a patch of the problem's document (JSON Patch, RFC 6902).

So anybody can make them without this library, and see for themselves.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


class Patches:
    """Makes patches of one problem's document, that it writes down once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._before = _document(problem)

    def patch(self, changes: Iterable[Change]) -> tuple[Operation, ...]:
        """The steps that make these changes, in the order in which they are to be made."""
        after = _document(applied(self._problem, changes))
        return tuple(_sections(self._before, after))


def _document(problem: Problem) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(write_problem(problem))
    return document


def _sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Operation]:
    for section, value in after.items():
        if value == before[section]:
            continue
        if isinstance(value, list):
            yield from _items(section, before[section], value)
        else:
            yield Operation(op="replace", path=f"/{section}", value=value)


def _items(section: str, before: list[Any], after: list[Any]) -> Iterator[Operation]:
    """Lists whose items keep their order: some fall away, some are otherwise, some come after."""
    if len(after) < len(before):
        gone = [index for index, item in enumerate(before) if item not in after]
        # From the last to the first, so that those before keep their places.
        for index in reversed(gone):
            yield Operation(op="remove", path=f"/{section}/{index}")
        return
    for index, item in enumerate(after):
        if index >= len(before):
            yield Operation(op="add", path=f"/{section}/-", value=item)
        elif item != before[index]:
            yield Operation(op="replace", path=f"/{section}/{index}", value=item)
