"""Settings and the province's folder: are they usable?"""

import os

import typer

from scheduler.cli.app import app, out, said
from scheduler.flows.province.check_configuration import check_configuration

config = typer.Typer(help="Look after the settings.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config, name="config")


@config.command()
def check() -> None:
    """Check every setting and the province's folder; says everything that is wrong, at once."""
    out.print(said(check_configuration(os.environ).summary), markup=False)
