"""Calendars elsewhere: connect one, and bring all of them up to date."""

import sys
import time
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import CalendarUse
from scheduler.flows.outside import (
    Means,
    Result,
    Wish,
    connect_calendar,
    means_of,
    standing_of_all,
    sync_calendars,
)

_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 1.0
_NO_USE = Sentence(
    "Kies --write, --busy of allebei: waarvoor is de agenda?",
    "Choose --write, --busy or both: what is the calendar for?",
)
_NOTHING = Sentence("Er is geen agenda gekoppeld.", "No calendar is connected.")
_USES = {
    CalendarUse.WRITE: Sentence("overleggen erin", "meetings into it"),
    CalendarUse.BUSY: Sentence("bezette tijd eruit", "taken time from it"),
}


@app.command()
def connect(
    representative: Annotated[str, typer.Argument(help="The representative's id.")],
    *,
    url: Annotated[
        str, typer.Option(help="A CalDAV server, a mail address, or with no user an .ics address.")
    ],
    username: Annotated[str, typer.Option(help="The user name there.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the app password from standard input.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write meetings there, in a calendar of their own.")
    ] = False,
    busy: Annotated[
        bool, typer.Option("--busy", help="Read taken time from every calendar there.")
    ] = False,
) -> None:
    """Connect a representative's own calendar, after a check that says what is the matter."""
    if not (write or busy):
        raise BadInput(_NO_USE)
    wish = Wish(
        representative_id=representative,
        address=url,
        username=username,
        password=sys.stdin.readline().rstrip("\r\n") if password_stdin else "",
        writes=write,
        reads_all=busy,
    )
    with installation() as context, context.database.session() as session:
        means = means_of(context.settings, context.database, context.key, context.clock)
        connected = connect_calendar(session, COORDINATOR, wish, means)
    out.print(said(connected.said), markup=False)


@app.command()
def sync(
    *,
    once: Annotated[
        bool,
        typer.Option("--once", help="Try each calendar one time; else also again, for a minute."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring every calendar elsewhere up to date that is due, and say how each stands."""
    with installation() as context:
        means = means_of(context.settings, context.database, context.key, context.clock)
        _bring_up_to_date(means, once=once)
        standings = standing_of_all(means)
    if as_json:
        show_json([_as_document(result) for result in standings])
        return
    for result in standings:
        use = said(_USES[result.use])
        out.print(f"{result.label} ({use}): {said(result.said)}", markup=False)
    if not standings:
        out.print(said(_NOTHING), markup=False)


def _bring_up_to_date(means: Means, *, once: bool) -> None:
    """One round past all; then, for a minute, past those that will pass by themselves."""
    sync_calendars(means, asked_for=True)
    until = time.monotonic() + _PATIENCE_SECONDS
    while not once and time.monotonic() < until:
        if not any(each.will_pass for each in standing_of_all(means)):
            return
        time.sleep(_PAUSE_SECONDS)
        sync_calendars(means)


def _as_document(result: Result) -> dict[str, object]:
    return {
        "calendar": result.calendar_id,
        "representative": result.representative_id,
        "use": result.use,
        "state": result.state,
        "done": result.is_done,
        "nl": result.said.nl,
        "en": result.said.en,
    }
