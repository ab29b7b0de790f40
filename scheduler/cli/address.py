"""Where the pages were served last, so that other commands give links that work.

`aantafel serve --port 9000` in one window and `aantafel feeds` in another share only the data
folder. A public address in the settings makes this needless, and goes before it.
"""

from pathlib import Path

_FILE = "address"


def remember(folder: Path, host: str, port: int) -> None:
    """Note the address that is being served."""
    (folder / _FILE).write_text(f"{host} {port}\n", encoding="utf-8")


def remembered(folder: Path) -> dict[str, str]:
    """The address served last, as the environment would name it; empty where none was."""
    try:
        host, port = (folder / _FILE).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return {}
    return {"AANTAFEL_WEB_HOST": host, "AANTAFEL_WEB_PORT": port}
