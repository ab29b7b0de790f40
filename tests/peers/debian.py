"""Run a command beside real DAViCal, Cyrus and SOGo from Debian, started in a folder of their own.

    python tests/peers/debian.py [--only davical,cyrus,sogo] COMMAND ...

Needs root on a Debian machine, as the packages are installed and the servers run as their own
users. Their configuration, data and ports are ours; nothing under /etc is touched, and everything
is stopped at the end. The command is told in AANTAFEL_PEERS: `name=home` pairs, by commas.
"""

import argparse
import imaplib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PACKAGES = {
    "davical": ["davical", "php-cli", "php-pgsql", "php-xml", "postgresql"],
    "cyrus": ["cyrus-caldav", "cyrus-imapd", "sasl2-bin"],
    "sogo": ["sogo", "memcached", "postgresql"],
}
USERS = ("anneke", "bert")
PASSWORD = "geheim"

_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_SECONDS = 60


def main() -> int:
    """Install what is missing, start, run, stop; gives the command's own code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PACKAGES), help="which servers, by commas")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    names = [name for name in PACKAGES if name in asked.only.split(",")]
    _install({package for name in names for package in PACKAGES[name]})
    with tempfile.TemporaryDirectory(prefix="aantafel-peers-") as place, ExitStack() as running:
        folder = Path(place)
        folder.chmod(0o755)
        database = running.enter_context(_postgres(folder)) if {"davical", "sogo"} & {*names} else 0
        starts: dict[str, Callable[[], contextmanager[str]]] = {
            "davical": lambda: _davical(database),
            "cyrus": lambda: _cyrus(folder),
            "sogo": lambda: _sogo(folder, database),
        }
        homes = {name: running.enter_context(starts[name]()) for name in names}
        peers = ",".join(f"{name}={home}" for name, home in homes.items())
        print(f"Running beside {peers}", flush=True)
        return subprocess.call(asked.command, env={**os.environ, "AANTAFEL_PEERS": peers})


def _install(packages: set[str]) -> None:
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"]
    told = subprocess.run([*query, *packages], capture_output=True, text=True, check=False).stdout
    present = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    missing = sorted(packages - present)
    if missing:
        # Installed, but not started: we start our own.
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        options = ["--yes", "--quiet", "--no-upgrade", "--no-install-recommends"]
        subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
        subprocess.run(["apt-get", "install", *options, *missing], check=True, env=environment)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, what: str) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"{what} does not listen")


@contextmanager
def _running(command: list[str], port: int, **how: object) -> Iterator[None]:
    """A server for as long as the block lasts, with the children that it makes."""
    process = subprocess.Popen(command, **_QUIET, **how, start_new_session=True)
    try:
        _wait_for(port, command[0])
        yield
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for signal in (15, 9):
        try:
            os.killpg(process.pid, signal)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def _postgres(folder: Path) -> Iterator[int]:
    """A database server that forgets everything; gives its port."""
    place, port = folder / "postgres", _free_port()
    place.mkdir()
    shutil.chown(place, "postgres", "postgres")
    binaries = max(Path("/usr/lib/postgresql").iterdir(), key=lambda each: int(each.name)) / "bin"
    options = ["--auth=trust", "--username=postgres", "--no-sync"]
    _as("postgres", [str(binaries / "initdb"), "-D", str(place / "data"), *options])
    settings = ["fsync=off", "synchronous_commit=off", "listen_addresses=127.0.0.1"]
    settings.append(f"unix_socket_directories={place}")
    words = [part for each in settings for part in ("-c", each)]
    server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    command = [*server, str(binaries / "postgres"), "-D", str(place / "data"), "-p", str(port)]
    with _running([*command, *words], port):
        yield port


def _as(user: str, command: list[str]) -> None:
    switch = ["setpriv", f"--reuid={user}", "--init-groups", "--regid", _group(user)]
    subprocess.run([*switch, *command], check=True, **_QUIET)


def _group(user: str) -> str:
    return subprocess.run(
        ["id", "-gn", user], check=True, capture_output=True, text=True
    ).stdout.strip()


def _reaching(port: int) -> dict[str, str]:
    where = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "postgres"}
    return {**os.environ, **where}


def _sql(port: int, database: str, *statements: str) -> None:
    words = [part for each in statements for part in ("-c", each)]
    command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", database, *words]
    subprocess.run(command, check=True, env=_reaching(port), stdout=subprocess.DEVNULL)


@contextmanager
def _davical(database: int) -> Iterator[str]:
    """DAViCal under PHP's own server; gives the first user's home."""
    _settled(database)
    make = ["sh", "/usr/share/davical/dba/create-database.sh", "davical", PASSWORD]
    subprocess.run(make, check=True, env=_reaching(database), **_QUIET)
    names = ", ".join(f"({1001 + n}, '{name}')" for n, name in enumerate(USERS))
    _sql(
        database,
        "davical",
        "INSERT INTO usr (user_no, active, email_ok, username, password, fullname, email) SELECT n,"
        f" true, now(), u, '**{PASSWORD}', u, u || '@example.org' FROM (VALUES {names}) t(n, u)",
        "INSERT INTO principal (type_id, user_no, displayname, default_privileges)"
        " SELECT 1, user_no, fullname, 0::BIT(24) FROM usr WHERE user_no > 1000",
    )
    port = _free_port()
    environment = {**_reaching(database), "PHP_CLI_SERVER_WORKERS": "4"}
    command = ["php", "-d", "display_errors=0", "-S", f"127.0.0.1:{port}"]
    with _running(command, port, env=environment, cwd="/usr/share/davical/htdocs"):
        yield f"http://127.0.0.1:{port}/caldav.php/{USERS[0]}/"


def _settled(database: int) -> None:
    """It listens before it answers."""
    until = time.monotonic() + _SECONDS
    while subprocess.call(["pg_isready", "-q"], env=_reaching(database)):
        if time.monotonic() > until:
            raise TimeoutError("PostgreSQL doesn't answer")
        time.sleep(0.1)


@contextmanager
def _cyrus(folder: Path) -> Iterator[str]:
    """Cyrus with IMAP, by which mailboxes are made; gives the first user's home."""
    place = folder / "cyrus"
    for part in ("var/socket", "var/db", "var/proc", "spool"):
        (place / part).mkdir(parents=True)
    imap, web = _free_port(), _free_port()
    (place / "imapd.conf").write_text(_CYRUS_SETTINGS.format(place=place))
    (place / "cyrus.conf").write_text(_CYRUS_SERVICES.format(place=place, imap=imap, web=web))
    for user in ("cyrus", *USERS):
        words = ["-p", "-c", "-f", str(place / "sasldb2"), "-u", "localhost", user]
        subprocess.run(["saslpasswd2", *words], check=True, input=PASSWORD.encode())
    subprocess.run(["chown", "-R", "cyrus:mail", str(place)], check=True)
    files = ["-C", str(place / "imapd.conf"), "-M", str(place / "cyrus.conf")]
    command = ["/usr/sbin/cyrmaster", *files, "-p", str(place / "master.pid")]
    with _running(command, web):
        with imaplib.IMAP4("127.0.0.1", imap) as mail:
            mail.login("cyrus", PASSWORD)
            for user in USERS:
                mail.create(f"user/{user}")
        yield f"http://127.0.0.1:{web}/dav/calendars/user/{USERS[0]}/"


