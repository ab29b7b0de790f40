"""How readers say no: faults travel upwards, and each container adds its step to their path."""

import json
import re
from collections.abc import Iterable
from typing import Any

from solver.errors import Fault

Step = str | int
Finding = tuple[tuple[Step, ...], str]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONGEST_SHOWN = 60
_NOTHING: Any = object()


class Refused(Exception):
    """A value isn't what its reader expects. Paths are relative to that value.

    `sound` is what could be read all the same (the sound items of an array), so that later checks
    find their own faults in the same pass.
    """

    def __init__(self, findings: Iterable[Finding], sound: Any = _NOTHING) -> None:
        super().__init__()
        self.findings = tuple(findings)
        self.sound = sound

    @property
    def has_sound_part(self) -> bool:
        """Whether something could be read."""
        return self.sound is not _NOTHING

    def below(self, step: Step) -> list[Finding]:
        """The same faults, seen from the container that holds the value at `step`."""
        return [((step, *path), message) for path, message in self.findings]


def refuse(expected: str, value: object) -> Refused:
    """The fault of a single value: what was expected, and what stands there instead."""
    return Refused([((), f"expected {expected}, found {shown(value)}")])


def shown(value: object) -> str:
    """A value in a few words, safe to print whatever it holds."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def fault(finding: Finding) -> Fault:
    """A finding as the caller sees it."""
    path, message = finding
    return Fault("".join(map(_step, path)).removeprefix("."), message)


def _step(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_KEY.fullmatch(step) else f"[{shown(step)}]"
