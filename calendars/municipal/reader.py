"""The face of the package: bytes in, proposals out, with a child process in between."""

import json

from calendars import bounded
from calendars.bounded import Limits
from calendars.municipal.found import Asked, Found, NotReadable, Reason
from calendars.municipal.message import found_of, written_question

_CHILD = "calendars.municipal.child:answer"

LIMITS = Limits(cpu_seconds=5, wall_seconds=30, memory_megabytes=480, input_megabytes=10)
"""What the reading of one calendar may use."""


def read_municipal(data: bytes, asked: Asked, limits: Limits = LIMITS) -> Found:
    """What the public calendar in `data` (.ics, or JSON of `/vergaderingen`) proposes.

    Raises:
        NotReadable: no calendar, only half of one, or more entries than anybody holds.
        LimitReached: the input asks too much of the reader (`calendars.bounded`).
        ChildFailed: the reader broke down.
    """
    if not data.strip():
        raise NotReadable(Reason.EMPTY)
    answer = json.loads(bounded.run(_CHILD, written_question(asked) + b"\n" + data, limits))
    if "refused" in answer:
        raise NotReadable(Reason(answer["refused"]))
    return found_of(answer)
