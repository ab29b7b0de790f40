"""All tables, by their nouns. Importing this package fills the metadata that migrations compare."""

from scheduler.db.tables.absence import Absence, TopicWish
from scheduler.db.tables.access import (
    Account,
    Feed,
    FeedToken,
    Session,
    SignInAsk,
    SignInLink,
    SignInPace,
)
from scheduler.db.tables.account import BusyBlock, CalendarWrite
from scheduler.db.tables.agenda import AgendaItem
from scheduler.db.tables.answer import Answer, OwnPart
from scheduler.db.tables.api import ApiKey, KeptAnswer
from scheduler.db.tables.audit import Audit, AuditSeal
from scheduler.db.tables.base import Row
from scheduler.db.tables.closed import ClosedPeriod
from scheduler.db.tables.connection import (
    CalendarServer,
    ConnectedCalendar,
    Connection,
    KnownCopy,
)
from scheduler.db.tables.draft import DraftStep, WorkingDraft
from scheduler.db.tables.event import Event
from scheduler.db.tables.form_draft import FormDraft
from scheduler.db.tables.input import InputDraft, InputPosition, InputQuestion, InputVersion
from scheduler.db.tables.kind import TableKind
from scheduler.db.tables.loan import Loan, LoanConsent
from scheduler.db.tables.mail import MailAddress, MailReply, Outgoing
from scheduler.db.tables.mandate import (
    Mandate,
    MandateConsent,
    MandateEvent,
    MandateMunicipality,
    ParticipationChoice,
)
from scheduler.db.tables.meeting import Ban, Interest, Meeting, Pin, Slot, Table
from scheduler.db.tables.organisation import (
    Availability,
    Busy,
    Expertise,
    Organisation,
    Representative,
    TableWish,
)
from scheduler.db.tables.paper import Paper
from scheduler.db.tables.piece import PlanPiece, PlanQuestion
from scheduler.db.tables.plan import Assignment, Plan, PlannedMeeting, PlanTier, Voice
from scheduler.db.tables.proposal import Proposal, ProposedTime
from scheduler.db.tables.province import (
    Corporation,
    Dwellings,
    Municipality,
    Place,
    Province,
    Region,
    TravelTime,
)
from scheduler.db.tables.publication import (
    Publication,
    PublicationChange,
    PublishedAttendance,
    PublishedMeeting,
    PublishedVoice,
)
from scheduler.db.tables.record_import import RecordImport
from scheduler.db.tables.reminder import ReminderChoice
from scheduler.db.tables.report import (
    DigestChoice,
    Reaction,
    ReportAction,
    ReportBack,
    ReportItem,
    ReportVoice,
    TableFollow,
)
from scheduler.db.tables.request import CalendarImport, ImportLine, MeetingRequest, RequestTime
from scheduler.db.tables.shadow import Shadow
from scheduler.db.tables.staff import (
    OfficeAccount,
    RecoveryCode,
    SecondFactor,
    SecondTry,
    Staff,
)
from scheduler.db.tables.stand_in import StandInAsked, StandInRequest
from scheduler.db.tables.supposition import Supposition
from scheduler.db.tables.vote import Vote, VoteBallot, VoteVoter
from scheduler.db.tables.webhook import Webhook, WebhookDelivery

__all__ = [
    "Absence",
    "Account",
    "AgendaItem",
    "Answer",
    "ApiKey",
    "Assignment",
    "Audit",
    "AuditSeal",
    "Availability",
    "Ban",
    "Busy",
    "BusyBlock",
    "CalendarImport",
    "CalendarServer",
    "CalendarWrite",
    "ClosedPeriod",
    "ConnectedCalendar",
    "Connection",
    "Corporation",
    "DigestChoice",
    "DraftStep",
    "Dwellings",
    "Event",
    "Expertise",
    "Feed",
    "FeedToken",
    "FormDraft",
    "ImportLine",
    "InputDraft",
    "InputPosition",
    "InputQuestion",
    "InputVersion",
    "Interest",
    "KeptAnswer",
    "KnownCopy",
    "Loan",
    "LoanConsent",
    "MailAddress",
    "MailReply",
    "Mandate",
    "MandateConsent",
    "MandateEvent",
    "MandateMunicipality",
    "Meeting",
    "MeetingRequest",
    "Municipality",
    "OfficeAccount",
    "Organisation",
    "Outgoing",
    "OwnPart",
    "Paper",
    "ParticipationChoice",
    "Pin",
    "Place",
    "Plan",
    "PlanPiece",
    "PlanQuestion",
    "PlanTier",
    "PlannedMeeting",
    "Proposal",
    "ProposedTime",
    "Province",
    "Publication",
    "PublicationChange",
    "PublishedAttendance",
    "PublishedMeeting",
    "PublishedVoice",
    "Reaction",
    "RecordImport",
    "RecoveryCode",
    "Region",
    "ReminderChoice",
    "ReportAction",
    "ReportBack",
    "ReportItem",
    "ReportVoice",
    "Representative",
    "RequestTime",
    "Row",
    "SecondFactor",
    "SecondTry",
    "Session",
    "Shadow",
    "SignInAsk",
    "SignInLink",
    "SignInPace",
    "Slot",
    "Staff",
    "StandInAsked",
    "StandInRequest",
    "Supposition",
    "Table",
    "TableFollow",
    "TableKind",
    "TableWish",
    "TopicWish",
    "TravelTime",
    "Voice",
    "Vote",
    "VoteBallot",
    "VoteVoter",
    "Webhook",
    "WebhookDelivery",
    "WorkingDraft",
]
