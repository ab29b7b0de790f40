"""Working: everything that goes on behind the pages, in as many processes as are wanted."""

import signal
import threading
from types import FrameType
from typing import Annotated, NoReturn

import typer

from scheduler import logs
from scheduler.cli.app import app, out
from scheduler.cli.installation import installation, opened, provinces
from scheduler.cli.keeping import keeping
from scheduler.db import cluster
from scheduler.domain.errors import DatabaseFault, Sentence
from scheduler.hosting import Hosted
from scheduler.jobs.cluster import lanes_of
from scheduler.jobs.cluster import work as work_on
from scheduler.jobs.turns import Turns
from scheduler.settings import LogForm, Settings
from scheduler.web.context import Context


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
    if several := provinces(given):
        _work_for_all(several)
        return
    with installation(given) as context:
        _log(context.settings)
        _work(context)


def _work_for_all(several: tuple[Hosted, ...]) -> None:
    """Each in a thread of its own, with its own lanes; they only share the turns to solve."""
    shared = [each for each in several if _is_shared(each)]
    if not shared:
        raise DatabaseFault(_ALONE)
    common = shared[0].settings
    turns, stopping = Turns(common.work.solves), threading.Event()

    def keep(province: Hosted, stopping: threading.Event) -> None:
        with opened(province) as context:
            _work(context, turns, stopping)

    _log(common)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    with keeping(shared, keep, stopping):
        stopping.wait()


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _work(
    context: Context, turns: Turns | None = None, stopping: threading.Event | None = None
) -> None:
    engine, settings = context.database.engine, context.settings
    if not cluster.is_shared(engine):
        raise DatabaseFault(_ALONE)
    cluster.prepare(engine)
    lanes = lanes_of(
        settings, context.database, context.key, context.policy, context.clock, turns=turns
    )
    names = ", ".join(f"{lane.name} ({lane.at_once} at once)" for lane in lanes)
    whose = f" for {context.province}" if context.province else ""
    out.print(f"Working{whose}: {names}   (Ctrl-C stops it)", markup=False)
    work_on(engine, lanes, lost_seconds=settings.work.lost_seconds, stopping=stopping)


def _is_shared(province: Hosted) -> bool:
    """By the beginning of the address: whether it can be used is said when it is opened."""
    return province.settings.data.url.startswith("postgres")


def _log(settings: Settings) -> None:
    logs.set_up(as_json=settings.log.form is LogForm.JSON)


_ALONE = Sentence(
    "Op SQLite doet `aantafel serve` al het werk zelf. Voor meer processen is PostgreSQL nodig: "
    "noem zijn adres in AANTAFEL_DATABASE_URL.",
    "On SQLite `aantafel serve` does all the work itself. More processes need PostgreSQL: name its "
    "address in AANTAFEL_DATABASE_URL.",
)
