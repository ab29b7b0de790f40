"""Working: everything that goes on behind the pages, in as many processes as are wanted."""

from typing import Annotated

import typer

from scheduler import logs
from scheduler.cli.app import app, out
from scheduler.cli.installation import installation
from scheduler.db import cluster
from scheduler.domain.errors import DatabaseFault, Sentence
from scheduler.jobs.cluster import lanes_of
from scheduler.jobs.cluster import work as work_on
from scheduler.policy import read_policy
from scheduler.settings import LogForm


@app.command()
def work(
    *,
    solves: Annotated[
        int | None, typer.Option(min=0, help="How many plans to solve at once; 0: none.")
    ] = None,
) -> None:
    """Solve, mail, sync and remind beside any number of others, on one PostgreSQL. Ctrl-C stops it.

    With SQLite there is nothing to start: `aantafel serve` does it all.
    """
    given = {} if solves is None else {"AANTAFEL_WORK_SOLVES": str(solves)}
    with installation(given) as context:
        logs.set_up(as_json=context.settings.log.form is LogForm.JSON)
        engine = context.database.engine
        if not cluster.is_shared(engine):
            raise DatabaseFault(_ALONE)
        cluster.prepare(engine)
        lanes = lanes_of(
            context.settings, context.database, context.key, read_policy(), context.clock
        )
        names = ", ".join(f"{lane.name} ({lane.at_once} at once)" for lane in lanes)
        out.print(f"Working: {names}   (Ctrl-C stops it)", markup=False)
        work_on(engine, lanes, lost_seconds=context.settings.work.lost_seconds)


_ALONE = Sentence(
    "Op SQLite doet `aantafel serve` al het werk zelf. Voor meer processen is PostgreSQL nodig: "
    "noem zijn adres in AANTAFEL_DATABASE_URL.",
    "On SQLite `aantafel serve` does all the work itself. More processes need PostgreSQL: name its "
    "address in AANTAFEL_DATABASE_URL.",
)
