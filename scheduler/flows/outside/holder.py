"""Who is at work on a calendar: a process, by its machine and number, and which of its visits."""

import os
from itertools import count
from socket import gethostname

_VISITS = count(1)


def holder() -> str:
    """A new visit by this process."""
    return f"{gethostname()}/{os.getpid()}/{next(_VISITS)}"


def is_alive(name: str) -> bool:
    """Whether that process may still be at work; of another machine's nobody here can tell."""
    machine, number, *_ = f"{name}/".split("/")
    if machine != gethostname():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # Somebody else's process, so it is there.
        return True
    return True
