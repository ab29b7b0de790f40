"""Those who work for all organisations: added, listed, locked out, let in no more."""

from typing import Annotated

import typer

from scheduler.cli.app import AsJson, app, out, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import Role
from scheduler.flows.access.staff import (
    Colleague,
    add_colleague,
    colleagues,
    end_colleague,
    lock_out,
)
from scheduler.mail import Office

staff = typer.Typer(help="Who works for all organisations together.", no_args_is_help=True)
app.add_typer(staff, name="staff")

Id = Annotated[str, typer.Argument(help="The colleague's id, as listed.")]


@staff.command()
def add(
    role: Annotated[Role, typer.Argument(help="coordinator, administrator or auditor.")],
    name: Annotated[str, typer.Argument(help="As they stand in the log.")],
    address: Annotated[str, typer.Argument(help="Where they get their links to sign in.")],
) -> None:
    """Let somebody sign in by mailed link; they set up a second factor the first time."""
    with installation() as context, context.database.session() as session:
        office = Office.of(context.settings, context.key)
        made = add_colleague(
            session, SYSTEM, office, role, name=name, typed=address, at=context.clock()
        )
    out.print(made, markup=False)


@staff.command("list")
def listed(*, as_json: AsJson = False) -> None:
    """List who works here, whether they have a second factor, and where they are signed in."""
    with installation() as context, context.database.session() as session:
        office = Office.of(context.settings, context.key)
        found = colleagues(session, SYSTEM, office, at=context.clock())
    if as_json:
        show_json([_document(each) for each in found])
        return
    for each in found:
        second = "second factor" if each.has_second else "no second factor"
        out.print(f"{each.id:14} {each.role:14} {each.name:28} {second}", markup=False)


@staff.command()
def shut(colleague: Id) -> None:
    """End somebody's sessions and forget their second factors: a phone was lost."""
    with installation() as context, context.database.session() as session:
        lock_out(session, SYSTEM, colleague, at=context.clock())


@staff.command()
def end(colleague: Id) -> None:
    """Let somebody in no more; what they did stays in the log under their name."""
    with installation() as context, context.database.session() as session:
        end_colleague(session, SYSTEM, colleague, at=context.clock())


def _document(each: Colleague) -> dict[str, object]:
    return {
        "id": each.id,
        "role": each.role,
        "name": each.name,
        "second_factor": each.has_second,
        "browsers": len(each.browsers),
    }
