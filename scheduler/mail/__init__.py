"""Mail out and in: letters in words, the ways they go, and the mailbox that answers come to."""

from scheduler.mail.address import usable_address
from scheduler.mail.folder import FolderPost
from scheduler.mail.letter import Parcel, invitation, notice
from scheduler.mail.mailbox import Mailbox, MailboxFault
from scheduler.mail.office import Office
from scheduler.mail.post import Outcome, Post, Verdict
from scheduler.mail.smtp import SmtpPost
from scheduler.mail.ways import open_post
from scheduler.mail.wording import Wording, moment

__all__ = [
    "FolderPost",
    "Mailbox",
    "MailboxFault",
    "Office",
    "Outcome",
    "Parcel",
    "Post",
    "SmtpPost",
    "Verdict",
    "Wording",
    "invitation",
    "moment",
    "notice",
    "open_post",
    "usable_address",
]
