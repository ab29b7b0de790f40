"""What the machine gives: room, a folder that is ours alone, a clock that runs forward."""

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import col, select

from scheduler.db.tables import Audit
from scheduler.domain.errors import Sentence
from scheduler.flows.doctor.amounts import moment_in_words, size_in_words
from scheduler.flows.doctor.finding import Finding, Ground, State
from scheduler.hosting import FILE

_MB = 1_000_000
_FULL, _FILLING = 200 * _MB, 2_000 * _MB
_DRIFT = timedelta(minutes=2)


def room(ground: Ground) -> Iterator[Finding]:
    """How much the disk of the data folder still takes."""
    folder = ground.settings.data.folder.absolute()
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    state = State.WRONG if free < _FULL else State.WATCH if free < _FILLING else State.FINE
    amount = size_in_words(free)
    advice = ("", "") if state is State.FINE else (" Maak ruimte.", " Make room.")
    yield Finding(
        "disk",
        state,
        Sentence(
            f"Op de schijf is {amount.nl} vrij.{advice[0]}",
            f"The disk has {amount.en} free.{advice[1]}",
        ),
    )


def folder(ground: Ground) -> Iterator[Finding]:
    """Whether others on this machine can read the key, or a province's own settings."""
    shut = True
    for path in map(ground.settings.data.folder.joinpath, ("secret.key", FILE)):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            shut = False
            yield Finding(
                "key",
                State.WRONG,
                Sentence(
                    f"Anderen op deze machine kunnen {path} lezen. Doe: chmod 600 {path}",
                    f"Others on this machine can read {path}. Do: chmod 600 {path}",
                ),
            )
    if shut:
        yield Finding(
            "key", State.FINE, Sentence("De sleutel is van ons alleen.", "The key is ours alone.")
        )


def time(ground: Ground) -> Iterator[Finding]:
    """Whether the clock was set back: then what was done would lie in the future."""
    with ground.database.session() as session:
        last = session.exec(select(Audit.at).order_by(col(Audit.at).desc()).limit(1)).first()
    now = moment_in_words(ground.at)
    if last and last > ground.at + _DRIFT:
        end = moment_in_words(last)
        yield Finding(
            "time",
            State.WRONG,
            Sentence(
                f"De klok staat op {now.nl}, maar het logboek loopt tot {end.nl}. "
                "Zet de klok goed.",
                f"The clock says {now.en}, but the log goes on until {end.en}. "
                "Set the clock right.",
            ),
        )
        return
    yield Finding("time", State.FINE, Sentence(f"Het is {now.nl}.", f"It is {now.en}."))


def database(ground: Ground) -> Iterator[Finding]:
    """Which database it is, and whether its file is whole."""
    engine = ground.database.engine
    if engine.dialect.name != "sqlite":
        version = ".".join(map(str, engine.dialect.server_version_info or ()))
        yield Finding(
            "database", State.FINE, Sentence(f"PostgreSQL {version}.", f"PostgreSQL {version}.")
        )
        return
    with engine.connect() as connection:
        said = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    whole = said == "ok"
    yield Finding(
        "database",
        State.FINE if whole else State.WRONG,
        Sentence("Het SQLite-bestand is heel.", "The SQLite file is whole.")
        if whole
        else Sentence(
            f"Het SQLite-bestand is beschadigd ({said}). Zet de laatste reservekopie terug.",
            f"The SQLite file is damaged ({said}). Restore the latest backup.",
        ),
    )
