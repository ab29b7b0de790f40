"""Settings and the province's folder: are they usable?"""

import os

import typer

from scheduler.cli.app import app, out, said
from scheduler.cli.installation import provinces
from scheduler.flows.province.check_configuration import check_around, check_configuration

config = typer.Typer(help="Look after the settings.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(config, name="config")


@config.command()
def check() -> None:
    """Check every setting and the province's folder; says everything that is wrong, at once.

    Of several provinces all are checked, or the one that is named.
    """
    several = provinces()
    if not several:
        out.print(said(check_configuration(os.environ).summary), markup=False)
    for each in several:
        summary = said(check_around(each.settings).summary)
        out.print(f"{each.name}: {summary}", markup=False)