_CYRUS_SETTINGS = """configdirectory: {place}/var
defaultpartition: default
partition-default: {place}/spool
admins: cyrus
servername: localhost
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {place}/sasldb2
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
unixhierarchysep: yes
altnamespace: yes
httpmodules: caldav
caldav_create_default: no
"""
_CYRUS_SERVICES = """START {{
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -C {place}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="imapd -U 30 -C {place}/imapd.conf" listen="127.0.0.1:{imap}" prefork=0
  http cmd="httpd -U 250 -C {place}/imapd.conf" listen="127.0.0.1:{web}" prefork=0
}}
EVENTS {{
}}
"""


@contextmanager
def _sogo(folder: Path, database: int) -> Iterator[str]:
    """SOGo with its users in the database; gives the first user's home."""
    place, port, memory = folder / "sogo", _free_port(), _free_port()
    place.mkdir()
    shutil.chown(place, "sogo", "sogo")
    _settled(database)
    names = ", ".join(f"('{name}')" for name in USERS)
    _sql(database, "postgres", "CREATE DATABASE sogo")
    _sql(
        database,
        "sogo",
        "CREATE TABLE sogo_users (c_uid TEXT PRIMARY KEY, c_name TEXT, c_password TEXT,"
        " c_cn TEXT, mail TEXT)",
        f"INSERT INTO sogo_users SELECT u, u, md5('{PASSWORD}'), u, u || '@example.org'"
        f" FROM (VALUES {names}) t(u)",
    )
    switch = ["setpriv", "--reuid=sogo", "--regid=sogo", "--init-groups"]
    environment = {**os.environ, "HOME": str(place)}
    settings = _sogo_settings(place, database, port, memory)
    words = [part for name, value in settings.items() for part in (f"-{name}", value)]
    with (
        _running([*switch, "memcached", "-l", "127.0.0.1", "-p", str(memory)], memory),
        _running([*switch, "/usr/sbin/sogod", *words], port, env=environment),
    ):
        yield f"http://127.0.0.1:{port}/SOGo/dav/{USERS[0]}/Calendar/"


def _sogo_settings(place: Path, database: int, port: int, memory: int) -> dict[str, str]:
    """Given as arguments, they overrule those under /etc."""
    at = f"postgresql://postgres@127.0.0.1:{database}/sogo"
    source = f'(type=sql; id=users; viewURL="{at}/sogo_users"; canAuthenticate=YES;'
    return {
        "WOPort": f"127.0.0.1:{port}",
        "WOWorkersCount": "3",
        "WONoDetach": "YES",
        "WOPidFile": str(place / "pid"),
        "WOLogFile": str(place / "log"),
        "SOGoProfileURL": f"{at}/sogo_user_profile",
        "OCSFolderInfoURL": f"{at}/sogo_folder_info",
        "OCSSessionsFolderURL": f"{at}/sogo_sessions_folder",
        "OCSEMailAlarmsFolderURL": f"{at}/sogo_alarms_folder",
        "SOGoUserSources": f"({{{source.removeprefix('(')} userPasswordAlgorithm=md5;}})",
        "SOGoMemcachedHost": f"127.0.0.1:{memory}",
        "SOGoTimeZone": "Europe/Amsterdam",
        "SOGoAppointmentSendEMailNotifications": "NO",
    }


if __name__ == "__main__":
    sys.exit(main())
