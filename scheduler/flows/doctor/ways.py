"""The ways to the world outside: pages, mail, calendars."""

from collections.abc import Iterator

from sqlmodel import col, func, select

from scheduler.clamd import Scanner
from scheduler.db.tables import ConnectedCalendar, Connection, Outgoing
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MailState
from scheduler.flows.doctor.finding import Finding, Ground, State
from scheduler.mail import Mailbox, SmtpPost


def pages(ground: Ground) -> Iterator[Finding]:
    """Whether others reach us over TLS."""
    web = ground.settings.web
    here_only = web.host in {"127.0.0.1", "::1", "localhost"} and not web.public_url
    if here_only or web.url.startswith("https://"):
        said = Sentence(f"De pagina's staan op {web.url}.", f"Pages are at {web.url}.")
        yield Finding("pages", State.FINE, said)
        return
    yield Finding(
        "pages",
        State.WATCH,
        Sentence(
            f"De pagina's staan onbeveiligd op {web.url}. Zet er een server met TLS voor, en noem "
            "zijn adres in web.public_url.",
            f"Pages are at {web.url}, without TLS. Put a server with TLS before it, and name its "
            "address in web.public_url.",
        ),
    )


def mail_out(ground: Ground) -> Iterator[Finding]:
    """Whether our mail finds a server, and what it couldn't deliver."""
    mail = ground.settings.mail
    if not mail.smtp_host:
        folder = ground.settings.mail_folder
        yield Finding(
            "mail",
            State.WATCH,
            Sentence(
                f"Er is geen mailserver ingesteld: mail komt als bestand in {folder}.",
                f"No mail server is set: mail is written as files in {folder}.",
            ),
        )
        return
    trouble = SmtpPost(mail).trouble()
    yield Finding("mail", *_reached("De mailserver", "The mail server", mail.smtp_host, trouble))


def mail_in(ground: Ground) -> Iterator[Finding]:
    """Whether the mailbox for answers can be read."""
    mail = ground.settings.mail
    if not mail.imap_host:
        return
    trouble = Mailbox(mail, most_bytes=0).trouble()
    yield Finding("mailbox", *_reached("De postbus", "The mailbox", mail.imap_host, trouble))


def scanner(ground: Ground) -> Iterator[Finding]:
    """Whether somebody looks for viruses in what is uploaded."""
    papers = ground.settings.papers
    if papers.scanner:
        trouble = Scanner(papers.scanner, papers.scan_seconds).trouble()
        names = ("De virusscanner", "The virus scanner", papers.scanner, trouble)
        yield Finding("papers", *_reached(*names, section="papers"))
        return
    yield Finding(
        "papers",
        State.WATCH,
        Sentence(
            "Er is geen virusscanner ingesteld: stukken worden alleen op soort en grootte "
            "nagekeken. Noem er een in papers.scanner.",
            "No virus scanner is set: papers are judged by their kind and size only. Name one in "
            "papers.scanner.",
        ),
    )


def outbox(ground: Ground) -> Iterator[Finding]:
    """Mail that was given up."""
    with ground.database.session() as session:
        failed = session.exec(
            select(func.count())
            .select_from(Outgoing)
            .where(col(Outgoing.state) == MailState.FAILED)
        ).one()
    if failed:
        yield Finding(
            "outbox",
            State.WATCH,
            Sentence(
                f"{failed} mails zijn niet bezorgd. Bekijk ze op de bladzijde Postbus.",
                f"{failed} mails weren't delivered. Look at them on the page Mail.",
            ),
        )


def calendars(ground: Ground) -> Iterator[Finding]:
    """Connections to calendars elsewhere that fail."""
    with ground.database.session() as session:
        connected = session.exec(select(func.count()).select_from(Connection)).one()
        failing = session.exec(
            select(func.count(func.distinct(ConnectedCalendar.connection_id))).where(
                col(ConnectedCalendar.failing_since).is_not(None)
            )
        ).one()
    if failing:
        yield Finding(
            "calendars",
            State.WATCH,
            Sentence(
                f"{failing} van de {connected} gekoppelde agenda's werken niet. Hun eigenaars "
                "zien op de bladzijde Agenda waarom.",
                f"{failing} of {connected} connected calendars fail. Their owners see why on the "
                "page Calendar.",
            ),
        )


def _reached(
    nl: str, en: str, host: str, trouble: str, *, section: str = "mail"
) -> tuple[State, Sentence]:
    if not trouble:
        return State.FINE, Sentence(f"{nl} {host} antwoordt.", f"{en} {host} answers.")
    return (
        State.WRONG,
        Sentence(
            f"{nl} {host} is niet te gebruiken ({trouble}). Kijk de instellingen onder [{section}] "
            "na.",
            f"{en} {host} can't be used ({trouble}). Check the settings under [{section}].",
        ),
    )
