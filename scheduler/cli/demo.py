"""The province at work: a sample year loaded, planned and published; and taken out again."""

import time
from datetime import date, timedelta
from typing import Annotated

import typer

from scheduler.cli.app import app, err, out
from scheduler.cli.installation import installation
from scheduler.cli.progress import Progress, ProgressStyle
from scheduler.cli.stopping import Stop
from scheduler.db import people, published
from scheduler.db.views import MeetingFilter, PublicationView
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.times import local, local_midnight
from scheduler.flows.planning.plan_period import Wish, is_finished, queue_plan
from scheduler.flows.province.load_province import load_province
from scheduler.flows.province.sample.addresses import add_sample_addresses
from scheduler.flows.province.sample.input import add_sample_input
from scheduler.flows.province.sample.pending import add_sample_mandates
from scheduler.flows.province.sample.reports import add_sample_reports
from scheduler.flows.province.sample.votes import add_sample_votes
from scheduler.flows.province.sample_year import add_sample_year, remove_sample
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.jobs.planning import solve_next
from scheduler.mail import Office
from scheduler.provinces import read_province
from scheduler.web.context import Context

_SUMMER = 7
_LOOKS_BACK = timedelta(weeks=8)
_WAIT_SECONDS = 0.5


@app.command()
def demo(
    *,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing where something is published already.")
    ] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the sample out again; the province stays.")
    ] = False,
) -> None:
    """Load the province and a made-up year, plan it, publish it, and say what happened."""
    with installation() as context:
        if remove:
            _remove(context)
        elif _is_published(context):
            if not if_empty:
                out.print("The sample year is published already. --remove takes it out again.")
        else:
            _load(context)
            _say(context, _publish(context, _plan(context)))


def _is_published(context: Context) -> bool:
    with context.database.session() as session:
        return published.newest(session) is not None


def _remove(context: Context) -> None:
    with context.database.session() as session:
        if not people.has_samples(session):
            out.print("There is no sample to take out.")
            return
        removed = remove_sample(session, COORDINATOR, at=context.clock())
    out.print(
        f"Taken out: {removed.representatives} sample representatives, "
        f"{removed.meetings} meetings, {removed.mandates} mandates."
    )


def _load(context: Context) -> None:
    settings, at = context.settings, context.clock()
    facts = read_province(settings.province.folder)
    with context.database.session() as session:
        load_province(session, SYSTEM, facts, at=at)
        added = add_sample_year(
            session,
            SYSTEM,
            year=_year(context),
            seed=settings.planning.seed,
            at=at,
            since=_first_day(context),
        )
    out.print(
        f"{facts.province.name}: {len(facts.municipalities)} municipalities, "
        f"{len(facts.organisations)} tenant organisations, "
        f"{len(facts.corporations)} corporations, {len(facts.tables)} tables.\n"
        f"Sample year {_year(context)}: {added.meetings} meetings, "
        f"{added.representatives} representatives, {added.mandates} mandates (all made up)."
    )


def _year(context: Context) -> int:
    """This year, and from the summer on the next: the feeds then still reach to its end."""
    today = local(context.clock()).date()
    return today.year + (today.month >= _SUMMER)


def _first_day(context: Context) -> date:
    """The first of January, or some weeks ago: there are always meetings to look back upon."""
    return min(date(_year(context), 1, 1), local(context.clock()).date() - _LOOKS_BACK)


def _plan(context: Context) -> int:
    planning, at = context.settings.planning, context.clock()
    first_day, last_day = _first_day(context), date(_year(context), 12, 31)
    wish = Wish(
        first_day=first_day,
        last_day=last_day,
        # Also what has passed by now is planned: a made-up year is shown whole.
        as_of=min(at, local_midnight(first_day)),
        time_limit_seconds=planning.demo_time_limit_seconds,
        seed=planning.seed,
    )
    with context.database.session() as session:
        plan_id = queue_plan(session, SYSTEM, wish, at=at)
    out.print(f"Planning for at most {wish.time_limit_seconds:.0f} seconds; Ctrl-C is enough.")
    _solve(context, plan_id)
    return plan_id


def _solve(context: Context, plan_id: int) -> None:
    """Work until the plan is there: here, or in another process that took it up first."""
    with Stop() as stop, Progress(ProgressStyle.RICH, err) as shown:
        while not _is_solved(context, plan_id):
            solved = solve_next(
                context.database,
                context.policy,
                clock=context.clock,
                on_improvement=shown.improved,
                should_stop=stop,
            )
            if solved is None:
                time.sleep(_WAIT_SECONDS)


def _is_solved(context: Context, plan_id: int) -> bool:
    with context.database.session() as session:
        return is_finished(session, plan_id)


def _publish(context: Context, plan_id: int) -> PublicationView:
    with context.database.session() as session:
        publication = publish_plan(
            session, SYSTEM, plan_id, at=context.clock(), policy=context.policy, with_past=True
        )
        add_sample_votes(session, SYSTEM, at=context.clock())
        office = Office.of(context.settings, context.key)
        add_sample_addresses(session, SYSTEM, office, at=context.clock())
        seed = context.settings.planning.seed
        add_sample_input(session, SYSTEM, seed=seed, at=context.clock())
        add_sample_mandates(session, SYSTEM, at=context.clock())
        add_sample_reports(session, SYSTEM, seed=seed, at=context.clock())
    return publication


def _say(context: Context, publication: PublicationView) -> None:
    with context.database.session() as session:
        meetings = published.published_meetings(session, SYSTEM, MeetingFilter())
    seats = sum(meeting.empty_seats for meeting in meetings)
    unheard = sum(len(meeting.unheard) for meeting in meetings)
    covered = sum(bool(meeting.attendees) for meeting in meetings)
    out.print(
        f"Publication {publication.number}: {covered} of {len(meetings)} meetings are attended; "
        f"{seats} seats stay empty; {unheard} times an organisation isn't heard.\n"
        "Now run: aantafel serve"
    )
