"""Which way mail goes here."""

from scheduler.mail.folder import FolderPost
from scheduler.mail.office import Office
from scheduler.mail.post import Post
from scheduler.mail.smtp import SmtpPost


def open_post(office: Office) -> Post:
    """The way that the settings name: a mail server, or a folder where none is named."""
    return SmtpPost(office.mail) if office.mail.smtp_host else FolderPost(office.folder)
