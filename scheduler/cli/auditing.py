"""The log: has anybody changed it?"""

import sys
from typing import Annotated

import typer

from scheduler.cli.app import AsJson, Exit, app, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR
from scheduler.domain.errors import Sentence
from scheduler.flows.audit_trail import Trail, seal_audits, verify_audits

audit = typer.Typer(help="Look after the log.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(audit, name="audit")


@audit.callback()
def command() -> None:
    """Look after the log."""


@audit.command()
def verify(
    *,
    as_json: AsJson = False,
    expect: Annotated[
        str, typer.Option(help="A digest noted earlier, which the chain must still hold.")
    ] = "",
) -> None:
    """Seal what is new, and verify that nothing that was sealed has been changed or taken out.

    Note the digest somewhere else: with --expect, the next time, a log that was cut short shows.
    """
    with installation() as context, context.database.session() as session:
        seal_audits(session, context.key, at=context.clock())
        trail = verify_audits(session, COORDINATOR, context.key, expected=expect)
    if as_json:
        show_json(trail)
    else:
        out.print(said(_told(trail)), markup=False)
    if not trail.is_whole:
        sys.exit(Exit.BROKEN_RULE)


def _told(trail: Trail) -> Sentence:
    if trail.is_whole:
        return Sentence(
            f"Het logboek is heel: {trail.sealed} handelingen. Kenmerk: {trail.newest}",
            f"The log is whole: {trail.sealed} acts. Digest: {trail.newest}",
        )
    if trail.broken:
        where = ", ".join(map(str, trail.broken))
        return Sentence(
            f"Het logboek is veranderd. Deze schakels kloppen niet: {where}.",
            f"The log has been changed. These links don't fit: {where}.",
        )
    return Sentence(
        "Het logboek is ingekort: het genoteerde kenmerk staat er niet meer in.",
        "The log was cut short: the digest that was noted isn't in it any more.",
    )
