"""Ways in: feeds, CalDAV accounts, sign-in links."""

from typing import Annotated

import typer
from sqlmodel import Session

from scheduler.cli.app import AsJson, app, out, show_json
from scheduler.cli.installation import installation
from scheduler.db import people
from scheduler.db.views import FeedView
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import FeedKind, Role
from scheduler.flows.access.accounts import issue_account
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.flows.feeds.addresses import feeds_of, renew_feed
from scheduler.web.context import Context


@app.command()
def feeds(
    *,
    as_json: AsJson = False,
    new: Annotated[
        bool, typer.Option("--new", help="Give every feed a fresh address; the old ones stop.")
    ] = False,
) -> None:
    """List the calendar subscriptions: everybody's own, and those of whole bodies."""
    with installation() as context, context.database.session() as session:
        views = feeds_of(session, COORDINATOR, context.key, context.base_url, at=context.clock())
        if new:
            views = tuple(_renewed(session, context, view) for view in views)
    if as_json:
        show_json([_as_document(view) for view in views])
        return
    for view in views:
        out.print(f"{view.kind:15} {view.name:32} {view.url}", markup=False)


def _renewed(session: Session, context: Context, view: FeedView) -> FeedView:
    return renew_feed(
        session,
        COORDINATOR,
        context.key,
        context.base_url,
        kind=FeedKind(view.kind),
        subject_id=view.subject_id,
        at=context.clock(),
    )


def _as_document(view: FeedView) -> dict[str, str]:
    return {"kind": view.kind, "id": view.subject_id, "name": view.name, "url": view.url}


@app.command()
def account(
    representative: Annotated[str, typer.Argument(help="The representative's id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Give a representative an app password for a CalDAV program; it is shown this once."""
    with installation() as context, context.database.session() as session:
        issued = issue_account(
            session, COORDINATOR, representative, context.base_url, at=context.clock()
        )
    if as_json:
        show_json(issued)
        return
    out.print(
        f"Server    {issued.url}\nUser      {issued.username}\nPassword  {issued.password}",
        markup=False,
    )


@app.command("sign-in")
def sign_in(
    role: Annotated[
        Role,
        typer.Argument(
            help="coordinator, administrator, auditor, representative, board, municipality, "
            "corporation or province."
        ),
    ],
    subject: Annotated[
        str | None,
        typer.Argument(
            help="Whose: a representative's, organisation's, municipality's or corporation's id."
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make a link that signs you in on this machine, and on no other."""
    with installation() as context, context.database.session() as session:
        url = local_link(session, context, holder(role, subject))
    if as_json:
        show_json({"url": url})
        return
    out.print(url, markup=False)


def local_link(session: Session, context: Context, whom: Actor) -> str:
    """A sign-in link for this machine; while the sample is loaded it works more than once."""
    return new_sign_in_link(
        session,
        SYSTEM,
        whom,
        context.base_url,
        minutes=context.settings.web.sign_in_minutes,
        at=context.clock(),
        reusable=people.has_samples(session),
    )


def holder(role: Role, subject: str | None) -> Actor:
    """Whom a link is for.

    Raises:
        BadInput: the role needs to be told whose, or has no such thing, or can't sign in.
    """
    try:
        actor = Actor(role, subject)
    except ValueError:
        actor = SYSTEM
    if actor.role is Role.SYSTEM:
        raise BadInput(
            Sentence(
                "Geef: coordinator, administrator, auditor of province, of met een id: "
                "representative, board, municipality of corporation.",
                "Give: coordinator, administrator, auditor or province, or with an id: "
                "representative, board, municipality or corporation.",
            )
        )
    return actor
