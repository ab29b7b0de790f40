"""All tables, by their nouns. Importing this package fills the metadata that migrations compare."""

from scheduler.db.tables.access import Account, Feed, FeedToken, Session, SignInLink
from scheduler.db.tables.audit import Audit
from scheduler.db.tables.base import Row
from scheduler.db.tables.draft import DraftStep, WorkingDraft
from scheduler.db.tables.kind import TableKind
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

__all__ = [
    "Account",
    "Assignment",
    "Audit",
    "Availability",
    "Ban",
    "Busy",
    "Corporation",
    "DraftStep",
    "Dwellings",
    "Expertise",
    "Feed",
    "FeedToken",
    "Interest",
    "Mandate",
    "MandateMunicipality",
    "Meeting",
    "Municipality",
    "Organisation",
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
    "Region",
    "Representative",
    "Row",
    "Session",
    "SignInLink",
    "Slot",
    "Table",
    "TableKind",
    "TableWish",
    "TravelTime",
    "Voice",
    "WorkingDraft",
]
