"""Running the command: its subcommands, and one table from errors to exit codes."""

import sys
from importlib import import_module

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
    _register(sys.argv[1] if len(sys.argv) > 1 else "")
    try:
        app()
    except AanTafelError as error:
        for sentence in error.sentences:
            err.print(said(sentence), markup=False)
        sys.exit(_CODES.get(type(error), Exit.UNUSABLE))
    except BrokenPipeError:
        # Whoever read our output has heard enough, as in `aantafel feeds | head`.
        sys.stderr.close()


def _register(word: str) -> None:
    for name in [MODULES[word]] if word in MODULES else dict.fromkeys(MODULES.values()):
        import_module(f"scheduler.cli.{name}")
