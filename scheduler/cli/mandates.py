"""Who may speak for whom on a day."""

from datetime import date, datetime
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.db.mandates import MandateView, in_force
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import Sentence
from scheduler.domain.times import local


@app.command()
def mandates(
    *,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The local day; today where it isn't given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the mandates that are in force on a day: what both boards agreed to."""
    with installation() as context, context.database.session() as session:
        day = local(context.clock()).date() if on is None else on.date()
        found = in_force(session, COORDINATOR, day)
    if as_json:
        show_json([_document(each) for each in found])
        return
    for line in _lines(found, day):
        out.print(line, markup=False)


def _document(view: MandateView) -> dict[str, object]:
    """A mandate for a program; null is all of them, `until` is inclusive."""
    towns = view.municipalities
    return {
        "id": view.id,
        "giver": view.giver.id,
        "holder": view.holder.id,
        "municipalities": None if towns is None else [each.id for each in towns],
        "topics": view.topics,
        "levels": None if view.levels is None else [each.value for each in view.levels],
        "from": view.term.first_day.isoformat(),
        "until": view.term.last_in_force.isoformat(),
        "power": view.power.value,
        "limits": view.limits,
    }


def _lines(found: tuple[MandateView, ...], day: date) -> list[str]:
    if not found:
        return [said(Sentence(f"Op {day} geldt geen mandaat.", f"No mandate holds on {day}."))]
    return [said(_sentence(each)) for each in found]


def _sentence(view: MandateView) -> Sentence:
    towns = view.municipalities
    names = None if towns is None else ", ".join(each.name for each in towns)
    topics = None if view.topics is None else ", ".join(view.topics)
    levels = None if view.levels is None else ", ".join(view.levels)
    until = view.term.last_in_force
    return Sentence(
        f"{view.id}: {view.holder.name} spreekt namens {view.giver.name}; "
        f"{names or 'overal'}; {topics or 'alle onderwerpen'}; {levels or 'alle overleggen'}; "
        f"tot en met {until}.",
        f"{view.id}: {view.holder.name} speaks for {view.giver.name}; "
        f"{names or 'everywhere'}; {topics or 'all topics'}; {levels or 'all levels'}; "
        f"until {until}.",
    )
