"""Work on untrusted input in a child process that may use so much and no more.

A reader of calendars can be driven into endless loops, huge memory, or a crash of the
interpreter by a few bytes from outside. In a child none of that reaches the application.
`python -m calendars.bounded package.module:function` is the child: bytes in, bytes out.
"""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from traceback import extract_tb

from calendars.errors import CalendarError

_OUT_OF_MEMORY = 90
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use.

    Attributes:
        cpu_seconds: time on a processor; what counts against a busy loop.
        wall_seconds: time on the clock, waiting for a busy machine included.
        memory_megabytes: address space of the child; 200 of it is Python with its libraries.
        input_megabytes: size of what it is given to read.
    """

    cpu_seconds: int = 10
    wall_seconds: int = 40
    memory_megabytes: int = 768
    input_megabytes: int = 10


class LimitReached(CalendarError):
    """The input asks for more than it may use; `limit` names the field of Limits."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"more than the allowed {limit}: {allowed}")
        self.limit = limit
        self.allowed = allowed


class ChildFailed(CalendarError):
    """The child ended in a way that nobody foresaw; `detail` is the end of what it said."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(f"the reading process ended with {code}: {detail}")
        self.code = code
        self.detail = detail


def run(function: str, payload: bytes, limits: Limits) -> bytes:
    """Give `payload` to `function` ("package.module:name", bytes to bytes) in a child.

    Raises:
        LimitReached: too large, too slow, or too much memory.
        ChildFailed: any other end than an answer.
    """
    if len(payload) > limits.input_megabytes * _MEGABYTE:
        raise LimitReached("input_megabytes", limits.input_megabytes)
    command = [sys.executable, "-W", "ignore", "-m", "calendars.bounded", function]
    bounds = [str(limits.cpu_seconds), str(limits.memory_megabytes)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own function names
            [*command, *bounds],
            input=payload,
            capture_output=True,
            timeout=limits.wall_seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LimitReached("wall_seconds", limits.wall_seconds) from None
    return _answer(done, limits)


def _answer(done: subprocess.CompletedProcess[bytes], limits: Limits) -> bytes:
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _OUT_OF_MEMORY:
        raise LimitReached("memory_megabytes", limits.memory_megabytes)
    if done.returncode < 0 and not done.stderr:
        # The kernel ended it: SIGXCPU at the soft limit, SIGKILL at the hard one.
        raise LimitReached("cpu_seconds", limits.cpu_seconds)
    raise ChildFailed(done.returncode, done.stderr.decode("utf-8", "replace")[-500:])


def _environment() -> dict[str, str]:
    """The child sees this package first, and no secret that the parent was started with."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZDIR") if name in os.environ}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}


def _child(function: str, cpu_seconds: int, memory_megabytes: int) -> int:
    """Take the limits, then do the work: limits hold for loading the libraries too."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    memory = memory_megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, name = function.split(":")
    try:
        answer: bytes = getattr(import_module(module), name)(sys.stdin.buffer.read())
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - its text may quote the input: only kind and place leave
        where = extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"{type(error).__name__} at {where.name}, line {where.lineno}")
        return 1
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
