"""All tables, by their nouns. Importing this package fills the metadata that migrations compare."""

from scheduler.db.tables.absence import Absence, TopicWish
from scheduler.db.tables.access import Account, Feed, FeedToken, Session, SignInLink
from scheduler.db.tables.account import BusyBlock, CalendarWrite
from scheduler.db.tables.answer import Answer, OwnPart
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
from scheduler.db.tables.kind import TableKind
from scheduler.db.tables.mail import MailAddress, MailReply, Outgoing
from scheduler.db.tables.mandate import Mandate, MandateMunicipality
from scheduler.db.tables.meeting import Ban, Interest, Meeting, Pin, Slot, Table
from scheduler.db.tables.organisation import (
    Availability,
    Busy,
    Expertise,
    Organisation,
    Representative,
    TableWish,
)
from scheduler.db.tables.plan import Assignment, Plan, PlannedMeeting, PlanTier, Voice
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
from scheduler.db.tables.request import CalendarImport, ImportLine, MeetingRequest, RequestTime
from scheduler.db.tables.shadow import Shadow
from scheduler.db.tables.stand_in import StandInAsked, StandInRequest

__all__ = [
    "Absence",
    "Account",
    "Answer",
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
    "DraftStep",
    "Dwellings",
    "Expertise",
    "Feed",
    "FeedToken",
    "ImportLine",
    "Interest",
    "KnownCopy",
    "MailAddress",
    "MailReply",
    "Mandate",
    "MandateMunicipality",
    "Meeting",
    "MeetingRequest",
    "Municipality",
    "Organisation",
    "Outgoing",
    "OwnPart",
    "Pin",
    "Place",
    "Plan",
    "PlanTier",
    "PlannedMeeting",
    "Province",
    "Publication",
    "PublicationChange",
    "PublishedAttendance",
    "PublishedMeeting",
    "PublishedVoice",
    "RecordImport",
    "Region",
    "ReminderChoice",
    "Representative",
    "RequestTime",
    "Row",
    "Session",
    "Shadow",
    "SignInLink",
    "Slot",
    "StandInAsked",
    "StandInRequest",
    "Table",
    "TableKind",
    "TableWish",
    "TopicWish",
    "TravelTime",
    "Voice",
    "WorkingDraft",
]
