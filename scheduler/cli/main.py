"""Running the command: its subcommands, and one table from errors to exit codes."""

import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import islice

from scheduler.cli.app import Exit, app, err, said
from scheduler.domain.errors import AanTafelError, DatabaseFault, DataFolderFault, PortTaken

MODULES = {
    "demo": "demo",
    "serve": "serve",
    "work": "working",
    "solve": "solving",
    "check": "checking",
    "explain": "explaining",
    "compare": "comparing",
    "feeds": "access",
    "account": "access",
    "calendar": "calendar",
    "voices": "voices",
    "report": "report",
    "sign-in": "access",
    "staff": "staff",
    "api-key": "api_keys",
    "connect": "outside",
    "sync": "outside",
    "config": "configuration",
    "province": "provinces",
    "import": "importing",
    "mail": "mail",
    "mandates": "mandates",
    "audit": "auditing",
    "keys": "rotating",
    "person": "person",
    "doctor": "doctor",
    "backup": "recovery",
    "restore": "recovery",
}
"""Which module registers a subcommand, in the order of `--help`.

Only the one that is asked for is imported: the optimiser and the web each take a second to load.
"""

_CODES: dict[type[AanTafelError], Exit] = {
    DataFolderFault: Exit.ENVIRONMENT,
    DatabaseFault: Exit.ENVIRONMENT,
    PortTaken: Exit.ENVIRONMENT,
}


def main() -> None:
    """Run `aantafel`; what a user can mend is a sentence and an exit code, never a traceback."""
    which, words = _parted(sys.argv[1:])
    _register(words[0] if words else "")
    try:
        app([*which, *words])
    except AanTafelError as error:
        for sentence in error.sentences:
            err.print(said(sentence), markup=False)
        sys.exit(_CODES.get(type(error), Exit.UNUSABLE))
    except BrokenPipeError:
        # Whoever read our output has heard enough, as in `aantafel feeds | head`.
        sys.stderr.close()


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What says which province, wherever it stands, and everything else.

    >>> _parted(["feeds", "--province", "drenthe", "--json"])
    (['--province', 'drenthe'], ['feeds', '--json'])
    """
    which: list[str] = []
    others: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            others.extend((word, *left))
        elif word == "--province":
            which.extend((word, *islice(left, 1)))
        elif word.startswith("--province="):
            which.append(word)
        else:
            others.append(word)
    return which, others


def _register(word: str) -> None:
    for name in [MODULES[word]] if word in MODULES else dict.fromkeys(MODULES.values()):
        import_module(f"scheduler.cli.{name}")
