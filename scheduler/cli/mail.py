"""Mail: what stands in the outbox, sending it, and taking in what comes back."""

import os
import sys
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError

from scheduler.cli.app import AsJson, app, err, out, said, show_json
from scheduler.cli.installation import installation
from scheduler.db import outbox
from scheduler.db.outbox import OutgoingView
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.errors import AanTafelError, BadInput, Sentence
from scheduler.domain.terms import MailState
from scheduler.flows.mail.receive_reply import MOST_BYTES, BadMail, ForgedMail, receive_reply
from scheduler.jobs.mail import deliver_due_mail
from scheduler.mail import Office, open_post

mail = typer.Typer(
    help="Mail: the outbox, and what comes back.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(mail, name="mail")


@mail.command()
def send() -> None:
    """Send everything that is due, once."""
    with installation() as context:
        office = Office.of(context.settings, context.key)
        done = deliver_due_mail(context.database, office, open_post(office), clock=context.clock)
    out.print(f"{done.sent} sent, {done.refused} refused, {done.later} to be tried again.")


@mail.command("list")
def list_mail(
    *,
    as_json: AsJson = False,
    state: Annotated[
        list[MailState] | None, typer.Option(help="Only these; may be given more than once.")
    ] = None,
) -> None:
    """List what stands in the outbox: to whom by function, about what, how it stands."""
    with installation() as context, context.database.session() as session:
        views = outbox.outgoing(session, COORDINATOR, tuple(state or MailState))
    if as_json:
        show_json([_as_document(view) for view in views])
        return
    for view in views:
        out.print(
            f"{view.id:6} {view.state:10} {view.kind:8} {view.recipient:32} {view.meeting_title}",
            markup=False,
        )


def _as_document(view: OutgoingView) -> dict[str, object]:
    return {
        "id": view.id,
        "state": view.state,
        "kind": view.kind,
        "recipient": view.recipient,
        "meeting": view.meeting_id,
        "sequence": view.sequence,
        "publication": view.publication_number,
        "urgent": view.urgent,
        "attempts": view.attempts,
        "failure": view.failure,
        "messageId": view.message_id,
        "sentAt": view.sent_at.isoformat() if view.sent_at else None,
    }


@mail.command()
def receive() -> None:
    """Take in one message on standard input, as a mail server pipes it (Postfix: pipe(8)).

    Exit codes as in sysexits.h: 0 taken in, or left on purpose; 65 not to be read, so that the
    sender is told; 75 try again later. A forged answer is left with 0: telling its sender would
    tell somebody else.
    """
    code = _receive(sys.stdin.buffer.read(MOST_BYTES + 1))
    if code:
        raise typer.Exit(code)


def _receive(message: bytes) -> int:
    try:
        with installation() as context, context.database.session() as session:
            office = Office.of(context.settings, context.key)
            receive_reply(session, SYSTEM, office, message, at=context.clock())
    except ForgedMail as error:
        _say(error)
        return os.EX_OK
    except BadMail as error:
        _say(error)
        return os.EX_DATAERR
    except AanTafelError as error:
        _say(error)
        return os.EX_CONFIG if isinstance(error, BadInput) else os.EX_TEMPFAIL
    except OperationalError:
        _say(AanTafelError(Sentence("De database is bezet.", "The database is busy.")))
        return os.EX_TEMPFAIL
    return os.EX_OK


def _say(error: AanTafelError) -> None:
    for sentence in error.sentences:
        err.print(said(sentence), markup=False)
