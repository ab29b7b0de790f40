"""Who spoke for whom, and by which mandate."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, show_json
from scheduler.cli.days import day_of
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR
from scheduler.flows.voices import HeardVoice
from scheduler.flows.voices import voices as heard


@app.command()
def voices(
    *,
    first: Annotated[
        str, typer.Option("--from", metavar="DAY", help="From this day on, as in 2027-03-01.")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help="Up to and including this day.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say for each published meeting who was heard, through whom, and by which mandate."""
    first_day, last_day = _day(first), _day(last)
    with installation() as context, context.database.session() as session:
        found = heard(session, COORDINATOR, first_day=first_day, last_day=last_day)
    if as_json:
        show_json([_as_document(each) for each in found])
        return
    for each in found:
        out.print(_as_line(each), markup=False)


def _day(typed: str) -> date | None:
    return day_of(typed) if typed else None


def _as_document(voice: HeardVoice) -> dict[str, str | None]:
    return {
        "meeting": voice.meeting_id,
        "start": _utc(voice.starts_at),
        "organisation": voice.organisation_id,
        "speaker": voice.speaker_id,
        "mandate": voice.mandate_id,
    }


def _as_line(voice: HeardVoice) -> str:
    who = f"{_utc(voice.starts_at)} {voice.meeting_id}: {voice.organisation_id}"
    if voice.speaker_id == voice.organisation_id:
        return f"{who} speaks for itself"
    return f"{who} through {voice.speaker_id}, by {voice.mandate_id or 'no mandate in force'}"


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
