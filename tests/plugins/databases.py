"""The database that tests run on: SQLite, or with `--postgresql` a PostgreSQL of their own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from originals import Files, Originals, Server

_HASTY = "-c fsync=off -c synchronous_commit=off"


@contextmanager
def postgresql(options: str = _HASTY) -> Iterator[Server]:
    """A server on a socket in a folder of its own; it writes nothing through, as it keeps nothing.

    With the collation of Dutch, so that no order may hang on the bytes of a text. With other
    `options` it keeps what was committed through a restart.
    """
    # A socket's path has to be short, and a server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = _ordinary_user(folder)
    binaries = _binaries()

    def run(program: str, *words: str) -> None:
        command = [str(binaries / program), *words]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    data = str(folder / "data")
    run(
        "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=nl",
    )
    told = ("-w", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses= {options}")
    run("pg_ctl", "-D", data, *told, "start")

    def restart() -> None:
        run("pg_ctl", "-D", data, *told, "-m", "immediate", "restart")

    try:
        with closing(Server(folder, restart)) as server:
            yield server
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _ordinary_user(folder: Path) -> int | None:
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, user, -1)
    return user


def _binaries() -> Path:
    """Where the server's programs are; Debian keeps them out of PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql", action="store_true", help="run on PostgreSQL (its server must be installed)"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, what asks for no database; on either, what is the other's alone."""
    fits = _is_for_postgresql if config.getoption("postgresql") else _is_for_sqlite
    kept = [item for item in items if fits(item)]
    if len(kept) == len(items):
        return
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _is_for_postgresql(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgresql"):
        return True
    asks = "originals" in getattr(item, "fixturenames", ())
    return asks and not item.get_closest_marker("sqlite")


def _is_for_sqlite(item: pytest.Item) -> bool:
    return not item.get_closest_marker("postgresql")


@pytest.fixture(scope="session")
def originals(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Originals]:
    """The databases that tests begin as copies of; an empty one first."""
    if not pytestconfig.getoption("postgresql"):
        files = Files(tmp_path_factory.mktemp("databases"))
        files.keep("empty")
        yield files
        return
    with postgresql() as server:
        server.keep("empty")
        yield server
