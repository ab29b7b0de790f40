"""Keys for the software of those who ask: made, listed, revoked."""

from typing import Annotated

import typer

from scheduler.cli.access import holder
from scheduler.cli.app import AsJson, app, out, show_json
from scheduler.cli.installation import installation
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import ApiScope, Role
from scheduler.flows.software.api_keys import KeyView, issue_key, keys_of, revoke_key

keys = typer.Typer(help="Keys for other people's software.", no_args_is_help=True)
app.add_typer(keys, name="api-key")


@keys.command()
def make(
    role: Annotated[Role, typer.Argument(help="municipality, corporation or province.")],
    subject: Annotated[str | None, typer.Argument(help="The code or id; none: province.")] = None,
    *,
    name: Annotated[str, typer.Option(help="What the key is for.")],
    scope: Annotated[
        list[ApiScope] | None, typer.Option(help="What it may do; more than once; none: all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key; it is shown this once."""
    with installation() as context, context.database.session() as session:
        issued = issue_key(
            session,
            COORDINATOR,
            _asking(role, subject),
            name,
            scope or list(ApiScope),
            at=context.clock(),
        )
    if as_json:
        show_json({**_document(issued.view), "key": issued.secret})
        return
    out.print(issued.secret, markup=False)


@keys.command("list")
def listed(*, as_json: AsJson = False) -> None:
    """List the keys, by how they begin."""
    with installation() as context, context.database.session() as session:
        views = keys_of(session, COORDINATOR)
    if as_json:
        show_json([_document(view) for view in views])
        return
    for view in views:
        state = "revoked" if view.revoked_at else ", ".join(view.scopes)
        owner = view.owner.subject or view.owner.role
        out.print(f"{view.id:14} {view.hint:14} {owner:12} {view.name:24} {state}", markup=False)


@keys.command()
def revoke(key: Annotated[str, typer.Argument(help="The key's id, as listed.")]) -> None:
    """End a key at once."""
    with installation() as context, context.database.session() as session:
        revoke_key(session, COORDINATOR, key, at=context.clock())


def _asking(role: Role, subject: str | None) -> Actor:
    actor = holder(role, subject)
    if not actor.asks:
        raise BadInput(
            Sentence(
                "Geef municipality of corporation met een id, of province.",
                "Give municipality or corporation with an id, or province.",
            )
        )
    return actor


def _document(view: KeyView) -> dict[str, object]:
    return {
        "id": view.id,
        "hint": view.hint,
        "role": view.owner.role,
        "subject": view.owner.subject,
        "name": view.name,
        "scopes": list(view.scopes),
        "revoked": view.revoked_at is not None,
    }
