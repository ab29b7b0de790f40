"""The provinces of an installation that has several: adding one, and which there are."""

import os
import shutil
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from scheduler import hosting
from scheduler.cli.app import AsJson, app, out, said, show_json
from scheduler.domain.errors import BadInput, DataFolderFault, Sentence
from scheduler.hosting import Hosted
from scheduler.provinces import read_province
from scheduler.settings import CONFIG, Settings

province = typer.Typer(
    help="The provinces of one installation.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(province, name="province")

_SETTINGS = """\
# The settings of one province, beside those of all: see config/default.toml for each one's meaning.
# What is secret may stand here: nobody else may read this file.

[web]
public_url = "{url}"

[province]
name = "{facts}"

[mail]
sender = "agenda@aantafel.invalid"  # one's own: no two provinces have the same
"""


@province.command()
def add(
    name: Annotated[str, typer.Argument(help="A short name: small letters, digits and hyphens.")],
    *,
    url: Annotated[
        str, typer.Option(help="How others reach it; its host name tells it from the others.")
    ],
    facts: Annotated[
        str,
        typer.Option(help="The folder with its facts, in config/provinces; as the name, if empty."),
    ] = "",
) -> None:
    """Make a province its own data folder, with settings to add to. Then start the server anew."""
    folder = _folder() / _sound(name)
    address, around = _sound_address(url), facts or name
    read_province(CONFIG / "provinces" / around)
    _make(folder, _SETTINGS.format(url=address, facts=around))
    try:
        hosting.found()
    except BadInput:
        shutil.rmtree(folder)
        raise
    out.print(said(_added(name, folder, address)), markup=False)


@province.command("list")
def show(*, as_json: AsJson = False) -> None:
    """Say which provinces there are, where they are reached, and where their data is."""
    found = hosting.found()
    if as_json:
        show_json([_document(each) for each in found])
        return
    for each in found:
        where = each.settings.data.folder
        out.print(f"{each.name:20} {each.settings.web.url:44} {where}", markup=False)


def _document(one: Hosted) -> dict[str, str]:
    settings = one.settings
    return {"name": one.name, "url": settings.web.url, "folder": str(settings.data.folder)}


def _folder() -> Path:
    """Where the provinces are."""
    named = Settings.read(os.environ).data.provinces
    if not named:
        raise BadInput(_NOT_SEVERAL)
    return Path(named)


def _sound(name: str) -> str:
    if not hosting.is_name(name):
        raise BadInput(
            Sentence(
                f"{name!r} is geen naam: neem kleine letters, cijfers en streepjes.",
                f"{name!r} is no name: take small letters, digits and hyphens.",
            )
        )
    return name


def _sound_address(url: str) -> str:
    """The address with its host name as browsers write it."""
    parts = urlsplit(url)
    host = hosting.host_of(url)
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/"):
        raise BadInput(
            Sentence(
                f"{url!r} is geen adres: geef bijvoorbeeld https://drenthe.tafel.example.",
                f"{url!r} is no address: give for example https://drenthe.tafel.example.",
            )
        )
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}" + (f":{parts.port}" if parts.port else "")


def _make(folder: Path, text: str) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(mode=0o700)
        path = folder / hosting.FILE
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise BadInput(Sentence(f"{folder} bestaat al.", f"{folder} exists already.")) from error
    except OSError as error:
        raise DataFolderFault(folder, error.strerror or str(error)) from error


def _added(name: str, folder: Path, address: str) -> Sentence:
    return Sentence(
        f"{name} staat in {folder}, en is te bereiken op {address} zodra de server opnieuw start. "
        f"Vul eerst {hosting.FILE} aan.",
        f"{name} is in {folder}, and is reached at {address} once the server starts anew. "
        f"Fill in {hosting.FILE} first.",
    )


_NOT_SEVERAL = Sentence(
    "Noem eerst in AANTAFEL_PROVINCES een map waarin elke provincie een eigen map krijgt.",
    "Name a folder in AANTAFEL_PROVINCES first, in which each province gets a folder of its own.",
)
