"""What an installation looks after besides solving: mail, calendars, messages, the log."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.flows.attending.own_busy import SEALED_FOR
from scheduler.flows.outside import means_of
from scheduler.flows.report_back.due import Terms
from scheduler.jobs.asking import input_round
from scheduler.jobs.audits import audit_round
from scheduler.jobs.mail import mail_rounds
from scheduler.jobs.outside import calendar_round
from scheduler.jobs.own_busy import busy_round
from scheduler.jobs.privacy import privacy_round
from scheduler.jobs.reports import report_round
from scheduler.jobs.rounds import Round
from scheduler.jobs.webhooks import webhook_round
from scheduler.mail import Office
from scheduler.settings import Settings


def all_rounds(
    settings: Settings, database: Database, key: SecretKey, clock: Callable[[], datetime]
) -> tuple[Round, ...]:
    """Each with its own pace; none of them solves."""
    means = means_of(settings, database, key, clock)
    return (
        *mail_rounds(
            database,
            Office.of(settings, key),
            clock=clock,
            notice_days=settings.mandates.notice_days,
        ),
        input_round(settings, database, clock),
        report_round(database, Terms.of(settings), clock=clock),
        calendar_round(means),
        busy_round(database, Seal(key, SEALED_FOR), clock),
        webhook_round(means, key),
        privacy_round(database, key, settings.privacy, clock),
        audit_round(database, key, clock),
    )
