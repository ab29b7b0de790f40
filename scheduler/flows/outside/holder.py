"""Who is at work on a calendar: a process, by its machine and number."""

import os
from socket import gethostname


def holder() -> str:
    """This process."""
    return f"{gethostname()}/{os.getpid()}"


def is_alive(name: str) -> bool:
    """Whether that process may still be at work; of another machine's nobody here can tell."""
    machine, _, number = name.rpartition("/")
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
