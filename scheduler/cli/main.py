"""Running the command: subcommands, and one table from errors to exit codes."""

import sys

from scheduler.cli import access, configuration, demo, explaining, planning, serve
from scheduler.cli.app import Exit, app, err, said
from scheduler.domain.errors import AanTafelError, DatabaseFault, DataFolderFault

COMMANDS = (demo, serve, planning, explaining, access, configuration)
"""The modules whose import registers their subcommands, in the order of `--help`."""

_CODES: dict[type[AanTafelError], Exit] = {
    DataFolderFault: Exit.ENVIRONMENT,
    DatabaseFault: Exit.ENVIRONMENT,
    serve.PortTaken: Exit.ENVIRONMENT,
}


def main() -> None:
    """Run `aantafel`; what a user can mend is a sentence and an exit code, never a traceback."""
    try:
        app()
    except AanTafelError as error:
        for sentence in error.sentences:
            err.print(said(sentence), markup=False)
        sys.exit(_CODES.get(type(error), Exit.UNUSABLE))
    except BrokenPipeError:
        # Whoever read our output has heard enough, as in `aantafel feeds | head`.
        sys.stderr.close()
